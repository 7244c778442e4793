// SPDX-License-Identifier: Apache-2.0
// A description that credits nobody (F12, CNA 5.2.4): many advisories begin by saying who reported the flaw; the CVE record has its own place for that.

import type { Credit } from '../core/model/advisory.ts';

// Within the first sentence; a full stop behind an initial, or before a letter, ends none.
const opening =
  /^(?:[^.]|(?<=\b\p{Lu})\.|\.(?=\S))*?,?\s+(?:(?:both|all|each|independently)\s+)*(?:reported|discovered|found)\s+(?:and reported\s+)?(?!(?:it|them|by|in)\b)(?=([\p{L}\p{N}]+))/u;

/** `text` without an opening clause that names somebody: `Ada Crane from Still Water reported a flaw in …` is `Reported: a flaw in …`. */
export function uncredited(text: string, credits: readonly Credit[]): string {
  const [clause, next = ''] = opening.exec(text) ?? [];
  if (clause === undefined || namedIn(clause, credits).length === 0) return text;
  return `${next === 'that' ? 'It was reported ' : 'Reported: '}${text.slice(clause.length)}`;
}

// Two capitalised words or more, perhaps with an employer, before a word of finding.
const finder =
  /(\p{Lu}[\p{L}'-]+(?: (?:\p{Lu}[\p{L}'-]+|\p{Lu}\.))+)(?: (?:from|of|with|at) [^,.]{1,60}?)?(?: \p{L}+ly)? (?:found|discovered|reported)\b/gu;

/** Names that stand in `text`: of those who are credited, and of whoever is said to have found or reported something. */
export function namedIn(text: string, credits: readonly Credit[]): readonly string[] {
  const names = credits.filter(({ kind }) => kind !== 'tool' && kind !== 'sponsor').flatMap(({ name }) => name ?? []);
  const whole = (name: string) => new RegExp(`(?<![\\p{L}\\d])${name.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\p{L}\\d])`, 'u');
  return [...names.filter((name) => whole(name).test(text)), ...Array.from(text.matchAll(finder), ([, name = '']) => name)];
}
