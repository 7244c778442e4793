// SPDX-License-Identifier: Apache-2.0
// The fields of a form, as data: the names are those of the API. Components turn them into inputs, doors read them back.

import type { Move } from '../app/migration.ts';

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly says?: string;
}

interface Common {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly required: boolean;
  /** May be sent empty, and has to be filled in before the end: not marked as optional. */
  readonly later?: boolean;
  /** What stands there now, to be written on. */
  readonly stands?: string;
}

export type Field = Common &
  (
    | { readonly kind: 'text'; readonly code?: true; readonly short?: true }
    | { readonly kind: 'textarea'; readonly rows: number; readonly code?: true }
    /** One of them; `chosen` is preselected. */
    | { readonly kind: 'choice'; readonly options: readonly Option[]; readonly chosen?: string }
    /** Any of them; all are preselected where `all` stands. */
    | { readonly kind: 'many'; readonly options: readonly Option[]; readonly all?: true }
    /** Day, hour and zone in one line (moments.ts, readInstant). */
    | { readonly kind: 'instant' }
    | { readonly kind: 'file'; readonly many?: true }
    | { readonly kind: 'tick' }
  );

export interface Problem {
  readonly field: string;
  readonly sentence: string;
}

/** What was typed before, and what is wrong with it. Several values of one name stand on lines of their own. */
export interface Filled {
  readonly values: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

export const untouched: Filled = { values: {}, problems: [] };

/** Id of a field's input: error summaries link to it. */
export function fieldId(form: string, name: string): string {
  return `${form}-${name.replaceAll('.', '-')}`;
}

export const instantHelp = 'Day, hour and zone: 2026-12-02 15:00 UTC, or 2026-12-02 16:00 Europe/Prague.';

export interface ActionForm {
  /** What happens, in a sentence; absent where the label says it all. */
  readonly says?: string;
  /** What becomes another, each as it is and as it would be: shown before it is confirmed. */
  readonly changes?: Move['changes'];
  readonly fields: readonly Field[];
}
