// SPDX-License-Identifier: Apache-2.0
// Whether two values say the same. What a store gives back has its keys in an order of its own, so their texts say nothing of it.

/** Plain JSON on both sides: objects by their keys in any order, lists by their entries in theirs; a key that is absent is one without a value. */
export function same(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  const at = (of: object, key: string) => (of as Readonly<Record<string, unknown>>)[key];
  return [...keys].every((key) => same(at(one, key), at(other, key)));
}
