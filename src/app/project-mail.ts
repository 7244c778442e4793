// SPDX-License-Identifier: Apache-2.0
// Sending mail that belongs to no case: about the project as a whole, and about its people. Authorised when it is sent (L-12).

import type { PersonId, ProjectId } from '../core/model/identifiers.ts';
import { dated, type Instant, shifted } from '../core/model/time.ts';
import { type Policy, rolesWith } from '../core/policy/policy.ts';
import { administrator } from '../core/process/owners.ts';
import { concernedBy } from '../core/process/policy-change.ts';
import type { Notice } from '../notices/notice.ts';
import { headNotice } from '../notices/to-administrator.ts';
import { toHolder } from '../notices/to-holder.ts';
import { toPerson } from '../notices/to-person.ts';
import { toProject } from '../notices/to-project.ts';
import { OutsideFailure } from '../ports/failure.ts';
import type { OutgoingMail } from '../ports/relay.ts';
import type { PolicyVersion } from '../ports/store/policies.ts';
import type { ProjectMessage, SignInNoticeName, UpkeepNoticeName } from '../ports/store/project-mail.ts';
import type { RosterEntry } from '../ports/store/roster.ts';
import type { Transaction } from '../ports/store/store.ts';
import { headLines } from './chains.ts';
import { base32 } from './encoding.ts';
import { keysToWatch } from './project-keys.ts';
import { expiresAt } from './security-txt.ts';
import type { World } from './world.ts';

/** Tries one message. Its row stays locked until the outcome is kept, so that no two workers send it. */
export async function sendToProject(world: World, transaction: Transaction, project: ProjectId, key: string): Promise<void> {
  const { policies, projectMail, roster } = transaction;
  const message = await projectMail.take(key);
  if (message === undefined) return;
  const entry = await roster.person(message.person);
  const active = await policies.active();
  const address = entry?.details.address ?? null;
  if (entry === undefined || address === null || !isFor(message, entry, await holding(transaction, message.person), active))
    return projectMail.finish(key, 'cancelled', 'nobody to send it to, or no longer entitled');
  const notice =
    message.notice === 'audit-head'
      ? headNotice(active.policy.title, await headLines(transaction, project, world.clock.now()))
      : await written(world, project, { ...message, notice: message.notice }, active);
  await deliver(world, projectMail, message, mailOf(world, project, message, { name: entry.details.name, address }, notice));
}

const upkeep: readonly string[] = [
  'policy-proposed',
  'policy-published',
  'security-txt-expires',
  'signing-key-ends',
] satisfies readonly UpkeepNoticeName[];

function isUpkeep(notice: ProjectMessage['notice']): notice is UpkeepNoticeName {
  return upkeep.includes(notice);
}

const ofHolder: readonly string[] = [
  'way-in-added',
  'way-in-removed',
  'recovery-asked',
  'recovery-used',
  'sign-in-refused',
  'sign-in-unusual',
] satisfies readonly SignInNoticeName[];

function isOfHolder(notice: ProjectMessage['notice']): notice is SignInNoticeName {
  return ofHolder.includes(notice);
}

/** Roles of this moment that count; none for somebody who is no member. */
async function holding({ accounts }: Transaction, person: PersonId): Promise<readonly string[]> {
  return (await accounts.member(person))?.roles ?? [];
}

function isFor({ notice }: ProjectMessage, { state }: RosterEntry, roles: readonly string[], { policy }: PolicyVersion): boolean {
  if (isUpkeep(notice)) return roles.some((role) => role === administrator || concernedBy({ policy }).some((one) => one === role));
  switch (notice) {
    case 'application-arrived':
    case 'application-vouched':
    case 'confirmation-asked':
      return rolesWith(policy, 'admit').some((role) => roles.includes(role));
    case 'way-in-added':
    case 'way-in-removed':
    case 'recovery-asked':
    case 'recovery-used':
    case 'sign-in-refused':
    case 'sign-in-unusual':
      return state.standing === 'active';
    case 'audit-head':
      return roles.includes(administrator);
    case 'reading-stopped':
    case 'titles-held-back':
      return [...rolesWith(policy, 'admit'), administrator].some((role) => roles.includes(role));
    case 'application-declined':
      return state.standing === 'declined';
    case 'access-ended':
      return state.standing === 'suspended' || state.standing === 'removed';
    case 'application-received':
    case 'member-welcome':
    case 'terms-asked':
    case 'role-lapsed':
    case 'role-ended':
    case 'access-restored':
      return state.standing === 'applicant' || state.standing === 'active';
  }
}

type Fixed = Exclude<ProjectMessage['notice'], 'audit-head'>;

async function written(
  world: World,
  project: ProjectId,
  { notice, key }: { readonly notice: Fixed; readonly key: string },
  { policy, confirmedAt }: PolicyVersion,
): Promise<Notice> {
  const home = `${world.baseUrl}/${encodeURIComponent(project)}`;
  if (isUpkeep(notice)) {
    const ends = notice === 'signing-key-ends' ? await endOfKey(world, project, policy, key) : expiresAt(confirmedAt);
    return toProject(notice, { title: policy.title, url: `${home}/policy/changes`, expires: ends === null ? '' : dated(ends) });
  }
  if (isOfHolder(notice)) return toHolder(notice, { title: policy.title, url: `${home}/account` });
  return toPerson(notice, { title: policy.title, url: `${home}/people` });
}

/** Of the key that the message was ordered for. */
async function endOfKey(world: World, project: ProjectId, policy: Policy, message: string): Promise<Instant | null> {
  const keys = await keysToWatch(world, project, policy);
  return keys.find(({ fingerprint }) => message.startsWith(`signing-key:${fingerprint}:`))?.expires ?? null;
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

function mailOf(world: World, project: ProjectId, { key, person }: ProjectMessage, to: OutgoingMail['to'], notice: Notice): OutgoingMail {
  const from = world.sender(project);
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    messageId: `<${base32(world.derive('message-id', project, key, person).subarray(0, 16))}@${domain}>`,
    date: world.clock.now(),
    from,
    to,
    envelopeFrom: null,
    ...notice,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
}
