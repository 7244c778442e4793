// SPDX-License-Identifier: Apache-2.0
// Taking back a message that still waits for its hold: after that it has left, and this says so.

import type { PersonActor } from '../core/model/actor.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import { principalOf } from './principal.ts';
import type { World } from './world.ts';

/** True when the message was waiting and now never leaves; false when it has left, or is not of a case that the actor sees. */
export function withdrawMessage(world: World, actor: PersonActor, id: CaseId, message: string): Promise<boolean> {
  return world.store.as(principalOf(actor), async (transaction) => {
    const record = await transaction.cases.lock(id);
    if (record === undefined) return false;
    const mine = (await transaction.outbox.of(id)).some((outgoing) => outgoing.id === message && outgoing.notice === 'message');
    return mine && transaction.outbox.withdraw(message);
  });
}
