// SPDX-License-Identifier: Apache-2.0
// Dates in formats that demand an hour: a day is written as its first second in UTC, and that the hour is not known is told.

import type { Advisory, Dates } from '../core/model/advisory.ts';
import { isDay, type When } from '../core/model/day.ts';
import { instant } from '../core/model/time.ts';
import type { Loss } from './format.ts';

/** RFC 3339 in UTC. */
export function timestamp(when: When): string {
  return isDay(when) ? `${when}T00:00:00Z` : when.replace(/\.000Z$/, 'Z');
}

/** When it came out: when the flaw became public, and where that is not said, when its CVE record did. */
export function publicationOf({ dates, cves = [] }: Partial<Pick<Advisory, 'dates' | 'cves'>>): When | undefined {
  return dates?.published ?? cves.flatMap(({ listing }) => listing?.published ?? [])[0];
}

export const noHour = 'the day is known, not the hour; 00:00 UTC stands there';

export function hourLosses(dates: Dates, named: readonly (keyof Dates)[]): readonly Loss[] {
  return named.flatMap((name) => {
    const when = dates[name];
    return when !== undefined && isDay(when) ? [{ field: `dates.${name}`, why: noHour }] : [];
  });
}

/** An instant from RFC 3339; without a zone it is UTC, as the CVE record has it. Nothing for any other text. */
export function readTimestamp(text: string): When | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.test(text)) return undefined;
  try {
    return instant(/(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);
  } catch {
    return undefined;
  }
}
