// SPDX-License-Identifier: Apache-2.0
// Bodies of triage: moderation, people, eligibility, the verdict, its severity.

import { z } from 'zod';
import type { FlawId, PersonId } from '../../core/model/identifiers.ts';
import { base32 } from '../encoding.ts';
import type { BodyContext, Entries } from './body.ts';
import { empty, entry, listOf, maybe, nothing, optionalText, optionalWord, reason, said, word } from './body.ts';
import { onBranch } from './fix.ts';
import type { SeverityInput } from './severity.ts';
import { judged, judgement } from './severity.ts';

const fieldName = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'Give the name of a field.');
const namedBranch = z.object({ ...onBranch, group: word });

export const triageBodies = {
  'release-report': entry(nothing, () => ({ kind: 'release-report' })),
  'discard-report': entry(z.object({ reason: optionalText }), (body, c) => ({
    kind: 'discard-report',
    reason: maybe(c, 'reason', 'team', body.reason),
  })),
  'take-up-case': entry(nothing, () => ({ kind: 'take-up-case' })),
  'assign-owner': entry(z.object({ person: word }), (body) => ({ kind: 'assign-owner', person: body.person as PersonId })),
  // Whoever is turned away reads why; what is said about a case that goes on stays inside.
  'decide-eligibility': entry(
    z.object({
      verdict: z.enum(['in', 'out', 'elsewhere'], { error: 'Choose in, out or elsewhere.' }),
      rule: optionalWord,
      target: optionalText,
      ...reason,
    }),
    (body, c) => ({
      kind: 'decide-eligibility',
      verdict: body.verdict,
      rule: body.rule ?? null,
      // A verdict that sends the report away is told with its reason; what keeps it is the team's.
      reason: said(c, 'reason', body.verdict === 'in' ? 'team' : 'shared', body.reason),
      ...(body.target === undefined ? {} : { target: said(c, 'reason', 'shared', body.target) }),
    }),
  ),
  'correct-answers': entry(
    z.object({ answers: z.record(fieldName, optionalText, { error: 'Give answers by field name.' }) }),
    (body, c) => ({
      kind: 'correct-answers',
      answers: Object.entries(body.answers).flatMap(([field, text]) => (text === undefined ? [] : [corrected(c, field, text)])),
      proposal: null,
    }),
  ),
  'confirm-flaw': entry(
    z.object({
      ...reason,
      flaws: z.preprocess(empty, z.coerce.number().int().min(1).max(20).default(1)),
      class: optionalWord,
      severity: z.preprocess(levelAlone, z.object({ level: optionalWord, ...judgement }).optional()),
      summary: optionalText,
      branches: listOf(
        z.union([branchLines(), namedBranch], { error: 'Name one branch on a line, its group first: stable v2-maint.' }),
      ).optional(),
    }),
    (body, c) => ({
      kind: 'confirm-flaw',
      flaws: Array.from({ length: body.flaws }, () => base32(c.random(10)) as FlawId),
      class: body.class ?? null,
      severity: severityOf(body.severity),
      reason: said(c, 'reason', 'team', body.reason),
      summary: maybe(c, 'summary', 'team', body.summary),
      branches: (body.branches ?? []).flat().map(({ branch, component, group }) => ({ branch, component: component ?? null, group })),
    }),
  ),
  'dismiss-flaw': entry(z.object({ class: optionalWord, ...reason }), (body, c) => ({
    kind: 'dismiss-flaw',
    reason: said(c, 'reason', 'shared', body.reason),
    ...(body.class === undefined ? {} : { class: body.class }),
  })),
  'set-class': entry(z.object({ class: word }), (body) => ({ kind: 'set-class', class: body.class })),
  'assess-severity': entry(z.object({ level: word, ...judgement }), (body) => ({
    kind: 'assess-severity',
    level: body.level,
    ...judged(body),
  })),
} as const satisfies Entries;

/** `severity: high` says a level and nothing beside it. */
function levelAlone(value: unknown): unknown {
  return typeof value === 'string' ? { level: value } : value;
}

/** An answer stands in the thread of the first report, whoever corrects it: its reporter reads it, and no other does. */
function corrected({ contents, state }: BodyContext, field: string, text: string) {
  const participant = state.reporters[0]?.participant;
  return contents.text({ kind: 'field', field, audience: 'shared', ...(participant === undefined ? {} : { participant }) }, text.trim());
}

/** A severity without a level is none: an empty choice of a form. */
function severityOf(given: SeverityInput | undefined) {
  const level = given?.level?.trim() ?? '';
  return given === undefined || level === '' ? null : { level, ...judged(given) };
}

/** `stable stable-9.2 nova`: group, branch, and the component where there are several; one line each. */
function branchLines() {
  const lines = z.string().transform((typed) =>
    typed
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([name]) => name !== undefined && name !== '')
      .map(([group, name, component]): z.input<typeof namedBranch> => ({ branch: name, group, component })),
  );
  return lines.pipe(z.array(namedBranch));
}
