// SPDX-License-Identifier: Apache-2.0
// Reads TypeScript without a compiler: what a file imports, and how long its functions are. Exact for the style of this project.

import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

export interface Module {
  /** Below the folder that was read, with `/`: `core/model/time.ts`. */
  readonly path: string;
  readonly text: string;
  /** The text with comments, strings and regular expressions blanked: same length, same lines. */
  readonly code: string;
  /** As written: `./time.ts`, `pg`, `node:fs`. Types, re-exports and dynamic imports count alike. */
  readonly imports: readonly string[];
  readonly functions: readonly { readonly line: number; readonly lines: number }[];
}

export function parse(path: string, text: string): Module {
  const code = blanked(
    text,
    /\/\/[^\n]*|\/\*.*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|(?<=(?:[=(,:[!&|?{;>\n]|\breturn)\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/gs,
  );
  const uncommented = blanked(text, /\/\/[^\n]*|\/\*.*?\*\/|(?<keep>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)/gs);
  return { path, text, code, imports: importsOf(uncommented), functions: functionsOf(code) };
}

/** All files below `folder` whose name ends in one of `endings`. */
export function readModules(folder: string, endings: readonly string[]): readonly Module[] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && endings.some((ending) => item.name.endsWith(ending)))
    .map((item) => join(item.parentPath, item.name));
  return names.sort().map((name) => parse(name.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(name, 'utf8')));
}

/** The path that a relative import leads to; nothing for packages. */
export function target(module: Module, name: string): string | undefined {
  return name.startsWith('.') ? posix.join(posix.dirname(module.path), name) : undefined;
}

function blanked(text: string, parts: RegExp): string {
  return text.replace(parts, (...found) => {
    const groups = found.at(-1) as { readonly keep?: string } | string;
    return typeof groups === 'object' && groups.keep !== undefined ? groups.keep : String(found[0]).replace(/[^\n]/g, ' ');
  });
}

function importsOf(text: string): readonly string[] {
  const forms = [
    /^[ \t]*(?:import|export)\b[^'";]*?\bfrom\s*(['"])(?<name>.+?)\1/gm,
    /^[ \t]*import\s*(['"])(?<name>.+?)\1/gm,
    /\bimport\(\s*(['"])(?<name>.+?)\1/g,
  ];
  const named = forms.flatMap((form) => Array.from(text.matchAll(form), (match) => match.groups?.['name'] ?? ''));
  // A name that is not written down cannot be checked; it is reported as one that leads nowhere.
  const unnamed = Array.from(text.matchAll(/\bimport\(\s*(?!['"\s])[^)]*/g), () => './(an import whose name is computed)');
  return [...named, ...unnamed];
}

const notFunctions = new Set(['if', 'for', 'while', 'switch', 'catch', 'return', 'await', 'typeof', 'new', 'throw', 'super', 'import']);

/** Functions, methods and arrows, with the lines from the first word to the closing bracket. */
function functionsOf(code: string): Module['functions'] {
  const heads =
    /\bfunction\b\s*\*?\s*[\w$]*|^[ \t]*(?:(?:async|static|get|set|override|private|protected|public)\s+)*\*?\s*(?<method>[#\w$]+)(?=\s*[(<])|=>\s*(?=[{(])/gm;
  return Array.from(code.matchAll(heads)).flatMap((head) => {
    if (notFunctions.has(head.groups?.['method'] ?? '')) return [];
    const after = head.index + head[0].length;
    const end = head[0].startsWith('=>') ? closing(code, after) : endOfBody(code, after);
    if (end === undefined) return [];
    const start = head.index + (/^\s*/.exec(head[0])?.[0].length ?? 0);
    return [{ line: lineOf(code, start), lines: lineOf(code, end) - lineOf(code, start) + 1 }];
  });
}

/** From behind the name: type parameters, parameters, return type, body. Nothing when no body follows, as after a call. */
function endOfBody(code: string, from: number): number | undefined {
  const open = code.indexOf('(', from);
  if (open === -1 || /[;{}=]/.test(code.slice(from, open).replace(/<.*>/s, ''))) return undefined;
  let at = (closing(code, open) ?? code.length) + 1;
  let before = ')';
  let depth = 0;
  for (; at < code.length; at++) {
    const sign = code[at] ?? '';
    if (/\s/.test(sign)) continue;
    if (before === ')' && !/[:{]/.test(sign)) return undefined;
    if (sign === '{' && depth === 0 && !/[:|&]/.test(before)) return closing(code, at);
    if (sign === '{' || sign === '(' || sign === '[') at = closing(code, at) ?? code.length;
    else if (sign === ';' || sign === '}') return undefined;
    else if (sign === '<') depth += 1;
    else if (sign === '>' && before !== '=') depth -= 1;
    before = sign === ')' || sign === '(' ? ']' : sign;
  }
  return undefined;
}

/** Where the bracket at `from` closes. */
function closing(code: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < code.length; at++) {
    if ('{(['.includes(code[at] ?? ' ')) depth += 1;
    if ('})]'.includes(code[at] ?? ' ') && --depth === 0) return at;
  }
  return undefined;
}

function lineOf(code: string, at: number): number {
  return code.slice(0, at).split('\n').length;
}
