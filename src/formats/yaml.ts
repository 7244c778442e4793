// SPDX-License-Identifier: Apache-2.0
// YAML as documents of others use it: every scalar is the text that stands there, and nothing is expanded or resolved.

import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

const mostBytes = 4 * 1024 * 1024;

/** A text, a list or a map, each with the line on which it begins, from 1. In a folded text every line feed ends a paragraph (YAML 1.2.2, 8.1.3). */
export type YamlValue =
  | { readonly kind: 'text'; readonly line: number; readonly text: string; readonly folded: boolean }
  | { readonly kind: 'list'; readonly line: number; readonly items: readonly YamlValue[] }
  | { readonly kind: 'map'; readonly line: number; readonly entries: ReadonlyMap<string, YamlValue> };

/** Why a file is not read. */
export class YamlError extends Error {
  readonly rule: string;
  readonly place: string;

  constructor(rule: string, place: string, message: string) {
    super(message);
    this.rule = rule;
    this.place = place;
  }
}

/** @throws YamlError for what is no YAML, is too large, or has aliases, which could be made to fill the memory. */
export function parseYaml(bytes: Uint8Array): YamlValue {
  if (bytes.length > mostBytes) throw new YamlError('too-large', 'the file', `expected at most ${mostBytes} bytes, not ${bytes.length}`);
  const lines = new LineCounter();
  const document = parseDocument(decoded(bytes), { schema: 'failsafe', lineCounter: lines, uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined)
    throw new YamlError('not-yaml', `line ${lines.linePos(error.pos[0]).line}`, error.message.split('\n')[0] ?? error.code);
  if (document.contents === null) throw new YamlError('empty', 'the file', 'expected a YAML document');
  return readNode(document.contents, lines);
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new YamlError('not-utf-8', 'the file', 'expected UTF-8');
  }
}

function readNode(node: Node, lines: LineCounter): YamlValue {
  const line = lines.linePos(node.range?.[0] ?? 0).line;
  if (isScalar(node))
    return { kind: 'text', line, text: typeof node.value === 'string' ? node.value : '', folded: node.type !== 'BLOCK_LITERAL' };
  if (isSeq<Node>(node)) return { kind: 'list', line, items: node.items.map((item) => readNode(item, lines)) };
  if (!isMap<Node, Node | null>(node)) throw new YamlError('alias', `line ${line}`, 'expected a value, not an alias');
  const entries = node.items.map(({ key, value }): [string, YamlValue] => {
    if (!isScalar(key)) throw new YamlError('key', `line ${line}`, 'expected a name before the colon');
    return [String(key.value), value === null ? { kind: 'text', line, text: '', folded: true } : readNode(value, lines)];
  });
  return { kind: 'map', line, entries: new Map(entries) };
}
