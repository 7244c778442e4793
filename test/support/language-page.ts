// SPDX-License-Identifier: Apache-2.0
// docs/policy-language.md and policies/policy.schema.json as lists of keys, so that tests can lay them beside each other.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyFolder, projectFolder } from './policies.ts';

export const page = readFileSync(join(projectFolder, 'docs', 'policy-language.md'), 'utf8');

/** The text below the heading that begins with `title`, up to the next heading of the same level. */
export function chapter(title: string): string {
  const start = page.indexOf(`\n## ${title}`);
  if (start === -1) throw new Error(`no chapter ${title}`);
  const end = page.indexOf('\n## ', start + 4);
  return page.slice(start, end === -1 ? undefined : end);
}

export interface Row {
  /** `roles.<role>.may`. */
  readonly key: string;
  readonly expected: boolean;
  readonly type: string;
  readonly default: string;
}

/** The rows of the key tables; a row for several keys becomes several, its default split at `; `. */
export function keyRows(): readonly Row[] {
  const lines = chapter('3. Keys')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  return lines.flatMap((line) => {
    const [names = '', type = '', value = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    const keys = [...names.matchAll(/`([^`]+)`/g)].map(([, key = '']) => key);
    const values = value.split('; ');
    return keys.map((key, position) => ({
      key,
      expected: names.includes('★'),
      type,
      default: (values.length === keys.length ? values[position] : value) ?? value,
    }));
  });
}

/** Whether a key of the page, with names such as `<role>`, stands for this key of the schema. */
export function standsFor(pageKey: string, schemaKey: string): boolean {
  const pattern = pageKey.split(/<[^>]+>/).map((part) => part.replace(/[.[\]]/g, '\\$&'));
  return new RegExp(`^${pattern.join('(?:<>|\\w+)')}$`).test(schemaKey);
}

export interface SchemaKey {
  /** `roles.<>.may`, `intake.channels[].starts`. */
  readonly key: string;
  readonly required: boolean;
  readonly default: unknown;
  /** The closed words that the key takes, without `unspecified`. */
  readonly words: readonly string[];
}

type Node = { readonly [key: string]: unknown };

const schema = JSON.parse(readFileSync(join(policyFolder, 'policy.schema.json'), 'utf8')) as Node;

/** Every key of the published schema, but for `source` and `because`, and not into what several keys share (conditions, texts). */
export function schemaKeys(): readonly SchemaKey[] {
  return below(schema, '');
}

function below(node: Node, path: string): readonly SchemaKey[] {
  const alternatives = (node['anyOf'] ?? []) as readonly Node[];
  const items = node['items'] as Node | undefined;
  const others = node['additionalProperties'] as Node | boolean | undefined;
  const required = (node['required'] ?? []) as readonly string[];
  return [
    ...alternatives.flatMap((alternative) => below(alternative, path)),
    ...(items === undefined ? [] : below(items, `${path}[]`)),
    ...(typeof others === 'object' ? keyBelow(others, `${path}.<>`, false) : []),
    ...Object.entries((node['properties'] ?? {}) as Record<string, Node>).flatMap(([name, value]) =>
      name === 'source' || name === 'because' ? [] : keyBelow(value, path === '' ? name : `${path}.${name}`, required.includes(name)),
    ),
  ];
}

function keyBelow(node: Node, key: string, required: boolean): readonly SchemaKey[] {
  return [{ key, required, default: node['default'], words: words(node) }, ...below(node, key)];
}

function words(node: Node): readonly string[] {
  const own = [...((node['enum'] ?? []) as readonly string[]), ...(typeof node['const'] === 'string' ? [node['const']] : [])];
  const inner = [...((node['anyOf'] ?? []) as readonly Node[]), ...(node['items'] === undefined ? [] : [node['items'] as Node])];
  return [...new Set([...own, ...inner.flatMap(words)])].filter((word) => word !== 'unspecified');
}
