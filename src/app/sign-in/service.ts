// SPDX-License-Identifier: Apache-2.0
// Signing in by another service: who they are is an issuer and its subject, bound by a link; what their groups give, they take again at the next sign-in.

import type { PersonActor } from '../../core/model/actor.ts';
import type { PersonId, ProjectId } from '../../core/model/identifiers.ts';
import { shifted } from '../../core/model/time.ts';
import type { Confirmed } from '../../ports/identity-provider.ts';
import type { Transaction } from '../../ports/store/store.ts';
import { base32, sameText, sha256 } from '../encoding.ts';
import type { World } from '../world.ts';
import { endWaysBefore } from './enrolment.ts';
import { challengeMinutes } from './limits.ts';
import type { NewSession } from './sessions.ts';
import { openSessionIn } from './sessions.ts';
import { type Belonging, belongingOf, bringRoles } from './synced-roles.ts';
import { tellHolder } from './tell.ts';
import { hasForm } from './tokens.ts';

/** Why somebody is sent to the service. */
export type Aim =
  | { readonly kind: 'sign-in' }
  /** To prove anew who they are. */
  | { readonly kind: 'proof'; readonly actor: PersonActor }
  /** To bind what the service says of them to the member of a link. */
  | { readonly kind: 'enrolment'; readonly link: string };

export interface Leaving {
  readonly url: string;
  /** Kept by this browser in a cookie: whoever comes back has to be who left (RFC 9700 section 4.7). */
  readonly browser: string;
}

/** Undefined where no service is configured, or the link is not good. */
export async function leaveForService(world: World, project: ProjectId, aim: Aim): Promise<Leaving | undefined> {
  const { provider } = world;
  if (provider === null) return undefined;
  const now = world.clock.now();
  const linked = aim.kind === 'enrolment' ? await linkedTo(world, project, aim.link) : null;
  if (linked === undefined) return undefined;
  const began = await provider.begin(returnAddress(world, project));
  const browser = base32(world.random(20));
  const data = {
    aim: aim.kind,
    nonce: began.nonce,
    verifier: began.verifier,
    browser: sha256(browser),
    ...(aim.kind === 'enrolment' ? { link: sha256(aim.link) } : {}),
  };
  const person = aim.kind === 'proof' ? aim.actor.person : linked;
  await world.store.as({ kind: 'process', project }, async ({ signIn }) => {
    await signIn.sweepOneTimes(now);
    await signIn.putOneTime(sha256(began.state), 'service', { person, data, expires: shifted(now, { minutes: challengeMinutes }) });
  });
  return { url: began.url, browser };
}

function returnAddress({ baseUrl }: World, project: ProjectId): string {
  return `${baseUrl}/${project}/sign-in/return`;
}

function linkedTo(world: World, project: ProjectId, token: string): Promise<PersonId | undefined> {
  if (!hasForm('enrolment', token)) return Promise.resolve(undefined);
  return world.store.as(
    { kind: 'process', project },
    async ({ signIn }) => (await signIn.lookOneTime(sha256(token), 'enrolment', world.clock.now()))?.person ?? undefined,
  );
}

/** `second-factor`: they are who they say, but the service did not say that it asked for more than a password (L-31); what it confirmed was kept. */
export type Returned = NewSession | 'second-factor' | 'bound' | undefined;

/** Ends the ceremony. Undefined for every answer that is not good, whatever was wrong with it. `before`: the session that asked for a proof. */
export async function returnFromService(
  world: World,
  project: ProjectId,
  query: string,
  browser: string,
  before: string,
): Promise<Returned> {
  const { provider } = world;
  const state = new URLSearchParams(query).get('state') ?? '';
  if (provider === null || state === '' || browser === '') return undefined;
  const process = { kind: 'process', project } as const;
  const began = await world.store.as(process, ({ signIn }) => signIn.takeOneTime(sha256(state), 'service', world.clock.now()));
  const { aim = '', nonce = '', verifier = '', link = '' } = began?.data ?? {};
  if (began === undefined || !sameText(began.data['browser'] ?? '', sha256(browser))) return undefined;
  const confirmed = await provider.finish(new URL(`${returnAddress(world, project)}?${query}`), { state, nonce, verifier });
  const belonging = confirmed && (await belongingOf(world, project, confirmed));
  return world.store.as(process, async (transaction) => {
    if (confirmed === undefined || belonging === undefined) {
      await transaction.signIn.log({ at: world.clock.now(), person: began.person, kind: 'service-refused', detail: provider.issuer });
      return undefined;
    }
    if (aim === 'enrolment' && began.person !== null) return bind(world, transaction, { ...confirmed, belonging }, began.person, link);
    const person = await knownPerson(world, transaction, confirmed);
    if (person === undefined || (aim === 'proof' && person !== began.person)) return undefined;
    return enter(world, transaction, { ...confirmed, belonging }, person, aim === 'proof' ? before : '');
  });
}

type Known = Confirmed & { readonly belonging: Belonging };

/** Who is bound to this issuer and subject. No address, no name and no domain binds anybody (L-26). */
async function knownPerson(world: World, { signIn }: Transaction, { subject }: Confirmed): Promise<PersonId | undefined> {
  return (await signIn.identity(world.provider?.issuer ?? '', subject))?.person;
}

async function enter(world: World, transaction: Transaction, confirmed: Known, person: PersonId, before: string): Promise<Returned> {
  const issuer = world.provider?.issuer ?? '';
  // Whoever is suspended or removed has neither a session nor new roles.
  if ((await transaction.accounts.member(person)) === undefined) return undefined;
  // Whose last role this sign-in takes is as much outside as whoever was removed: what has just ended is not opened anew (L-11).
  if ((await bringRoles(world, transaction, person, confirmed.belonging)) === 'nothing-left') {
    await transaction.signIn.log({ at: world.clock.now(), person, kind: 'service-refused', detail: 'no role left' });
    return undefined;
  }
  if (!confirmed.multiFactor) {
    await transaction.signIn.log({ at: world.clock.now(), person, kind: 'service-refused', detail: 'one factor' });
    await tellHolder(world, transaction, person, 'sign-in-refused');
    return 'second-factor';
  }
  return openSessionIn(world, transaction, person, { by: 'oidc', detail: issuer }, before);
}

/** The link is spent by a session only: where a second factor is missing, the same link still adds a passkey. */
async function bind(world: World, transaction: Transaction, confirmed: Known, person: PersonId, link: string): Promise<Returned> {
  const { signIn } = transaction;
  const issuer = world.provider?.issuer ?? '';
  const now = world.clock.now();
  const waiting = await signIn.lookOneTime(link, 'enrolment', now);
  if (waiting?.person !== person) return undefined;
  const holder = (await signIn.identity(issuer, confirmed.subject))?.person ?? person;
  if (holder !== person) return undefined;
  // Whoever comes in by recovery has no other way in any more (L-31).
  if (confirmed.multiFactor && waiting.data['resets'] === 'yes') await endWaysBefore(world, transaction, person, '');
  if (!(await signIn.bindIdentity({ issuer, subject: confirmed.subject, person }, now))) return undefined;
  await signIn.log({ at: now, person, kind: 'identity-bound', detail: issuer });
  await tellHolder(world, transaction, person, 'way-in-added');
  const entered = await enter(world, transaction, confirmed, person, '');
  if (entered === 'second-factor') return 'bound';
  await signIn.takeOneTime(link, 'enrolment', now);
  return entered;
}
