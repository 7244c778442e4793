// SPDX-License-Identifier: Apache-2.0
// Keeping what was decided: a case, its events, its contents and what must follow from them, in one transaction.

import type { Actor } from '../core/model/actor.ts';
import type { CaseState, PolicyRef } from '../core/model/case.ts';
import type { Event, EventData } from '../core/model/event.ts';
import { eventVersion } from '../core/model/event.ts';
import { closedPieces, destroyedPieces, untouchedRecord } from '../core/model/record.ts';
import type { Instant } from '../core/model/time.ts';
import { guarded } from '../core/policy/access.ts';
import type { Policy } from '../core/policy/policy.ts';
import { consequences } from '../core/process/consequences.ts';
import { nextDeadline } from '../core/process/deadlines.ts';
import { evolve, opened } from '../core/process/evolve.ts';
import { markOf } from '../core/process/situation.ts';
import type { Append, CaseRecord } from '../ports/store/cases.ts';
import type { Transaction } from '../ports/store/store.ts';
import type { Contents } from './contents.ts';
import { usedBy } from './contents.ts';
import { order } from './orders.ts';
import type { World } from './world.ts';

export interface Acted {
  readonly state: CaseState;
  readonly events: readonly Event[];
}

/** Opens a case with its first events. The caller has drawn the id and knows that it is new. */
export async function openIn(
  world: World,
  transaction: Transaction,
  opening: {
    readonly actor: Actor;
    readonly policy: Policy;
    readonly policyRef: PolicyRef;
    readonly events: readonly EventData[];
    readonly contents: Contents;
  },
): Promise<Acted> {
  const now = world.clock.now();
  const [first, ...rest] = stamped(opening.events, opening.actor, now, 0);
  if (first === undefined) throw new Error('a case opens with an event');
  const state = rest.reduce(evolve, opened(first));
  const events = [first, ...rest];
  await transaction.cases.open(state.case, opening.policyRef, addition(null, state, opening.policy, events, opening.contents));
  await order(world, transaction, state.case, consequences(events, state, opening.policy), now);
  return { state, events };
}

/** Adds events to a case that this transaction has locked. Contents that none of them refers to stay away. */
export async function keep(
  world: World,
  transaction: Transaction,
  record: CaseRecord,
  events: readonly Event[],
  contents: Contents,
  now: Instant,
): Promise<Acted> {
  const { policy } = record;
  const state = events.reduce(evolve, record.state);
  await transaction.cases.append(state.case, addition(record.state, state, policy, events, contents));
  await order(world, transaction, state.case, consequences(events, state, policy), now);
  return { state, events };
}

/** Events with their places in a log of `version` events. */
export function stamped(data: readonly EventData[], actor: Actor, at: Instant, version: number): readonly Event[] {
  return data.map((one, index): Event => ({ seq: version + index + 1, at, by: markOf(one, actor), v: eventVersion, ...one }));
}

function addition(before: CaseState | null, state: CaseState, policy: Policy, events: readonly Event[], contents: Contents): Append {
  const used = usedBy(events, contents);
  return {
    events,
    state,
    guarded: guarded(state, policy),
    nextDeadline: nextDeadline(state, policy),
    contents: used.texts,
    attachments: used.files,
    ...settled(before, state),
  };
}

/** What these events close to everybody outside, open again, or destroy. */
function settled(before: CaseState | null, after: CaseState): Pick<Append, 'pieces'> {
  const record = before?.record ?? untouchedRecord;
  if (record === after.record) return {};
  const [was, is] = [closedPieces(record), closedPieces(after.record)];
  const gone = destroyedPieces(record);
  return {
    pieces: {
      closed: [...is].filter((piece) => !was.has(piece)),
      opened: [...was].filter((piece) => !is.has(piece)),
      destroyed: [...destroyedPieces(after.record)].filter((piece) => !gone.has(piece)),
    },
  };
}
