// SPDX-License-Identifier: Apache-2.0
// Changing a project's policy: proposed by one person, accepted by others, as the policy that holds now asks for it (LIBVIRT-42). Pure.

import type { PersonActor } from '../model/actor.ts';
import type { PolicyRef } from '../model/case.ts';
import type { PersonId, Role } from '../model/identifiers.ts';
import type { PolicyOrigin, PolicyStep, ProposalId } from '../model/policy-step.ts';
import type { Refused } from '../model/refusal.ts';
import { refused } from '../model/refusal.ts';
import type { Instant } from '../model/time.ts';
import type { Review } from '../policy/embargo-rules.ts';
import type { Policy } from '../policy/policy.ts';
import { rolesWith } from '../policy/policy.ts';
import { asks, enough, isWanted, reviewerRoles, stillNeeded } from './review.ts';

type Acceptance = { readonly by: PersonId; readonly at: Instant; readonly as: readonly Role[] };

export interface PolicyProposal {
  readonly id: ProposalId;
  readonly by: PersonId;
  readonly at: Instant;
  readonly policy: PolicyRef;
  readonly replaces: PolicyRef;
  readonly reason: string;
  readonly text: string;
  readonly accepted: readonly Acceptance[];
  /** `outdated`: another version took the place of the one that it was to replace. */
  readonly state: 'open' | 'withdrawn' | 'outdated' | 'published';
  readonly ended: { readonly at: Instant; readonly by: PersonId | null; readonly reason: string | null } | null;
}

/** The version that holds, as far as a change of it asks. */
export interface Holding {
  readonly policy: Policy;
  readonly ref: PolicyRef;
}

/** Every proposal that was ever made, the oldest first, as it stands. */
export function proposals(steps: readonly PolicyStep[], holding: PolicyRef): readonly PolicyProposal[] {
  const all = new Map<ProposalId, PolicyProposal>();
  for (const step of steps) {
    if (step.kind === 'policy-proposed') {
      const { kind: _, proposal: id, ...told } = step;
      all.set(id, { ...told, id, accepted: [], state: 'open', ended: null });
    } else if ('proposal' in step) {
      const before = all.get(step.proposal);
      if (before !== undefined) all.set(step.proposal, after(before, step));
    }
  }
  return [...all.values()].map((one) => (one.state === 'open' && !same(one.replaces, holding) ? { ...one, state: 'outdated' } : one));
}

function after(before: PolicyProposal, step: Exclude<PolicyStep, { kind: 'policy-proposed' }>): PolicyProposal {
  switch (step.kind) {
    case 'policy-accepted':
      return { ...before, accepted: [...before.accepted, { by: step.by, at: step.at, as: step.as }] };
    case 'policy-withdrawn':
      return { ...before, state: 'withdrawn', ended: { at: step.at, by: step.by, reason: step.reason } };
    case 'policy-published':
      return { ...before, state: 'published', ended: { at: step.at, by: null, reason: null } };
    default:
      return before;
  }
}

/** Whether somebody may look at proposed changes: whoever may propose, or is asked for their word. */
export function mayLookAtChanges({ roles }: Pick<PersonActor, 'roles'>, { policy }: Pick<Holding, 'policy'>): boolean {
  return roles.some((role) => changers(policy).includes(role) || reviewerRoles(policy.reviews.policyChange).includes(role));
}

export function mayPropose({ roles }: Pick<PersonActor, 'roles'>, { policy }: Pick<Holding, 'policy'>): boolean {
  return roles.some((role) => changers(policy).includes(role));
}

/** Roles whose people may propose, accept or are told of a change. */
export function concernedBy({ policy }: Pick<Holding, 'policy'>): readonly Role[] {
  return [...new Set([...changers(policy), ...reviewerRoles(policy.reviews.policyChange)])];
}

function changers(policy: Policy): readonly Role[] {
  return rolesWith(policy, 'change_policy');
}

export interface Proposed {
  readonly id: ProposalId;
  readonly ref: PolicyRef;
  readonly reason: string;
  readonly text: string;
}

/** What follows from a proposal. Where the policy that holds asks for no second word, it is published at once; what the proposed one asks for counts from then on. */
export function proposePolicy(
  actor: PersonActor,
  { id, ref, reason, text }: Proposed,
  holding: Holding,
  kept: readonly PolicyRef[],
  steps: readonly PolicyStep[],
  at: Instant,
): readonly PolicyStep[] | Refused {
  if (!mayPropose(actor, holding)) return refused.notPermitted('Only those who may change the policy propose another one.');
  if (reason.trim() === '') return refused.invalid('reason', 'Say why the policy changes: the archive shows it.');
  const wrong = unfit(ref, holding.ref, kept) ?? waiting(ref, steps, holding);
  if (wrong !== undefined) return refused.invalid('policy', wrong);
  const proposed: PolicyStep = {
    kind: 'policy-proposed',
    ...{ at, proposal: id, by: actor.person, policy: ref, replaces: holding.ref, reason: reason.trim(), text },
  };
  if (holding.policy.reviews.policyChange !== null) return [proposed];
  return [proposed, { kind: 'policy-published', at, proposal: id, policy: ref }];
}

function unfit(ref: PolicyRef, holding: PolicyRef, kept: readonly PolicyRef[]): string | undefined {
  if (same(ref, holding)) return 'This is the version that holds; there is nothing to change.';
  const before = kept.find((one) => one.name === ref.name && one.version === ref.version);
  if (before !== undefined && before.sha256 !== ref.sha256)
    return `Version ${ref.version} of ${ref.name} is kept with another text; raise policy.version.`;
  if (before === undefined && ref.name === holding.name && ref.version < holding.version)
    return `policy.version counts up with every change: version ${holding.version} holds, and this is ${ref.version}.`;
  return undefined;
}

function waiting(ref: PolicyRef, steps: readonly PolicyStep[], holding: Holding): string | undefined {
  const open = proposals(steps, holding.ref).some((one) => one.state === 'open' && same(one.policy, ref));
  return open ? 'The same text is proposed already and waits for its acceptance.' : undefined;
}

/** What follows from an acceptance: the word itself, and with the last one that is asked for the publication. */
export function acceptPolicy(actor: PersonActor, one: PolicyProposal, holding: Holding, at: Instant): readonly PolicyStep[] | Refused {
  const review = holding.policy.reviews.policyChange;
  const as = actor.roles.filter((role) => reviewerRoles(review).includes(role));
  if (one.by === actor.person) return stop('second_person', 'You have proposed this change yourself. Another person has to accept it.');
  if (as.length === 0) return refused.notPermitted('The policy asks others for their word on its changes.');
  const closed = closedBecause(one, holding);
  if (closed !== undefined) return stop('proposal_open', closed);
  if (one.accepted.some((word) => word.by === actor.person))
    return stop('second_person', 'You have accepted this change already. The policy asks for the word of another person, too.');
  const accepted: PolicyStep = { kind: 'policy-accepted', at, proposal: one.id, by: actor.person, as };
  if (!isWanted(asks(review), one.accepted, as))
    return stop('second_person', `The word of your role is given already. Still needed: ${wordsAsked(review, one.accepted)}.`);
  return enough(asks(review), [...one.accepted, { as }])
    ? [accepted, { kind: 'policy-published', at, proposal: one.id, policy: one.policy }]
    : [accepted];
}

/** The proposer takes it back, or somebody else who may change the policy turns it down. */
export function withdrawPolicy(
  actor: PersonActor,
  one: PolicyProposal,
  reason: string | null,
  holding: Holding,
  at: Instant,
): readonly PolicyStep[] | Refused {
  if (one.by !== actor.person && !mayPropose(actor, holding))
    return refused.notPermitted('Only those who may change the policy turn a proposal down.');
  const closed = closedBecause(one, holding);
  if (closed !== undefined) return stop('proposal_open', closed);
  return [{ kind: 'policy-withdrawn', at, proposal: one.id, by: actor.person, reason: reason?.trim() || null }];
}

function closedBecause({ state, replaces, ended }: PolicyProposal, { ref }: Holding): string | undefined {
  switch (state) {
    case 'open':
      return undefined;
    case 'withdrawn':
      return `This proposal was withdrawn by ${ended?.by ?? 'its proposer'}.`;
    case 'published':
      return 'This proposal was accepted and published already.';
    case 'outdated':
      return `This proposal is outdated: it was made against ${named(replaces)}, and ${named(ref)} holds now. Propose it anew, so that its difference is looked at again.`;
  }
}

/** The words that are still asked for, as people read it; empty when there are enough. */
export function wordsAsked(review: Review | null, accepted: readonly Pick<Acceptance, 'as'>[]): string {
  return review === null ? '' : stillNeeded(asks(review), accepted);
}

export function originOf({ by, at, reason, accepted }: PolicyProposal, nameOf: (person: PersonId) => string): PolicyOrigin {
  return { proposedBy: nameOf(by), proposedAt: at, reason, accepted: accepted.map((word) => ({ by: nameOf(word.by), at: word.at })) };
}

export function same(a: PolicyRef, b: PolicyRef): boolean {
  return a.name === b.name && a.version === b.version && a.sha256 === b.sha256;
}

function named({ name, version }: PolicyRef): string {
  return `${name}, version ${version}`;
}

function stop(gate: string, sentence: string): Refused {
  return refused.gates([{ gate, strength: 'must', sentence }]);
}
