// SPDX-License-Identifier: Apache-2.0
// Who is asking: a session or a reporter's link becomes an actor, with the roles of this moment. Addresses and domains grant nothing (L-26).

import type { PersonActor, Proof, ReporterActor } from '../core/model/actor.ts';
import type { PersonId, ProjectId } from '../core/model/identifiers.ts';
import type { Instant } from '../core/model/time.ts';
import { shifted } from '../core/model/time.ts';
import { base32, sameText, sha256 } from './encoding.ts';
import { linkToken, replyToken } from './intake.ts';
import type { World } from './world.ts';

/** Sessions end by themselves; members sign in anew each working day. */
const sessionHours = 12;

/** The member behind a session token, in this project; undefined for any other token. */
export function sessionActor(world: World, project: ProjectId, token: string): Promise<PersonActor | undefined> {
  return world.store.as({ kind: 'anonymous', project }, async (transaction) => {
    const session = await transaction.accounts.session(sha256(token), world.clock.now());
    if (session === undefined || session.project !== project) return undefined;
    const { person, roles } = session.member;
    return { kind: 'person', project, person, roles, proof: { by: session.proof } as Proof };
  });
}

/** The reporter behind a link of their own page; undefined for any other token, a reply address's own too, and in another project. */
export async function linkActor(world: World, project: ProjectId, token: string): Promise<ReporterActor | undefined> {
  const actor = await bearer(world, project, token, 'case_link', linkToken);
  return actor?.project === project ? actor : undefined;
}

/** The reporter behind a reply address, whichever project the case belongs to; `asked` is any project of this installation. */
export function replyActor(world: World, asked: ProjectId, token: string): Promise<ReporterActor | undefined> {
  return bearer(world, asked, token, 'reply_address', replyToken);
}

/**
 * A token is good for what it was made for and for nothing else: a reply address stands in headers and in copies of answers,
 * so whoever saw one may append and read nothing (L-42).
 */
async function bearer(
  world: World,
  asked: ProjectId,
  token: string,
  by: 'case_link' | 'reply_address',
  made: typeof linkToken,
): Promise<ReporterActor | undefined> {
  const link = await world.store.as({ kind: 'anonymous', project: asked }, (transaction) =>
    transaction.accounts.caseLink(sha256(token), world.clock.now()),
  );
  if (link === undefined || !sameText(token, made(world, link.case, link.participant))) return undefined;
  return { kind: 'reporter', project: link.project, case: link.case, participant: link.participant, proof: { by } };
}

/** Opens a session and returns its token, which is kept as a hash only. */
export async function openSession(
  world: World,
  project: ProjectId,
  person: PersonId,
  proof: Proof['by'],
): Promise<{ token: string; expires: Instant }> {
  const token = base32(world.random(20));
  const expires = shifted(world.clock.now(), { hours: sessionHours });
  await world.store.as({ kind: 'process', project }, (transaction) =>
    transaction.accounts.openSession({ tokenHash: sha256(token), person, proof, expires }),
  );
  return { token, expires };
}

export async function closeSession(world: World, project: ProjectId, token: string): Promise<void> {
  await world.store.as({ kind: 'process', project }, (transaction) => transaction.accounts.closeSession(sha256(token)));
}
