// SPDX-License-Identifier: Apache-2.0
// The advisory record as Daylight's own JSON, from which nothing is missing.

import type { Advisory } from '../core/model/advisory.ts';
import { advisorySchema } from './advisory-schema.ts';
import { anomaliesOf } from './anomalies.ts';
import type { Read, Written } from './format.ts';
import { readJson, refusedBy } from './json-document.ts';

/** Keys come in the order of the schema, whatever order the record has them in. Refuses a record that could not be read back. */
export function writeAdvisoryJson(advisory: Advisory): Written {
  const result = advisorySchema.safeParse(advisory);
  if (!result.success) return refusedBy(result.error.issues, rule, what);
  return { ok: true, text: `${JSON.stringify(result.data, null, 2)}\n`, losses: [] };
}

export function readAdvisoryJson(bytes: Uint8Array): Read {
  const read = readJson(bytes, advisorySchema, rule, what);
  return read.ok ? { ok: true, advisory: read.value, findings: anomaliesOf(read.value) } : read;
}

const rule = 'not-an-advisory';
const what = 'an advisory record';
