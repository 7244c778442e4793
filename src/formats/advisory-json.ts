// SPDX-License-Identifier: Apache-2.0
// The advisory record as Daylight's own JSON, from which nothing is missing.

import type { $ZodIssue } from 'zod/v4/core';
import type { Advisory } from '../core/model/advisory.ts';
import { advisorySchema } from './advisory-schema.ts';
import { anomaliesOf } from './anomalies.ts';
import { type Read, type Refused, refused, type Written } from './format.ts';

const mostBytes = 16 * 1024 * 1024;

/** Keys come in the order of the schema, whatever order the record has them in. Refuses a record that could not be read back. */
export function writeAdvisoryJson(advisory: Advisory): Written {
  const result = advisorySchema.safeParse(advisory);
  return result.success ? { ok: true, text: `${JSON.stringify(result.data, null, 2)}\n`, losses: [] } : notAnAdvisory(result.error.issues);
}

export function readAdvisoryJson(bytes: Uint8Array): Read {
  if (bytes.length > mostBytes) return refused('too-large', 'the file', `expected at most ${mostBytes} bytes, not ${bytes.length}`);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    return refused('not-json', 'the file', error instanceof SyntaxError ? `expected JSON: ${error.message}` : 'expected JSON in UTF-8');
  }
  const result = advisorySchema.safeParse(value);
  if (result.success) return { ok: true, advisory: result.data, findings: anomaliesOf(result.data) };
  return notAnAdvisory(result.error.issues);
}

function notAnAdvisory(issues: readonly $ZodIssue[]): Refused {
  const issue = issues[0];
  return refused('not-an-advisory', issue === undefined ? 'the record' : placeOf(issue), issue?.message ?? 'expected an advisory record');
}

function placeOf(issue: $ZodIssue): string {
  const path = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return path.slice(path.startsWith('.') ? 1 : 0) || 'the record';
}
