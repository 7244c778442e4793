// SPDX-License-Identifier: Apache-2.0
// Published JSON Schemas as judges of what is written: a document is valid, or each fault is named with its place.

import { readFileSync } from 'node:fs';
import type { ErrorObject } from 'ajv';
import ajv from 'ajv';
import ajv2020 from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

export type Judge = (document: unknown) => readonly string[];

/** The drafts differ in what `items` means, so each schema names its own. */
export function judgeBy(path: string): Judge {
  const schema: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const draft = JSON.stringify(schema).includes('draft/2020-12') ? ajv2020.default : ajv.default;
  const judge = new draft({ strict: false, allErrors: true });
  formats.default(judge);
  const validate = judge.compile(schema as object);
  return (document) => (validate(document) ? [] : (validate.errors ?? []).map(spelled));
}

function spelled({ instancePath, message }: ErrorObject): string {
  return `${instancePath} ${message ?? 'is not valid'}`;
}
