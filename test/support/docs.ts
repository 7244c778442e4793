// SPDX-License-Identifier: Apache-2.0
// What is checked of a written page: where its links lead, how it is spelt, which words must not stand in it. Pure; each finding is one line.

import { posix } from 'node:path';

export interface Page {
  /** Below the project's folder, with `/`: `docs/flows.md`. */
  readonly path: string;
  readonly text: string;
}

/** Whether a file or folder of the project is there; `path` as in a page. */
export type IsThere = (path: string) => boolean;

/** Relative links that lead nowhere, and links to headings that the page does not have. */
export function deadLinks(pages: readonly Page[], isThere: IsThere): readonly string[] {
  return pages.flatMap((page) =>
    linksOf(page)
      .filter((link) => !leadsSomewhere(link, page, pages, isThere))
      .map((link) => `${page.path}: ${link}`),
  );
}

function linksOf({ text }: Page): readonly string[] {
  const inText = Array.from(prose(text).matchAll(/\]\(([^)\s]+)\)/g), ([, link = '']) => link);
  return inText.filter((link) => !/^[a-z]+:/.test(link));
}

function leadsSomewhere(link: string, page: Page, pages: readonly Page[], isThere: IsThere): boolean {
  const [file = '', heading] = link.split('#');
  const path = file === '' ? page.path : posix.join(posix.dirname(page.path), file);
  if (!isThere(path)) return false;
  const target = pages.find((one) => one.path === path);
  return heading === undefined || (target !== undefined && anchors(target).includes(heading));
}

/** Headings as forges turn them into anchors. */
function anchors({ text }: Page): readonly string[] {
  return Array.from(text.matchAll(/^#+ (.*)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Slips that people make in these words of ours, and words written twice. */
const slips =
  /\b(teh|recieve\w*|reciept\w*|seperat\w+|occur(?:ed|ence|ing)|definate\w*|accross|agress\w+|apparant\w*|arguement\w*|begining|beleive\w*|calender\w*|commit(?:ed|ing|er)\b|concensus|enviro?ment|existance|explicitely|foward\w*|garantee\w*|guarentee\w*|immediatly|independant\w*|intial\w*|lenght\w*|maintainance|neccess\w+|noticable|ommit\w*|paramters?|permision\w*|posible|preceed\w+|priviledge\w*|publically|recomend\w*|refered|relevent|reponse\w*|succesful\w*|sucess\w*|supress\w*|thier|threshhold\w*|untill|usefull|vunerab\w*|vulnerabilty|vulnerablit\w+|wich|writen|analyis|embargos|disclosue|advisor(?:ys|yes)|confidental\w*|maintaner\w*|reporteds?s)\b/gi;
const twice = /\b(the|an?|of|to|is|and|for|with|from|by|or|be)\s+\1\b/gi;

/** Misspelt words and words that stand twice, with their lines. */
export function misspelt(pages: readonly Page[]): readonly string[] {
  return pages.flatMap(({ path, text }) =>
    [slips, twice].flatMap((form) =>
      Array.from(prose(text).matchAll(form), (match) => `${path}:${lineOf(text, match.index)}: ${match[0]}`),
    ),
  );
}

/** Paths of somebody's machine, and marks of what is not done. */
const unfit = /\/(?:home|work|root|Users|tmp)\/|\.\.\/shared\b|\bshared\/|\bTODO\b|\bFIXME\b|\bXXX\b|\blorem ipsum\b/g;

export function unfitWords(pages: readonly Page[]): readonly string[] {
  return pages.flatMap(({ path, text }) =>
    Array.from(text.matchAll(unfit), (match) => `${path}:${lineOf(text, match.index)}: ${match[0]}`),
  );
}

/** Each distinct first group of `form` in the page. */
export function named({ text }: Page, form: RegExp): readonly string[] {
  return [...new Set(Array.from(text.matchAll(form), ([, name = '']) => name))];
}

/** One command of a `console` block, and the lines that it prints; `…` stands for lines that are left out. */
export interface Example {
  readonly command: string;
  readonly output: readonly string[];
}

export function examplesOf({ text }: Page): readonly Example[] {
  const blocks = Array.from(text.matchAll(/^```console\n(.*?)^```/gms), ([, block = '']) => block);
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((part): Example => {
        const [command = '', ...output] = part.trimEnd().split('\n');
        return { command, output };
      }),
  );
}

/** The first expected line that is not where it should be; nothing when all are. */
export function unlike(expected: readonly string[], printed: string): string | undefined {
  const lines = printed.trimEnd().split('\n');
  let at = 0;
  let skipping = false;
  for (const line of expected) {
    if (line === '…') {
      skipping = true;
      continue;
    }
    const found = skipping ? lines.indexOf(line, at) : lines[at] === line ? at : -1;
    if (found === -1) return `expected “${line}”, printed “${lines[at] ?? ''}”`;
    at = found + 1;
    skipping = false;
  }
  return skipping || at === lines.length ? undefined : `printed “${lines[at] ?? ''}” beyond what is expected`;
}

/** The page without its blocks and spans of code: same length, same lines. */
function prose(text: string): string {
  const blank = (code: string) => code.replace(/[^\n]/g, ' ');
  return text.replace(/^```.*?^```/gms, blank).replace(/`[^`\n]*`/g, blank);
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
