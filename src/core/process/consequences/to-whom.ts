// SPDX-License-Identifier: Apache-2.0
// How a notice is ordered, and to whom it goes where the case has an owner and where it has none.

import type { CaseState } from '../../model/case.ts';
import type { Right } from '../../policy/words.ts';
import type { Addressee } from '../addressee.ts';
import type { Consequence, NoticeName } from '../consequence.ts';

/** Orders a notice that follows from the event at hand. */
export type Notify = (name: NoticeName, to: Addressee) => Consequence;

export function ownerOr(state: CaseState, right: Right): Addressee {
  const owner = state.duplicateOf?.owner ?? state.owner;
  return owner === null ? { kind: 'right', right } : { kind: 'person', person: owner };
}
