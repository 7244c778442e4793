// SPDX-License-Identifier: Apache-2.0
// Two persons are two people: who has given the first word that an action seconds.

import type { Action } from '../model/action.ts';
import type { CaseState } from '../model/case.ts';
import type { PersonId, Role } from '../model/identifiers.ts';
import type { HeldAs } from '../model/word.ts';
import type { Policy } from '../policy/policy.ts';
import { asksToPublish } from './review.ts';

/** How many other people have to say so beside the first before a case is published, or its embargo lifted early. */
export function wordsBeside(reviews: Policy['reviews']): number {
  return asksToPublish(reviews).length - 1;
}

/** Who recorded the numbers that no version names yet, each person once; a number of before the first version was recorded for no role. */
export function lateNumbers({
  flaws,
  advisory,
}: Pick<CaseState, 'flaws' | 'advisory'>): readonly { readonly by: PersonId; readonly as: readonly Role[] }[] {
  const roles = new Map<PersonId, readonly Role[]>();
  for (const { number, numberedBy, numberedAs = [] } of flaws)
    if (number !== null && numberedBy !== null && !advisory.numbers.includes(number))
      roles.set(numberedBy, [...new Set([...(roles.get(numberedBy) ?? []), ...numberedAs])]);
  return [...roles].map(([by, as]) => ({ by, as }));
}

/** Who has given the first word that this action seconds. */
export function saidBefore(action: Action, { bundle, unfixed, flaws, advisory, disclosure, embargo }: CaseState): readonly PersonId[] {
  switch (action.kind) {
    // What ends it by a fact needs nobody's second word.
    case 'end-embargo':
      return action.exit === 'early_agreed' ? embargo.ending : [];
    // To publish now that it was found again is a choice; who says no seconds nobody.
    case 'answer-rediscovery':
      return action.publish ? embargo.ending : [];
    case 'agree-bundle':
      return bundle?.agreedBy ?? [];
    case 'announce-unfixed':
      return unfixed?.approvedBy ?? [];
    case 'add-late-number':
      return lateNumbers({ flaws, advisory }).map(({ by }) => by);
    default:
      return disclosure.approvedBy;
  }
}

/** For whom they spoke, where the policy asks roles. */
export function heldBefore(action: Action, state: CaseState): HeldAs | undefined {
  const { bundle, unfixed, disclosure, embargo } = state;
  switch (action.kind) {
    case 'agree-bundle':
      return bundle?.heldAs;
    case 'add-late-number':
      return Object.fromEntries(lateNumbers(state).map(({ by, as }) => [by, as]));
    case 'end-embargo':
    case 'answer-rediscovery':
      return embargo.heldAs;
    case 'announce-unfixed':
      return unfixed?.heldAs;
    default:
      return disclosure.heldAs;
  }
}
