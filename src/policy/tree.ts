// SPDX-License-Identifier: Apache-2.0
// YAML text as a plain tree with the line of every key: the strict part of YAML 1.2 that a policy needs, and nothing that could surprise a reader.

import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { harmless } from './shown.ts';

export type Tree = string | number | boolean | null | readonly Tree[] | { readonly [key: string]: Tree };

/** A place in the tree: keys and list positions from the root. */
export type Path = readonly (string | number)[];

interface Flaw {
  readonly line: number;
  readonly key: string;
  readonly message: string;
}

export interface ReadTree {
  readonly tree: Tree;
  readonly lines: Lines;
  readonly flaws: readonly Flaw[];
}

/** The lines of a file's keys. */
export interface Lines {
  /** The line of `key`, a path such as `embargo.length[0].must`, or of the nearest place above it that the file has. */
  at(key: string): number;
  has(key: string): boolean;
}

/** In characters; the presets are below ten thousand. */
const longest = 131_072;
/** The language itself needs seven. */
const deepest = 12;
const keyForm = /^[A-Za-z][A-Za-z0-9_-]*$/;

/** Reads `text`; `flaws` is empty when it is well-formed. Anchors, aliases, tags, merge keys and keys that are no plain names are flaws, not features. */
export function readTree(text: string): ReadTree {
  if (text.length > longest)
    return unreadable({ line: 1, key: '', message: `the file has ${text.length} characters; a policy has at most ${longest}.` });
  if (opensTooOften(text)) return unreadable({ line: 1, key: '', message: 'the file nests too deeply.' });
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, version: '1.2', schema: 'core', uniqueKeys: false, prettyErrors: false });
  const [wrong] = [...document.errors, ...document.warnings];
  if (wrong !== undefined) {
    const at = opening(document.contents, wrong.pos[0]) ?? wrong.pos[0];
    return unreadable({ line: counter.linePos(at).line, key: '', message: yamlMessage(wrong.code, wrong.message) });
  }
  const walk: Walk = { counter, lines: new Map(), flaws: [] };
  const tree = document.contents === null ? null : plain(document.contents, [], 1, walk);
  return { tree, lines: linesOf(walk.lines), flaws: walk.flaws };
}

/** `embargo.length[0].must`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`), '');
}

interface Walk {
  readonly counter: LineCounter;
  readonly lines: Map<string, number>;
  readonly flaws: Flaw[];
}

/** Thousands of open brackets would cost the parser seconds before it gave up; no policy has two hundred. */
function opensTooOften(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === '[' || character === '{') open++;
    if (character === ']' || character === '}') open--;
    if (open > 200) return true;
  }
  return false;
}

/** Where the innermost bracket or quote begins that is still open at `offset`: the place to mend is there, not where the parser gave up. */
function opening(root: Node | null, offset: number): number | undefined {
  let found: number | undefined;
  const look = (_key: unknown, node: Node): void => {
    const [start = 0, end = 0] = node.range ?? [];
    const bracketed = isScalar(node) ? node.type?.startsWith('QUOTE') : 'flow' in node && node.flow === true;
    if (bracketed && start < offset && offset <= end) found = start;
  };
  visit(root, { Node: look });
  return found;
}

function unreadable(flaw: Flaw): ReadTree {
  return { tree: null, lines: linesOf(new Map()), flaws: [flaw] };
}

function plain(node: Node, path: Path, line: number, walk: Walk): Tree {
  const flaw = strangeness(node, path);
  if (flaw !== undefined) {
    walk.flaws.push({ line: lineOf(node, walk) ?? line, key: pathText(path), message: flaw });
    return null;
  }
  if (isMap(node)) return plainMap(node, path, line, walk);
  if (isSeq(node)) {
    return node.items.map((item, position) => {
      const at = [...path, position];
      const itemLine = lineOf(item as Node, walk) ?? line;
      walk.lines.set(pathText(at), itemLine);
      return plain(item as Node, at, itemLine, walk);
    });
  }
  return scalar(node);
}

function plainMap(node: Node, path: Path, line: number, walk: Walk): Tree {
  const entries = new Map<string, Tree>();
  for (const pair of isMap(node) ? node.items : []) {
    const keyNode = pair.key as Node;
    const at = lineOf(keyNode, walk) ?? line;
    const key = isScalar(keyNode) ? keyNode.value : undefined;
    const message = keyFlaw(keyNode, key, path, entries);
    if (message !== undefined || typeof key !== 'string') {
      walk.flaws.push({ line: at, key: pathText(path), message: message ?? 'a key is a name.' });
      continue;
    }
    const to = [...path, key];
    walk.lines.set(pathText(to), at);
    entries.set(key, pair.value === null ? null : plain(pair.value as Node, to, at, walk));
  }
  return Object.fromEntries(entries);
}

function strangeness(node: Node, path: Path): string | undefined {
  if (isAlias(node)) return `${pathText(path)} is an alias (*); write the value out, so that what stands here is what happens.`;
  if ('anchor' in node && node.anchor !== undefined) return `${pathText(path)} has an anchor (&); a policy has none.`;
  if (node.tag !== undefined) return `${pathText(path)} has a tag (!); a policy has none.`;
  if (path.length > deepest) return `${pathText(path)} stands more than ${deepest} deep.`;
  return undefined;
}

function keyFlaw(node: Node, key: unknown, path: Path, seen: ReadonlyMap<string, Tree>): string | undefined {
  const shown = harmless(String(key));
  const place = path.length === 0 ? '' : ` in ${pathText(path)}`;
  if ('anchor' in node && node.anchor !== undefined) return `the key \`${shown}\`${place} has an anchor (&); a policy has none.`;
  if (key === '<<') return `merge keys (<<) are not read${place}; write the values out.`;
  if (typeof key !== 'string') return `the key \`${shown}\`${place} is not a name; put it in quotes if it is meant as one.`;
  if (!keyForm.test(key) || key in {}) return `\`${shown}\`${place} cannot be a key: letters, digits, _ and -, beginning with a letter.`;
  if (seen.has(key)) return `${pathText([...path, key])} stands twice.`;
  return undefined;
}

function scalar(node: Node): Tree {
  const value: unknown = isScalar(node) ? node.value : null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function lineOf(node: Node | null, walk: Walk): number | undefined {
  return node?.range ? walk.counter.linePos(node.range[0]).line : undefined;
}

function linesOf(lines: ReadonlyMap<string, number>): Lines {
  const at = (key: string): number => lines.get(key) ?? (key === '' ? 1 : at(key.replace(/(?:^|\.)[^.[\]]+$|\[\d+\]$/, '')));
  return { at, has: (key) => lines.has(key) };
}

/** The parser's message, or a plainer one for the mistakes that people make. */
function yamlMessage(code: string, message: string): string {
  if (message.startsWith('Maximum call stack')) return 'the file nests too deeply.';
  if (code === 'TAB_AS_INDENT') return 'a tab indents this line; YAML takes spaces only.';
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here (---); a policy is one document.';
  if (code === 'TAG_RESOLVE_FAILED') return 'this value has a tag (!); a policy has none.';
  if (code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'MULTILINE_IMPLICIT_KEY') {
    return 'a second `: ` stands in this value, or the next line is indented wrongly; quote the value or mend the indentation.';
  }
  if (code === 'BAD_ALIAS') return 'aliases (*) are not read; quote a value that begins with *.';
  return `not readable as YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}.`;
}
