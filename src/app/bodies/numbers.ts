// SPDX-License-Identifier: Apache-2.0
// Bodies of CVE numbers, and of the impact description on which they are asked for.

import { z } from 'zod';
import type { FlawId } from '../../core/model/identifiers.ts';
import { cveId } from '../../core/model/identifiers.ts';
import { type ImpactField, impactFields } from '../../core/model/impact.ts';
import { creditIn, described, frameOf } from '../impact-frame.ts';
import type { BodyContext, Entries } from './body.ts';
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

/** What is said of the number of one flaw, and why. */
const ofOneFlaw = z.object({ flaw: word, ...reason });
const about = ({ flaw, reason: words }: z.output<typeof ofOneFlaw>, c: BodyContext) => ({
  flaw: flaw as FlawId,
  reason: said(c, 'reason', 'team', words),
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
  'waive-cve': entry(ofOneFlaw, (body, c) => ({ kind: 'waive-cve', ...about(body, c) })),
  'record-cve-refusal': entry(ofOneFlaw, (body, c) => ({ kind: 'record-cve-refusal', ...about(body, c) })),
  'record-cve-publication': entry(z.object({ flaw: word, evidence: optionalText }), (body, c) => ({
    kind: 'record-cve-publication',
    flaw: body.flaw as FlawId,
    evidence: maybe(c, 'evidence', 'team', body.evidence),
  })),
  'reject-cve': entry(ofOneFlaw, (body, c) => ({ kind: 'reject-cve', ...about(body, c) })),
  'dispute-cve': entry(ofOneFlaw, (body, c) => ({ kind: 'dispute-cve', ...about(body, c) })),
  'describe-impact': entry(impactBody, ({ impact, gain, ...fields }, c) => {
    const whole = impact === undefined ? undefined : { text: impact, frame: namesIn(frameOf(c.policy, impact)), places: null };
    const { text, frame, places } = whole ?? described(c.policy, { ...fields, impact: gain }, creditIn(c.state, c.texts));
    const where = places === null ? {} : { places: c.contents.text({ kind: 'span', audience: 'withheld' }, places) };
    return { kind: 'describe-impact', impact: said(c, 'impact', 'shared', text), frame, ...where };
  }),
  'approve-impact': entry(nothing, () => ({ kind: 'approve-impact' })),
} as const satisfies Entries;

function namesIn(values: ReturnType<typeof frameOf>): readonly ImpactField[] {
  return impactFields.filter((field) => values[field] !== undefined);
}
