// SPDX-License-Identifier: Apache-2.0
// What is on record of a patch before it is public: approvals, and votes on whether it may go to a maintained branch (VMT-10, VMT-16).

import type { BranchFix } from '../model/case.ts';
import type { Policy } from '../policy/policy.ts';

/** A branch outside the group `development`: what goes there is a backport. */
export function isBackport({ group }: Pick<BranchFix, 'group'>): boolean {
  return group !== 'development';
}

/** Whether those whom the policy asks find the newest patch acceptable on this branch, and nobody's vote stands against it. */
export function backportAccepted(fix: BranchFix, { reviews: { backport } }: Policy): boolean {
  if (backport === null || !isBackport(fix)) return true;
  if (fix.backport.some(({ verdict }) => verdict !== 'acceptable')) return false;
  return backport.kind === 'approvals'
    ? fix.backport.length >= backport.approvals
    : backport.eachOf.every((role) => fix.backport.some(({ as }) => as === role));
}

/** Whether the newest patch has, on record, every approval and every vote that the policy asks for; where it asks for none, yes. */
export function preApproved(fix: BranchFix, policy: Policy): boolean {
  const { patch } = policy.reviews;
  const needed = patch === null ? 0 : patch.kind === 'approvals' ? patch.approvals : patch.eachOf.length;
  return fix.approvals.length >= needed && backportAccepted(fix, policy);
}
