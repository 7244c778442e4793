// SPDX-License-Identifier: Apache-2.0
// The fact on which an embargo ends before its date at one person's word: it stands on record with its evidence, or is recorded with the end (T12).

import type { ActionOf } from '../model/action.ts';
import type { CaseState } from '../model/case.ts';
import type { FactName } from '../model/regions.ts';

type End = ActionOf<'end-embargo'>;

/** What is recorded with an end for this cause; null for one that is agreed on. */
export const factOf: Readonly<Record<End['exit'], Extract<FactName, 'leaked' | 'exploited'> | null>> = {
  early_agreed: null,
  leak: 'leaked',
  exploited: 'exploited',
};

/** Whether the cause is known here. What was known when somebody kept the embargo all the same has had its answer. */
export function isOnRecord({ exit }: Pick<End, 'exit'>, { facts, embargo }: Pick<CaseState, 'facts' | 'embargo'>): boolean {
  const names: readonly FactName[] = exit === 'leak' ? ['leaked', 'exposed'] : exit === 'exploited' ? ['exploited'] : [];
  const answered = (fact: FactName) => embargo.kept.findLast((one) => one.fact === fact)?.at ?? '';
  return facts.some(({ fact, recordedAt }) => names.includes(fact) && recordedAt > answered(fact));
}
