// SPDX-License-Identifier: Apache-2.0
// The quantities of the policy language: durations, ranges, deadlines, hours, days. core/policy/calendar.ts counts with them.

import type { Instant } from '../model/time.ts';
import type { ClockEvent, Unit } from './words.ts';

/** Minutes and hours are elapsed time; the others keep the time of day in `calendar.zone`. `amount` is a whole number, at least 1. */
export type Duration = { readonly amount: number; readonly unit: Unit } | 'at once';

/** `1 month`, `5 business days`, `at once`. */
export function durationText(duration: Duration): string {
  if (duration === 'at once') return duration;
  return `${duration.amount} ${duration.amount === 1 ? duration.unit.replace(/s$/, '') : duration.unit}`;
}

/** `5 to 10 business days`; a single duration has both ends alike. */
export interface Range {
  readonly least: Duration;
  readonly most: Duration;
}

/** `90 days from receipt`. */
export interface Deadline {
  readonly duration: Duration;
  readonly from: ClockEvent;
}

/** An instant with the IANA zone in which it was agreed and is shown. */
export interface ZonedInstant {
  readonly at: Instant;
  readonly zone: string;
}

/** A time of day in an IANA zone: `15:00 UTC`. */
export interface HourOfDay {
  readonly hour: number;
  readonly minute: number;
  readonly zone: string;
}

/** Whole days as `YYYY-MM-DD`, both included. */
export interface Days {
  readonly from: string;
  readonly to: string;
}
