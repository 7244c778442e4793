// SPDX-License-Identifier: Apache-2.0
// Taking back a message that still waits for its hold: after that it has left, and this says so.

import type { PersonActor } from '../core/model/actor.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import { isRefusal } from '../core/model/refusal.ts';
import { decide } from '../core/process/decide.ts';
import { stillSaid } from '../core/process/still-said.ts';
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
    const waiting = record && (await transaction.outbox.of(id)).find((one) => one.id === message && one.notice === 'message');
    if (record === undefined || waiting?.state !== 'waiting' || waiting.to.kind !== 'reporter') return false;
    const { participant: to } = waiting.to;
    const still = stillSaid(await transaction.cases.log(id), waiting.seq, to);
    const action = { kind: 'withdraw-message', message: waiting.seq, to, still } as const;
    const { state, policy } = record;
    if (isRefusal(decide(action, { state, policy, actor, now: world.clock.now(), nextNumber: '' }))) return false;
    // The worker holds the row while it sends: whoever waited for that finds the message gone, and nothing was withdrawn.
    if (!(await transaction.outbox.withdraw(message))) return false;
    const acted = await actIn(world, transaction, actor, id, { action, contents: newContents(world.random) });
    if (isRefusal(acted)) throw new Error('under one lock the same action was permitted and refused');
    return true;
  });
}
