// SPDX-License-Identifier: Apache-2.0
// Bodies of what binds cases together: duplicates, parts, several flaws, components.

import { z } from 'zod';
import type { ContentRef } from '../../core/model/content.ts';
import type { CaseId, FlawId, PersonId } from '../../core/model/identifiers.ts';
import { codename } from '../codename.ts';
import { base32 } from '../encoding.ts';
import type { BodyContext, Entries } from './body.ts';
import { empty, entry, maybe, optionalText, optionalWord, reason, said, word, yesOrNo } from './body.ts';

/** The evidence that a flaw was found again: no word of where, for it stays on record when the link is undone (L-07). */
export const foundAgain = 'A second report was attached to this case.';

/** A case as people name it: its id, or the address of its page. */
const caseName = word.transform((value, context) => {
  const id = caseIdIn(value);
  if (id !== undefined) return id;
  context.addIssue({ code: 'custom', message: 'Give the id of a case, or the address of its page.' });
  return z.NEVER;
});

/** The id at the end of `text`; nothing when it has not the form of one. */
export function caseIdIn(text: string): CaseId | undefined {
  const last = text.trim().replace(/\/+$/, '').split('/').at(-1) ?? '';
  return /^[0-9a-z]{1,40}$/.test(last) ? (last as CaseId) : undefined;
}

/** Titles, a line for each; JSON may give a list. */
const lines = z.preprocess(
  (value) =>
    typeof value === 'string'
      ? value
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '')
      : value,
  z
    .array(z.string().trim().min(1).max(300), { error: 'Name the other flaws, a line for each.' })
    .min(1, 'Name the other flaws, a line for each.')
    .max(20),
);

const namedBranches = z.preprocess(
  (value) =>
    typeof value === 'string'
      ? value
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => {
            const [group = '', branch = ''] = line.trim().split(/\s+/);
            return { group, branch };
          })
      : value,
  z.array(z.object({ group: word, branch: word })),
);

export const relationBodies = {
  'mark-duplicate': entry(
    z.object({ of: caseName, independent: yesOrNo.default(true), opens: yesOrNo.default(false), reason: optionalText }),
    (body, c) => ({
      kind: 'mark-duplicate',
      of: body.of,
      independent: body.independent,
      opens: body.opens,
      reason: maybe(c, 'reason', 'team', body.reason),
      evidence: said(c, 'evidence', 'team', foundAgain),
    }),
  ),
  'undo-duplicate': entry(z.object(reason), (body, c) => ({ kind: 'undo-duplicate', reason: said(c, 'reason', 'team', body.reason) })),
  'answer-rediscovery': entry(z.object({ publish: yesOrNo, ...reason }), (body, c) => ({
    kind: 'answer-rediscovery',
    publish: body.publish,
    reason: said(c, 'reason', 'team', body.reason),
  })),
  'split-case': entry(z.object({ parts: lines, title: optionalWord, ...reason }), (body, c) => ({
    kind: 'split-case',
    parts: body.parts.map((title) => ({
      case: base32(c.random(16)) as CaseId,
      codename: codename(c.random),
      title: said(c, 'title', 'team', title),
    })),
    title: body.title === undefined ? null : ownTitle(c, body.title),
    reason: said(c, 'reason', 'team', body.reason),
    stood: [],
  })),
  'add-flaw': entry(z.object({ title: optionalWord }), (body, c) => ({
    kind: 'add-flaw',
    flaw: base32(c.random(10)) as FlawId,
    title: maybe(c, 'title', 'team', body.title),
  })),
  'drop-flaw': entry(z.object({ flaw: word, ...reason }), (body, c) => ({
    kind: 'drop-flaw',
    flaw: body.flaw as FlawId,
    reason: said(c, 'reason', 'team', body.reason),
  })),
  'add-component': entry(
    z.object({ component: word, person: optionalWord, branches: z.preprocess(empty, namedBranches.optional()) }),
    (body) => ({
      kind: 'add-component',
      component: body.component.trim(),
      person: (body.person ?? null) as PersonId | null,
      branches: body.branches ?? [],
    }),
  ),
  'assign-component': entry(z.object({ component: word, person: word }), (body) => ({
    kind: 'assign-component',
    component: body.component,
    person: body.person as PersonId,
  })),
  'finish-component': entry(z.object({ component: word }), (body) => ({ kind: 'finish-component', component: body.component })),
  'drop-component': entry(z.object({ component: word, ...reason }), (body, c) => ({
    kind: 'drop-component',
    component: body.component,
    reason: said(c, 'reason', 'team', body.reason),
  })),
} as const satisfies Entries;

/** Read by its reporter as the first one was. */
function ownTitle(c: BodyContext, title: string): ContentRef {
  const { participant } = c.state.title;
  return c.contents.text({ kind: 'title', audience: 'shared', ...(participant === undefined ? {} : { participant }) }, title);
}
