// SPDX-License-Identifier: Apache-2.0
// Events into state: the fold that rebuilds a case from its log (I13). It reads envelopes only, never content, and never refuses.

import { branchOf, type CaseState, type Flaw } from '../model/case.ts';
import type { Envelope, Event, EventKind, EventOf } from '../model/event.ts';
import type { FlawId, PieceId } from '../model/identifiers.ts';
import { redactionOf, untouchedRecord } from '../model/record.ts';
import { accessFolds } from './fold/access.ts';
import { branchFolds } from './fold/branches.ts';
import { cveFolds } from './fold/cve.ts';
import { embargoFolds } from './fold/embargo.ts';
import { endFolds } from './fold/ends.ts';
import type { Fold } from './fold/fold.ts';
import { handlingFolds, reporterOf } from './fold/handling.ts';
import { importFolds } from './fold/import.ts';
import { migrationFolds } from './fold/migration.ts';
import { partyFolds } from './fold/parties.ts';
import { patchFolds } from './fold/patches.ts';
import { disarmed, isPreparing, publicationFolds } from './fold/publication.ts';
import { recordFolds } from './fold/record.ts';
import { concernsOthers, relationFolds, settles } from './fold/relations.ts';

/** One fold for each kind of event, region by region. */
const folds: { readonly [Kind in EventKind]: Fold<Kind> } = {
  ...accessFolds,
  ...handlingFolds,
  ...importFolds,
  ...embargoFolds,
  ...branchFolds,
  ...patchFolds,
  ...cveFolds,
  ...publicationFolds,
  ...migrationFolds,
  ...partyFolds,
  ...endFolds,
  ...relationFolds,
  ...recordFolds,
};

const noEmbargo: CaseState['embargo'] = {
  state: 'none',
  from: null,
  until: null,
  zone: null,
  proposal: null,
  decided: [],
  moves: 0,
  restarts: 0,
  kept: [],
  ending: [],
  exit: null,
  exitedAt: null,
};
const nothingWritten: CaseState['advisory'] = {
  state: 'none',
  number: null,
  draft: 0,
  content: null,
  parts: [],
  author: null,
  approvals: [],
  published: 0,
  numbers: [],
  errata: [],
  correction: null,
};
const noEnd = { referral: null, withdrawal: null, unfixed: null } as const;

/** The case that a first event opens. @throws Error when the log begins with neither a report nor an import: such a log is corrupt. */
export function opened(event: Event): CaseState {
  if (event.seq === 1 && event.kind === 'report-submitted') return reported(event);
  if (event.seq === 1 && event.kind === 'advisory-imported') return importedFrom(event);
  throw new Error(`a log begins with report-submitted or advisory-imported, not ${event.kind}`);
}

function reported(event: Envelope & EventOf<'report-submitted'>): CaseState {
  const { opensOnRelease = false, queuedUntil = null, flaws: flawsReported = 1, component, handling } = event;
  return {
    ...begun(event),
    handling,
    visibility: event.public ? 'public' : 'private',
    publicSince: event.public ? event.at : null,
    opensOnRelease,
    queuedUntil,
    component,
    reporters: [reporterOf(event)],
    record: { ...untouchedRecord, startedPublic: event.public },
    marks: { receipt: event.at },
    flawsReported,
  };
}

/** It was handled elsewhere, so it has neither reporters nor milestones; its number is the archive's. */
function importedFrom(event: Envelope & EventOf<'advisory-imported'>): CaseState {
  const { from, sha256, version, published, number, numbers, anomalies } = event;
  const odd = anomalies === undefined ? {} : { anomalies };
  const advisory = { ...nothingWritten, state: 'published' as const, number, numbers };
  return {
    ...begun(event),
    handling: 'imported',
    flaws: archivedFlaws(event),
    imported: { from, sha256, version, published, ...odd },
    advisory,
  };
}

/** One for each number that the archive names; a flaw without any may get one late. */
function archivedFlaws({ numbers, at }: Envelope & EventOf<'advisory-imported'>): readonly Flaw[] {
  const of = { numberedBy: null, since: at, title: null };
  return numbers.length === 0
    ? [{ ...of, flaw: 'archived' as FlawId, cve: 'undecided', number: null }]
    : numbers.map((number) => ({ ...of, flaw: number.toLowerCase() as FlawId, cve: 'record_published', number }));
}

/** What every case has at its beginning. */
function begun(event: Pick<EventOf<'report-submitted'>, 'project' | 'case' | 'codename' | 'policy' | 'title'>): CaseState {
  return {
    project: event.project,
    case: event.case,
    codename: event.codename,
    policy: event.policy,
    version: 1,
    handling: 'received',
    visibility: 'private',
    publicSince: null,
    title: event.title,
    opensOnRelease: false,
    queuedUntil: null,
    class: null,
    component: null,
    owner: null,
    ownership: { how: null, since: null, first: null, rungs: 0 },
    attended: null,
    added: [],
    guestsUntil: {},
    narrowed: null,
    reporters: [],
    contributors: [],
    proposal: null,
    corrected: [],
    eligibility: null,
    assessment: null,
    severity: null,
    facts: [],
    embargo: noEmbargo,
    bundle: null,
    parties: [],
    rulesRead: [],
    agents: null,
    vendors: null,
    readiness: [],
    flaws: [],
    branches: [],
    patchChecks: [],
    advisory: nothingWritten,
    impact: null,
    onCall: [],
    disclosure: { approvedBy: [], armed: false, prepared: null, carries: null, begunAt: null, bundleOnly: false, channels: [] },
    ...noEnd,
    filed: [],
    imported: null,
    record: { ...untouchedRecord, startedPublic: false },
    deviations: [],
    marks: {},
    reminders: {},
    flawsReported: 1,
    duplicateOf: null,
    splitFrom: null,
    parts: [],
    components: [],
    askedSince: null,
    untoldSince: null,
  };
}

/** The case after one more event. */
export function evolve(state: CaseState, event: Event): CaseState {
  const attended = event.by.kind === 'person' ? { attended: event.at } : {};
  const folded = { ...state, ...fold(state, event), ...attended, version: event.seq };
  const changed =
    concernsOthers(state, event) || settles(state, folded) ? { ...folded, untoldSince: state.untoldSince ?? event.at } : folded;
  if (takesNameOut(event))
    return isPreparing(state) ? { ...changed, disclosure: { ...changed.disclosure, prepared: null, carries: null } } : changed;
  return retracts(state, event) && isPreparing(state) ? { ...changed, disclosure: disarmed(changed) } : changed;
}

/** The case that a whole log tells. @throws Error when the log is empty or has a gap. */
export function replay(events: readonly Event[]): CaseState {
  const [first, ...rest] = events;
  if (first === undefined) throw new Error('an empty log tells no case');
  return rest.reduce((state, event) => {
    if (event.seq !== state.version + 1) throw new Error(`event ${event.seq} follows ${state.version}`);
    return evolve(state, event);
  }, opened(first));
}

/**
 * Somebody who wants no name any more is left out at once, and nobody has to say go again for that: the documents are made anew without them.
 */
function takesNameOut(event: Event): boolean {
  return (event.kind === 'credit-decided' || event.kind === 'contributor-credited') && event.decision === 'declined';
}

/** Whether the event changes what the advisory says without a new draft: a credit, a number, a severity, another patch; or, by another class, whether it goes out at all. */
function retracts(state: CaseState, event: Event): boolean {
  switch (event.kind) {
    case 'credit-decided':
    case 'contributor-credited':
    case 'severity-assessed':
    case 'class-set':
    case 'cve-assigned':
    case 'cve-waived':
    case 'cve-rejected':
    case 'flaw-added':
    case 'flaw-dropped':
    case 'report-attached':
    case 'report-detached':
    case 'case-split':
    case 'component-added':
    case 'component-dropped':
      return true;
    case 'content-classified':
    case 'redaction-proposed':
      return namesSomebody(state, event.piece);
    case 'redaction-approved':
    case 'redaction-declined':
      return namesSomebody(state, redactionOf(state.record, event.redaction)?.piece);
    case 'patch-added':
      return branchOf(state, event.branch, event.component)?.required ?? false;
    default:
      return false;
  }
}

/** Whether the piece is a name by which somebody is credited: the documents show it as far as it is open. */
function namesSomebody({ reporters, contributors }: CaseState, piece: PieceId | undefined): boolean {
  return [...reporters, ...contributors].some((one) => one.creditName !== null && one.creditName.id === piece);
}

function fold(state: CaseState, event: Event): Partial<CaseState> {
  return (folds[event.kind] as Fold<EventKind>)(state, event);
}
