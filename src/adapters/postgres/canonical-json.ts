// SPDX-License-Identifier: Apache-2.0
// Canonical JSON: one text for one value, so that equal values have equal hashes on every machine.

/**
 * Keys sorted by their UTF-16 units, no spaces, absent keys left out (the form of RFC 8785 for the values that we keep).
 * @throws TypeError for what JSON cannot say: functions, infinities, cycles.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} is not JSON`);
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint')
    throw new TypeError(`a ${typeof value} is not JSON`);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
