// SPDX-License-Identifier: Apache-2.0
// Fixes on branches: patches in private, their approval, and what is seen of them in public (T13 to T15, T21).

import { branchOf } from '../../model/case.ts';
import type { EventData } from '../../model/event.ts';
import { refused } from '../../model/refusal.ts';
import { isMaintained } from '../../policy/maintained.ts';
import { hasCome, mustGroups, reached, required } from '../conditions.ts';
import { retirements } from '../retirement.ts';
import { asks, enough, reviewerRoles, speaksAs, wordsOf } from '../review.ts';
import type { Decider, Situation } from '../situation.ts';
import { after, rolesOf } from '../situation.ts';
import { publicationIfDue } from './disclosure.ts';
import { defaultEmbargo } from './embargo.ts';

export const startFixing: Decider<'start-fixing'> = () => [{ kind: 'fixing-started' }];

export const judgeBranch: Decider<'judge-branch'> = (action, situation) => {
  const { policy, state } = situation;
  if (policy.branches.groups[action.group] === undefined)
    return refused.invalid('group', `The branch groups are ${Object.keys(policy.branches.groups).join(', ')}.`);
  const fix = branchOf(state, action.branch, action.component);
  if (fix !== undefined && hasCome(fix, 'patch_private')) return refused.invalid('branch', 'This branch has a patch already.');
  const { branch, component, group, affected } = action;
  const events = judged({ branch, component, group, affected }, situation);
  // The last branch that was waited for may need no fix after all, or another one need it.
  const now = after(situation, events);
  return [...events, ...(affected ? fixReopened(now) : fixWeighed(now))];
};

type Judged = Omit<Extract<EventData, { readonly kind: 'branch-judged' }>, 'kind' | 'required' | 'anew'>;

/** A branch with what the policy asks of it now: a fix or none, also where it asked for none before; one that is not maintained is judged and let go (LIBVIRT-38). */
export function judged(branch: Judged, { policy, state, now }: Situation): readonly EventData[] {
  const maintained = isMaintained(policy.branches, branch.branch, now);
  const required = maintained && mustGroups(state.class, policy).includes(branch.group);
  const retired: EventData = { kind: 'branch-retired', branch: branch.branch, component: branch.component };
  const anew = required && branchOf(state, branch.branch, branch.component)?.required === false ? ({ anew: true } as const) : {};
  return [{ kind: 'branch-judged', ...branch, required, ...anew }, ...(maintained ? [] : [retired])];
}

/** The clock: branches whose maintenance has ended by now hold nothing up any more. */
export const retireBranches: Decider<'retire-branches'> = (_, situation) => {
  const { state, policy, now } = situation;
  const retired = retirements(state, policy)
    .filter(({ at }) => at <= now)
    .map(({ fix }): EventData => ({ kind: 'branch-retired', branch: fix.branch, component: fix.component }));
  return [...retired, ...fixCompleted(after(situation, retired))];
};

/** The project makes no fix there: it says so, and nobody waits for one. */
export const endBranch: Decider<'end-branch'> = ({ branch, component, end, reason }, situation) => {
  const ended: EventData = { kind: 'branch-ended', branch, component, end, reason };
  return [ended, ...fixCompleted(after(situation, [ended]))];
};

export const addPatch: Decider<'add-patch'> = (action, { state }) => [
  ...(state.handling === 'confirmed' ? [{ kind: 'fixing-started' as const }] : []),
  { kind: 'patch-added', branch: action.branch, component: action.component, patch: action.patch },
];

export const approvePatch: Decider<'approve-patch'> = (action, situation) => {
  const { state, policy, actor } = situation;
  const { patch: review } = policy.reviews;
  const fix = branchOf(state, action.branch, action.component);
  const own = speaksAs(review, actor);
  const complete = enough(asks(review), [...wordsOf(fix?.approvals ?? [], fix?.heldAs), own]);
  const approved: EventData = { kind: 'patch-approved', branch: action.branch, component: action.component, complete, ...own };
  return [approved, ...fixCompleted(after(situation, [approved]))];
};

/** One vote of each person stands; a verdict that asks for something says what (VMT-10, VMT-16). */
export const judgeBackport: Decider<'judge-backport'> = ({ branch, component, verdict, reason }, { state, policy, actor }) => {
  const roles = rolesOf(actor);
  const held = roles.filter((role) => reviewerRoles(policy.reviews.backport).includes(role));
  const votes = branchOf(state, branch, component)?.backport ?? [];
  const as = held.find((role) => !votes.some((vote) => vote.as === role)) ?? held[0] ?? roles[0];
  if (as === undefined) return refused.notPermitted('A vote is a member’s.');
  if (verdict !== 'acceptable' && reason === null) return refused.invalid('reason', 'Say what has to change, or why it may not go there.');
  return [{ kind: 'backport-judged', branch, component, as, ...(held.length > 1 ? { held } : {}), verdict, reason }];
};

/** What was tried in private stands on record with the patch that it was tried with (VMT-25). */
export const recordTest: Decider<'record-test'> = ({ branch, component, passed, reproducer, statement }) => [
  { kind: 'test-recorded', branch, component, passed, reproducer, statement },
];

/** Posting is public. Where it is the trigger of the disclosure, the case opens with it (QEMU-43); an unmet gate never hides that it happened. */
export const recordPosting: Decider<'record-posting'> = (action, situation) => {
  const posted: EventData = { kind: 'patch-posted', branch: action.branch, component: action.component, messageId: action.messageId };
  return [posted, ...publicationIfDue(after(situation, [posted]))];
};

export const recordMerge: Decider<'record-merge'> = (action, situation) => {
  const { branch, component, commit, fastTrack } = action;
  const merged: EventData = { kind: 'fix-merged', branch, component, commit, ...(fastTrack === true ? { fastTrack } : {}) };
  const completed = fixCompleted(after(situation, [merged]));
  return [merged, ...completed, ...publicationIfDue(after(situation, [merged, ...completed]))];
};

export const recordRelease: Decider<'record-release'> = (action, situation) => {
  const released: EventData = { kind: 'fix-released', branch: action.branch, component: action.component, tag: action.tag };
  return [released, ...publicationIfDue(after(situation, [released]))];
};

/** A fix that is ready is so no more once a branch without it must have it. A newer patch alone reopens nothing: it waits for its approval. */
export function fixReopened({ state }: Situation): readonly EventData[] {
  const lacking = required(state).some((fix) => !reached(fix, 'patch_approved'));
  return state.handling === 'fix_ready' && lacking ? [{ kind: 'fix-reopened' }] : [];
}

/** After other branches must be fixed than before: what there is may be the whole fix by now, or no more. Where none needs one, nothing can be complete. */
export function fixWeighed(situation: Situation): readonly EventData[] {
  return required(situation.state).length === 0 ? [] : [...fixReopened(situation), ...fixCompleted(situation)];
}

/** What was merged in public before anybody said that they had started is a fix all the same. */
export function fixCompleted(situation: Situation): readonly EventData[] {
  const { state } = situation;
  const { handling } = state;
  const working = handling === 'fixing' || handling === 'confirmed';
  const made = handling !== 'unfixed_public' || required(state).some((fix) => hasCome(fix, 'patch_approved'));
  const ready = (working || handling === 'unfixed_public') && made && required(state).every((fix) => reached(fix, 'patch_approved'));
  if (!ready) return [];
  const completed: readonly EventData[] = [
    ...(handling === 'confirmed' ? [{ kind: 'fixing-started' as const }] : []),
    { kind: 'fix-completed' },
  ];
  return [...completed, ...defaultEmbargo(after(situation, completed), 'fix_ready')];
}
