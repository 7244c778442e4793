// SPDX-License-Identifier: Apache-2.0
// Two parsed documents compared: each place where they differ, white space and the order of keys apart.

export interface Difference {
  readonly place: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Every text with single spaces and none at its ends. */
export function squeezed(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(/\s+/g, ' ').trim();
  if (Array.isArray(value)) return value.map(squeezed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, squeezed(each)]));
}

export function differences(before: unknown, after: unknown, place = ''): readonly Difference[] {
  if (Object.is(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return within(before, after, (key) => `${place}[${key}]`);
  if (isMap(before) && isMap(after)) return within(before, after, (key) => (place === '' ? key : `${place}.${key}`));
  return [{ place, before, after }];
}

function within(before: object, after: object, at: (key: string) => string): readonly Difference[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const entry = (of: object, key: string) => (of as Readonly<Record<string, unknown>>)[key];
  return [...keys].flatMap((key) => differences(entry(before, key), entry(after, key), at(key)));
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
