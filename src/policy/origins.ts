// SPDX-License-Identifier: Apache-2.0
// `source` and `because`, which may stand in every section: where it comes from, and why a value is what it is.

import { z } from 'zod';
import type { Origin } from '../core/policy/policy.ts';
import { type Section, sections } from '../core/policy/words.ts';
import { ownName, text } from './scalars.ts';
import { expected } from './shapes.ts';
import type { Tree } from './tree.ts';
import { isMap } from './undecided.ts';

/** `NAME, clause; NAME, clause`. */
const source = text.transform((line) =>
  line.split(';').map((part) => {
    const [name = '', ...clause] = part.split(',');
    return { name: name.trim(), clause: clause.length === 0 ? null : clause.join(',').trim() };
  }),
);

const because = z.record(ownName, text, { error: expected('a map from keys of this section to sentences') });

const origin = z
  .object({ source: source.optional(), because: because.prefault({}) })
  .transform(({ source: cited = [], because: reasons }): Origin => ({ source: cited, because: reasons }));

/** The origins of all sections, as the schema of a map from sections to what stands there. */
export const origins = z.record(z.enum(sections), origin.prefault({}));

export type Origins = Readonly<Record<Section, Origin>>;

/** `tree` in two: the origins of its sections, and the sections without them. */
export function splitOrigins(tree: { readonly [key: string]: Tree }): { readonly given: Tree; readonly rest: Tree } {
  const given: Record<string, Tree> = Object.fromEntries(sections.map((section) => [section, {}]));
  const rest: Record<string, Tree> = {};
  for (const [key, section] of Object.entries(tree)) {
    if (!isMap(section)) {
      rest[key] = section;
      continue;
    }
    const { source: cited, because: reasons, ...others } = section;
    if (key in given)
      given[key] = { ...(cited === undefined ? {} : { source: cited }), ...(reasons === undefined ? {} : { because: reasons }) };
    rest[key] = others;
  }
  return { given, rest };
}
