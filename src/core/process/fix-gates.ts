// SPDX-License-Identifier: Apache-2.0
// Gates of the fix: who may approve a patch, what has to be on record before it goes out, and what an impact description says before its review.

import type { Action } from '../model/action.ts';
import { branchOf } from '../model/case.ts';
import type { BranchState } from '../model/regions.ts';
import { hasCome, isTested } from './conditions.ts';
import type { Gate } from './gate.ts';
import { frameFields } from './impact-frame.ts';
import { preApproved } from './pre-approval.ts';
import { reviewerRoles } from './review.ts';
import type { Situation } from './situation.ts';
import { rolesOf } from './situation.ts';

export const fixGates = {
  signed_off: {
    asksInput: true,
    sentence: 'The patch carries no Signed-off-by line.',
    met: (_, action) => action.kind !== 'add-patch' || action.signedOff,
  },
  not_over_an_approved_patch: {
    sentence: 'A patch on this branch is approved already. Send yours to the team with a message.',
    met: (situation, action) => situation.actor.kind !== 'reporter' || !reachedOn(situation, action, 'patch_approved'),
  },
  not_the_patcher: {
    asksInput: true,
    sentence: 'Whoever wrote the patch cannot approve it; someone else has to.',
    met: ({ state, actor }, action) =>
      (action.kind !== 'approve-patch' && action.kind !== 'judge-backport') ||
      actor.kind !== 'person' ||
      !state.branches.some(
        (fix) =>
          fix.branch === action.branch &&
          fix.component === action.component &&
          (fix.patchedBy === actor.person || (action.kind === 'approve-patch' && fix.approvals.includes(actor.person))),
      ),
  },
  tested_before_approval: {
    asksInput: true,
    sentence: 'Nobody has recorded that the newest patch passed a test; this policy wants that before it is approved.',
    met: ({ state, policy }, action) =>
      action.kind !== 'approve-patch' || policy.reviews.tests !== 'required' || isTested(branchOf(state, action.branch, action.component)),
  },
  approved_before_posting: {
    asksInput: true,
    sentence: 'The patch is not approved yet; this policy wants that before it is posted.',
    met: (situation, action) =>
      situation.policy.reviews.patch?.before !== 'posting' || isPublic(situation) || reachedOn(situation, action, 'patch_approved'),
  },
  patch_there: {
    asksInput: true,
    sentence: 'There is no patch on this branch, and the case is not public.',
    met: (situation, action) => isPublic(situation) || reachedOn(situation, action, 'patch_private'),
  },
  approved_before_merge: {
    asksInput: true,
    sentence: 'The patch is not approved, and the case is not public.',
    met: (situation, action) => isPublic(situation) || reachedOn(situation, action, 'patch_approved'),
  },
  backport_reviewer: {
    sentence: 'The policy names who votes on backports, and you hold none of these roles.',
    met: ({ policy, actor }) => reviewerRoles(policy.reviews.backport).some((role) => rolesOf(actor).includes(role)),
  },
  pre_approved: {
    asksInput: true,
    sentence:
      'A fast track needs what the policy asks for on record: the approvals of the newest patch, and on a maintained branch the votes.',
    met: ({ state, policy }, action) => {
      if (action.kind !== 'record-merge' || action.fastTrack !== true) return true;
      const fix = branchOf(state, action.branch, action.component);
      return fix !== undefined && preApproved(fix, policy);
    },
  },
  impact_not_twice: {
    sentence: 'You have approved this description already; another person has to.',
    met: ({ state, actor }) => actor.kind !== 'person' || !state.impact?.approvals.includes(actor.person),
  },
  impact_framed: {
    sentence: 'The description leaves fields of the project’s sentence empty; they are filled before it is reviewed.',
    met: ({ state, policy }) => state.impact === null || frameFields(policy).every((field) => state.impact?.frame.includes(field)),
  },
} satisfies Record<string, Gate>;

/** Whether the fix on the branch that the action names has come so far. */
function reachedOn({ state }: Situation, action: Action, to: BranchState): boolean {
  const fix = 'branch' in action ? branchOf(state, action.branch, action.component) : undefined;
  return fix !== undefined && hasCome(fix, to);
}

function isPublic({ state }: Situation): boolean {
  return state.visibility === 'public';
}
