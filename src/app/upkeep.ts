// SPDX-License-Identifier: Apache-2.0
// What a project needs that belongs to no case: the end of its security.txt, and mail about the project as a whole.

import type { PersonActor } from '../core/model/actor.ts';
import type { PersonId, ProjectId } from '../core/model/identifiers.ts';
import type { Instant } from '../core/model/time.ts';
import { dated, shifted } from '../core/model/time.ts';
import { administrator } from '../core/process/owners.ts';
import { concernedBy, mayLookAtChanges } from '../core/process/policy-change.ts';
import { toProject } from '../notices/to-project.ts';
import { OutsideFailure } from '../ports/failure.ts';
import type { OutgoingMail } from '../ports/relay.ts';
import type { ProjectMessage } from '../ports/store/project-mail.ts';
import type { Transaction } from '../ports/store/store.ts';
import { base32 } from './encoding.ts';
import { expiresAt, firstWarning, stageOf } from './security-txt.ts';
import type { World } from './world.ts';

const batch = 100;

export async function tickProject(world: World, project: ProjectId): Promise<void> {
  const process = { kind: 'process', project } as const;
  await world.store.as(process, (transaction) => callBeforeExpiry(world, transaction));
  const keys = await world.store.as(process, ({ projectMail }) => projectMail.due(world.clock.now(), batch));
  for (const key of keys) await world.store.as(process, (transaction) => send(world, transaction, project, key));
}

/** RFC 9116 section 2.5.5: whoever keeps the file says in time that it is still true. Each stage is told once, also after a time of being down. */
async function callBeforeExpiry(world: World, { policies, accounts, projectMail }: Transaction): Promise<void> {
  const now = world.clock.now();
  const confirmed = await policies.confirmedAt();
  if (confirmed === null) return;
  const expires = expiresAt(confirmed);
  if (now < firstWarning(expires)) return;
  const stage = stageOf(expires, now);
  const isTold = async () =>
    (await policies.steps()).some((step) => step.kind === 'security-txt-called' && step.expires === expires && step.stage === stage);
  if (stage === undefined || (await isTold())) return;
  await policies.lock();
  if (await isTold()) return;
  const roles = [...concernedBy(await policies.active()), administrator];
  await policies.record([{ kind: 'security-txt-called', at: now, expires, stage }]);
  for (const { person } of await accounts.membersIn(roles))
    await projectMail.put({ key: `security-txt:${expires}:${stage}:${person}`, notice: 'security-txt-expires', person, askedAt: now });
}

/** Somebody who may change the policy says that security.txt is still true. @returns its new end; undefined for everybody else. */
export function renewSecurityTxt(world: World, actor: PersonActor): Promise<Instant | undefined> {
  return world.store.as({ kind: 'process', project: actor.project }, async ({ policies }) => {
    await policies.lock();
    if (!mayLookAtChanges(actor, await policies.active())) return undefined;
    const at = world.clock.now();
    await policies.record([{ kind: 'security-txt-renewed', at, by: actor.person }]);
    await policies.confirm(at);
    return expiresAt(at);
  });
}

async function send(world: World, { accounts, policies, projectMail }: Transaction, project: ProjectId, key: string): Promise<void> {
  const message = await projectMail.take(key);
  if (message === undefined) return;
  const member = await accounts.member(message.person);
  const { policy, confirmedAt } = await policies.active();
  const entitled = member?.roles.some((role) => role === administrator || concernedBy({ policy }).includes(role)) ?? false;
  if (member === undefined || member.address === null || !entitled)
    return projectMail.finish(key, 'cancelled', 'nobody to send it to, or no longer entitled');
  const mail = mailOf(world, project, message, {
    to: { name: member.name, address: member.address },
    title: policy.title,
    expires: dated(expiresAt(confirmedAt)),
  });
  await deliver(world, projectMail, message, mail);
}

async function deliver(world: World, projectMail: Transaction['projectMail'], message: ProjectMessage, mail: OutgoingMail): Promise<void> {
  try {
    await projectMail.finish(message.key, 'sent', await world.relay.send(mail));
  } catch (failure) {
    if (!(failure instanceof OutsideFailure)) throw failure;
    if (failure.lasting === 'permanent') return projectMail.finish(message.key, 'failed', failure.message);
    // 10 s, 20 s, 40 s … up to an hour.
    const next = shifted(world.clock.now(), { seconds: Math.min(3600, 10 * 2 ** Math.min(message.attempts, 9)) });
    await projectMail.postpone(message.key, next, failure.message);
  }
}

function mailOf(
  world: World,
  project: ProjectId,
  { key, notice, person }: ProjectMessage,
  { to, title, expires }: { readonly to: OutgoingMail['to']; readonly title: string; readonly expires: string },
): OutgoingMail {
  const from = world.sender(project);
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  const url = `${world.baseUrl}/${encodeURIComponent(project)}/policy/changes`;
  return {
    messageId: `<${base32(world.derive('message-id', project, key, person satisfies PersonId).subarray(0, 16))}@${domain}>`,
    date: world.clock.now(),
    from,
    to,
    envelopeFrom: null,
    ...toProject(notice, { title, url, expires }),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
}
