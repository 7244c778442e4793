// SPDX-License-Identifier: Apache-2.0
// Weaknesses by number and by name, as whoever judges a flaw chooses them. Names are those of the CWE list, as far as formats/cwe-names.ts has it.

import { cweName, cweNames } from '../formats/cwe-names.ts';

export interface Weakness {
  /** `CWE-787` */
  readonly id: string;
  readonly name: string;
}

export const weaknesses: readonly Weakness[] = cweNames().map(([id, name]) => ({ id, name }));

const byName = new Map(weaknesses.map(({ id, name }) => [name.toLowerCase(), id] as const));

/** Nothing for a number that the list does not have: it may be one all the same. */
export function weaknessName(id: string): string | undefined {
  return cweName(id);
}

/** The ids in `CWE-787 CWE-125`, `cwe-787 Out-of-bounds Write` or `Out-of-bounds Write`; undefined for what is neither a number nor a name. */
export function weaknessIds(typed: string): readonly string[] | undefined {
  const text = typed.trim();
  const named = byName.get(text.toLowerCase());
  if (named !== undefined) return [named];
  const [first = '', ...rest] = text.split(/\s+/).map((one) => one.toUpperCase());
  if (!isId(first)) return undefined;
  if (rest.every(isId)) return [first, ...rest];
  const name = text
    .slice(first.length)
    .trim()
    .replace(/^[:–-]\s*/, '');
  return byName.get(name.toLowerCase()) === first ? [first] : undefined;
}

function isId(text: string): boolean {
  return /^CWE-[1-9]\d{0,5}$/.test(text);
}
