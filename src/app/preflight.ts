// SPDX-License-Identifier: Apache-2.0
// A reporter's preflight: a report as a file before the rules of a policy's intake, as the form would ask them. Nothing is sent or kept.

import { dated } from '../core/model/time.ts';
import type { OfferedFile, Remark } from '../core/policy/intake-rules.ts';
import { answerRemarks, fileRemarks, shownOnSentence } from '../core/policy/intake-rules.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Answers } from '../core/policy/scope.ts';
import { propose, ruleOf, scopeFields } from '../core/policy/scope.ts';
import { scan } from './scan.ts';

export interface DraftReport {
  readonly title: string | null;
  readonly answers: Answers;
}

/** One line of the answer. `missing`: the form would refuse it. `warn`: taken all the same, or a question for a person. */
export interface PreflightLine {
  readonly mark: 'ok' | 'missing' | 'warn';
  readonly about: string;
  readonly sentence: string;
}

/**
 * A report as people write it: `# Title`, then `## Field` with its text, or `field: value` lines at the top. What stands under no field is the
 * description. Fields are those of the policy; another heading belongs to the text in which it stands.
 */
export function draftOf(text: string, policy: Policy): DraftReport {
  const fields = fieldsOf(policy);
  const answers = new Map<string, string[]>();
  let title: string | null = null;
  let place = 'description';
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    const named = heading === null ? undefined : fields.get(nameOf(heading[2] ?? ''));
    const short = /^([A-Za-z][A-Za-z _-]{0,40}):\s*(.*)$/.exec(line);
    const inline = short === null || place !== 'description' ? undefined : fields.get(nameOf(short[1] ?? ''));
    if (title === null && heading?.[1] === '#' && named === undefined) title = (heading[2] ?? '').trim();
    else if (named !== undefined) place = named;
    else if (inline !== undefined && inline !== 'description') answers.set(inline, [short?.[2] ?? '']);
    else if (title === null && short?.[1]?.toLowerCase() === 'title') title = (short[2] ?? '').trim();
    else answers.set(place, [...(answers.get(place) ?? []), line]);
  }
  const said = [...answers].map(([field, lines]) => [field, lines.join('\n').trim()] as const).filter(([, value]) => value !== '');
  return { title: title === '' ? null : title, answers: Object.fromEntries(said) };
}

/** What the form would say, in its order: title, answers, files, scope, season, and what looks like a secret. */
export function preflight(policy: Policy, { title, answers }: DraftReport, files: readonly OfferedFile[]): readonly PreflightLine[] {
  const names = new Set([...Object.keys(answers), ...files.map(({ name }) => (/\.(patch|diff)$/.test(name) ? 'patch' : ''))]);
  const remarks = [...answerRemarks(policy, answers, [...names]), ...fileRemarks(policy, files)];
  const { required, asked } = policy.intake.form;
  const fine = [...new Set(['description', ...required, ...asked])].filter(
    (field) => names.has(field) && !remarks.some((remark) => remark.field === field),
  );
  const shown = shownOnSentence(policy);
  return [
    title === null ? line('missing', 'title', 'Begin with a line “# Title”.') : line('ok', 'title', title),
    ...fine.map((field) => line('ok', field, 'given')),
    ...('description' in answers || required.includes('description') ? [] : [line('missing', 'description', 'Say what is wrong.')]),
    ...remarks.map(lineOf),
    ...(shown !== null && 'version' in answers ? [line('warn', 'version', shown)] : []),
    ...scopeLines(policy, answers),
    ...policy.intake.closed.map(({ from, until }) =>
      line('warn', 'season', `No reports are taken from ${dated(from.at)} to ${dated(until.at)}.`),
    ),
    ...secrets(title, answers),
  ];
}

function scopeLines({ eligibility: { scope } }: Policy, answers: Answers): readonly PreflightLine[] {
  const proposal = propose(scope, answers);
  if (proposal === null) return [];
  if (proposal.kind === 'question') return [line('warn', proposal.field, 'The scope table needs this answer; without it a person asks.')];
  const says = { in: 'in scope', out: 'out of scope', elsewhere: 'belongs elsewhere' }[proposal.verdict];
  const sentence = `${says} by rule ${proposal.rule}: ${ruleOf(scope, proposal.rule)?.say ?? ''} A person decides.`;
  return [line(proposal.verdict === 'in' ? 'ok' : 'warn', 'scope', sentence)];
}

/** QEMU-28: what is sent becomes public in the end. */
function secrets(title: string | null, answers: Answers): readonly PreflightLine[] {
  return [['title', title ?? ''] as const, ...Object.entries(answers)].flatMap(([field, text]) =>
    scan(text).map((finding) => line('warn', field, `line ${finding.line}: ${finding.sentence}`)),
  );
}

function lineOf({ about, field, sentence }: Remark): PreflightLine {
  return line(about === 'missing' || about === 'refused' ? 'missing' : 'warn', field, sentence);
}

function line(mark: PreflightLine['mark'], about: string, sentence: string): PreflightLine {
  return { mark, about, sentence };
}

/** Names by which a heading or a line may call a field of this policy, and those that every form knows. */
function fieldsOf({ intake: { form }, eligibility }: Policy): ReadonlyMap<string, string> {
  const own = [...form.required, ...form.asked, ...Object.keys(form.choices), ...scopeFields(eligibility.scope)];
  const names = [...own, 'description', 'impact', 'mitigation', 'shared_with', 'exploited', 'already_public'];
  return new Map(names.map((name) => [nameOf(name), name]));
}

function nameOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
}
