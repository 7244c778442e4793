// SPDX-License-Identifier: Apache-2.0
// Published JSON Schemas as judges of what is written: a document is valid, or each fault is named with its place.

import { readFileSync } from 'node:fs';

export type Judge = (document: unknown) => readonly string[];

interface Fault {
  readonly instancePath: string;
  readonly message?: string;
}

type Validate = ((document: unknown) => boolean) & { readonly errors?: readonly Fault[] | null };
type Draft = new (options: object) => { readonly compile: (schema: unknown) => Validate };
type Plugin = (judge: object) => void;

const [draft7, draft2020, formats] = await Promise.all([packaged('ajv'), packaged('ajv/dist/2020.js'), packaged('ajv-formats')]);

/** To be spread into a test's options: why nobody can judge here. */
export const noJudge: { readonly skip?: string } =
  draft7 === undefined || draft2020 === undefined || formats === undefined ? { skip: 'ajv is not installed' } : {};

/** The drafts differ in what `items` means, so each schema names its own. @param others what stands for a part of another schema, by its `$ref`. */
export function judgeBy(path: string, others: Readonly<Record<string, unknown>> = {}): Judge {
  const schema: unknown = JSON.parse(readFileSync(path, 'utf8'), (_, value) => (isReference(value) && others[value.$ref]) || value);
  const draft = (JSON.stringify(schema).includes('draft/2020-12') ? draft2020 : draft7) as Draft;
  const judge = new draft({ strict: false, allErrors: true });
  (formats as Plugin)(judge);
  const validate = judge.compile(schema);
  return (document) => (validate(document) ? [] : (validate.errors ?? []).map(spelled));
}

function isReference(value: unknown): value is { readonly $ref: string } {
  return typeof value === 'object' && value !== null && '$ref' in value && typeof value.$ref === 'string';
}

function spelled({ instancePath, message }: Fault): string {
  return `${instancePath} ${message ?? 'is not valid'}`;
}

/** The default export of a CommonJS package, or nothing where it is not installed. */
async function packaged(name: string): Promise<unknown> {
  try {
    const { default: exported } = (await import(name)) as { readonly default: { readonly default?: unknown } };
    return exported.default ?? exported;
  } catch {
    return undefined;
  }
}
