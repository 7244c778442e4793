// SPDX-License-Identifier: Apache-2.0
// The form of an action, as data that depends on the case it is shown for.

import type { Move } from '../app/migration.ts';
import type { CaseView } from '../app/views.ts';
import type { Field, Option } from './fields.ts';

export interface ActionForm {
  /** What happens, in a sentence; absent where the label says it all. */
  readonly says?: string;
  /** What becomes another, each as it is and as it would be: shown before it is confirmed. */
  readonly changes?: Move['changes'];
  /** What is read before it is sent: rules, or the text of a request. */
  readonly reads?: readonly { readonly to: string; readonly text: string }[];
  readonly fields: readonly Field[];
}

export type Make = (view: CaseView) => ActionForm;

export const bare: Make = () => ({ fields: [] });

export const reason = (label: string, required = true): Field => ({ kind: 'textarea', name: 'reason', label, rows: 3, required });

/** A choice that nobody has made yet, also where there is only one: nobody is told because they stand alone on a list (P24). */
export function unchosen(name: string, label: string, choices: readonly Option[]): Field {
  return { kind: 'choice', name, label, required: true, options: choices };
}

/** A choice whose only option is chosen already. */
export function one(name: string, label: string, choices: readonly Option[]): Field {
  const [only, ...rest] = choices;
  return {
    kind: 'choice',
    name,
    label,
    required: true,
    options: choices,
    ...(only !== undefined && rest.length === 0 ? { chosen: only.value } : {}),
  };
}

/** A word or a name on one line. */
export const text = (name: string, label: string, help: string, required = true): Field => ({
  kind: 'text',
  name,
  label,
  help,
  required,
  code: true,
  short: true,
});
