// SPDX-License-Identifier: Apache-2.0
// Instants as people write them: date, hour and zone. A bare date is refused, because nobody knows when it begins (L-73).

import type { Instant } from '../core/model/time.ts';
import { instant, Temporal } from '../core/model/time.ts';

export interface AgreedInstant {
  readonly at: Instant;
  /** IANA zone in which it was agreed; an offset alone counts as UTC. */
  readonly zone: string;
}

const spoken = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?) ?([A-Za-z][A-Za-z0-9_+\-/]*)$/;

/** `2026-12-02 15:00 UTC`, `2026-12-02 16:00 Europe/Prague` or RFC 3339; undefined for anything without hour and zone, and for an hour that the zone skips. */
export function agreedInstant(text: string): AgreedInstant | undefined {
  const [, day, hour, zone] = spoken.exec(text.trim()) ?? [];
  try {
    if (day === undefined || hour === undefined || zone === undefined) return { at: instant(text.trim()), zone: 'UTC' };
    if (zone === 'Z') return { at: instant(`${day}T${hour}Z`), zone: 'UTC' };
    const zoned = Temporal.PlainDateTime.from(`${day}T${hour}`).toZonedDateTime(zone, { disambiguation: 'reject' });
    return { at: instant(zoned.toInstant()), zone: zoned.timeZoneId };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
