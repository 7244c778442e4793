// SPDX-License-Identifier: Apache-2.0
// Sessions of members: opened by a proof, ended by time, by hand or by removal; a token becomes an actor with the roles of this moment.

import type { PersonActor, Proof } from '../../core/model/actor.ts';
import type { PersonId, ProjectId } from '../../core/model/identifiers.ts';
import type { Instant } from '../../core/model/time.ts';
import { shifted } from '../../core/model/time.ts';
import type { FoundSession } from '../../ports/store/accounts.ts';
import type { OpenSession } from '../../ports/store/sign-in.ts';
import type { Transaction } from '../../ports/store/store.ts';
import { sha256 } from '../encoding.ts';
import type { World } from '../world.ts';
import { freshMinutes, idleMinutes, seenEverySeconds, sessionHours } from './limits.ts';
import { tellOfSignIn } from './tell.ts';
import { newSecret } from './tokens.ts';

/** The member behind a session token, in this project; undefined for any other token, and once nobody has used it for too long. */
export async function sessionActor(world: World, project: ProjectId, token: string): Promise<PersonActor | undefined> {
  return (await sessionMember(world, project, token))?.actor;
}

/** The same with the name that the member goes by. */
export async function sessionMember(
  world: World,
  project: ProjectId,
  token: string,
): Promise<{ readonly actor: PersonActor; readonly name: string } | undefined> {
  const now = world.clock.now();
  const hash = sha256(token);
  const found = await world.store.as({ kind: 'anonymous', project }, ({ accounts }) => accounts.session(hash, now));
  if (found === undefined || found.project !== project) return undefined;
  if (now >= shifted(found.seen, { minutes: idleMinutes })) return undefined;
  if (now >= shifted(found.seen, { seconds: seenEverySeconds }))
    await world.store.as({ kind: 'process', project }, ({ signIn }) => signIn.sessionSeen(hash, now));
  const { person, roles, name } = found.member;
  return { actor: { kind: 'person', project, person, roles, proof: proofOf(found), provenAt: found.proven }, name };
}

function proofOf({ proof, detail }: FoundSession): Proof {
  switch (proof) {
    case 'passkey':
      return { by: 'passkey', credential: detail ?? '' };
    case 'oidc':
      return { by: 'oidc', issuer: detail ?? '' };
    case 'demo_link':
      return { by: 'demo_link' };
    default:
      return { by: 'nothing' };
  }
}

/** Whether somebody proved who they are recently enough for what cannot be taken back. The demonstration's links count, for it has nothing else. */
export function isFresh({ proof, provenAt }: PersonActor, now: Instant): boolean {
  if (proof.by === 'demo_link') return true;
  if (proof.by !== 'passkey' && proof.by !== 'oidc') return false;
  return provenAt !== undefined && now < shifted(provenAt, { minutes: freshMinutes });
}

export interface NewSession {
  readonly token: string;
  readonly expires: Instant;
}

/** Opens a session and returns its token, which is kept as a hash only. */
export function openSession(world: World, project: ProjectId, person: PersonId, proof: Proof['by']): Promise<NewSession> {
  return world.store.as({ kind: 'process', project }, (transaction) =>
    openSessionIn(world, transaction, person, proof === 'passkey' || proof === 'oidc' ? { by: proof, detail: '' } : { by: proof }),
  );
}

export interface SessionProof {
  readonly by: Proof['by'];
  /** The passkey's credential, or the issuer. */
  readonly detail?: string;
}

/** The same inside the transaction that spends what was shown for it. A session that it takes the place of ends with it: its token is never good for more (ASVS 7.2.4). */
export async function openSessionIn(
  world: World,
  transaction: Transaction,
  person: PersonId,
  { by, detail }: SessionProof,
  before = '',
): Promise<NewSession> {
  const { accounts, signIn } = transaction;
  const token = newSecret('session', world.random);
  const opened = world.clock.now();
  const expires = shifted(opened, { hours: sessionHours });
  if (before !== '') await accounts.closeSession(sha256(before));
  await accounts.openSession({ tokenHash: sha256(token), person, proof: by, ...(detail === undefined ? {} : { detail }), opened, expires });
  if (before === '' && by !== 'demo_link') await tellOfSignIn(world, transaction, person);
  await signIn.log({ at: opened, person, kind: before === '' ? 'signed-in' : 'proven-again', detail: by });
  return { token, expires };
}

export async function closeSession(world: World, { project, person }: PersonActor, token: string): Promise<void> {
  await world.store.as({ kind: 'process', project }, async ({ accounts, signIn }) => {
    await accounts.closeSession(sha256(token));
    await signIn.log({ at: world.clock.now(), person, kind: 'signed-out', detail: null });
  });
}

export interface OwnSession extends OpenSession {
  /** The one that asks. */
  readonly own: boolean;
}

/** A person's own sessions; nobody asks for those of others. */
export function ownSessions(world: World, { project, person }: PersonActor, token: string): Promise<readonly OwnSession[]> {
  const now = world.clock.now();
  return world.store.as({ kind: 'process', project }, async ({ signIn }) => {
    const all = await signIn.sessionsOf(person, now);
    const alive = all.filter(({ seen }) => now < shifted(seen, { minutes: idleMinutes }));
    return alive.map((one) => ({ ...one, own: sha256(token).startsWith(one.id) }));
  });
}

/** Ends one of one's own sessions; false when there is none such. */
export function endOwnSession(world: World, { project, person }: PersonActor, id: string): Promise<boolean> {
  return world.store.as({ kind: 'process', project }, async ({ signIn }) => {
    const ended = await signIn.endSession(person, id);
    if (ended) await signIn.log({ at: world.clock.now(), person, kind: 'signed-out', detail: null });
    return ended;
  });
}

/** Ends every other session of one's own. */
export function endOtherSessions(world: World, { project, person }: PersonActor, token: string): Promise<number> {
  return world.store.as({ kind: 'process', project }, async ({ signIn }) => {
    const ended = await signIn.endSessions(person, sha256(token));
    await signIn.log({ at: world.clock.now(), person, kind: 'signed-out', detail: 'others' });
    return ended;
  });
}

/** Whoever held roles and holds none any more: their sessions and tokens end with the last of them, in the transaction that takes it (L-11). */
export async function endAccessWithoutRole(
  world: World,
  transaction: Transaction,
  person: PersonId,
  before: readonly unknown[],
  held: readonly unknown[],
): Promise<void> {
  if (before.length > 0 && held.length === 0) await endAccess(world, transaction, person, false);
}

/**
 * Ends whatever lets a person in: sessions, tokens, links that wait. For whoever is suspended or removed, or lost their last role, in the transaction that does it.
 * Passkeys and identities stay with somebody suspended; `forGood` takes them too.
 */
export async function endAccess(world: World, { signIn }: Transaction, person: PersonId, forGood: boolean): Promise<void> {
  await signIn.endSessions(person);
  await signIn.revokeApiTokens(person);
  await signIn.dropOneTimes(person);
  if (forGood) {
    for (const { credential } of await signIn.passkeysOf(person)) await signIn.removePasskey(person, credential);
    await signIn.unbindIdentities(person);
  }
  await signIn.log({ at: world.clock.now(), person, kind: 'access-ended', detail: null });
}
