// SPDX-License-Identifier: Apache-2.0
// The calendar of a policy: counting durations, business days, and the days and hours at which a project discloses.

import { type Instant, instant, shifted, Temporal } from '../model/time.ts';
import type { Calendar } from './policy.ts';
import type { Days, Duration, HourOfDay } from './quantities.ts';
import { type Weekday, weekdays } from './words.ts';

/** When a disclosure may happen: `disclosure.days` and `disclosure.hour`, `calendar.holidays` and `calendar.zone`. */
export interface DisclosureTimes {
  readonly days: readonly Weekday[];
  readonly hour: HourOfDay | null;
  readonly holidays: readonly Days[];
  readonly zone: string;
}

type Span = Exclude<Duration, 'at once'>;

/** How far an allowed day is looked for; a year without one is a mistake of the policy, not a reason to wait. */
const daysLooked = 366;

/**
 * `at` later by `duration`. Minutes and hours are elapsed time. Days, weeks, months and business days keep the local time of day in `calendar.zone`;
 * a month ends on the same day of the month or on its last day; a time that a zone skips is taken as `compatible` does (RFC 5545 section 3.3.5).
 * @throws RangeError when a business day is asked of a calendar that has none.
 */
export function addDuration(at: Instant, duration: Duration, calendar: Calendar): Instant {
  if (duration === 'at once') return at;
  const { amount, unit } = duration;
  if (unit === 'minutes' || unit === 'hours') return shifted(at, { [unit]: amount });
  return counted(at, { amount, unit }, calendar, 1);
}

/** `at` earlier by `duration`: the same count backwards, so that a warning of five business days leaves five of them. */
export function subtractDuration(at: Instant, duration: Duration, calendar: Calendar): Instant {
  if (duration === 'at once') return at;
  const { amount, unit } = duration;
  if (unit === 'minutes' || unit === 'hours') return shifted(at, { [unit]: -amount });
  return counted(at, { amount, unit }, calendar, -1);
}

/** What was counted before, by calendar: the clocks of a case ask the same again at its every step. */
const known = new WeakMap<Calendar, Map<string, Instant>>();
const mostKnown = 4096;

function counted(at: Instant, duration: Span, calendar: Calendar, step: 1 | -1): Instant {
  const answers = known.get(calendar) ?? new Map<string, Instant>();
  known.set(calendar, answers);
  const question = `${at} ${duration.amount * step} ${duration.unit}`;
  const answer = answers.get(question) ?? count(at, duration, calendar, step);
  if (answers.size >= mostKnown) answers.clear();
  answers.set(question, answer);
  return answer;
}

function count(at: Instant, { amount, unit }: Span, calendar: Calendar, step: 1 | -1): Instant {
  const local = inZone(at, calendar.zone);
  const date = local.toPlainDate();
  const end = unit === 'business days' ? addBusinessDays(date, amount, calendar, step) : date.add({ [unit]: amount * step });
  return atTimeOfDay(end, local.toPlainTime(), calendar.zone);
}

/** Whether the day of `at` in `calendar.zone` is a business day and no holiday. */
export function isBusinessDay(at: Instant, calendar: Calendar): boolean {
  return isOpen(inZone(at, calendar.zone).toPlainDate(), calendar.businessDays, calendar.holidays);
}

/** Whether the day of `at` in `times.zone` is one of `times.days` and no holiday; the hour is not looked at. */
export function disclosureDayAllowed(at: Instant, times: DisclosureTimes): boolean {
  return isOpen(inZone(at, times.zone).toPlainDate(), times.days, times.holidays);
}

/**
 * The latest instant not after `at` that falls on an allowed day, at `times.hour` where there is one; else at the time of day of `at`.
 * Never later than `at`: a calendar shortens an embargo and lengthens none. Where no day of the year before is allowed, `at` itself.
 */
export function latestAllowedBefore(at: Instant, times: DisclosureTimes): Instant {
  return allowedNear(at, times, -1);
}

/** The earliest instant not before `at`, in the same way: for what may not come sooner than somebody was told. */
export function earliestAllowedAfter(at: Instant, times: DisclosureTimes): Instant {
  return allowedNear(at, times, 1);
}

function allowedNear(at: Instant, times: DisclosureTimes, step: 1 | -1): Instant {
  const zone = times.hour?.zone ?? times.zone;
  const local = inZone(at, zone);
  const time = times.hour === null ? local.toPlainTime() : new Temporal.PlainTime(times.hour.hour, times.hour.minute);
  for (let days = 0; days <= daysLooked; days++) {
    const candidate = days === 0 && times.hour === null ? at : atTimeOfDay(local.toPlainDate().add({ days: days * step }), time, zone);
    const near = step === 1 ? candidate >= at : candidate <= at;
    if (near && disclosureDayAllowed(candidate, times)) return candidate;
  }
  return at;
}

function addBusinessDays(from: Temporal.PlainDate, amount: number, calendar: Calendar, step: 1 | -1): Temporal.PlainDate {
  if (calendar.businessDays.length === 0) throw new RangeError('a calendar without business days cannot count them');
  let date = from;
  for (let counted = 0; counted < amount; ) {
    date = date.add({ days: step });
    if (isOpen(date, calendar.businessDays, calendar.holidays)) counted++;
  }
  return date;
}

function isOpen(date: Temporal.PlainDate, days: readonly Weekday[], holidays: readonly Days[]): boolean {
  const weekday = weekdays[date.dayOfWeek - 1];
  const text = date.toString();
  return weekday !== undefined && days.includes(weekday) && !holidays.some(({ from, to }) => from <= text && text <= to);
}

function inZone(at: Instant, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone);
}

function atTimeOfDay(date: Temporal.PlainDate, time: Temporal.PlainTime, zone: string): Instant {
  return instant(date.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: 'compatible' }).toInstant());
}
