// SPDX-License-Identifier: Apache-2.0
// The clock that presses most in a case, for lists of many: it changes only with the case and its policy, and is kept for as long as they stand.

import type { CaseState } from '../core/model/case.ts';
import type { Instant } from '../core/model/time.ts';
import type { Policy } from '../core/policy/policy.ts';
import { deadlines, promisedAt } from '../core/process/deadlines.ts';

export interface PressingClock {
  readonly name: string;
  readonly at: Instant;
}

/** Cases that are kept; the one that was asked for the longest ago goes first. */
const mostKept = 5000;

/** By policy, so that another version of it is never asked in the name of this one. The key names a state of a case: its id and version. */
const kept = new WeakMap<Policy, Map<string, PressingClock | null>>();

/** The clock that was promised first: one that is overdue stays so, however often somebody was reminded of it. Null where none runs. */
export function pressingClock(state: CaseState, policy: Policy): PressingClock | null {
  const known = kept.get(policy) ?? new Map<string, PressingClock | null>();
  kept.set(policy, known);
  const key = `${state.project} ${state.case} ${state.version}`;
  const before = known.get(key);
  const clock = before === undefined ? ofAll(state, policy) : before;
  known.delete(key);
  known.set(key, clock);
  const [oldest] = known.keys();
  if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
  return clock;
}

function ofAll(state: CaseState, policy: Policy): PressingClock | null {
  const all = deadlines(state, policy).map((one) => ({ name: one.clock, at: promisedAt(one) }));
  return all.toSorted((one, other) => (one.at < other.at ? -1 : 1))[0] ?? null;
}
