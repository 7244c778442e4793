// SPDX-License-Identifier: Apache-2.0
// Consequences become orders to the worker: messages in the outbox, jobs in the queue, in the transaction of the events that ask for them.

import type { CaseId } from '../core/model/identifiers.ts';
import type { Instant } from '../core/model/time.ts';
import { shifted } from '../core/model/time.ts';
import type { Addressee } from '../core/process/addressee.ts';
import type { Consequence } from '../core/process/consequence.ts';
import type { Transaction } from '../ports/store/store.ts';
import { base32 } from './encoding.ts';
import type { World } from './world.ts';

/** How long a message that a person wrote waits before it leaves, so that it can be taken back. */
export const holdSeconds = 60;

/** Whether what was said then may still be taken back. */
export function isHeld({ at }: { readonly at: Instant }, now: Instant): boolean {
  return shifted(at, { seconds: holdSeconds }) > now;
}

export async function order(
  world: World,
  transaction: Transaction,
  id: CaseId,
  consequences: readonly Consequence[],
  now: Instant,
): Promise<void> {
  for (const consequence of consequences) await orderOne(world, transaction, id, consequence, now);
  if (consequences.some((one) => one.kind === 'send-notice' && !one.held)) await transaction.jobs.enqueue({ task: 'tick' }, 'tick');
}

async function orderOne(world: World, transaction: Transaction, id: CaseId, consequence: Consequence, now: Instant): Promise<void> {
  switch (consequence.kind) {
    case 'send-notice':
      return transaction.outbox.put({
        id: base32(world.random(16)),
        case: id,
        key: `${consequence.seq}:${consequence.notice}:${addresseeKey(consequence.to)}`,
        notice: consequence.notice,
        to: consequence.to,
        seq: consequence.seq,
        askedAt: now,
        heldUntil: consequence.held ? shifted(now, { seconds: holdSeconds }) : null,
      });
    case 'prepare-publication':
      return transaction.jobs.enqueue({ task: 'prepare-publication', case: id }, `prepare-publication:${id}`);
    case 'check-patch':
      return transaction.jobs.enqueue({ task: 'check-patch', case: id, file: consequence.file }, `check-patch:${consequence.file}`);
    case 'publish-site':
    case 'publish-notices':
    case 'announce':
      return transaction.jobs.enqueue(
        { task: consequence.kind, case: id, channel: consequence.channel },
        `${consequence.kind}:${id}:${consequence.channel}`,
      );
  }
}

export function addresseeKey(to: Addressee): string {
  switch (to.kind) {
    case 'reporter':
      return `reporter:${to.participant}`;
    case 'person':
      return `person:${to.person}`;
    case 'role':
      return `role:${to.role}`;
    case 'right':
      return `right:${to.right}`;
    case 'address':
      return `address:${to.address}`;
    case 'asked':
    case 'readers':
    case 'administrators':
      return to.kind;
  }
}
