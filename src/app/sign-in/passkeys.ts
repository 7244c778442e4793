// SPDX-License-Identifier: Apache-2.0
// Ceremonies with passkeys: a challenge is made, shown back once within minutes, and becomes a session or another passkey.

import type { PersonActor } from '../../core/model/actor.ts';
import type { PersonId, ProjectId } from '../../core/model/identifiers.ts';
import { shifted } from '../../core/model/time.ts';
import type { Passkey } from '../../ports/store/sign-in.ts';
import type { Transaction } from '../../ports/store/store.ts';
import { base32, sha256 } from '../encoding.ts';
import type { World } from '../world.ts';
import { challengeMinutes, mostEach } from './limits.ts';
import type { NewSession } from './sessions.ts';
import { isFresh, openSessionIn } from './sessions.ts';
import { tellHolder } from './tell.ts';

/** What the browser gets: options for its ceremony. */
export interface Ceremony {
  readonly options: object;
}

/** Begins signing in: any passkey of this site will do, and the answer is the same for everybody (L-22). */
export function beginSignIn(world: World, project: ProjectId): Promise<Ceremony> {
  return world.store.as({ kind: 'process', project }, async (transaction) => ({
    options: await world.passkeys.request({ challenge: await challenged(world, transaction, 'sign-in', null), only: [] }),
  }));
}

/** Begins proving anew who one is: only one's own passkeys. */
export function beginProof(world: World, { project, person }: PersonActor): Promise<Ceremony> {
  return world.store.as({ kind: 'process', project }, async (transaction) => {
    const own = await transaction.signIn.passkeysOf(person);
    const challenge = await challenged(world, transaction, 'proof', person);
    return { options: await world.passkeys.request({ challenge, only: own.map(({ credential }) => credential) }) };
  });
}

/** Begins adding a passkey for somebody who has shown a link, or has just proven who they are. */
export async function beginEnrolment(world: World, transaction: Transaction, project: ProjectId, person: PersonId): Promise<Ceremony> {
  const { accounts, signIn } = transaction;
  const besides = (await signIn.passkeysOf(person)).map(({ credential }) => credential);
  const name = (await accounts.member(person))?.name ?? person;
  const challenge = await challenged(world, transaction, 'enrolment', person);
  const site = (await accounts.projects()).find((one) => one.project === project)?.title ?? project;
  return { options: await world.passkeys.creation({ site, person: `${project}/${person}`, name, challenge, besides }) };
}

type Aim = 'sign-in' | 'proof' | 'enrolment';

async function challenged(world: World, { signIn }: Transaction, aim: Aim, person: PersonId | null): Promise<string> {
  const challenge = base32(world.random(20));
  const now = world.clock.now();
  await signIn.sweepOneTimes(now);
  await signIn.putOneTime(sha256(challenge), 'challenge', { person, data: { aim }, expires: shifted(now, { minutes: challengeMinutes }) });
  return challenge;
}

/** The challenge that an answer is for, spent by this; undefined when it is not ours, not for this, or was answered before. */
async function answered(
  world: World,
  { signIn }: Transaction,
  response: unknown,
  aim: Aim,
  person: PersonId | null,
): Promise<string | undefined> {
  const challenge = challengeOf(response);
  const taken = challenge === undefined ? undefined : await signIn.takeOneTime(sha256(challenge), 'challenge', world.clock.now());
  return taken?.data['aim'] === aim && taken.person === person ? challenge : undefined;
}

/** Web Authentication level 3, section 5.8.1: the client data says which challenge it signs. */
function challengeOf(response: unknown): string | undefined {
  const answer = typeof response === 'object' && response !== null && 'response' in response ? response.response : undefined;
  const data = typeof answer === 'object' && answer !== null && 'clientDataJSON' in answer ? answer.clientDataJSON : undefined;
  if (typeof data !== 'string') return undefined;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(data, 'base64url').toString());
    const given = typeof parsed === 'object' && parsed !== null && 'challenge' in parsed ? parsed.challenge : undefined;
    return typeof given === 'string' ? Buffer.from(given, 'base64url').toString() : undefined;
  } catch {
    return undefined;
  }
}

function credentialOf(response: unknown): string {
  const id = typeof response === 'object' && response !== null && 'id' in response ? response.id : undefined;
  return typeof id === 'string' && /^[A-Za-z0-9_-]{1,1400}$/.test(id) ? id : '';
}

/** The session of whoever showed a good passkey; undefined for every other answer, whatever was wrong with it. */
export function signInWithPasskey(world: World, project: ProjectId, response: unknown): Promise<NewSession | undefined> {
  return world.store.as({ kind: 'process', project }, async (transaction) => {
    const passkey = await shown(world, transaction, response, 'sign-in', null);
    return passkey && openSessionIn(world, transaction, passkey.person, { by: 'passkey', detail: passkey.credential });
  });
}

/** A new session in the place of the one that asks, with a fresh proof; undefined when the passkey is not theirs or not good. */
export function proveWithPasskey(
  world: World,
  { project, person }: PersonActor,
  before: string,
  response: unknown,
): Promise<NewSession | undefined> {
  return world.store.as({ kind: 'process', project }, async (transaction) => {
    const passkey = await shown(world, transaction, response, 'proof', person);
    return passkey && openSessionIn(world, transaction, person, { by: 'passkey', detail: passkey.credential }, before);
  });
}

/** The passkey that was shown, marked as used. A counter that went back may mean a copy: it is refused, and written down (Web Authentication level 3, section 6.1.1). */
async function shown(
  world: World,
  transaction: Transaction,
  response: unknown,
  aim: Aim,
  person: PersonId | null,
): Promise<Passkey | undefined> {
  const { accounts, signIn } = transaction;
  const challenge = await answered(world, transaction, response, aim, person);
  const known = challenge === undefined ? undefined : await signIn.lockPasskey(credentialOf(response));
  if (challenge === undefined || known === undefined || (person !== null && known.person !== person)) return undefined;
  const at = world.clock.now();
  // Whoever is suspended keeps their passkeys, and has no session meanwhile that would wait for them (L-11).
  if ((await accounts.member(known.person)) === undefined) {
    await signIn.log({ at, person: known.person, kind: 'passkey-refused', detail: known.credential });
    return undefined;
  }
  const result = await world.passkeys.shown(response, challenge, known);
  if (!result.good) {
    const kind = result.because === 'counter' ? 'counter-went-back' : 'passkey-refused';
    await signIn.log({ at, person: known.person, kind, detail: known.credential });
    await tellHolder(world, transaction, known.person, 'sign-in-refused');
    return undefined;
  }
  await signIn.passkeyUsed(known.credential, result.counter, at);
  return known;
}

/** Keeps the passkey that was made; undefined when the answer is not good. The caller has seen to it that `person` may have one. */
export async function addPasskeyIn(
  world: World,
  transaction: Transaction,
  person: PersonId,
  response: unknown,
  name: string,
): Promise<Passkey | undefined> {
  const { signIn } = transaction;
  const challenge = await answered(world, transaction, response, 'enrolment', person);
  const made = challenge === undefined ? undefined : await world.passkeys.made(response, challenge);
  if (made === undefined || (await signIn.passkey(made.credential)) !== undefined) return undefined;
  if ((await signIn.passkeysOf(person)).length >= mostEach) return undefined;
  const added = world.clock.now();
  const passkey = { ...made, person, name: name.trim().slice(0, 60) || 'Passkey', added };
  await signIn.addPasskey(passkey);
  await signIn.log({ at: added, person, kind: 'passkey-added', detail: made.credential });
  await tellHolder(world, transaction, person, 'way-in-added');
  return { ...passkey, used: null };
}

/** For a session that was just proven (ASVS 6.3.4: no weaker way to a stronger factor). */
export function beginOwnPasskey(world: World, actor: PersonActor): Promise<Ceremony | undefined> {
  if (!isFresh(actor, world.clock.now())) return Promise.resolve(undefined);
  return world.store.as({ kind: 'process', project: actor.project }, (transaction) =>
    beginEnrolment(world, transaction, actor.project, actor.person),
  );
}

export function addOwnPasskey(world: World, actor: PersonActor, response: unknown, name: string): Promise<boolean> {
  if (!isFresh(actor, world.clock.now())) return Promise.resolve(false);
  return world.store.as(
    { kind: 'process', project: actor.project },
    async (transaction) => (await addPasskeyIn(world, transaction, actor.person, response, name)) !== undefined,
  );
}

export function ownPasskeys(world: World, { project, person }: PersonActor): Promise<readonly Passkey[]> {
  return world.store.as({ kind: 'process', project }, ({ signIn }) => signIn.passkeysOf(person));
}

/** The last way in is not removed: whoever has no other passkey and no identity would be locked out. */
export function removeOwnPasskey(world: World, { project, person }: PersonActor, credential: string): Promise<'removed' | 'last' | 'none'> {
  return world.store.as({ kind: 'process', project }, async (transaction) => {
    const { signIn } = transaction;
    const passkeys = await signIn.passkeysOf(person);
    if (!passkeys.some((one) => one.credential === credential)) return 'none';
    if (passkeys.length === 1 && (await signIn.identitiesOf(person)).length === 0) return 'last';
    await signIn.removePasskey(person, credential);
    await signIn.log({ at: world.clock.now(), person, kind: 'passkey-removed', detail: credential });
    await tellHolder(world, transaction, person, 'way-in-removed');
    return 'removed';
  });
}
