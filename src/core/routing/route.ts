// SPDX-License-Identifier: Apache-2.0
// Who looks after a path: every section of a MAINTAINERS file that fits it, or the last line of a CODEOWNERS file that does.

import { parseCodeowners } from './codeowners.ts';
import type { Caretaker, MaintainersFile, Subsystem } from './file.ts';
import { parseMaintainers } from './maintainers.ts';

export interface Route {
  readonly people: readonly Caretaker[];
  readonly lists: readonly string[];
  readonly subsystems: readonly string[];
}

/** By the form's own marks: a MAINTAINERS file has `F:` lines, a CODEOWNERS file has none. */
export function parseRoutes(text: string): MaintainersFile {
  return /^F:\s*\S/m.test(text) ? parseMaintainers(text) : parseCodeowners(text);
}

export function route(file: MaintainersFile, path: string): Route {
  const found = sectionsFor(file, path.replace(/^\.?\//, ''));
  return { people: people(found), lists: [...new Set(found.flatMap((one) => one.lists))], subsystems: found.map((one) => one.title) };
}

/** The section of this name, or those of the path, for a component as a reporter names it. */
export function sectionsNamed(file: MaintainersFile, component: string): readonly Subsystem[] {
  const wanted = component.trim().toLowerCase();
  const titled = file.subsystems.filter((one) => one.title.toLowerCase() === wanted);
  return titled.length > 0 ? titled : sectionsFor(file, component.trim());
}

/** Sections that the paths in this text belong to, the one of most paths first; a catch-all names nobody's business. */
export function sectionsIn(file: MaintainersFile, text: string): readonly Subsystem[] {
  const counted = new Map<Subsystem, number>();
  for (const path of pathsIn(text))
    for (const one of sectionsFor(file, path).filter((found) => !found.files.every(isCatchAll)))
      counted.set(one, (counted.get(one) ?? 0) + 1);
  return [...counted.entries()].sort((a, b) => b[1] - a[1]).map(([one]) => one);
}

export function people(sections: readonly Subsystem[]): readonly Caretaker[] {
  const known = new Map<string, Caretaker>();
  for (const one of sections.flatMap((section) => section.people)) {
    const key = one.address ?? one.name;
    if (!known.has(key)) known.set(key, one);
  }
  return [...known.values()];
}

/** Only so many, and only what has the form of a source path: the text is a stranger's. */
function pathsIn(text: string): readonly string[] {
  const found =
    text.slice(0, 100_000).match(/(?<![\w/.-])(?:[\w+-][\w.+-]{0,60}\/){1,12}[\w+-][\w.+-]{0,60}\.[A-Za-z]\w{0,5}(?![\w/])/g) ?? [];
  return [...new Set(found)].slice(0, 50);
}

function sectionsFor({ form, subsystems }: MaintainersFile, path: string): readonly Subsystem[] {
  if (form === 'maintainers') return subsystems.filter((one) => belongs(one, path));
  const last = subsystems.findLast((one) => one.files.some((pattern) => fitsCodeowners(pattern, path)));
  return last === undefined ? [] : [last];
}

function belongs({ files, excluded, expressions }: Subsystem, path: string): boolean {
  if (excluded.some((pattern) => fits(pattern, path))) return false;
  return files.some((pattern) => fits(pattern, path)) || expressions.some((one) => expression(one)?.test(path) === true);
}

/**
 * As get_maintainer.pl reads a pattern: it matches from the beginning; `*`, `?` and `[ch]` match as they look, yet without a slash at the end the path has as many
 * slashes as the pattern. A pattern that names a folder without its slash means all below it.
 */
function fits(pattern: string, path: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const whole = expression(`^${escaped}`)?.test(path) === true;
  if (pattern.endsWith('/')) return whole;
  return (whole && slashes(path) === slashes(pattern)) || (!/[*?]/.test(pattern) && path.startsWith(`${pattern}/`));
}

/** The rules of gitignore, as far as CODEOWNERS has them: a slash anywhere but at the end ties the pattern to the root. */
function fitsCodeowners(pattern: string, path: string): boolean {
  const tied = pattern.slice(0, -1).includes('/');
  const bare = pattern.replace(/^\//, '').replace(/\/$/, '/**');
  const escaped = bare
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/?|\*|\?/g, (mark) => (mark === '*' ? '[^/]*' : mark === '?' ? '[^/]' : mark.endsWith('/') ? '(?:.*/)?' : '.*'));
  return new RegExp(`${tied ? '^' : '^(?:.*/)?'}${escaped}(?:/.*)?$`).test(path);
}

function slashes(text: string): number {
  return text.split('/').length - 1;
}

function isCatchAll(pattern: string): boolean {
  return /^[*/]+$/.test(pattern);
}

/** One that this engine cannot read fits nothing. */
function expression(text: string): RegExp | undefined {
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
}
