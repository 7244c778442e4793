// SPDX-License-Identifier: Apache-2.0
// The quantities of the language, from their words to precise types: durations, ranges, deadlines, instants, hours, days.

import { instant, Temporal } from '../core/model/time.ts';
import type { Days, Deadline, Duration, HourOfDay, Range, ZonedInstant } from '../core/policy/quantities.ts';
import { type ClockEvent, clockEvents, type Unit } from '../core/policy/words.ts';

const amount = '[1-9]\\d{0,3}';
const unit = '(?:minutes?|hours?|days?|weeks?|months?|business days?)';
const someDuration = `(?:at once|${amount} ${unit})`;
const date = '\\d{4}-\\d{2}-\\d{2}';
const hour = '([01]\\d|2[0-3]):([0-5]\\d)';
const zone = '([A-Za-z][A-Za-z0-9_+/-]*)';

/** The forms, as they also stand in the published schema. */
export const forms = {
  duration: new RegExp(`^${someDuration}$`),
  range: new RegExp(`^(?:(${amount}) to )?(${amount}) (${unit})$`),
  deadline: new RegExp(`^(${someDuration}) from (${clockEvents.join('|')})$`),
  instant: new RegExp(`^(${date}) ${hour} ${zone}$`),
  hour: new RegExp(`^${hour} ${zone}$`),
  days: new RegExp(`^(${date})(?: to (${date}))?$`),
} as const;

/** `14 days`, `at once`; the text has the form. */
export function toDuration(text: string): Duration {
  if (text === 'at once') return text;
  const space = text.indexOf(' ');
  return { amount: Number(text.slice(0, space)), unit: toUnit(text.slice(space + 1)) };
}

/** `5 to 10 business days`, `14 days`. Nothing when it runs downward. */
export function toRange(text: string): Range | undefined {
  const [, first, second, words] = forms.range.exec(text) ?? [];
  if (second === undefined || words === undefined) return undefined;
  const [least, most] = [Number(first ?? second), Number(second)];
  return least > most ? undefined : { least: { amount: least, unit: toUnit(words) }, most: { amount: most, unit: toUnit(words) } };
}

/** `90 days from receipt`; the text has the form. */
export function toDeadline(text: string): Deadline {
  const [duration = '', event = ''] = text.split(' from ');
  return { duration: toDuration(duration), from: event as ClockEvent };
}

/** `2026-07-28 00:00 UTC`. Nothing when there is no such day or zone, or when the zone's clock skips or repeats that time. */
export function toZonedInstant(text: string): ZonedInstant | undefined {
  const [, day, hours, minutes, zoneName] = forms.instant.exec(text) ?? [];
  const known = zoneName === undefined ? undefined : toZone(zoneName);
  if (known === undefined) return undefined;
  try {
    const local = Temporal.PlainDateTime.from(`${day}T${hours}:${minutes}`, { overflow: 'reject' });
    return { at: instant(local.toZonedDateTime(known, { disambiguation: 'reject' }).toInstant()), zone: known };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** `15:00 UTC`. Nothing when there is no such zone. */
export function toHour(text: string): HourOfDay | undefined {
  const [, hours, minutes, zoneName] = forms.hour.exec(text) ?? [];
  const known = zoneName === undefined ? undefined : toZone(zoneName);
  return known === undefined ? undefined : { hour: Number(hours), minute: Number(minutes), zone: known };
}

/** `2026-12-25`, `2026-12-24 to 2027-01-01`. Nothing when there is no such day, the end comes first, or more than a year lies between. */
export function toDays(text: string): Days | undefined {
  const [, from, to = from] = forms.days.exec(text) ?? [];
  if (from === undefined || to === undefined) return undefined;
  try {
    const length = Temporal.PlainDate.from(from, { overflow: 'reject' }).until(Temporal.PlainDate.from(to, { overflow: 'reject' })).days;
    return length < 0 || length > 366 ? undefined : { from, to };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The IANA name of a zone in its usual spelling; nothing for an offset or an unknown name. */
export function toZone(name: string): string | undefined {
  if (!new RegExp(`^${zone}$`).test(name)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function toUnit(words: string): Unit {
  return (words.endsWith('s') ? words : `${words}s`) as Unit;
}
