// SPDX-License-Identifier: Apache-2.0
// What is on record of a patch before it is public: approvals, and votes on whether it may go to a maintained branch (VMT-10, VMT-16).

import type { BranchFix } from '../model/case.ts';
import type { Review } from '../policy/embargo-rules.ts';
import type { Policy } from '../policy/policy.ts';
import { asks, enough, type Word, wordsOf } from './review.ts';

/** A branch outside the group `development`: what goes there is a backport. */
export function isBackport({ group }: Pick<BranchFix, 'group'>): boolean {
  return group !== 'development';
}

/** Whether those whom the policy asks find the newest patch acceptable on this branch, and nobody's vote stands against it. */
export function backportAccepted(fix: BranchFix, { reviews: { backport } }: Policy): boolean {
  if (backport === null || !isBackport(fix)) return true;
  if (fix.backport.some(({ verdict }) => verdict !== 'acceptable')) return false;
  return enough(asks(backport), backportWords(fix, backport));
}

/** What was said of the backport: each vote for one of the roles that its voter holds. */
export function backportWords({ backport: votes }: BranchFix, review: Review): readonly Word[] {
  return review.kind === 'approvals' ? votes.map(() => ({})) : votes.map(({ as, held }) => ({ as: held ?? [as] }));
}

/** Whether the newest patch has, on record, every approval and every vote that the policy asks for; where it asks for none, yes. */
export function preApproved(fix: BranchFix, policy: Policy): boolean {
  const { patch } = policy.reviews;
  return (patch === null || enough(asks(patch), wordsOf(fix.approvals, fix.heldAs))) && backportAccepted(fix, policy);
}
