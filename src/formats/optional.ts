// SPDX-License-Identifier: Apache-2.0
// Fields of a record that may be missing: what is missing is absent, so a reader adds a key only where there is a value.

/** `{ [key]: value }`, or nothing for an absent value. */
export function present<K extends string, T>(key: K, value: T | undefined): { readonly [k in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [k in K]: T });
}

/** The list, or nothing where it is empty. */
export function filled<T>(values: readonly T[]): readonly T[] | undefined {
  return values.length === 0 ? undefined : values;
}
