// SPDX-License-Identifier: Apache-2.0
// How reporters come back: a link in each mail that opens their own thread once, or their return key; a session that sees nothing else; and another link on request.

import type { ReporterActor } from '../../core/model/actor.ts';
import type { CaseId, ParticipantId, ProjectId } from '../../core/model/identifiers.ts';
import { shifted } from '../../core/model/time.ts';
import type { Transaction } from '../../ports/store/store.ts';
import { base32, sha256 } from '../encoding.ts';
import type { World } from '../world.ts';
import { attempts, freshLinksEach, reporterHours, reporterLinkHours } from './limits.ts';
import type { NewSession } from './sessions.ts';
import { hasForm, newSecret, type Seen, secretOf } from './tokens.ts';

interface Thread {
  readonly case: CaseId;
  readonly participant: ParticipantId;
}

/** How long a spent link is known as one that may ask for another, in hours: about as long as people keep mail of an open report. */
const knownHours = 24 * 365;

/**
 * The address in one mail that opens this thread once. Made of the mail's own id: a mail that is tried again says the same, and a link whose mail went out
 * before the database failed is put in again with it. Kept as a hash.
 */
export async function onceLink(
  world: World,
  { accounts, signIn }: Transaction,
  project: ProjectId,
  thread: Thread,
  mail: string,
): Promise<string> {
  const token = secretOf('reporter-link', world.derive('reporter-link', project, mail));
  const now = world.clock.now();
  const data = { case: thread.case, participant: thread.participant };
  await signIn.putOneTime(sha256(token), 'reporter-link', { person: null, data, expires: shifted(now, { hours: reporterLinkHours }) });
  await accounts.addCaseLink({ tokenHash: sha256(token), ...thread, expires: shifted(now, { hours: knownHours }) });
  return `${world.baseUrl}/${project}/return/${token}`;
}

/** Spends a link and opens the session of its thread; undefined for a link that is spent, too old, or none of ours. */
export function openThread(world: World, project: ProjectId, token: string): Promise<NewSession | undefined> {
  if (!hasForm('reporter-link', token)) return Promise.resolve(undefined);
  return world.store.as({ kind: 'process', project }, async (transaction) => {
    const now = world.clock.now();
    const spent = await transaction.signIn.takeOneTime(sha256(token), 'reporter-link', now);
    if (spent === undefined) return undefined;
    const thread = { case: (spent.data['case'] ?? '') as CaseId, participant: (spent.data['participant'] ?? '') as ParticipantId };
    return sessionOf(world, transaction, thread, token);
  });
}

/** The session of a reporter who showed their return key. */
export function openOwnThread(world: World, { project, ...thread }: ReporterActor, key: string): Promise<NewSession> {
  return world.store.as({ kind: 'process', project }, (transaction) => sessionOf(world, transaction, thread, key));
}

/** The session ends with the secret that opened it: whoever pasted a key somewhere has ended what others opened with it. */
async function sessionOf(world: World, { accounts, signIn }: Transaction, thread: Thread, by: string): Promise<NewSession> {
  const now = world.clock.now();
  const session = newSecret('reporter-session', world.random);
  const expires = shifted(now, { hours: reporterHours });
  await signIn.sweepOneTimes(now);
  await accounts.addCaseLink({ tokenHash: sha256(session), ...thread, expires, openedBy: sha256(by) });
  return { token: session, expires };
}

/** The reporter behind the session that a link or a return key opened; undefined for every other secret, a link itself among them. */
export async function threadActor(world: World, project: ProjectId, session: string): Promise<ReporterActor | undefined> {
  if (!hasForm('reporter-session', session)) return undefined;
  const found = await threadOf(world, project, session);
  return found && { kind: 'reporter', project, ...found, proof: { by: 'case_link' } };
}

async function threadOf(world: World, project: ProjectId, secret: string): Promise<Thread | undefined> {
  const found = await world.store.as({ kind: 'anonymous', project }, ({ accounts }) =>
    accounts.caseLink(sha256(secret), world.clock.now()),
  );
  return found?.project === project ? { case: found.case, participant: found.participant } : undefined;
}

/** Ends the session of a browser. */
export async function leaveThread(world: World, project: ProjectId, session: string): Promise<void> {
  if (!hasForm('reporter-session', session)) return;
  await world.store.as({ kind: 'process', project }, ({ signIn }) => signIn.revoke([sha256(session)]));
}

/**
 * Sends another link to the address that the report came with, whatever became of this one; to no other address, and never to whoever asks. Says nothing:
 * whether the link was ever one of ours, and whether a mail went out, is for the owner of that mailbox to see.
 */
export async function sendLinkAgain(world: World, project: ProjectId, token: string): Promise<void> {
  const thread = hasForm('reporter-link', token) ? await threadOf(world, project, token) : undefined;
  if (thread === undefined) return;
  await world.store.as({ kind: 'process', project }, async (transaction) => {
    const now = world.clock.now();
    const key = Buffer.from(world.derive('attempt', project, 'link-again', thread.case, thread.participant)).toString('hex');
    if ((await transaction.signIn.attempt(key, now, attempts.seconds)) > freshLinksEach) return;
    const record = await transaction.cases.find(thread.case);
    if (record === undefined) return;
    const id = base32(world.random(16));
    await transaction.outbox.put({
      id,
      case: thread.case,
      key: `link-again:${id}`,
      notice: 'link-again',
      to: { kind: 'reporter', participant: thread.participant },
      seq: record.state.version,
      askedAt: now,
      heldUntil: null,
    });
    await transaction.jobs.enqueue({ task: 'tick' }, 'tick');
  });
}

/** Of secrets in what a reporter wrote, those that open their own thread and stood in mail to them: mail programs quote them, and nobody else has seen them. */
export async function ownSecrets(world: World, actor: ReporterActor, secrets: readonly Seen[]): Promise<readonly string[]> {
  const own: string[] = [];
  for (const { kind, token } of secrets) {
    if (kind === 'reporter-session') continue;
    const thread = await threadOf(world, actor.project, token);
    if (thread?.case === actor.case && thread.participant === actor.participant) own.push(token);
  }
  return own;
}
