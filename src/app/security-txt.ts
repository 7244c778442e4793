// SPDX-License-Identifier: Apache-2.0
// How long a security.txt is good, and when those who run the project are told that it ends (RFC 9116 section 2.5.5, P2).

import { epoch, fromEpoch, type Instant, instant, Temporal } from '../core/model/time.ts';

/** Days that a security.txt is good for: RFC 9116 section 2.5.5 recommends less than a year. */
const goodForDays = 360;

const day = 24 * 3_600_000;

/** Days before the end at which somebody is told; after it, once a week. */
const warnings: readonly number[] = [30, 7, 1, 0];

/** The end of a security.txt that was confirmed at this instant. */
export function expiresAt(confirmed: Instant): Instant {
  return instant(Temporal.Instant.from(confirmed).add({ hours: 24 * goodForDays }));
}

/** Whether the end is near enough to be told of, and how near: each stage is told once. Undefined before. */
export function stageOf(expires: Instant, now: Instant): string | undefined {
  const left = (epoch(expires) - epoch(now)) / day;
  const passed = warnings.filter((days) => left <= days).at(-1);
  if (passed === undefined) return undefined;
  return left > 0 ? `${passed} days before` : `${Math.floor(-left / 7)} weeks after`;
}

/** When the first warning is due. */
export function firstWarning(expires: Instant): Instant {
  return fromEpoch(epoch(expires) - Math.max(...warnings) * day);
}
