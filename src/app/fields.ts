// SPDX-License-Identifier: Apache-2.0
// The fields of an action, read off the schema that validates them: for the API's description, for scripts and for docs/process.md.

import { z } from 'zod';
import type { OfferedAction } from './parse.ts';
import { bodies } from './parse.ts';

export interface Field {
  readonly name: string;
  readonly needed: boolean;
  /** The words that it takes; none where it takes others. */
  readonly words: readonly string[];
}

/** The parts of a JSON Schema that a field is read off. */
interface Described {
  readonly properties?: Readonly<Record<string, { readonly enum?: readonly string[] }>>;
  readonly required?: readonly string[];
}

/** Every field that the action takes, in the order in which it is asked for. */
export function fieldsOf(kind: OfferedAction): readonly Field[] {
  return fieldsIn(bodies[kind].schema);
}

export function fieldsIn(schema: z.ZodType): readonly Field[] {
  const { properties = {}, required = [] } = schemaOf(schema) as Described;
  return Object.entries(properties).map(([name, { enum: words = [] }]) => ({ name, needed: required.includes(name), words }));
}

/** `exit (early_agreed, leak, exploited), reason, evidence?`: a question mark at what may be left out. */
export function fieldsInWords(fields: readonly Field[]): string {
  return fields
    .map(({ name, needed, words }) => `${name}${needed ? '' : '?'}${words.length === 0 ? '' : ` (${words.join(', ')})`}`)
    .join(', ');
}

/** What cannot be said in JSON Schema (bytes) is shown as base64. */
export function schemaOf(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema instanceof z.ZodCustom) Object.assign(jsonSchema, { type: 'string', contentEncoding: 'base64' });
    },
  });
}
