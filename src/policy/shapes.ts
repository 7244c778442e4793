// SPDX-License-Identifier: Apache-2.0
// Building blocks of the schema: words, lists, maps and `none`, with messages that continue the key they are about.

import { z } from 'zod';
import { didYouMean } from './nearest.ts';
import { shown } from './shown.ts';

/** What zod tells a message function, as far as it is used here. */
interface Issue {
  readonly code?: string | undefined;
  readonly input?: unknown;
  readonly keys?: readonly string[];
}

/** Snake case to camel case, `at_end_without_fix` to `atEndWithoutFix`, in types. */
type Camel<S extends string> = S extends `${infer Head}_${infer Letter}${infer Tail}` ? `${Head}${Uppercase<Letter>}${Camel<Tail>}` : S;
type CamelKeys<T> = { readonly [K in keyof T as K extends string ? Camel<K> : K]: T[K] };

/** A message about a value that has the wrong type, or none: it follows the key's name. */
export function expected(what: string): (issue: Issue) => string {
  return ({ input }) => {
    if (input === undefined) return ` is missing; expected ${what}.`;
    if (input === null) return ` is empty; expected ${what}, or leave the key out.`;
    if (typeof input === 'number' || typeof input === 'boolean') return `: ${input} is a ${typeof input}; expected ${what}.`;
    return `: ${shown(input)} is not ${what}.`;
  };
}

/** One of the closed words. */
export function oneOf<const W extends readonly [string, ...string[]]>(words: W) {
  return z.enum(words, {
    error: ({ input }) => {
      if (typeof input !== 'string') return expected(`one of ${words.join(', ')}`)({ input });
      return `: ${shown(input)} is not known.${didYouMean(input, words) || ` One of ${words.join(', ')}.`}`;
    },
  });
}

/** `none` is null. */
export function orNone<T extends z.ZodType>(type: T) {
  return z.union([z.literal('none'), type]).transform((value) => (value === 'none' ? null : value) as Exclude<z.output<T>, 'none'> | null);
}

/** A list in which nothing stands twice; `none` is the empty one. */
export function listOf<T extends z.ZodType>(element: T) {
  return z.union([z.literal('none'), differing(element)]).transform((value) => (value === 'none' ? [] : value) as readonly z.output<T>[]);
}

export function nonEmptyListOf<T extends z.ZodType>(element: T) {
  return differing(element).min(1, { error: ' is an empty list.' });
}

/** Rows in an order that matters; `none` is no row. */
export function rowsOf<T extends z.ZodType>(element: T) {
  const rows = z.array(element, { error: expected('a list of rows') }).max(500, { error: ' has more than 500 rows.' });
  return z.union([z.literal('none'), rows]).transform((value) => (value === 'none' ? [] : value) as readonly z.output<T>[]);
}

function differing<T extends z.ZodType>(element: T) {
  return z
    .array(element, { error: expected('a list such as [one, two]') })
    .max(500, { error: ' has more than 500 entries.' })
    .refine((list) => new Set(list.map((item) => JSON.stringify(item))).size === list.length, { error: ' names something twice.' });
}

/** A map with exactly these keys; the keys of what comes out are in camel case. */
export function map<const S extends z.core.$ZodShape>(shape: S) {
  return z.strictObject(shape, { error: unknownKeys(Object.keys(shape)) }).transform((value) => camelKeys(value));
}

/** A map from some of `words`, kept as they are spelt, to values of one type. */
export function tableOf<const W extends readonly string[], T extends z.ZodType>(words: W, value: T) {
  const shape = Object.fromEntries(words.map((word) => [word, value])) as Record<W[number], T>;
  return z.strictObject(shape, { error: unknownKeys(words) });
}

/** A map from names that the project chooses; `none` is the empty one. */
export function named<T extends z.ZodType>(name: z.ZodString, value: T) {
  return z
    .union([z.literal('none'), z.record(name, value, { error: expected('a map') })])
    .transform((entries) => (entries === 'none' ? {} : entries) as Readonly<Record<string, z.output<T>>>);
}

/** One line for each unknown key, in the order of the issue's `keys`. */
export function unknownKeys(known: readonly string[]): (issue: Issue) => string {
  return ({ code, keys = [], input }) => {
    if (code !== 'unrecognized_keys') return expected(`a map with some of the keys ${known.join(', ')}`)({ input });
    return keys.map((key) => ` is not a key.${didYouMean(key, known) || ` Here stand: ${known.join(', ')}.`}`).join('\n');
  };
}

function camelKeys<T extends object>(value: T): CamelKeys<T> {
  const entries = Object.entries(value).map(([key, item]) => [key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()), item]);
  return Object.fromEntries(entries) as CamelKeys<T>;
}

/** What a transform is told by zod, as far as it is used here. */
interface Context {
  readonly issues: unknown[];
}

/** Refuses a value from within a transform, unless something else is the matter with it already. */
export function refuse(context: Context, message: string): never {
  if (context.issues.length === 0) context.issues.push({ code: 'custom', input: undefined, message });
  return z.NEVER;
}
