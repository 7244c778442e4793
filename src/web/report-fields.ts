// SPDX-License-Identifier: Apache-2.0
// The fields of the report form, made from the policy: what it requires and asks, its choices and its help, in three sections.

import { answerable } from '../app/eligibility.ts';
import { flawCount } from '../app/intake.ts';
import { seasonFields, shownOnSentence } from '../core/policy/intake-rules.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Answers } from '../core/policy/scope.ts';
import { scopeFields } from '../core/policy/scope.ts';
import { type Field, instantHelp, type Option } from './fields.ts';
import { asLabel } from './words.ts';

export type ReportSection = 'scope' | 'what' | 'evidence' | 'you';

interface Known {
  readonly section: ReportSection;
  readonly label: string;
  readonly make: (base: { readonly name: string; readonly label: string; readonly required: boolean; readonly help?: string }) => Field;
}

const short: Known['make'] = (base) => ({ ...base, kind: 'text', code: true, short: true });
const line: Known['make'] = (base) => ({ ...base, kind: 'text' });
const area =
  (rows: number, code?: true): Known['make'] =>
  (base) => ({ ...base, kind: 'textarea', rows, ...(code === true ? { code } : {}) });
const file: Known['make'] = (base) => ({ ...base, kind: 'file' });
const tick: Known['make'] = (base) => ({ ...base, kind: 'tick' });
const choice =
  (options: readonly Option[]): Known['make'] =>
  (base) => ({ ...base, kind: 'choice', options });

const foundWith: readonly Option[] = [
  { value: 'manual', label: 'By hand' },
  { value: 'fuzzer', label: 'With a fuzzer' },
  { value: 'static_analysis', label: 'With an analyser' },
  { value: 'ai', label: 'An AI model found it, or wrote part of this report' },
];

const exploited: readonly Option[] = [
  { value: 'no', label: 'Not that I know' },
  { value: 'suspected', label: 'I suspect it' },
  { value: 'yes', label: 'Yes' },
];

const already: readonly Option[] = [
  { value: 'no', label: 'Not that I know' },
  { value: 'yes', label: 'Yes' },
];

/** Fields with a meaning of their own, in the order in which they are asked. */
const known: Readonly<Record<string, Known>> = {
  description: { section: 'what', label: 'What is wrong', make: area(8) },
  impact: { section: 'what', label: 'What an attacker gains', make: area(3) },
  component: { section: 'what', label: 'Component', make: line },
  version: { section: 'what', label: 'Version or commit that you tested', make: short },
  exploited: { section: 'what', label: 'Is it being exploited?', make: choice(exploited) },
  already_public: { section: 'what', label: 'Is it public already?', make: choice(already) },
  mitigation: { section: 'what', label: 'What helps without a fix', make: area(3) },
  steps: { section: 'evidence', label: 'Steps, and what happens', make: area(6, true) },
  found_with: { section: 'evidence', label: 'How was it found?', make: choice(foundWith) },
  findings_checked: { section: 'evidence', label: 'I have checked the finding myself', make: tick },
  reproducer: { section: 'evidence', label: 'Reproducer', make: file },
  patch: { section: 'evidence', label: 'Proposed patch', make: file },
  credit_name: { section: 'you', label: 'Name for the credit, as it will be printed', make: line },
  deadline: {
    section: 'you',
    label: 'Your own latest date',
    make: (base) => ({ ...base, help: base.help ?? instantHelp, kind: 'instant' }),
  },
  shared_with: { section: 'you', label: 'Who else knows of it', make: area(2) },
};

const helps: Readonly<Record<string, string>> = {
  description: 'Plain text. A suspicion is enough; one flaw in one report.',
  found_with: 'Nobody is turned away for it. It is published with the record.',
  credit_name: 'Left empty, we ask before anything is published.',
  shared_with: 'Other projects, vendors, lists.',
};

const titleField: Field = {
  kind: 'text',
  name: 'title',
  label: 'Title',
  help: 'One line. It is as secret as the report, and shown to nobody outside before the case is public.',
  required: true,
};

/** Asked where the policy wants a case for each flaw (QEMU-11); nobody is turned away for the answer. */
const flawsField: Field = {
  kind: 'text',
  name: flawCount,
  label: 'How many separate flaws is this?',
  help: 'One report for each is best. If there are several here, give the number, and we split the report.',
  required: false,
  short: true,
};

const reachFields: readonly Field[] = [
  { kind: 'text', name: 'name', label: 'Your name', required: false, help: 'For us alone; the credit is asked apart.' },
  {
    kind: 'text',
    name: 'address',
    label: 'Mail address for answers',
    required: false,
    help: 'Never published. Without one, the link on the next page is the only way back to your report.',
  },
];

/** Asked only where the form starts cases as they are marked; whoever is unsure reports in private (QEMU-14). */
const sensitiveField: Field = {
  kind: 'choice',
  name: 'sensitive',
  label: 'Does this have to stay private until there is a fix?',
  required: true,
  chosen: 'unsure',
  options: [
    { value: 'yes', label: 'Yes', says: 'Only the people who handle reports can read it.' },
    { value: 'unsure', label: 'I am not sure', says: 'It stays private until somebody has looked at it.' },
    { value: 'no', label: 'No, it may be public at once', says: 'Everybody can read it as soon as you send it.' },
  ],
};

function asksSensitive(policy: Policy): boolean {
  const { channels, foundByAi } = policy.intake;
  return foundByAi === 'ask' || channels.some((channel) => channel.kind === 'web' && channel.starts === 'as_marked');
}

/** The questions of the form; files are asked on the next page, because a browser forgets chosen files between pages. */
export function reportFields(policy: Policy): Readonly<Record<ReportSection, readonly Field[]>> {
  const all = namesOf(policy).map((name) => ({ section: sectionOf(name, policy), field: fieldOf(name, policy) }));
  const of = (section: ReportSection) => all.filter((one) => one.section === section && one.field.kind !== 'file').map((one) => one.field);
  return {
    scope: of('scope'),
    what: [titleField, ...of('what'), ...(policy.intake.oneFlawEach === 'required' ? [flawsField] : [])],
    evidence: of('evidence'),
    you: [...of('you'), ...reachFields, ...(asksSensitive(policy) ? [sensitiveField] : [])],
  };
}

/** Every question of the form, in its order. */
export function allFields(policy: Policy): readonly Field[] {
  const { scope, what, evidence, you } = reportFields(policy);
  return [...scope, ...what, ...evidence, ...you];
}

/** The answers that can be corrected before the verdict, with what stands now; one that is left alone stays. */
export function answerFields(policy: Policy, current: Answers): readonly Field[] {
  return answerable(policy)
    .map((name): Field => {
      const now = current[name] ?? '';
      const field: Field = { ...fieldOf(name, policy), name: `answers.${name}`, required: false };
      if (field.kind === 'choice') return { ...field, ...(now === '' ? {} : { chosen: now }) };
      return now === '' ? field : { ...field, help: `Now: ${now.slice(0, 200)}` };
    })
    .filter((field) => field.kind === 'choice' || field.kind === 'text' || field.kind === 'textarea');
}

/** Files of the second page: those the policy names, and any others. */
export function reportFiles(policy: Policy): readonly Field[] {
  const named = namesOf(policy)
    .map((name) => fieldOf(name, policy))
    .filter((field) => field.kind === 'file');
  const { files, megabytes, refused, discouraged } = policy.intake.attachments;
  const limits = [
    `At most ${files} files, none larger than ${megabytes} MB.`,
    ...(refused.length === 0 ? [] : [`Refused: ${refused.join(', ')}.`]),
    ...(discouraged.length === 0 ? [] : [`Please not packed: ${discouraged.join(', ')}.`]),
  ].join(' ');
  return [...named, { kind: 'file', name: 'attachments', label: 'Logs and other files', help: limits, required: false, many: true }];
}

function namesOf(policy: Policy): readonly string[] {
  const { intake, eligibility } = policy;
  const { form } = intake;
  const rules = [...scopeFields(eligibility.scope), ...seasonFields(policy)];
  const wanted = [...new Set(['description', ...rules, ...form.required, ...form.asked])];
  const order = Object.keys(known);
  return [...wanted.filter((name) => known[name] === undefined), ...order.filter((name) => wanted.includes(name))].sort(
    (a, b) => Number(a !== 'description') - Number(b !== 'description'),
  );
}

/** What the scope table looks at is asked first: whoever is out of scope sees it before they have typed everything. */
function sectionOf(name: string, { intake: { form }, eligibility }: Policy): ReportSection {
  if (scopeFields(eligibility.scope).includes(name)) return 'scope';
  return known[name]?.section ?? (form.choices[name] === undefined ? 'evidence' : 'what');
}

function fieldOf(name: string, policy: Policy): Field {
  const { form } = policy.intake;
  const help = [form.help[name] ?? helps[name], name === 'version' ? shownOnSentence(policy) : null]
    .filter((text) => text != null)
    .join(' ');
  const label =
    name === 'findings_checked' ? (form.help[name] ?? known[name]?.label ?? asLabel(name)) : (known[name]?.label ?? asLabel(name));
  const base = {
    name,
    label,
    required: name === 'description' || form.required.includes(name),
    ...(help === '' || help === label ? {} : { help }),
  };
  const choices = form.choices[name];
  if (choices !== undefined) return { ...base, kind: 'choice', options: choices.map((value) => ({ value, label: asLabel(value) })) };
  return (known[name]?.make ?? area(2))(base);
}
