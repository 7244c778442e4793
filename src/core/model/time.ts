// SPDX-License-Identifier: Apache-2.0
// Instants: the only form of time that the process knows. Zones and calendars meet them in core/policy/calendar.ts.

import { Temporal } from 'temporal-polyfill';

export { Temporal };

/** A UTC instant as `YYYY-MM-DDTHH:MM:SS.mmmZ`: always 24 characters for years 0000 to 9999, so that text order is time order. */
export type Instant = string & { readonly unit: 'instant' };

/** The instant that `value` names. @throws RangeError when it carries no offset or is no instant: a date without hour and zone is refused (L-73). */
export function instant(value: string | Temporal.Instant): Instant {
  const { epochMilliseconds } = typeof value === 'string' ? Temporal.Instant.from(value) : value;
  return fromEpoch(epochMilliseconds);
}

/** @throws RangeError when no year has such a millisecond. */
export function fromEpoch(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString() as Instant;
}

/** An instant has one spelling, which `Date.parse` reads exactly; a clock asks for it thousands of times in a second. */
export function epoch(at: Instant): number {
  return Date.parse(at);
}

/** `at` moved by elapsed time; calendar units belong to core/policy/calendar.ts. */
export function shifted(
  at: Instant,
  { hours = 0, minutes = 0, seconds = 0 }: { readonly hours?: number; readonly minutes?: number; readonly seconds?: number },
): Instant {
  return fromEpoch(epoch(at) + ((hours * 60 + minutes) * 60 + seconds) * 1000);
}

/** `2026-12-02 15:00 UTC`: an instant as sentences say it, in refusals, differences and documents alike. */
export function dated(at: Instant): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

/** The beginning of the minute: what people agree on and read. */
export function toTheMinute(at: Instant): Instant {
  return `${at.slice(0, 16)}:00.000Z` as Instant;
}

export function latest(first: Instant, ...rest: readonly Instant[]): Instant {
  return [first, ...rest].sort().at(-1) ?? first;
}

export function earliest(first: Instant, ...rest: readonly Instant[]): Instant {
  return [first, ...rest].sort()[0] ?? first;
}
