// SPDX-License-Identifier: Apache-2.0
// The clocks of secrecy: warnings before the end and before the cap, the end itself, the cap, and what the policy promised in public.

import type { CaseState } from '../../model/case.ts';
import { openHandling } from '../../model/regions.ts';
import type { Instant } from '../../model/time.ts';
import { subtractDuration } from '../../policy/calendar.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Duration } from '../../policy/quantities.ts';
import { add, bindingCap } from '../caps.ts';
import type { Deadline } from './clock.ts';
import { daily, repeated, urgent } from './clock.ts';
import { readyToPublish } from './disclosure.ts';
import { endWithoutFix } from './ends.ts';

/** Warnings before the end, once each; at the end, what was agreed is published where the policy says so; else people are called until someone acts. */
export function embargoClocks(state: CaseState, policy: Policy): readonly Deadline[] {
  const { until, from } = state.embargo;
  if (until === null || (state.embargo.state !== 'active' && state.embargo.state !== 'revising')) return [];
  const ahead = warnings('embargo.warning', until, from, state, policy);
  if (readyToPublish(state, policy, until)) return ahead;
  return [...ahead, endWithoutFix(state, policy) ?? repeated('embargo.until', until, urgent, state)];
}

/** Where no embargo runs, the latest lawful day of the policy or the reporter is the end that people have to know of before it comes. */
export function capWarnings(state: CaseState, policy: Policy): readonly Deadline[] {
  if (!openHandling.includes(state.handling) || state.visibility === 'public' || state.embargo.until !== null) return [];
  const cap = bindingCap(state, policy);
  if (cap === undefined || cap.source.startsWith('fact.')) return [];
  return warnings('cap.warning', cap.at, state.marks.receipt ?? null, state, policy);
}

/** VMT-30: a promise to the public that passes while the case is private calls its owner; the statistics count it. */
export function promiseClock(state: CaseState, policy: Policy): readonly Deadline[] {
  const at = promised(state, policy);
  return at === undefined || state.visibility === 'public' || !openHandling.includes(state.handling)
    ? []
    : [repeated('disclosure.promised', at, daily, state)];
}

/** When `disclosure.promised` comes for this case. */
function promised({ marks }: CaseState, policy: Policy): Instant | undefined {
  const { promised: deadline } = policy.disclosure;
  const from = deadline === null ? undefined : marks[deadline.from];
  return deadline === null || from === undefined ? undefined : add(from, deadline.duration, policy);
}

/** None for a distance at which there was no such end yet. */
function warnings(name: string, end: Instant, begun: Instant | null, state: CaseState, policy: Policy): readonly Deadline[] {
  return policy.clocks.warnBeforeEnd.flatMap((before): Deadline[] => {
    const clock = `${name}:${inWords(before)}`;
    const at = subtractDuration(end, before, policy.calendar);
    return state.reminders[clock] !== undefined || at < (begun ?? at) ? [] : [{ clock, at, action: { kind: 'remind', clock } }];
  });
}

/** `7 days`, as the policy spells it. */
export function inWords(duration: Duration): string {
  return duration === 'at once' ? duration : `${duration.amount} ${duration.unit}`;
}
