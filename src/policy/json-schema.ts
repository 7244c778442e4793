// SPDX-License-Identifier: Apache-2.0
// The published JSON Schema of policy files, policies/policy.schema.json, for editors and other programs. `daylight policy schema` prints it.

import { z } from 'zod';
import { sections } from '../core/policy/words.ts';
import { policyFile } from './schema.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonMap = { readonly [key: string]: Json };

const undecided: JsonMap = { const: 'unspecified' };
const because: JsonMap = {
  type: 'object',
  description: 'One sentence for a value that is not obvious, by the key of the value.',
  additionalProperties: { type: 'string' },
};
const origin: JsonMap = {
  source: { type: 'string', description: 'NAME, clause; NAME, clause: each NAME declared in policy.sources.' },
  because,
};

/** Made from the schema that reads the files. What it cannot say (a role that is declared, a rung that is longer) the linter says. */
export function policyJsonSchema(): JsonMap {
  const { $schema = null, properties = {}, ...rest } = z.toJSONSchema(policyFile, { io: 'input' }) as JsonMap;
  const described = Object.entries(properties as JsonMap).map(([key, schema]) => {
    const open = withUndecided(schema);
    return [key, (sections as readonly string[]).includes(key) ? withOrigin(open as JsonMap) : open];
  });
  return { $schema, title: 'Daylight policy, language 1', ...rest, properties: Object.fromEntries(described) };
}

/** Every key that is not required may be `unspecified`. */
function withUndecided(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(withUndecided);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { properties, ...rest } = schema as JsonMap;
  const inner = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, key === 'default' ? value : withUndecided(value)]));
  if (typeof properties !== 'object') return inner;
  const required = (inner['required'] ?? []) as readonly string[];
  const open = Object.entries(properties as JsonMap).map(([key, value]) => [
    key,
    required.includes(key) ? withUndecided(value) : orUndecided(value),
  ]);
  return { ...inner, properties: Object.fromEntries(open) };
}

function orUndecided(schema: Json): Json {
  const { default: acts, anyOf, ...rest } = withUndecided(schema) as JsonMap;
  const shown = acts === undefined || (typeof acts === 'object' && Object.keys(acts ?? {}).length === 0) ? {} : { default: acts };
  const given =
    anyOf !== undefined && Object.keys(rest).length === 0
      ? (anyOf as readonly Json[])
      : [{ ...(anyOf === undefined ? {} : { anyOf }), ...rest }];
  return { ...shown, anyOf: [...given, undecided] };
}

/** `roles` takes any name as a role, and so has its two words beside its own. */
function withOrigin(schema: JsonMap): Json {
  const { properties = {}, ...rest } = schema;
  return { ...rest, properties: { ...origin, ...(properties as JsonMap) } };
}
