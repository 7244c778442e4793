// SPDX-License-Identifier: Apache-2.0
// The form of a fold: what one kind of event changes in a case. It reads the envelope only, never content, and never refuses.

import type { ActorMark } from '../../model/actor.ts';
import type { CaseState } from '../../model/case.ts';
import type { Envelope, EventKind, EventOf } from '../../model/event.ts';
import type { PersonId } from '../../model/identifiers.ts';
import type { HeldAs, SpokenAs } from '../../model/word.ts';

/** The properties of the state that the event changes; the others stay. */
export type Fold<Kind extends EventKind> = (state: CaseState, event: Envelope & EventOf<Kind>) => Partial<CaseState>;

/** The folds of one region; evolve.ts puts them together and does not compile when a kind has none. */
export type Folds = { readonly [Kind in EventKind]?: Fold<Kind> };

/** The person behind an event that only persons cause. @throws Error on a log that says otherwise. */
export function person(by: ActorMark): PersonId {
  if (by.kind !== 'person') throw new Error(`an event that only a person causes is marked ${by.kind}`);
  return by.person;
}

/** What its author could speak for, beside the words before; nothing where the event names no roles. */
export function spoken(heldAs: HeldAs | undefined, { by, as }: Envelope & SpokenAs): { readonly heldAs?: HeldAs } {
  return as === undefined ? {} : { heldAs: { ...heldAs, [person(by)]: as } };
}
