// SPDX-License-Identifier: Apache-2.0
// JSON documents: read through a schema, with the place of the first fault; written with two spaces, in the order in which keys were given.

import type { z } from 'zod';
import type { $ZodIssue } from 'zod/v4/core';
import { type Refused, refused } from './format.ts';

const mostBytes = 16 * 1024 * 1024;

/** The value that `schema` makes of the file, or why it is not `what`: `an OSV record`. */
export function readJson<T>(
  bytes: Uint8Array,
  schema: z.ZodType<T>,
  rule: string,
  what: string,
): { readonly ok: true; readonly value: T } | Refused {
  if (bytes.length > mostBytes) return refused('too-large', 'the file', `expected at most ${mostBytes} bytes, not ${bytes.length}`);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    return refused('not-json', 'the file', error instanceof SyntaxError ? `expected JSON: ${error.message}` : 'expected JSON in UTF-8');
  }
  const result = schema.safeParse(value);
  return result.success ? { ok: true, value: result.data } : refusedBy(result.error.issues, rule, what);
}

export function refusedBy([issue]: readonly $ZodIssue[], rule: string, what: string): Refused {
  return refused(rule, issue === undefined ? 'the record' : placeOf(issue), issue?.message ?? `expected ${what}`);
}

/** `affected[0].versions`. */
export function placeOf(issue: $ZodIssue): string {
  const path = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return path.slice(path.startsWith('.') ? 1 : 0) || 'the record';
}

export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json | undefined };

/** The same with the keys of every object in the order of the alphabet (CSAF 2.0 6.2.13). */
export function sortedJsonText(value: Json): string {
  return jsonText(sorted(value));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value).flatMap(([key, each]) => (each === undefined ? [] : [[key, sorted(each)] as const]));
  return Object.fromEntries(entries.sort(([first], [second]) => (first < second ? -1 : 1)));
}

/** What is undefined or an empty list is left out, so that a writer can name every key in order. */
export function jsonText(value: Json): string {
  return `${JSON.stringify(value, (_, each) => (Array.isArray(each) && each.length === 0 ? undefined : each), 2)}\n`;
}
