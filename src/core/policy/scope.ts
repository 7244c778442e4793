// SPDX-License-Identifier: Apache-2.0
// The scope table against the answers of a report: which row fits, or which answer is missing. It proposes; a person decides (QEMU-21).

import type { Eligibility, ScopeRow } from './report-rules.ts';

export type Answers = Readonly<Record<string, string>>;

/** What the table says to a report: a verdict by the rule that fits, or the question that has to be answered first. */
export type ScopeProposal =
  | { readonly kind: 'verdict'; readonly verdict: ScopeRow['proposes']; readonly rule: string }
  | { readonly kind: 'question'; readonly field: string; readonly rule: string };

/**
 * Reads the table from the top; the first row that fits proposes. A row that everything given fits, and one of whose fields is empty,
 * asks for that field instead of passing on. Null: the policy has no table, or no row fits.
 */
export function propose(scope: Eligibility['scope'], answers: Answers): ScopeProposal | null {
  for (const { rule, when, proposes } of scope) {
    const fields = Object.entries(when ?? {});
    const given = fields.filter(([field]) => isGiven(answers, field));
    if (!given.every(([field, accepted]) => fits(answers[field] ?? '', accepted))) continue;
    const empty = fields.find(([field]) => !isGiven(answers, field));
    return empty === undefined ? { kind: 'verdict', verdict: proposes, rule } : { kind: 'question', field: empty[0], rule };
  }
  return null;
}

/** The fields that the table looks at, in the order in which it asks for them. */
export function scopeFields(scope: Eligibility['scope']): readonly string[] {
  return [...new Set(scope.flatMap(({ when }) => Object.keys(when ?? {})))];
}

/** Where a rule stands in the table; undefined when this version has no such rule. */
export function ruleOf(scope: Eligibility['scope'], rule: string): (ScopeRow & { readonly index: number }) | undefined {
  const index = scope.findIndex((row) => row.rule === rule);
  const row = scope[index];
  return row === undefined ? undefined : { ...row, index };
}

export function sameProposal(one: ScopeProposal | null, other: ScopeProposal | null): boolean {
  if (one === null || other === null) return one === other;
  if (one.rule !== other.rule) return false;
  return one.kind === 'verdict'
    ? other.kind === 'verdict' && one.verdict === other.verdict
    : other.kind === 'question' && one.field === other.field;
}

function isGiven(answers: Answers, field: string): boolean {
  return Object.hasOwn(answers, field) && (answers[field] ?? '').trim() !== '';
}

/** Whether one of the accepted values is the answer; `*` stands for any letters, and case does not matter. */
function fits(answer: string, accepted: readonly string[]): boolean {
  const said = answer.trim().toLowerCase();
  return accepted.some((pattern) => matches(said, pattern.toLowerCase().split('*')));
}

/** The pieces between stars, each found after the one before: linear, whatever is typed. */
function matches(said: string, [head = '', ...pieces]: readonly string[]): boolean {
  const tail = pieces.pop();
  if (tail === undefined) return said === head;
  if (!said.startsWith(head)) return false;
  let from = head.length;
  for (const piece of pieces) {
    const found = said.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return said.length - tail.length >= from && said.endsWith(tail);
}
