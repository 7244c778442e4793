// SPDX-License-Identifier: Apache-2.0
// A patch file, read: the messages of its commits in order, as git format-patch writes them, and the facts that rules ask for.

import { type CveId, cveId } from '../model/identifiers.ts';
import type { CommitFacts, IssueMention, TrailerFact } from '../model/patches.ts';

/** One commit: its subject without `[PATCH n/m]`, and the lines below it up to the diff. */
export interface Commit {
  readonly subject: string;
  readonly body: readonly string[];
}

/** Git writes such a line before each mail of a series. */
const separator = /^From [0-9a-f]{40,64} /;

/** One commit of a history, with who wrote it: `Name <address>`. */
export interface LoggedCommit extends Commit {
  readonly id: string;
  readonly author: string;
}

/** One mail of a series: a commit with its diff, or the letter before them. */
export interface SeriesMail extends Commit {
  readonly hasDiff: boolean;
}

/** The commits of a series, in the file's order. A cover letter is none, and a bare diff has none. */
export function commitsIn(text: string): readonly Commit[] {
  return mailsIn(text)
    .filter(({ hasDiff }) => hasDiff)
    .map(({ subject, body }) => ({ subject, body }));
}

/** Every mail of a series with its cover letter: all of it that people read. */
export function mailsIn(text: string): readonly SeriesMail[] {
  const lines = text.split(/\r?\n/);
  const starts = lines.flatMap((line, index) => (separator.test(line) ? [index] : []));
  const from = starts.length === 0 ? [0] : starts;
  return from.flatMap((start, index) => mailOf(lines.slice(start, from[index + 1] ?? lines.length)));
}

function mailOf(lines: readonly string[]): readonly SeriesMail[] {
  const blank = lines.indexOf('');
  const head = lines.slice(0, blank < 0 ? lines.length : blank);
  const at = head.findIndex((line) => /^Subject: /i.test(line));
  const rest = blank < 0 ? [] : lines.slice(blank + 1);
  const diff = rest.findIndex((line) => line.startsWith('diff --git ') || line.startsWith('--- a/'));
  if (at < 0) return [];
  const folded = head.slice(at + 1).findIndex((line) => !/^[ \t]/.test(line));
  const subject = head.slice(at, folded < 0 ? head.length : at + 1 + folded).join(' ');
  const end = rest.indexOf('---');
  const body = diff < 0 ? rest : rest.slice(0, end < 0 || end > diff ? diff : end);
  return [{ subject: subject.replace(/^Subject:\s*(\[[^\]]*\]\s*)*/i, '').replace(/\s+/g, ' '), body, hasDiff: diff >= 0 }];
}

/** Words before an address by which GitLab and GitHub close an issue when the commit reaches the default branch. */
const closing = /\b(?:clos(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|resolv(?:e[sd]?|ing)|implement(?:s|ed|ing)?):? +(?:issues? +)?$/i;

const trailer = /^([A-Za-z][A-Za-z0-9-]*): +(\S.*)$/;

/** What rules may ask of a commit. `issue` is the address of the issue, empty where there is none; of the trailers those called as in `names` are kept. */
export function factsOf({ subject, body }: Commit, issue: string, names: readonly string[]): CommitFacts {
  const text = [subject, ...body].join('\n');
  const wanted = new Map([...names, 'Signed-off-by'].map((name) => [name.toLowerCase(), name]));
  const trailers = body.flatMap((line): TrailerFact[] => {
    const [, name = '', value = ''] = trailer.exec(line) ?? [];
    const known = wanted.get(name.toLowerCase());
    return known === undefined ? [] : [{ name: known, of: numbersIn(value)[0] ?? (isNamed(value, issue) ? 'issue' : null) }];
  });
  return {
    signedOff: trailers.some(({ name }) => name === 'Signed-off-by'),
    numbers: numbersIn(text),
    issue: mention(text, issue),
    trailers,
  };
}

function numbersIn(text: string): readonly CveId[] {
  return [...new Set((text.match(/\bCVE-\d{4}-\d{4,19}\b/g) ?? []).flatMap((one) => cveId(one) ?? []))];
}

function mention(text: string, issue: string): IssueMention {
  const places = placesOf(text, issue);
  if (places.length === 0) return 'none';
  return places.some((place) => closing.test((text.slice(0, place).split('\n').at(-1) ?? '').slice(-40))) ? 'closes' : 'named';
}

function isNamed(text: string, issue: string): boolean {
  return placesOf(text, issue).length > 0;
}

/** Where the address stands as a whole: issue 12 is not named by issue 123. */
function placesOf(text: string, issue: string): readonly number[] {
  const places: number[] = [];
  if (issue === '') return places;
  for (let at = text.indexOf(issue); at >= 0; at = text.indexOf(issue, at + issue.length))
    if (!/[\w/-]/.test(text[at + issue.length] ?? '')) places.push(at);
  return places;
}
