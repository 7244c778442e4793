// SPDX-License-Identifier: Apache-2.0
// Sending what stands in the outbox: each message is written when it is sent (letters.ts), tried again when the relay fails, and tried by one worker alone.

import type { ProcessActor } from '../core/model/actor.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
import type { Instant } from '../core/model/time.ts';
import { shifted } from '../core/model/time.ts';
import { rolesWith } from '../core/policy/policy.ts';
import { OutsideFailure } from '../ports/failure.ts';
import type { OutgoingMail } from '../ports/relay.ts';
import type { Member } from '../ports/store/accounts.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { Outgoing } from '../ports/store/outbox.ts';
import type { Transaction } from '../ports/store/store.ts';
import { actIn } from './act.ts';
import { newContents } from './contents.ts';
import { digestFor, turnOf } from './digest.ts';
import { base32 } from './encoding.ts';
import { written } from './letters.ts';
import { addresseeKey } from './orders.ts';
import { groupOf } from './recipients.ts';
import type { World } from './world.ts';

/** When the owner has left, or lost the sight of the case, these go to everybody who could take it up: a case is never without one (I8, P1). */
const meantForTheOwner: readonly Outgoing['notice'][] = [
  'reminder',
  'answer-arrived',
  'case-assigned',
  'found-again',
  'credit-requested',
  'release-stopped',
];

/** Tries one message. The row stays locked until the outcome is kept, so that no two workers send it. */
export async function sendOne(world: World, project: ProjectId, id: string): Promise<void> {
  await world.store.as({ kind: 'process', project }, async (transaction) => {
    const outgoing = await transaction.outbox.take(id);
    if (outgoing === undefined) return;
    const record = await transaction.cases.find(outgoing.case);
    if (record === undefined) return transaction.outbox.finish(id, 'cancelled', world.clock.now(), 'the case is gone');
    const { to } = outgoing;
    const group = await groupOf(transaction, outgoing, record);
    if (group !== undefined) return expand(world, transaction, outgoing, record, group);
    const mail = await written(world, transaction, project, outgoing, record);
    if (mail === undefined && to.kind === 'person' && meantForTheOwner.includes(outgoing.notice))
      return expand(world, transaction, outgoing, record, await transaction.accounts.membersIn(rolesWith(record.policy, 'handle')));
    if (mail === undefined)
      return transaction.outbox.finish(id, 'cancelled', world.clock.now(), 'nobody to send it to, or no longer entitled');
    const turn = await turnOf(world, transaction, outgoing, record);
    if (turn.kind === 'later') return transaction.outbox.defer(id, turn.at);
    if (turn.kind === 'now' || to.kind !== 'person') return deliver(world, transaction, project, outgoing, mail);
    const digest = await digestFor(world, transaction, project, to.person, { outgoing, record, mail });
    await deliver(world, transaction, project, outgoing, digest.mail, digest.ids);
  });
}

/** One message for a group becomes one for each member who holds the right now (L-36). */
async function expand(world: World, transaction: Transaction, outgoing: Outgoing, record: CaseRecord, members: readonly Member[]) {
  for (const member of members) {
    const to = { kind: 'person', person: member.person } as const;
    const key = `${outgoing.seq}:${outgoing.notice}:${addresseeKey(to)}`;
    await transaction.outbox.put({
      id: base32(world.random(16)),
      case: record.state.case,
      key,
      notice: outgoing.notice,
      to,
      seq: outgoing.seq,
      askedAt: world.clock.now(),
      heldUntil: null,
    });
  }
  await transaction.outbox.finish(outgoing.id, 'sent', world.clock.now(), `to ${members.length} members`);
  if (members.length > 0) await transaction.jobs.enqueue({ task: 'tick' }, 'tick');
}

/** `ids`: of the messages that the mail stands for. One that fails is tried again alone, and gathers anew. */
async function deliver(
  world: World,
  transaction: Transaction,
  project: ProjectId,
  outgoing: Outgoing,
  mail: OutgoingMail,
  ids: readonly string[] = [outgoing.id],
): Promise<void> {
  try {
    const outcome = await world.relay.send(mail);
    for (const id of ids) await transaction.outbox.finish(id, 'sent', world.clock.now(), outcome);
    if (outgoing.to.kind === 'list') await confirmWhenAllSent(world, transaction, project, outgoing, outgoing.to.channel);
  } catch (failure) {
    if (!(failure instanceof OutsideFailure)) throw failure;
    const now = world.clock.now();
    world.log('mail-failed', { outgoing: outgoing.id, lasting: failure.lasting, attempts: outgoing.attempts + 1 });
    if (failure.lasting === 'permanent') return transaction.outbox.finish(outgoing.id, 'failed', now, failure.message);
    await transaction.outbox.postpone(outgoing.id, retryAt(now, outgoing.attempts), failure.message);
  }
}

/** 10 s, 20 s, 40 s … up to an hour. */
function retryAt(now: Instant, attempts: number): Instant {
  return shifted(now, { seconds: Math.min(3600, 10 * 2 ** Math.min(attempts, 9)) });
}

/** The channel is confirmed in the transaction that keeps the last of its messages as sent. */
async function confirmWhenAllSent(
  world: World,
  transaction: Transaction,
  project: ProjectId,
  outgoing: Outgoing,
  channel: string,
): Promise<void> {
  // Two workers may send the last two mails at once: under the lock the second sees what the first has done.
  await transaction.cases.lock(outgoing.case);
  const all = await transaction.outbox.of(outgoing.case);
  const open = all.some((one) => one.to.kind === 'list' && one.to.channel === channel && one.state !== 'sent');
  if (open) return;
  const process: ProcessActor = { kind: 'process', project };
  await actIn(world, transaction, process, outgoing.case, {
    action: { kind: 'confirm-channel', channel, evidence: null },
    contents: newContents(world.random),
  });
}
