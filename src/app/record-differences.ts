// SPDX-License-Identifier: Apache-2.0
// Where two advisory records differ, as places that a person finds: `products[0].branches[2].fixedBy[0]`. Pure.

import type { Advisory } from '../core/model/advisory.ts';

export interface Difference {
  readonly place: string;
  /** As JSON; null where there is nothing. */
  readonly before: string | null;
  readonly after: string | null;
}

export function recordDifferences(before: Advisory, after: Advisory): readonly Difference[] {
  return between(before, after, '');
}

function between(before: unknown, after: unknown, place: string): readonly Difference[] {
  if (Array.isArray(before) && Array.isArray(after)) return within(before, after, (key) => `${place}[${key}]`);
  if (isMap(before) && isMap(after)) return within(before, after, (key) => (place === '' ? key : `${place}.${key}`));
  return written(before) === written(after) ? [] : [{ place, before: written(before), after: written(after) }];
}

function within(before: object, after: object, at: (key: string) => string): readonly Difference[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const entry = (of: object, key: string) => (of as Readonly<Record<string, unknown>>)[key];
  return [...keys].flatMap((key) => between(entry(before, key), entry(after, key), at(key)));
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function written(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
