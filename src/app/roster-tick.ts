// SPDX-License-Identifier: Apache-2.0
// What is due about people: roles that end or lapse, warnings, and the mail that tells of it.

import type { PersonId, ProjectId } from '../core/model/identifiers.ts';
import { shifted } from '../core/model/time.ts';
import { nextForPerson } from '../core/people/deadlines.ts';
import { rolesWith } from '../core/policy/policy.ts';
import { toPerson } from '../notices/to-person.ts';
import { OutsideFailure } from '../ports/failure.ts';
import type { PersonMessage, RosterEntry } from '../ports/store/roster.ts';
import type { Transaction } from '../ports/store/store.ts';
import { base32 } from './encoding.ts';
import { actOnPersonIn } from './roster.ts';
import type { World } from './world.ts';

/** Takes the one step that is due for this person. */
export async function tickPerson(world: World, project: ProjectId, person: PersonId): Promise<void> {
  await world.store.as({ kind: 'process', project }, async (transaction) => {
    const entry = await transaction.roster.person(person);
    const { policy } = await transaction.policies.active();
    const next = entry && nextForPerson(entry.state, policy);
    if (next === undefined || next.at > world.clock.now()) return;
    await actOnPersonIn(world, transaction, project, { kind: 'process' }, { person, action: next.action });
  });
}

/** Tries one message about a person. Its row stays locked until the outcome is kept, so that no two workers send it. */
export async function sendToPerson(world: World, project: ProjectId, id: string): Promise<void> {
  await world.store.as({ kind: 'process', project }, async (transaction) => {
    const { mail } = transaction.roster;
    const message = await mail.take(id);
    if (message === undefined) return;
    const entry = await transaction.roster.person(message.person);
    const address = entry?.details.address ?? null;
    if (entry === undefined || address === null || !(await stillTheirs(transaction, message, entry)))
      return mail.finish(id, 'cancelled', world.clock.now(), 'nobody to send it to, or no longer entitled');
    await deliver(world, transaction, project, message, { name: entry.details.name, address });
  });
}

/** What is for those who may admit goes to nobody who has lost that right since (L-12). */
async function stillTheirs(
  { accounts, policies }: Transaction,
  { notice, person }: PersonMessage,
  { state }: RosterEntry,
): Promise<boolean> {
  const forAdmitters = ['application-arrived', 'application-vouched', 'confirmation-asked'].includes(notice);
  if (!forAdmitters) return state.standing !== 'declined' || notice === 'application-declined';
  const { policy } = await policies.active();
  return (await accounts.membersIn(rolesWith(policy, 'admit'))).some((one) => one.person === person);
}

async function deliver(
  world: World,
  { roster: { mail }, policies }: Transaction,
  project: ProjectId,
  { id, notice, attempts }: PersonMessage,
  to: { readonly name: string; readonly address: string },
): Promise<void> {
  const { policy } = await policies.active();
  const { subject, text } = toPerson(notice, { title: policy.title, url: `${world.baseUrl}/${project}/people` });
  const from = world.sender(project);
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  const messageId = `<${base32(world.derive('message-id', id).subarray(0, 16))}@${domain}>`;
  const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };
  const now = world.clock.now();
  try {
    await mail.finish(
      id,
      'sent',
      now,
      await world.relay.send({ messageId, date: now, from, to, envelopeFrom: null, subject, text, headers }),
    );
  } catch (failure) {
    if (!(failure instanceof OutsideFailure)) throw failure;
    world.log('mail-failed', { outgoing: id, lasting: failure.lasting, attempts: attempts + 1 });
    if (failure.lasting === 'permanent') return mail.finish(id, 'failed', now, failure.message);
    await mail.postpone(id, shifted(now, { seconds: Math.min(3600, 10 * 2 ** Math.min(attempts, 9)) }), failure.message);
  }
}
