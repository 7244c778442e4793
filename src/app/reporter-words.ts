// SPDX-License-Identifier: Apache-2.0
// What a letter to a reporter says in words of the case: what is missing, and why the verdict is as it is.

import type { CaseState, Reporter } from '../core/model/case.ts';
import type { ContentId } from '../core/model/identifiers.ts';
import type { Policy } from '../core/policy/policy.ts';

/** `severity_at_least: high` as a reporter reads it. */
export function missingInWords(condition: string): string {
  return condition.replaceAll('_', ' ').replace(':', '');
}

/** Why the verdict is as it is: the sentence of the rule, or the person's own reason where no rule was cited. */
export function verdictSentence({ eligibility }: CaseState, policy: Policy, texts: ReadonlyMap<ContentId, string>): string | null {
  if (eligibility === null) return null;
  return policy.eligibility.scope.find((row) => row.rule === eligibility.rule)?.say ?? texts.get(eligibility.reason.id) ?? null;
}

/** Answers that the policy wants and the report does not give, as mail may (LIBVIRT-6), and the one that the scope table needs next. */
export function missing(reporter: Reporter, { proposal }: CaseState, policy: Policy): readonly string[] {
  const given = reporter.report.map((content) => content.field ?? content.kind);
  const { required, asked } = policy.intake.form;
  const wanted = new Set([...required, ...asked, ...(proposal?.kind === 'question' ? [proposal.field] : [])]);
  const open = [...wanted].filter(
    (field) =>
      !given.includes(field) &&
      !(field === 'credit_name' && reporter.creditName !== null) &&
      !(field === 'deadline' && reporter.deadline !== null) &&
      !(field === 'patch' && reporter.attachments.some((file) => file.purpose === 'patch')) &&
      !(field === 'reproducer' && reporter.attachments.some((file) => file.purpose === 'reproducer')) &&
      !(field === 'found_with' && reporter.origin !== 'unknown'),
  );
  return open.map((field) => field.replaceAll('_', ' '));
}
