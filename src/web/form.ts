// SPDX-License-Identifier: Apache-2.0
// The form of an action: what it says and what it asks, made from the case in front of the reader.

import type { CaseView } from '../app/views.ts';
import type { ActionForm, Field, Option } from './fields.ts';

export type Make = (view: CaseView) => ActionForm;

export const bare: Make = () => ({ fields: [] });

export const reason = (label: string, required = true): Field => ({ kind: 'textarea', name: 'reason', label, rows: 3, required });

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
