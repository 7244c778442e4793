// SPDX-License-Identifier: Apache-2.0
// How a notice is ordered, and to whom it goes where the case has an owner and where it has none.

import type { CaseState } from '../../model/case.ts';
import type { PersonId } from '../../model/identifiers.ts';
import type { Right } from '../../policy/words.ts';
import type { Addressee } from '../addressee.ts';
import type { Consequence, NoticeName } from '../consequence.ts';

/** Orders a notice that follows from the event at hand. */
export type Notify = (name: NoticeName, to: Addressee) => Consequence;

/** The owner of the case that this one belongs to, or its own: the first of them who is not shut out of it where it is narrowed (L-18). */
export function ownerOr(state: CaseState, right: Right): Addressee {
  const owners = [state.duplicateOf?.owner ?? null, state.owner];
  const owner = owners.find((one) => one !== null && !isShutOut(state, one)) ?? null;
  return owner === null ? { kind: 'right', right } : { kind: 'person', person: owner };
}

function isShutOut({ narrowed, visibility }: CaseState, person: PersonId): boolean {
  return narrowed !== null && visibility === 'private' && !narrowed.people.includes(person);
}
