// SPDX-License-Identifier: Apache-2.0
// Access to one case: letting somebody in by name, until a date; narrowing to a few; and widening again, which takes two.

import type { PersonId } from '../../model/identifiers.ts';
import { refused } from '../../model/refusal.ts';
import { shifted } from '../../model/time.ts';
import type { Decider } from '../situation.ts';

/** Longest time for which an emergency opens a case, in hours. */
const emergencyHours = 8;

/** Adding twice is adding once, unless the end is another. In an emergency the process adds, for whoever runs the system, and for a few hours. */
export const addPerson: Decider<'add-person'> = ({ person, until, emergency }, { actor, state, now }) => {
  if ((actor.kind === 'process') !== (emergency !== undefined))
    return refused.invalid('reason', 'In an emergency, and in no other case, the process adds somebody.');
  if (emergency !== undefined && (until == null || until > shifted(now, { hours: emergencyHours })))
    return refused.invalid('hours', `An emergency opens a case for ${emergencyHours} hours at most.`);
  if (until != null && until <= now) return refused.invalid('until', 'That instant has passed already.');
  if (state.added.includes(person) && (state.guestsUntil[person] ?? null) === (until ?? null)) return [];
  return [{ kind: 'person-added', person, ...(until == null ? {} : { until }), ...(emergency === undefined ? {} : { emergency }) }];
};

/** Said twice is said once. */
export const decideAgents: Decider<'decide-agents'> = ({ allowed, reason }, { state }) =>
  state.agents?.allowed === allowed ? [] : [{ kind: 'agents-decided', allowed, reason }];

/** The process takes whoever reads a narrowed case no longer from the few; people narrow it further instead. */
export const removePerson: Decider<'remove-person'> = ({ person }, { state, actor }) =>
  state.added.includes(person) || (actor.kind === 'process' && state.narrowed?.people.includes(person))
    ? [{ kind: 'person-removed', person }]
    : refused.invalid('person', 'That person was not added to this case.');

/** Two at least, or nobody could widen it again; and its owner, or nobody would look after it (I8). */
export const narrowAccess: Decider<'narrow-access'> = ({ people, reason }, { state }) => {
  const named = [...new Set(people)];
  if (named.length < 2) return refused.invalid('people', 'Name two people at least: one alone could never widen it again.');
  if (state.owner !== null && !named.includes(state.owner))
    return refused.invalid('people', 'The owner has to be among them; change the owner first.');
  if (!named.every((one) => mayStay(one, state.narrowed?.people)))
    return refused.invalid('people', 'A narrowed case is only narrowed further; to let others in, widen it.');
  return [{ kind: 'access-narrowed', people: named, reason }];
};

function mayStay(person: PersonId, before: readonly PersonId[] | undefined): boolean {
  return before === undefined || before.includes(person);
}

/**
 * One more of the few, by two people who are two: those who read the case, or administrators, where too few of them are left (app/let-in.ts). The
 * case stays narrowed, and nobody lets themselves in.
 */
export const nameReader: Decider<'name-reader'> = ({ person, reason, voice }, { actor, state: { narrowed } }) => {
  if ((actor.kind === 'process') !== (voice !== undefined))
    return refused.invalid('person', 'The process lets somebody in for an administrator, and for nobody else.');
  if (narrowed?.people.includes(person)) return refused.invalid('person', 'They read the case already.');
  if ((actor.kind === 'person' ? actor.person : voice) === person) return refused.invalid('person', 'Nobody lets themselves in.');
  const named = { person, reason, ...(voice === undefined ? {} : { voice }) };
  return [{ kind: narrowed?.naming?.person === person ? 'reader-named' : 'reader-proposed', ...named }];
};

export const proposeWidening: Decider<'propose-widening'> = ({ reason }) => [{ kind: 'widening-proposed', reason }];

export const widenAccess: Decider<'widen-access'> = () => [{ kind: 'access-widened' }];
