// SPDX-License-Identifier: Apache-2.0
// Voices: in whose names an actor agrees to a date, and who still moves one once a party was told.

import type { Actor, ActorMark } from '../model/actor.ts';
import type { CaseState } from '../model/case.ts';
import type { Voice } from '../model/embargo.ts';
import type { Role } from '../model/identifiers.ts';
import type { Instant } from '../model/time.ts';
import { wordsBeside } from './first-word.ts';
import { admittedTo, toldParties, voiceOf } from './parties.ts';
import type { Situation } from './situation.ts';
import { hasRight, rolesOf } from './situation.ts';

type Asked = Pick<Situation, 'actor' | 'policy' | 'state'>;

/** Stands in a request for whoever holds that right: a reporter or a party asks for an embargo, and somebody grants it (QEMU-50). */
export const granter = 'set_embargo' as Role;

/** Once a party was told and a date stands, others plan by it (P22). */
function isLate(state: CaseState): boolean {
  return state.embargo.until !== null && toldParties(state).length > 0;
}

/** Whether the actor may move a date that parties plan by. */
export function changesLate({ actor, policy, state }: Asked): boolean {
  if (!isLate(state)) return true;
  const allowed: readonly string[] = policy.embargo.lateChangesBy;
  return actor.kind === 'reporter' ? allowed.includes('reporter') : rolesOf(actor).some((role) => allowed.includes(role));
}

/** Whether the actor grants what others ask for. */
export function grants(situation: Asked): boolean {
  return hasRight(situation, 'set_embargo') && changesLate(situation);
}

/** Every name in which the actor speaks: a reporter for the reporters, a member for each of their roles and parties. */
export function allVoices(situation: Asked): readonly Voice[] {
  const { actor, state } = situation;
  if (actor.kind === 'reporter') return ['reporter'];
  return [...rolesOf(actor), ...(grants(situation) ? [granter] : []), ...admittedTo(actor, state).map(voiceOf)];
}

/** Those among them that are asked. */
export function voices(situation: Asked, asked: readonly Voice[]): readonly Voice[] {
  return allVoices(situation).filter((voice) => asked.includes(voice));
}

/** Whether the embargo would end sooner than agreed, which takes more than one person where a publication does. */
export function liftsEarly(until: Instant, { state, policy }: Pick<Asked, 'state' | 'policy'>): boolean {
  return state.embargo.until !== null && until < state.embargo.until && wordsBeside(policy.reviews) > 0;
}

/** The voices of the actor that the open proposal still waits for. Who proposed an earlier date does not grant it as well. */
export function voicesAsked(situation: Asked): readonly Voice[] {
  const { proposal } = situation.state.embargo;
  if (proposal === null) return [];
  const { awaits, agreed, askedBy, until } = proposal;
  const own = isBy(situation.actor, askedBy) && liftsEarly(until, situation);
  return voices(situation, awaits).filter((voice) => !agreed.includes(voice) && !(own && voice === granter));
}

function isBy(actor: Actor, mark: ActorMark): boolean {
  return actor.kind === 'person' && mark.kind === 'person' && mark.person === actor.person;
}
