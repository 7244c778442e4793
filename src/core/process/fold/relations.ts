// SPDX-License-Identifier: Apache-2.0
// Relations, folded: duplicates and their target, parts of a split case, several flaws, components with owners of their own.

import type { CaseState, Reporter } from '../../model/case.ts';
import { duplicatesOf } from '../../model/case.ts';
import type { Envelope, Event, EventKind, EventOf } from '../../model/event.ts';
import type { CaseId, ParticipantId, PersonId, PieceId } from '../../model/identifiers.ts';
import { isSettled } from '../shared.ts';
import type { Folds } from './fold.ts';

export const relationFolds = {
  'duplicate-marked': (state, event) => ({
    handling: 'duplicate',
    ...followed(state, event),
    duplicateOf: {
      case: event.of,
      since: event.at,
      was: state.handling,
      owner: event.owner,
      people: event.people,
      opening: event.opening,
      told: event.told,
    },
  }),
  'target-followed': (state, event) => {
    const { duplicateOf } = state;
    if (duplicateOf === null) return {};
    const { owner, people, opening, told } = event;
    return { ...followed(state, event), duplicateOf: { ...duplicateOf, owner, people, opening, told } };
  },
  'duplicate-undone': (state) => ({
    handling: state.duplicateOf?.was ?? state.handling,
    added: withoutGuests(state),
    duplicateOf: null,
    reporters: credited(state.reporters, []),
    untoldSince: null,
  }),
  'report-attached': reportAttached,
  'report-detached': (state, event) => ({
    reporters: credited(
      state.reporters.filter((reporter) => reporter.from !== event.from),
      event.uncredited,
    ),
  }),
  'relations-updated': () => ({ untoldSince: null }),
  'rediscovery-asked': (state, event) => ({ askedSince: state.askedSince ?? event.at }),
  'rediscovery-answered': () => ({ askedSince: null }),
  // A part is public as soon as its case is, which may open less than a report that began in the open.
  'case-split-off': (state, event) => ({
    splitFrom: event.from,
    record: { ...sharing(state, event.shared, [event.from]), startedPublic: false },
  }),
  'case-split': caseSplit,
  'title-given': (_, event) => ({ title: event.title }),
  'report-shared': (state, event) => ({ record: sharing(state, event.shared, [event.with]) }),
  'shared-opened': (state) => ({ record: { ...state.record, shared: [] } }),
  'flaw-added': (state, event) => ({
    flaws: [...state.flaws, { flaw: event.flaw, cve: 'undecided', number: null, numberedBy: null, since: event.at, title: event.title }],
  }),
  'flaw-dropped': (state, event) => ({ flaws: state.flaws.filter((flaw) => flaw.flaw !== event.flaw) }),
  'component-added': (state, { component, person }) => ({
    components: [...state.components, { component, owner: person, finished: false }],
  }),
  'component-assigned': (state, event) => onComponent(state, event.component, { owner: event.person }),
  'component-finished': (state, event) => onComponent(state, event.component, { finished: true }),
  'component-dropped': (state, event) => ({
    components: state.components.filter((one) => one.component !== event.component),
    branches: state.branches.map((fix) => (fix.component === event.component ? { ...fix, required: false } : fix)),
  }),
} as const satisfies Folds;

/** What was agreed while nobody had told the flaws apart is agreed anew: the bundle of the cap, the draft, the word to publish. */
function caseSplit(state: CaseState, event: Envelope & EventOf<'case-split'>): Partial<CaseState> {
  const parts = event.parts.map((part) => part.case);
  const { advisory } = state;
  const unread = state.visibility === 'private' && advisory.state !== 'none';
  return {
    parts: [...state.parts, ...parts],
    flawsReported: 1,
    record: sharing(state, event.shared, [...parts, ...duplicatesOf(state)]),
    ...(state.visibility === 'private' ? { bundle: null } : {}),
    ...(unread ? { advisory: { ...advisory, state: 'draft', approvals: [] } } : {}),
  };
}

/** What is shared from here on waits anew: a passage that was struck out so that the rest may open was chosen without these cases in mind. */
function sharing({ record }: CaseState, pieces: readonly PieceId[], cases: readonly CaseId[]): CaseState['record'] {
  return {
    ...record,
    shared: [...new Set([...record.shared, ...pieces])],
    sharers: [...new Set([...record.sharers, ...cases])],
    redactions: record.redactions.map((one) => (one.opens && pieces.includes(one.piece) ? { ...one, opens: false } : one)),
  };
}

/** Whether the case, which shares what it tells with others, has now come so far that it keeps nothing of theirs closed. */
export function settles(before: CaseState, now: CaseState): boolean {
  return now.record.sharers.length > 0 && isSettled(now) && !isSettled(before);
}

/** Whether the event is something that a related case has to be told of. A case tells nobody while it has no relation that lasts. */
export function concernsOthers(state: CaseState, event: Event): boolean {
  if (state.duplicateOf !== null) return event.kind === 'credit-decided';
  return duplicatesOf(state).length > 0 && toldToDuplicates.includes(event.kind);
}

const toldToDuplicates: readonly EventKind[] = [
  'report-released',
  'report-discarded',
  'person-added',
  'person-removed',
  'access-narrowed',
  'reader-named',
  'access-widened',
  'owner-assigned',
  'eligibility-decided',
  'flaw-confirmed',
  'flaw-dismissed',
  'embargo-activated',
  'embargo-moved',
  'embargo-exited',
  'cve-assigned',
  'disclosure-begun',
  'case-opened',
  'case-disclosed',
  'case-closed',
];

/** The people who read the target by invitation read the duplicate as well, for as long as the two belong together and the target is not narrowed to others. */
function followed(state: CaseState, event: { readonly people: readonly PersonId[]; readonly credited: boolean }): Partial<CaseState> {
  return {
    added: [...withoutGuests(state), ...event.people],
    reporters: state.reporters.map((reporter) => ({ ...reporter, credited: event.credited })),
  };
}

function withoutGuests({ added, duplicateOf }: CaseState): readonly PersonId[] {
  return added.filter((person) => !duplicateOf?.people.includes(person));
}

function reportAttached(state: CaseState, event: Envelope & EventOf<'report-attached'>): Partial<CaseState> {
  const { from, participant, since, channel, name, address, credit, creditName, origin, deadline, report, attachments } = event;
  const attached = { from, participant, since, channel, name, address, credit, creditName, origin, deadline, report, attachments };
  return {
    reporters: credited(
      [...state.reporters, { ...attached, creditRequest: null, credited: true, told: null, heard: null }],
      event.uncredited,
    ),
  };
}

function credited(reporters: readonly Reporter[], uncredited: readonly ParticipantId[]): readonly Reporter[] {
  return reporters.map((reporter) => ({ ...reporter, credited: !uncredited.includes(reporter.participant) }));
}

function onComponent(state: CaseState, component: string, change: Partial<CaseState['components'][number]>): Partial<CaseState> {
  return { components: state.components.map((one) => (one.component === component ? { ...one, ...change } : one)) };
}
