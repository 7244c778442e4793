// SPDX-License-Identifier: Apache-2.0
// The answers of a report, opened, before the scope table: what it proposes at receipt, and again when somebody corrects an answer (QEMU-21).

import type { ActionOf } from '../core/model/action.ts';
import type { CaseState } from '../core/model/case.ts';
import type { ContentRef } from '../core/model/content.ts';
import type { ContentId } from '../core/model/identifiers.ts';
import type { Refused } from '../core/model/refusal.ts';
import { refused } from '../core/model/refusal.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Answers } from '../core/policy/scope.ts';
import { propose, scopeFields } from '../core/policy/scope.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { Transaction } from '../ports/store/store.ts';
import type { Contents } from './contents.ts';

/** The answers of the first report as they stand, by field name: those that were corrected in place of those that were given. */
export function answersOf(state: CaseState, texts: ReadonlyMap<ContentId, string>): Answers {
  const given = state.reporters[0]?.report.filter((ref) => ref.kind === 'field') ?? [];
  return byField([...given, ...state.corrected], texts);
}

/** The fields of the form that a correction may name: those that are asked, offered as choices, or looked at by the table. */
export function answerable({ intake: { form }, eligibility }: Policy): readonly string[] {
  const own = [...scopeFields(eligibility.scope), ...Object.keys(form.choices), ...form.required, ...form.asked];
  return [...new Set(own)].filter((field) => !apart.includes(field));
}

/** The same action without the answers that stand already, and with what the table says then; a value that the form does not offer is refused. */
export async function corrected(
  action: ActionOf<'correct-answers'>,
  { state, policy }: CaseRecord,
  contents: Contents,
  { cases }: Transaction,
): Promise<ActionOf<'correct-answers'> | Refused> {
  const texts = new Map([...(await cases.texts(state.case)), ...contents.texts.map(({ ref, text }) => [ref.id, text] as const)]);
  const before = answersOf(state, texts);
  const changes = action.answers.filter((ref) => texts.get(ref.id) !== before[ref.field ?? '']);
  const stranger = changes.find((ref) => !answerable(policy).includes(ref.field ?? ''));
  if (stranger !== undefined) return refused.invalid(`answers.${stranger.field}`, 'The form of this project has no such question.');
  const wrong = changes.find((ref) => !isOffered(ref, policy, texts));
  if (wrong !== undefined) return refused.invalid(`answers.${wrong.field}`, offers(policy, wrong.field ?? ''));
  return { ...action, answers: changes, proposal: propose(policy.eligibility.scope, { ...before, ...byField(changes, texts) }) };
}

/** The sentence for an answer that the form does not offer. */
function offers({ intake: { form } }: Policy, field: string): string {
  return `Choose one of: ${(form.choices[field] ?? []).join(', ')}.`;
}

/** Fields that have a place and a step of their own. */
const apart: readonly string[] = ['description', 'patch', 'reproducer', 'credit_name', 'deadline'];

function isOffered(ref: ContentRef, { intake: { form } }: Policy, texts: ReadonlyMap<ContentId, string>): boolean {
  return form.choices[ref.field ?? '']?.includes(texts.get(ref.id) ?? '') ?? true;
}

function byField(refs: readonly ContentRef[], texts: ReadonlyMap<ContentId, string>): Answers {
  return Object.fromEntries(refs.flatMap((ref) => (ref.field === undefined ? [] : [[ref.field, texts.get(ref.id) ?? '']])));
}
