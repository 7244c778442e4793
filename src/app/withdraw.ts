// SPDX-License-Identifier: Apache-2.0
// Taking back a message that still waits for its hold: after that it has left, and this says so.

import type { CaseAction } from '../core/model/action.ts';
import type { PersonActor } from '../core/model/actor.ts';
import type { Event } from '../core/model/event.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import { isRefusal } from '../core/model/refusal.ts';
import { decide } from '../core/process/decide.ts';
import { stillSaid } from '../core/process/still-said.ts';
import { takenBackIn } from '../core/process/unsaid.ts';
import type { Outgoing } from '../ports/store/outbox.ts';
import { actIn } from './act.ts';
import { newContents } from './contents.ts';
import { principalOf } from './principal.ts';
import type { World } from './world.ts';

/**
 * True when the message was waiting and now never leaves, which the log tells; false when it has left, or is not of a case that the actor sees
 * and may handle.
 */
export function withdrawMessage(world: World, actor: PersonActor, id: CaseId, message: string): Promise<boolean> {
  return world.store.as(principalOf(actor), async (transaction) => {
    const record = await transaction.cases.lock(id);
    if (record === undefined) return false;
    const outbox = await transaction.outbox.of(id);
    const log = await transaction.cases.log(id);
    const now = world.clock.now();
    const waiting = outbox.find((one) => one.id === message);
    const action = waiting && takesBack(waiting, log);
    if (waiting === undefined || action === undefined) return false;
    // To a party one message is a mail to each of its members: all are taken back, or none.
    const mails =
      action.kind === 'withdraw-message' ? [waiting] : outbox.filter(({ seq, notice }) => seq === waiting.seq && notice === 'team-wrote');
    // After its hold the page shows it, whether or not the relay took it yet.
    if (mails.some(({ state, heldUntil }) => state !== 'waiting' || heldUntil === null || heldUntil <= now)) return false;
    const { state, policy } = record;
    if (isRefusal(decide(action, { state, policy, actor, now, nextNumber: '' }))) return false;
    // The worker holds the row while it sends: whoever waited for that finds the message gone, and nothing was withdrawn.
    for (const one of mails) if (!(await transaction.outbox.withdraw(one.id))) throw new Error('a message left while it was held');
    const acted = await actIn(world, transaction, actor, id, { action, contents: newContents(world.random) });
    if (isRefusal(acted)) throw new Error('under one lock the same action was permitted and refused');
    return true;
  });
}

type TakesBack = Extract<CaseAction, { readonly kind: 'withdraw-message' | 'withdraw-party-message' }>;

/** The action that takes this mail back; undefined where it carries nobody's words. Words that nobody else is told are closed with it. */
function takesBack({ seq, to, notice }: Outgoing, log: readonly Event[]): TakesBack | undefined {
  const said = log.find((event) => event.seq === seq);
  if (said?.kind === 'party-written-to' && notice === 'team-wrote')
    return { kind: 'withdraw-party-message', party: said.party, message: seq, closes: said.body.id };
  if (said?.kind !== 'message-sent' || notice !== 'message' || to.kind !== 'reporter') return undefined;
  const takenBack = takenBackIn(log);
  const last = said.to.every((participant) => participant === to.participant || takenBack(seq, participant));
  const still = stillSaid(log, seq, to.participant);
  return { kind: 'withdraw-message', message: seq, to: to.participant, still, ...(last ? { closes: said.body.id } : {}) };
}
