// SPDX-License-Identifier: Apache-2.0
// The days on which a project discloses, where people act: why an instant is none of them, and for which one a late release waits (VMT-18).

import type { CaseState } from '../model/case.ts';
import { hasFact } from '../model/case.ts';
import type { Instant } from '../model/time.ts';
import { Temporal } from '../model/time.ts';
import { disclosureDayAllowed } from '../policy/calendar.ts';
import type { Policy } from '../policy/policy.ts';
import { weekdays } from '../policy/words.ts';
import { bindingCap, disclosureTimes, fromDisclosureDay } from './caps.ts';
import { hasCome } from './conditions.ts';
import { cannotWait } from './disclosure-due.ts';

/**
 * When that goes out which is ready at `at`: then, or on the next day and hour of disclosure. On a day of disclosure the hour that is over is no reason to
 * wait, and neither is a day that lies beyond the cap.
 */
export function opensOn(at: Instant, state: CaseState, policy: Policy): Instant {
  const next = fromDisclosureDay(at, policy);
  const cap = bindingCap(state, policy);
  const late = disclosureDayAllowed(at, disclosureTimes(policy)) && dayOf(next, policy) !== dayOf(at, policy);
  return late || !mayWait(state, policy) || (cap !== undefined && next > cap.at) ? at : next;
}

/** Why the project does not disclose at `at`, with the key of the policy that says so and its reason. */
export function closedAt(at: Instant, policy: Policy): string {
  const { days, hour, holidays } = disclosureTimes(policy);
  const { disclosure, calendar } = policy.origins;
  const date = dayOf(at, policy);
  const weekday = weekdays[Temporal.PlainDate.from(date).dayOfWeek - 1];
  if (weekday === undefined || !days.includes(weekday))
    return because(
      `${date} is a ${weekday}; this project discloses on ${days.join(', ')} only (disclosure.days).`,
      disclosure.because['days'],
    );
  if (holidays.some(({ from, to }) => from <= date && date <= to))
    return because(`${date} is a holiday of this project (calendar.holidays).`, calendar.because['holidays']);
  const clock = hour === null ? 'another hour' : `${twoDigits(hour.hour)}:${twoDigits(hour.minute)} ${hour.zone}`;
  return because(`This project discloses at ${clock} only (disclosure.hour).`, disclosure.because['hour']);
}

/** What is public, exploited or has got out waits for no day, and neither does what stands in a public branch. */
function mayWait(state: CaseState, policy: Policy): boolean {
  const out = state.visibility === 'public' || cannotWait(state, policy) || hasFact(state, 'leaked', 'exposed');
  const posted = state.branches.some((fix) => hasCome(fix, 'posted'));
  const { exit } = state.embargo;
  return !out && !posted && exit !== 'leak' && exit !== 'exploited' && exit !== 'already_public';
}

function dayOf(at: Instant, policy: Policy): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO(policy.calendar.zone).toPlainDate().toString();
}

function because(sentence: string, why: string | undefined): string {
  return why === undefined ? sentence : `${sentence} ${why}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
