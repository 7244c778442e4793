// SPDX-License-Identifier: Apache-2.0
// Bodies of access: who is let in and until when, to whom the case is narrowed, and its widening.

import { z } from 'zod';
import type { PersonId } from '../../core/model/identifiers.ts';
import type { Entries } from './body.ts';
import { empty, entry, nothing, reason, said, when, word } from './body.ts';

/** Blank values of a form are nobody. */
const named = z.preprocess(
  (value) => [value ?? []].flat().filter((one) => empty(one) !== undefined),
  z.array(word).min(1, 'Name the people.'),
);

export const accessBodies = {
  'add-person': entry(z.object({ person: word, until: z.preprocess(empty, when.optional()) }), (body) => ({
    kind: 'add-person',
    person: body.person as PersonId,
    until: body.until?.at ?? null,
  })),
  'remove-person': entry(z.object({ person: word }), (body) => ({ kind: 'remove-person', person: body.person as PersonId })),
  'narrow-access': entry(z.object({ people: named, ...reason }), (body, c) => ({
    kind: 'narrow-access',
    people: body.people.map((one) => one as PersonId),
    reason: said(c, 'reason', 'team', body.reason),
  })),
  'name-reader': entry(z.object({ person: word, ...reason }), (body, c) => ({
    kind: 'name-reader',
    person: body.person as PersonId,
    reason: said(c, 'reason', 'team', body.reason),
  })),
  'propose-widening': entry(z.object(reason), (body, c) => ({ kind: 'propose-widening', reason: said(c, 'reason', 'team', body.reason) })),
  'widen-access': entry(nothing, () => ({ kind: 'widen-access' })),
} as const satisfies Entries;
