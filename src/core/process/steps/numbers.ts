// SPDX-License-Identifier: Apache-2.0
// CVE numbers, one region per flaw, and the impact description that a request for one carries (T16).

import type { Actor } from '../../model/actor.ts';
import type { Role } from '../../model/identifiers.ts';
import { refused } from '../../model/refusal.ts';
import { impactApproved, impactWords } from '../conditions.ts';
import { asks, isWanted, reviewerRoles, speaksToPublish, stillNeeded } from '../review.ts';
import type { Decider } from '../situation.ts';
import { rolesOf } from '../situation.ts';

/** Where the policy asks on an approved impact description, a request without one is refused; the request says what is private, and until when (VMT-9, VMT-17). */
export const requestCve: Decider<'request-cve'> = (action, { state, policy }) => {
  if (policy.cve.requested === 'when_impact_approved' && (state.impact === null || !impactApproved(state, policy)))
    return refused.gates([{ gate: 'impact_approved', strength: 'must', sentence: 'The impact description is not approved.' }]);
  const assigner = action.assigner === undefined ? {} : { assigner: action.assigner };
  const embargoed = state.visibility === 'public' ? {} : { embargoedUntil: state.embargo.until ?? ('undated' as const) };
  return [{ kind: 'cve-requested', flaw: action.flaw, ...assigner, ...embargoed }];
};

export const recordCveRefusal: Decider<'record-cve-refusal'> = ({ flaw, reason }) => [{ kind: 'cve-refused', flaw, reason }];

export const recordCvePublication: Decider<'record-cve-publication'> = ({ flaw, evidence }) => [
  { kind: 'cve-record-published', flaw, evidence },
];

/** The number goes; the flaw needs another, or a person records that it needs none. */
export const rejectCve: Decider<'reject-cve'> = ({ flaw, reason }) => [{ kind: 'cve-rejected', flaw, reason }];

export const disputeCve: Decider<'dispute-cve'> = ({ flaw, reason }) => [{ kind: 'cve-disputed', flaw, reason }];

/** Once a version is out, whoever records the number is its author: the first of the people who send it out, for the roles that they hold. */
export const recordCve: Decider<'record-cve'> = ({ flaw, number }, { state, policy, actor }) => {
  const own = state.advisory.published > 0 ? speaksToPublish(policy.reviews, actor) : {};
  return [{ kind: 'cve-assigned', flaw, number, ...own }];
};

export const waiveCve: Decider<'waive-cve'> = (action) => [{ kind: 'cve-waived', flaw: action.flaw, reason: action.reason }];

export const describeImpact: Decider<'describe-impact'> = ({ impact, frame, places }) => [
  { kind: 'impact-described', impact, ...(frame.length === 0 ? {} : { frame }), ...(places === undefined ? {} : { places }) },
];

/** Where the policy names who approves, each of them speaks once, and nobody in their place (VMT-2, VMT-9). */
export const approveImpact: Decider<'approve-impact'> = (_, { state, policy, actor }) => {
  if (state.impact === null) return refused.invalid('impact', 'There is no impact description yet.');
  if (actor.kind === 'reporter' && state.impact.approvals.includes('reporter'))
    return refused.invalid('impact', 'The reporter has approved it already.');
  const review = policy.reviews.impact;
  if (review === null) return [{ kind: 'impact-approved', as: actor.kind === 'reporter' ? 'reporter' : 'member' }];
  if (impactApproved(state, policy)) return refused.invalid('impact', 'The description is approved already.');
  const asked = asks(review);
  const words = impactWords(state.impact, review);
  const held = voicesOf(actor).filter((voice) => reviewerRoles(review).includes(voice));
  if (!isWanted(asked, words, held)) return refused.notPermitted(`The description waits for: ${stillNeeded(asked, words)}.`);
  if (actor.kind === 'reporter') return [{ kind: 'impact-approved', as: 'reporter' }];
  const as = held.find((role) => !state.impact?.as.includes(role)) ?? held[0];
  if (as === undefined) return refused.notPermitted(`The description waits for: ${stillNeeded(asked, words)}.`);
  return [{ kind: 'impact-approved', as, ...(held.length > 1 ? { held } : {}) }];
};

/** The roles for which the actor can speak; `reporter` is one that every policy has. */
function voicesOf(actor: Actor): readonly Role[] {
  return actor.kind === 'reporter' ? ['reporter' as Role] : rolesOf(actor);
}
