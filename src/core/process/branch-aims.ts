// SPDX-License-Identifier: Apache-2.0
// Branches that should carry the fix: where one does not, the disclosure goes on with a reason on record (LIBVIRT-39).

import type { CaseState } from '../model/case.ts';
import type { UnmetGate } from '../model/refusal.ts';
import type { Instant } from '../model/time.ts';
import { endOfGroup } from '../policy/maintained.ts';
import type { Policy } from '../policy/policy.ts';
import { reached } from './conditions.ts';
import type { Situation } from './situation.ts';

/** Name of the gate, as the policy spells the key. */
const gate = 'branches.should';

/** One gate for all groups: a group of which nobody has judged a branch is as open as one without an approved patch. */
export function missedAims({ state, policy, now }: Pick<Situation, 'state' | 'policy' | 'now'>): readonly UnmetGate[] {
  const missed = policy.branches.should.filter((group) => !isFixed(group, state) && !isOver(group, policy, now));
  if (missed.length === 0 || state.deviations.includes(gate)) return [];
  return [
    { gate, strength: 'should', sentence: `A branch that should be fixed has no approved patch, or is not judged: ${missed.join(', ')}.` },
  ];
}

function isFixed(group: string, { branches }: CaseState): boolean {
  const own = branches.filter((fix) => fix.group === group);
  return own.length > 0 && own.every((fix) => reached(fix, 'patch_approved'));
}

/** No branch of the group is maintained any more (LIBVIRT-38). */
function isOver(group: string, { branches }: Policy, now: Instant): boolean {
  const end = endOfGroup(branches, group);
  return end !== null && end <= now;
}
