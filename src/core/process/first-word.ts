// SPDX-License-Identifier: Apache-2.0
// Two persons are two people: who has given the first word that an action seconds.

import type { Action } from '../model/action.ts';
import type { CaseState } from '../model/case.ts';
import type { PersonId } from '../model/identifiers.ts';

/** Who has given the first word that this action seconds. */
export function saidBefore({ kind }: Action, { bundle, unfixed, flaws, advisory, disclosure }: CaseState): readonly PersonId[] {
  switch (kind) {
    case 'agree-bundle':
      return bundle?.agreedBy ?? [];
    case 'announce-unfixed':
      return unfixed?.approvedBy ?? [];
    case 'add-late-number':
      return flaws.flatMap(({ number, numberedBy }) =>
        number === null || numberedBy === null || advisory.numbers.includes(number) ? [] : [numberedBy],
      );
    default:
      return disclosure.approvedBy;
  }
}
