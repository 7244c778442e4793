// SPDX-License-Identifier: Apache-2.0
// The situation in which an action is decided: the case, its policy, who asks, and when. Everything a rule may look at.

import type { Action } from '../model/action.ts';
import type { Actor, ActorMark } from '../model/actor.ts';
import { mark } from '../model/actor.ts';
import type { CaseState } from '../model/case.ts';
import type { EventData } from '../model/event.ts';
import { eventVersion } from '../model/event.ts';
import type { CaseId, Role } from '../model/identifiers.ts';
import type { Vendor } from '../model/party.ts';
import type { Refused } from '../model/refusal.ts';
import type { Instant } from '../model/time.ts';
import type { Policy } from '../policy/policy.ts';
import type { Right } from '../policy/words.ts';
import { evolve } from './evolve.ts';
import type { Chosen } from './owners.ts';
import type { Target } from './target.ts';

export interface Situation {
  readonly state: CaseState;
  readonly policy: Policy;
  readonly actor: Actor;
  readonly now: Instant;
  /** The number that the next advisory of this project would get, `LSN-2026-0003`; it is taken when an event says so. */
  readonly nextNumber: string;
  /** The policy that holds now, where it is not the case's own; asked for by migrate-policy alone. */
  readonly target?: Target | undefined;
  /** Who would own the case if it began now; absent where the action begins none, or nobody could. */
  readonly nextOwner?: Chosen;
  /** Who discloses at the same hour, as the roster stands; absent where nobody looked it up. */
  readonly vendors?: readonly Vendor[] | undefined;
  /** How much of what would be opened was found and is not decided; looked through where somebody says go. */
  readonly openFindings?: number;
  /** Whether something in what is said now would be opened, and has to be decided on before that. */
  readonly saysFinding?: boolean;
  /** Cases that are locked together with this one, as far as the actor reads them (partnersOf in steps/duplicates.ts). */
  readonly others?: readonly Other[];
}

/** Another case in the same hands. */
export interface Other {
  readonly state: CaseState;
  readonly policy: Policy;
}

export function otherOf({ others }: Pick<Situation, 'others'>, id: CaseId): Other | undefined {
  return others?.find(({ state }) => state.case === id);
}

export type Decider<Kind extends Action['kind']> = (
  action: Extract<Action, { readonly kind: Kind }>,
  situation: Situation,
) => readonly EventData[] | Refused;

export function rolesOf(actor: Actor): readonly Role[] {
  return actor.kind === 'person' ? actor.roles : [];
}

export function hasRight(situation: Pick<Situation, 'actor' | 'policy'>, right: Right): boolean {
  const { roles } = situation.policy;
  return rolesOf(situation.actor).some((role) => Object.hasOwn(roles, role) && roles[role]?.may.includes(right) === true);
}

/** Who the log says did it: an owner whom the process chose was given the case by the process, and a release that it stopped was not stopped by whoever spoke. */
export function markOf(data: EventData, actor: Actor): ActorMark {
  const byProcess = (data.kind === 'owner-assigned' && data.how !== undefined) || (data.kind === 'release-stopped' && data.found === true);
  return byProcess ? { kind: 'process' } : mark(actor);
}

/** The situation as it is once `events` have happened, for rules that act on the result of the same action. */
export function after(situation: Situation, events: readonly EventData[]): Situation {
  const { now: at, actor } = situation;
  const state = events.reduce(
    (before, data) => evolve(before, { seq: before.version + 1, at, by: markOf(data, actor), v: eventVersion, ...data }),
    situation.state,
  );
  return { ...situation, state };
}
