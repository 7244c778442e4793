// SPDX-License-Identifier: Apache-2.0
// Several flaws: more than one number in a case, and a report that is split into a case for each flaw (VMT-11, QEMU-11).

import type { ActionOf } from '../../model/action.ts';
import type { CaseState, Reporter } from '../../model/case.ts';
import { flawOf, ownReporters } from '../../model/case.ts';
import type { EventData } from '../../model/event.ts';
import type { PieceId } from '../../model/identifiers.ts';
import { refused } from '../../model/refusal.ts';
import type { SplitPart, Stood } from '../../model/relation-action.ts';
import { publishesAdvisory } from '../gates.ts';
import { reported } from '../shared.ts';
import type { Decider, Other, Situation } from '../situation.ts';

/** What can be fixed by itself gets a number of its own (CNA 4.2.11). */
export const addFlaw: Decider<'add-flaw'> = (action, { state, policy }) => {
  if (flawOf(state, action.flaw) !== undefined) return [];
  const added: EventData = { kind: 'flaw-added', flaw: action.flaw, title: action.title };
  return wantsNumber(state, policy) ? [added, { kind: 'cve-required', flaw: action.flaw }] : [added];
};

/** A number that was given has to become public or be rejected, so its flaw stays (CNA 4.5.3.5). */
export const dropFlaw: Decider<'drop-flaw'> = (action, { state }) =>
  state.flaws.length < 2
    ? refused.invalid('flaw', 'A confirmed case has at least one flaw.')
    : [{ kind: 'flaw-dropped', flaw: action.flaw, reason: action.reason }];

/** This case keeps the first flaw, its clocks and its reporter; the parts get their own. */
export const splitCase: Decider<'split-case'> = (action, { state }) => {
  if (action.parts.length === 0) return refused.invalid('parts', 'Name at least one other flaw, a line for each.');
  if (ownReporters(state).length === 0) return refused.invalid('parts', 'There is no report here to split.');
  const parts = action.parts.map(({ case: id, title }) => ({ case: id, title }));
  const split: EventData = { kind: 'case-split', parts, reason: action.reason, shared: nowShared(action, state) };
  return [split, ...(action.title === null ? [] : [{ kind: 'title-given' as const, title: action.title }])];
};

/** Nothing of a public case is closed again. */
function nowShared({ parts, reason, stood }: ActionOf<'split-case'>, state: CaseState): readonly PieceId[] {
  if (state.visibility === 'public') return [];
  const said = [...parts.map(({ title }) => title.id), reason.id];
  return [...new Set([...reported(state), ...stoodIn(stood, state), ...said])];
}

/** A report that belongs here may tell of any of the flaws: it waits for all of them. */
export function sharedBeside({ stood }: ActionOf<'split-case'>, { state }: Situation, { state: duplicate }: Other): readonly EventData[] {
  if (state.visibility === 'public' || duplicate.visibility === 'public') return [];
  const shared = [...new Set([...reported(duplicate), ...stoodIn(stood, duplicate)])];
  return [{ kind: 'report-shared', with: state.case, shared }];
}

function stoodIn(stood: readonly Stood[], state: CaseState): readonly PieceId[] {
  return stood.flatMap((one) => (one.case === state.case ? one.pieces : []));
}

/** The first events of a part: the same report, copied, under a title of its own; its clocks begin now. `shared`: what of it waits for the other cases. */
export function partOpened(
  part: SplitPart,
  state: CaseState,
  report: Reporter & { readonly title: SplitPart['title'] },
  shared: readonly PieceId[],
): readonly EventData[] {
  const { participant, channel, title, name, address, creditName, origin, deadline, attachments, credit } = report;
  const submitted: EventData = {
    kind: 'report-submitted',
    project: state.project,
    case: part.case,
    codename: part.codename,
    policy: state.policy,
    handling: 'received',
    public: state.visibility === 'public',
    participant,
    channel,
    title,
    report: report.report,
    attachments,
    name,
    address,
    creditName,
    origin,
    deadline,
    component: state.component,
    consent: null,
    scan: { tokens: 0, keys: 0, addresses: 0 },
  };
  const whence: EventData = { kind: 'case-split-off', from: state.case, shared };
  const owned: readonly EventData[] = state.owner === null ? [] : [{ kind: 'owner-assigned', person: state.owner }];
  const people = state.added.map((person): EventData => {
    const until = state.guestsUntil[person];
    return { kind: 'person-added', person, ...(until === undefined ? {} : { until }) };
  });
  const narrowed: readonly EventData[] =
    state.narrowed === null ? [] : [{ kind: 'access-narrowed', people: state.narrowed.people, reason: null }];
  const credited: readonly EventData[] =
    credit === 'undecided' ? [] : [{ kind: 'credit-decided', participant, decision: credit, name: creditName }];
  return [submitted, whence, ...owned, ...people, ...narrowed, ...credited];
}

/** Whether the policy wants a number for each flaw of such a case. */
export function wantsNumber(state: Pick<CaseState, 'class' | 'advisory'>, policy: Situation['policy']): boolean {
  const { requiredFor } = policy.cve;
  return requiredFor === 'every_flaw' || (requiredFor === 'advisories' && publishesAdvisory(state, policy));
}

/** What the policy asks of the flaws that nobody decided on, after it or the class of the case has become another: a number, or none by itself (VMT-11, VMT-31). */
export function numbersWeighed({ state, policy }: Pick<Situation, 'state' | 'policy'>): readonly EventData[] {
  const [from, kind] = wantsNumber(state, policy) ? (['undecided', 'cve-required'] as const) : (['required', 'cve-not-required'] as const);
  return state.flaws.filter(({ cve }) => cve === from).map(({ flaw }) => ({ kind, flaw }));
}

/** The first report of a case, which its parts take over. */
export function reportToSplit(_: ActionOf<'split-case'>, state: CaseState): Reporter | undefined {
  return ownReporters(state)[0];
}
