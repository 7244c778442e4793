// SPDX-License-Identifier: Apache-2.0
// The advisory: written by one, approved by another, with every reporter's credit decided (T19, VMT-12, VMT-42).

import type { CaseState, ContributorRole } from '../../model/case.ts';
import { reporterOf } from '../../model/case.ts';
import type { EventData, EventOf } from '../../model/event.ts';
import type { PersonId } from '../../model/identifiers.ts';
import { refused } from '../../model/refusal.ts';
import { asks, enough, speaksAs, wordsOf } from '../review.ts';
import type { Decider } from '../situation.ts';

/**
 * Where the policy numbers early and has not yet, the first draft takes the number. A number that is given at the disclosure waits until the release
 * is armed: a draft that took one would leave a gap between those that are public, and tell everybody that it exists (L-22).
 */
export const writeAdvisory: Decider<'write-advisory'> = (action, { state, policy, nextNumber, actor }) => {
  if (actor.kind !== 'person') return refused.notPermitted('An advisory has an author.');
  const early = policy.advisory.numbered !== 'at_disclosure' && state.advisory.number === null;
  const numbered: readonly EventData[] = early ? [{ kind: 'advisory-numbered', number: nextNumber }] : [];
  return [...numbered, { kind: 'advisory-written', advisory: action.advisory, parts: action.parts }];
};

export const submitAdvisory: Decider<'submit-advisory'> = () => [{ kind: 'advisory-submitted' }];

export const approveAdvisory: Decider<'approve-advisory'> = (_, { state, policy, actor }) => {
  const { advisory: review } = policy.reviews;
  const own = speaksAs(review, actor);
  const complete = enough(asks(review), [...wordsOf(state.advisory.approvals, state.advisory.heldAs), own]);
  return [{ kind: 'advisory-approved', complete, ...own }];
};

export const returnAdvisory: Decider<'return-advisory'> = (action) => [{ kind: 'advisory-returned', reason: action.reason }];

/** Reporters decide on their own credit; a handler records what a reporter said elsewhere. */
export const decideCredit: Decider<'decide-credit'> = (action, { state, actor }) => {
  if (reporterOf(state, action.participant) === undefined) return refused.invalid('participant', 'No such reporter in this case.');
  if (reporterOf(state, action.participant)?.from !== null)
    return refused.invalid('participant', 'This reporter’s credit is decided in the case of their own report; it follows from there.');
  if (actor.kind === 'reporter' && actor.participant !== action.participant)
    return refused.notPermitted('Reporters decide on their own credit only.');
  if (action.decision === 'declined' && reporterOf(state, action.participant)?.credit === 'declined') return [];
  if (action.decision !== 'declined' && action.name === null) return refused.invalid('name', 'Say by which name, or decline.');
  const { participant, decision, name } = action;
  const said = { participant, decision, name };
  return [actor.kind === 'reporter' ? creditSaid(said, state) : { kind: 'credit-decided', ...said }];
};

/** A reporter takes nobody's word to go back: once the release is armed a name waits until people say go anew. Who wants none is left out at once. */
export function creditSaid(
  { participant, decision, name }: Omit<EventOf<'credit-decided'>, 'kind'>,
  { disclosure }: Pick<CaseState, 'disclosure'>,
): EventData {
  const waits = disclosure.armed && disclosure.begunAt === null;
  return waits && decision !== 'declined' && name !== null
    ? { kind: 'credit-requested', participant, decision, name }
    : { kind: 'credit-decided', participant, decision, name };
}

/** Members whom the policy offers credit decide on their own; nobody is named for a part that they did not have. */
export const decideOwnCredit: Decider<'decide-own-credit'> = (action, { state, actor }) => {
  const { as, decision, name } = action;
  if (actor.kind !== 'person' || !hadPart(state, actor.person, as)) return refused.invalid('as', 'You had no such part in this case.');
  if (decision !== 'declined' && name === null) return refused.invalid('name', 'Say by which name, or decline.');
  if (decision !== 'declined' && state.disclosure.armed)
    return refused.invalid('decision', 'The release is armed: stop it first, or decline.');
  return [{ kind: 'contributor-credited', as, decision, name: decision === 'declined' ? null : name }];
};

/** Whoever wrote a patch, approved one, or owns the case. */
function hadPart({ branches, owner }: CaseState, person: PersonId, as: ContributorRole): boolean {
  switch (as) {
    case 'patcher':
      return branches.some((fix) => fix.patchedBy === person);
    case 'reviewer':
      return branches.some((fix) => fix.approvals.includes(person));
    case 'coordinator':
      return owner === person;
  }
}
