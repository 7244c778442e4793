// SPDX-License-Identifier: Apache-2.0
// What a check of a document finds: errors make it invalid, warnings are for somebody to weigh, notes are remarks.

import type { z } from 'zod';
import type { Finding, Read } from './format.ts';
import { placeOf } from './json-document.ts';

export interface Check extends Finding {
  readonly level: 'error' | 'warning' | 'note';
}

/** Rules of readers that say a document is odd, not that it is wrong; every other finding is an error of form. */
const odd: ReadonlySet<string> = new Set([
  'published-before-reported',
  'modified-before-published',
  'withdrawn-before-published',
  'number-twice',
  'branch-twice',
  'version-order',
  'score-not-of-vector',
  'versions-in-prose',
  'range-joined',
  'range-in-words',
  'not-among-vulnerabilities',
  'placeholder',
  'credit-in-words',
  'empty-branch',
  'second-repository',
  'weakness-form',
]);

/** Rules that tell what a reader leaves aside: the document is none the worse. */
const aside: ReadonlySet<string> = new Set(['not-read', 'no-title', 'no-date-public', 'other-language']);

export function checksOf(read: Read): readonly Check[] {
  if (!read.ok) return [{ level: 'error', ...read.refusal }];
  return read.findings.map((finding) => ({
    level: aside.has(finding.rule) ? 'note' : odd.has(finding.rule) ? 'warning' : 'error',
    ...finding,
  }));
}

/** Every fault of a value by its schema. */
export function checksBy(schema: z.ZodType, value: unknown): readonly Check[] {
  const result = schema.safeParse(value);
  return result.success
    ? []
    : result.error.issues.map((issue) => ({ level: 'error', place: placeOf(issue), rule: 'schema', message: issue.message }));
}

/** Those of the second list that are not said in the first. */
export function together(first: readonly Check[], second: readonly Check[]): readonly Check[] {
  const said = new Set(first.map(({ place }) => place));
  return [...first, ...second.filter(({ place, level }) => level !== 'error' || !said.has(place))];
}
