// SPDX-License-Identifier: Apache-2.0
// Bodies of the embargo: facts, dates, its end, and the bundle for its cap.

import { z } from 'zod';
import { restartReasons } from '../../core/model/embargo.ts';
import { facts } from '../../core/model/regions.ts';
import { purposes } from '../../core/policy/words.ts';
import type { Entries } from './body.ts';
import { empty, entry, listOf, maybe, nothing, optionalText, reason, said, text, when } from './body.ts';

export const embargoBodies = {
  'record-fact': entry(
    z.object({ fact: z.enum(facts, { error: `Choose one of ${facts.join(', ')}.` }), since: when, evidence: text }),
    (body, c) => ({
      kind: 'record-fact',
      fact: body.fact,
      since: body.since.at,
      evidence: said(c, 'evidence', 'team', body.evidence),
    }),
  ),
  'propose-embargo': entry(
    z.object({
      until: when,
      reason: optionalText,
      restart: z.preprocess(empty, z.enum(restartReasons, { error: `A restart is for one of ${restartReasons.join(', ')}.` }).optional()),
      circumstances: optionalText,
      evidence: optionalText,
      purposes: listOf(z.enum(purposes, { error: `A purpose is one of ${purposes.join(', ')}.` })).optional(),
    }),
    (body, c) => ({
      kind: 'propose-embargo',
      until: body.until.at,
      zone: body.until.zone,
      reason: maybe(c, 'reason', 'shared', body.reason),
      restart: body.restart ?? null,
      circumstances: maybe(c, 'reason', 'shared', body.circumstances),
      evidence: maybe(c, 'evidence', 'shared', body.evidence),
      purposes: body.purposes ?? [],
    }),
  ),
  'agree-embargo': entry(nothing, () => ({ kind: 'agree-embargo' })),
  'refuse-embargo': entry(z.object({ reason: optionalText }), (body, c) => ({
    kind: 'refuse-embargo',
    reason: maybe(c, 'reason', 'shared', body.reason),
  })),
  'keep-embargo': entry(z.object({ fact: z.enum(facts, { error: `Choose one of ${facts.join(', ')}.` }), ...reason }), (body, c) => ({
    kind: 'keep-embargo',
    fact: body.fact,
    reason: said(c, 'reason', 'team', body.reason),
  })),
  'end-embargo': entry(
    z.object({
      exit: z.enum(['early_agreed', 'leak', 'exploited'], { error: 'Say why it ends.' }),
      ...reason,
      evidence: optionalText,
      since: z.preprocess(empty, when.optional()),
    }),
    (body, c) => {
      const evidence = maybe(c, 'evidence', 'team', body.evidence);
      return {
        kind: 'end-embargo',
        exit: body.exit,
        reason: said(c, 'reason', 'team', body.reason),
        ...(evidence === null ? {} : { evidence }),
        ...(body.since === undefined ? {} : { since: body.since.at }),
      };
    },
  ),
  'propose-bundle': entry(z.object({ summary: text }), (body, c) => ({
    kind: 'propose-bundle',
    summary: said(c, 'summary', 'team', body.summary),
  })),
  'agree-bundle': entry(nothing, () => ({ kind: 'agree-bundle' })),
} as const satisfies Entries;
