// SPDX-License-Identifier: Apache-2.0
// What asks for a fresh proof: a property of the action's row, and whatever makes a private case public. Asked once all else is settled, so that nobody proves in vain.

import type { ActionKind } from '../../core/model/action.ts';
import type { Actor } from '../../core/model/actor.ts';
import type { CaseState } from '../../core/model/case.ts';
import type { Event } from '../../core/model/event.ts';
import type { Refused } from '../../core/model/refusal.ts';
import { refused } from '../../core/model/refusal.ts';
import type { Instant } from '../../core/model/time.ts';
import { evolve } from '../../core/process/evolve.ts';
import { rowOf } from '../../core/process/table.ts';
import { isFresh } from './sessions.ts';

/** Undefined where no proof is asked, or it is fresh. Reporters and the process have no session: what they may do is theirs by its own rules. */
export function proofMissing(
  actor: Actor,
  kind: ActionKind,
  state: CaseState,
  events: readonly Event[],
  now: Instant,
): Refused | undefined {
  if (actor.kind !== 'person') return undefined;
  const opens = state.visibility === 'private' && events.reduce(evolve, state).visibility === 'public';
  if (rowOf(kind).stepUp !== true && !opens) return undefined;
  if (actor.proof.by === 'token') return refused.notPermitted('No token does this: a person does, signed in.');
  if (isFresh(actor, now)) return undefined;
  return refused.proveAgain('This publishes, moves a date or lets somebody in. Prove once more that it is you.');
}
