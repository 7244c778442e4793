// SPDX-License-Identifier: Apache-2.0
// The longest time that a calendar stays closed: days of the week that are not open, and holidays.

import { Temporal } from '../core/model/time.ts';
import type { Days, ZonedInstant } from '../core/policy/quantities.ts';
import { type Weekday, weekdays } from '../core/policy/words.ts';

export interface ClosedRun {
  /** Whole days, one after the other; 0 where every day is open. */
  readonly days: number;
  /** First and last of them, `2026-12-24`. */
  readonly from: string;
  readonly to: string;
  /** Position of the first holiday in the run; null where the days of the week alone make it. */
  readonly holiday: number | null;
}

/** The longest run of closed days from the day of `since` on. `open` has a day at least; so past the last holiday the week decides. */
export function longestClosedRun(open: readonly Weekday[], holidays: readonly Days[], since: ZonedInstant): ClosedRun {
  const first = dayNumber(Temporal.Instant.from(since.at).toZonedDateTimeISO(since.zone).toPlainDate().toString());
  const off = holidayDays(holidays, first);
  const last = [...off.keys()].reduce((most, day) => Math.max(most, day), first) + 2 * weekdays.length;
  let longest = { from: first, length: 0 };
  let begun = first;
  for (let day = first; day <= last; day++) {
    if (off.has(day) || !open.includes(weekdayOf(day))) continue;
    if (day - begun > longest.length) longest = { from: begun, length: day - begun };
    begun = day + 1;
  }
  const inRun = Array.from({ length: longest.length }, (_, step) => off.get(longest.from + step));
  const holiday = inRun.find((position) => position !== undefined) ?? null;
  return { days: longest.length, from: dayText(longest.from), to: dayText(longest.from + longest.length - 1), holiday };
}

/** Each holiday from `first` on, with the position of its entry. */
function holidayDays(holidays: readonly Days[], first: number): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const [position, { from, to }] of holidays.entries())
    for (let day = Math.max(first, dayNumber(from)); day <= dayNumber(to); day++) if (!found.has(day)) found.set(day, position);
  return found;
}

const epoch = Temporal.PlainDate.from('1970-01-01');

function dayNumber(date: string): number {
  return epoch.until(Temporal.PlainDate.from(date), { largestUnit: 'days' }).days;
}

function dayText(day: number): string {
  return epoch.add({ days: day }).toString();
}

/** 1970-01-01 was a Thursday. */
function weekdayOf(day: number): Weekday {
  return weekdays[(day + 3) % weekdays.length] ?? weekdays[0];
}
