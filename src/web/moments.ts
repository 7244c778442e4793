// SPDX-License-Identifier: Apache-2.0
// Instants in words: weekday, ISO date, hour, UTC, then the distance; never a distance or a date alone (L-73).

import { epoch, type Instant, instant, Temporal } from '../core/model/time.ts';
import { weekdays } from '../core/policy/words.ts';

/** `Wed 2026-12-02 15:00 UTC` */
export function exact(at: Instant): string {
  return `${weekday(utc(at)).slice(0, 3)} ${dateAndHour(at)} UTC`;
}

/** `2026-12-02 15:00`, where a heading has said UTC. */
export function dateAndHour(at: Instant): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)}`;
}

/** `Wednesday 2026-12-02` */
export function day(at: Instant): string {
  return `${weekday(utc(at))} ${at.slice(0, 10)}`;
}

/** `16:00 in Europe/Prague`, with the date where it is another one there; nothing where the zone is UTC. */
export function inZone(at: Instant, zone: string): string | undefined {
  const there = utc(at).withTimeZone(zone);
  if (there.offsetNanoseconds === 0 && zone.startsWith('UTC')) return undefined;
  const hour = there.toPlainTime().toString({ smallestUnit: 'minute' });
  const date = there.toPlainDate().toString();
  return `${date === at.slice(0, 10) ? hour : `${date} ${hour}`} in ${zone}`;
}

/** `in 8 d`, `in 1 d 2 h`, `17 h ago`: rounded down, so that no promise looks longer than it is. */
export function distance(at: Instant, now: Instant): string {
  const minutes = Math.floor(Math.abs(epoch(at) - epoch(now)) / 60_000);
  if (minutes === 0) return 'now';
  return at > now ? `in ${length(minutes)}` : `${length(minutes)} ago`;
}

/** `13 d` between two instants. */
export function span(from: Instant, to: Instant): string {
  return length(Math.floor(Math.abs(epoch(to) - epoch(from)) / 60_000));
}

/** `13 d`, `15 h`, `4 min`: how old something is, in its largest unit. */
export function age(from: Instant, now: Instant): string {
  const minutes = Math.floor(Math.abs(epoch(now) - epoch(from)) / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours >= 24 ? `${Math.floor(hours / 24)} d` : `${hours} h`;
}

/** The script in the browser counts in the same way (assets/daylight.js). */
function length(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days >= 3) return `${days} d`;
  if (days >= 1) return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
  if (hours >= 1) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${minutes} min`;
}

export interface ZonedInstant {
  readonly at: Instant;
  /** IANA name, `UTC`, or an offset such as `+01:00`. */
  readonly zone: string;
}

const typed =
  /^(?:[A-Za-z]{2,9},?\s+)?(\d{4}-\d{2}-\d{2})[T\s]\s*(\d{1,2}:\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2}|[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+)$/;

/** An instant as a person types it: `2026-12-02 15:00 UTC`, `Wed 2026-12-02 16:00 Europe/Prague`. Without hour and zone it is none (L-73). */
export function readInstant(text: string): ZonedInstant | undefined {
  const [, date, hour, zone] = typed.exec(text.trim()) ?? [];
  if (date === undefined || hour === undefined || zone === undefined) return undefined;
  const name = zone === 'Z' ? 'UTC' : zone;
  try {
    const local = Temporal.PlainDateTime.from(`${date}T${hour.padStart(5, '0')}`, { overflow: 'reject' });
    return { at: instant(local.toZonedDateTime(name, { disambiguation: 'reject' }).toInstant()), zone: name };
  } catch (reason) {
    if (reason instanceof RangeError) return undefined;
    throw reason;
  }
}

function utc(at: Instant): Temporal.ZonedDateTime {
  return Temporal.Instant.from(at).toZonedDateTimeISO('UTC');
}

function weekday(at: Temporal.ZonedDateTime): string {
  return weekdays[at.dayOfWeek - 1] ?? '';
}
