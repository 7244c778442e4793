// SPDX-License-Identifier: Apache-2.0
// Branches of an open case whose maintenance ends: nobody waits for them from then on (LIBVIRT-38).

import type { BranchFix, CaseState } from '../model/case.ts';
import { openHandling } from '../model/regions.ts';
import type { Instant } from '../model/time.ts';
import { endOf } from '../policy/maintained.ts';
import type { Policy } from '../policy/policy.ts';
import { isWaitedFor } from './conditions.ts';

export interface Retirement {
  readonly fix: BranchFix;
  readonly at: Instant;
}

/** In order of time. The last branch that a component must fix stays: without it the case would be finished with no fix at all. */
export function retirements(state: CaseState, policy: Policy): readonly Retirement[] {
  if (!openHandling.includes(state.handling) && state.handling !== 'disclosed') return [];
  const open = state.branches.filter(isWaitedFor);
  const ending = open
    .flatMap((fix) => {
      const at = endOf(policy.branches, fix.branch);
      return at === null ? [] : [{ fix, at }];
    })
    .sort((one, other) => (one.at < other.at ? -1 : 1));
  return ending.filter(({ fix }) => !isLast(fix, state, ending));
}

function isLast(fix: BranchFix, { branches }: CaseState, ending: readonly Retirement[]): boolean {
  if (!fix.required) return false;
  const ends = (one: BranchFix) => ending.findIndex((retirement) => retirement.fix === one);
  const others = branches.filter((one) => one.required && one.component === fix.component && one !== fix && gets(one));
  return others.every((one) => ends(one) >= 0 && ends(one) < ends(fix));
}

function gets({ state }: BranchFix): boolean {
  return state !== 'not_affected' && state !== 'wont_fix' && state !== 'left_to_downstream';
}
