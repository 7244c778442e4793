// SPDX-License-Identifier: Apache-2.0
// Branches that should carry the fix: where one does not, the disclosure goes on with a reason on record (LIBVIRT-39).

import type { CaseState } from '../model/case.ts';
import type { UnmetGate } from '../model/refusal.ts';
import type { Policy } from '../policy/policy.ts';
import { reached } from './conditions.ts';

/** Name of the gate, as the policy spells the key. */
const gate = 'branches.should';

/** One gate for all groups: a group of which nobody has judged a branch is as open as one without an approved patch. */
export function missedAims(state: CaseState, policy: Policy): readonly UnmetGate[] {
  const missed = policy.branches.should.filter((group) => !isFixed(group, state));
  if (missed.length === 0 || state.deviations.includes(gate)) return [];
  return [
    { gate, strength: 'should', sentence: `A branch that should be fixed has no approved patch, or is not judged: ${missed.join(', ')}.` },
  ];
}

function isFixed(group: string, { branches }: CaseState): boolean {
  const own = branches.filter((fix) => fix.group === group);
  return own.length > 0 && own.every((fix) => reached(fix, 'patch_approved'));
}
