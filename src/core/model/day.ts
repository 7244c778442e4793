// SPDX-License-Identifier: Apache-2.0
// When something happened, as exactly as it is known: archives know days, the process knows instants.

import { type Instant, Temporal } from './time.ts';

/** A date without an hour, `YYYY-MM-DD`: what archives know. It is never turned into an instant. Made by `day`. */
export type Day = string & { readonly unit: 'day' };

/** When something happened, as precisely as it is known: 10 characters are a day, 24 an instant. */
export type When = Day | Instant;

/** The day that `text` names, `YYYY-MM-DD` or `YYYYMMDD`, or nothing when the calendar has no such day. */
export function day(text: string): Day | undefined {
  if (!/^\d{4}-?\d{2}-?\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text).toString() as Day;
  } catch {
    return undefined;
  }
}

/** The UTC day of `when`. */
export function dayOf(when: When): Day {
  return when.slice(0, 10) as Day;
}

export function isDay(when: When): when is Day {
  return when.length === 10;
}
