// SPDX-License-Identifier: Apache-2.0
// Access, folded: who was let in beside the roles of the policy, until when, and whether the case is narrowed to a few.

import type { CaseState } from '../../model/case.ts';
import type { PersonId } from '../../model/identifiers.ts';
import type { Narrowed } from '../../model/narrowed.ts';
import type { Folds } from './fold.ts';
import { person } from './fold.ts';

export const accessFolds = {
  'person-added': (state, event) => ({
    added: [...without(state, event.person), event.person],
    guestsUntil: { ...endless(state, event.person), ...(event.until === undefined ? {} : { [event.person]: event.until }) },
  }),
  'person-removed': (state, event) => ({
    added: without(state, event.person),
    guestsUntil: endless(state, event.person),
    narrowed: state.narrowed && withoutReader(state.narrowed, event.person),
  }),
  'access-narrowed': (_, event) => ({ narrowed: { people: event.people, by: person(event.by), at: event.at, wideningBy: null } }),
  'reader-proposed': ({ narrowed }, { person: named, voice, by, at }) => ({
    narrowed: narrowed && { ...narrowed, naming: { person: named, by: voice ?? person(by), at } },
  }),
  'reader-named': ({ narrowed }, event) => {
    if (narrowed === null) return {};
    const { naming: _, ...before } = narrowed;
    return { narrowed: { ...before, people: [...before.people, event.person] } };
  },
  'widening-proposed': (state, event) => ({ narrowed: state.narrowed && { ...state.narrowed, wideningBy: person(event.by) } }),
  'access-widened': () => ({ narrowed: null }),
} satisfies Folds;

function without({ added }: CaseState, one: PersonId): readonly PersonId[] {
  return added.filter((other) => other !== one);
}

/** Whoever is among the few goes with what let them read: an invitation, or a role; so does what they asked for and nobody has seconded. */
function withoutReader(narrowed: Narrowed, one: PersonId): Narrowed {
  const { naming, wideningBy, people, ...others } = narrowed;
  const left = { ...others, people: people.filter((other) => other !== one), wideningBy: wideningBy === one ? null : wideningBy };
  return naming === undefined || naming.by === one || naming.person === one ? left : { ...left, naming };
}

function endless({ guestsUntil }: CaseState, one: PersonId): CaseState['guestsUntil'] {
  return Object.fromEntries(Object.entries(guestsUntil).filter(([other]) => other !== one));
}
