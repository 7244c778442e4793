// SPDX-License-Identifier: Apache-2.0
// Bodies of CVE numbers, and of the impact description on which they are asked for.

import { z } from 'zod';
import type { FlawId } from '../../core/model/identifiers.ts';
import { cveId } from '../../core/model/identifiers.ts';
import type { ImpactField } from '../../core/model/impact.ts';
import { creditIn, framed, frameOf } from '../impact-frame.ts';
import type { Entries } from './body.ts';
import { empty, entry, maybe, nothing, optionalText, reason, said, word } from './body.ts';

const cveNumber = word.transform((value, context) => {
  const id = cveId(value.trim());
  if (id !== undefined) return id;
  context.addIssue({ code: 'custom', message: 'A number looks like CVE-2026-12345.' });
  return z.NEVER;
});

const part = z.preprocess(empty, z.string().max(2000, 'This is longer than 2,000 characters.').optional());

/** Either the whole text, or the fields of the policy's sentence; `gain` is what the sentence calls its impact. */
const frameBody = { feature: part, action: part, actor: part, gain: part, consequence: part, deployments: part };
const impactBody = z
  .object({ impact: optionalText, ...frameBody })
  .refine(({ impact, ...fields }) => impact !== undefined || Object.values(fields).some((value) => value !== undefined), {
    path: ['impact'],
    error: 'Please write something here.',
  });

export const numberBodies = {
  'request-cve': entry(z.object({ flaw: word, assigner: optionalText }), (body, c) => ({
    kind: 'request-cve',
    flaw: body.flaw as FlawId,
    ...(body.assigner === undefined ? {} : { assigner: said(c, 'evidence', 'team', body.assigner) }),
  })),
  'record-cve': entry(z.object({ flaw: word, number: cveNumber }), (body) => ({
    kind: 'record-cve',
    flaw: body.flaw as FlawId,
    number: body.number,
  })),
  'waive-cve': entry(z.object({ flaw: word, ...reason }), (body, c) => ({
    kind: 'waive-cve',
    flaw: body.flaw as FlawId,
    reason: said(c, 'reason', 'team', body.reason),
  })),
  'record-cve-refusal': entry(z.object({ flaw: word, ...reason }), (body, c) => ({
    kind: 'record-cve-refusal',
    flaw: body.flaw as FlawId,
    reason: said(c, 'reason', 'team', body.reason),
  })),
  'record-cve-publication': entry(z.object({ flaw: word, evidence: optionalText }), (body, c) => ({
    kind: 'record-cve-publication',
    flaw: body.flaw as FlawId,
    evidence: maybe(c, 'evidence', 'team', body.evidence),
  })),
  'reject-cve': entry(z.object({ flaw: word, ...reason }), (body, c) => ({
    kind: 'reject-cve',
    flaw: body.flaw as FlawId,
    reason: said(c, 'reason', 'team', body.reason),
  })),
  'dispute-cve': entry(z.object({ flaw: word, ...reason }), (body, c) => ({
    kind: 'dispute-cve',
    flaw: body.flaw as FlawId,
    reason: said(c, 'reason', 'team', body.reason),
  })),
  'describe-impact': entry(impactBody, ({ impact, gain, ...fields }, c) => {
    const text = impact ?? framed(c.policy, { ...fields, impact: gain }, creditIn(c.state, c.texts));
    const frame = Object.keys(frameOf(c.policy, text)) as readonly ImpactField[];
    return { kind: 'describe-impact', impact: said(c, 'impact', 'shared', text), frame };
  }),
  'approve-impact': entry(nothing, () => ({ kind: 'approve-impact' })),
} as const satisfies Entries;
