// SPDX-License-Identifier: Apache-2.0
// What the actions ask by which people judge: eligibility with its answers, class, severity with its scores, and their own credit.

import { answersOf } from '../app/eligibility.ts';
import type { CaseView } from '../app/views.ts';
import type { ActionKind } from '../core/model/action.ts';
import type { Field } from './fields.ts';
import type { ActionForm } from './form.ts';
import * as options from './options.ts';
import { answerFields } from './report-fields.ts';

type Kind = Extract<ActionKind, 'decide-eligibility' | 'correct-answers' | 'set-class' | 'assess-severity' | 'decide-own-credit'>;

const short = (name: string, label: string, help: string): Field => ({
  kind: 'text',
  name,
  label,
  help,
  required: false,
  code: true,
  short: true,
});

/** The level, and beside it what somebody worked out; `severity.` stands before each name. */
export function severityFields({ policy: { severity } }: CaseView, required: boolean): readonly Field[] {
  return [
    {
      kind: 'choice',
      name: 'severity.level',
      label: 'Severity',
      required,
      options: severity.scale.map((level) => ({ value: level, label: level })),
    },
    ...(severity.scores.some((score) => score !== 'ssvc')
      ? [short('severity.vector', 'Vector', 'A CVSS vector, where somebody has worked one out. It is scored, and shown with your name.')]
      : []),
    short('severity.cwes', 'Weaknesses', 'CWE ids or names, where they are known: CWE-787, CWE-125.'),
    ...(severity.scores.includes('ssvc')
      ? [{ kind: 'choice', name: 'severity.ssvc', label: 'SSVC decision', required: false, options: options.ssvc } as const]
      : []),
  ];
}

export const judgementForms: Readonly<Record<Kind, (view: CaseView) => ActionForm>> = {
  'decide-eligibility': (view) => ({
    says: 'Out of scope and elsewhere: the reporter is told the verdict, and reads your reason.',
    fields: [
      options.verdict(view),
      ...options.scopeRules(view),
      {
        kind: 'text',
        name: 'target',
        label: 'Project that it belongs to',
        help: 'Only where it belongs elsewhere. The reporter is told, and asked whether the report may be passed on.',
        required: false,
      },
      {
        kind: 'textarea',
        name: 'reason',
        label: 'Reason',
        rows: 3,
        required: true,
        help: 'A sentence that makes sense to its reporter. Against what the table proposes, it says why.',
      },
    ],
  }),
  'correct-answers': (view) => ({
    says: 'The scope table is asked again, and what it proposes then is kept.',
    fields: answerFields(view.policy, answersOf(view.state, view.texts)),
  }),
  'set-class': (view) => ({
    says: 'A class that is handled in the open makes the case public at once, and its embargo ends.',
    fields: options.classes(view, true),
  }),
  'assess-severity': (view) => ({
    fields: severityFields(view, true).map((field) => ({ ...field, name: field.name.replace('severity.', '') })),
  }),
  'decide-own-credit': (view) => ({
    says: 'As the advisory will name you for your part in this case.',
    fields: [
      { kind: 'choice', name: 'as', label: 'Part', required: true, options: options.parts(view) },
      { kind: 'choice', name: 'decision', label: 'Credit', required: true, options: options.credits },
      { kind: 'text', name: 'name', label: 'Name as it will be printed', required: false },
    ],
  }),
};
