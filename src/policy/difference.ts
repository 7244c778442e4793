// SPDX-License-Identifier: Apache-2.0
// Two policies beside each other: the keys in which they act differently.

import type { Policy } from '../core/policy/policy.ts';
import { entries } from './spelling.ts';

export interface Difference {
  readonly key: string;
  /** Undefined where that policy has no such key: a role, a row, a class of the other. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** In the order of `before`, then what only `after` has. A default counts as its value: what differs is what happens. */
export function differences(before: Policy, after: Policy): readonly Difference[] {
  const was = new Map(entries(before).map(({ key, text }) => [key, text]));
  const is = new Map(entries(after).map(({ key, text }) => [key, text]));
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((key) => was.get(key) !== is.get(key))
    .map((key) => ({ key, before: was.get(key), after: is.get(key) }));
}
