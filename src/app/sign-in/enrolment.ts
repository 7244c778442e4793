// SPDX-License-Identifier: Apache-2.0
// Enrolment and recovery: a link, shown once and good once, by which a member adds a passkey or an identity. Never sent by Daylight itself.

import type { PersonActor } from '../../core/model/actor.ts';
import type { PersonId, ProjectId } from '../../core/model/identifiers.ts';
import type { Refused } from '../../core/model/refusal.ts';
import { refused } from '../../core/model/refusal.ts';
import type { Instant } from '../../core/model/time.ts';
import { shifted } from '../../core/model/time.ts';
import { rolesWith } from '../../core/policy/policy.ts';
import { administrator } from '../../core/process/owners.ts';
import type { OneTime } from '../../ports/store/sign-in.ts';
import type { Transaction } from '../../ports/store/store.ts';
import { sha256 } from '../encoding.ts';
import type { World } from '../world.ts';
import { enrolmentHours, recoveryHours } from './limits.ts';
import type { Ceremony } from './passkeys.ts';
import { addPasskeyIn, beginEnrolment } from './passkeys.ts';
import type { NewSession } from './sessions.ts';
import { endAccess, openSessionIn } from './sessions.ts';
import { hasForm, newSecret } from './tokens.ts';

export interface EnrolmentLink {
  /** The whole address: shown once, to the one who asked for it, who hands it over in person or by a channel of their own. */
  readonly url: string;
  readonly expires: Instant;
}

/** Makes a link for a member, in the transaction of whoever may; earlier links of theirs end. */
export async function makeEnrolmentLink(
  world: World,
  transaction: Transaction,
  project: ProjectId,
  person: PersonId,
  {
    hours = enrolmentHours.most,
    by = null,
    resets = false,
  }: { readonly hours?: number; readonly by?: PersonId | null; readonly resets?: boolean } = {},
): Promise<EnrolmentLink> {
  const { signIn } = transaction;
  const token = newSecret('enrolment', world.random);
  const now = world.clock.now();
  const expires = shifted(now, { hours: Math.min(enrolmentHours.most, Math.max(enrolmentHours.least, hours)) });
  await signIn.dropOneTimes(person);
  await signIn.putOneTime(sha256(token), 'enrolment', { person, data: resets ? { resets: 'yes' } : {}, expires });
  await signIn.log({ at: now, person, kind: 'link-made', detail: by });
  return { url: `${world.baseUrl}/${project}/enrol/${token}`, expires };
}

/** By somebody with the right to admit, for another member. */
export function inviteMember(world: World, actor: PersonActor, person: PersonId, hours?: number): Promise<EnrolmentLink | Refused> {
  const { project } = actor;
  return world.store.as({ kind: 'process', project }, async (transaction) => {
    if (!(await mayAdmit(transaction, actor)))
      return refused.notPermitted('Links are made by those who admit people, and by administrators.');
    if ((await transaction.accounts.member(person)) === undefined) return refused.invalid('person', 'This project has no such member.');
    if ((await transaction.signIn.passkeysOf(person)).length > 0)
      return refused.invalid('person', 'They have a way in. Whoever lost it gets another by recovery, which takes two people.');
    return makeEnrolmentLink(world, transaction, project, person, { by: actor.person, ...(hours === undefined ? {} : { hours }) });
  });
}

/** Those who admit by the policy, and administrators; asked of the roles of this moment. */
async function mayAdmit({ accounts, policies }: Transaction, actor: PersonActor): Promise<boolean> {
  const { policy } = await policies.active();
  const held = (await accounts.member(actor.person))?.roles ?? [];
  return held.some((role) => role === administrator || rolesWith(policy, 'admit').includes(role));
}

/** Whose link this is, without spending it: a page that only shows, and a preview of a link by some machine, change nothing (L-13). */
export function enrolmentOf(world: World, project: ProjectId, token: string): Promise<PersonId | undefined> {
  return world.store.as(
    { kind: 'process', project },
    async (transaction) => (await linkOf(world, transaction, token))?.person ?? undefined,
  );
}

function linkOf(world: World, { signIn }: Transaction, token: string): Promise<OneTime | undefined> {
  return hasForm('enrolment', token) ? signIn.lookOneTime(sha256(token), 'enrolment', world.clock.now()) : Promise.resolve(undefined);
}

export function beginEnrolmentByLink(world: World, project: ProjectId, token: string): Promise<Ceremony | undefined> {
  return world.store.as({ kind: 'process', project }, async (transaction) => {
    const person = (await linkOf(world, transaction, token))?.person;
    return person ? beginEnrolment(world, transaction, project, person) : undefined;
  });
}

/** Adds the passkey, spends the link and opens a session, all or nothing. A link of recovery ends everything that let the person in before. */
export function enrolByLink(
  world: World,
  project: ProjectId,
  token: string,
  response: unknown,
  name: string,
): Promise<NewSession | undefined> {
  return world.store.as({ kind: 'process', project }, async (transaction) => {
    const link = await linkOf(world, transaction, token);
    if (link === undefined || link.person === null) return undefined;
    const passkey = await addPasskeyIn(world, transaction, link.person, response, name);
    if (passkey === undefined) return undefined;
    if ((await transaction.signIn.takeOneTime(sha256(token), 'enrolment', world.clock.now())) === undefined)
      throw new Error('the link was spent meanwhile');
    if (link.data['resets'] === 'yes') await endWaysBefore(world, transaction, link.person, passkey.credential);
    return openSessionIn(world, transaction, link.person, { by: 'passkey', detail: passkey.credential });
  });
}

async function endWaysBefore(world: World, transaction: Transaction, person: PersonId, but: string): Promise<void> {
  const { signIn } = transaction;
  await endAccess(world, transaction, person, false);
  for (const { credential } of await signIn.passkeysOf(person)) if (credential !== but) await signIn.removePasskey(person, credential);
  await signIn.unbindIdentities(person);
}

/** The first of two people says that a member lost their way in. Nothing is issued yet (SAFETY 4.4: never by mail, never by one). */
export function askRecovery(world: World, actor: PersonActor, person: PersonId): Promise<'asked' | Refused> {
  return world.store.as({ kind: 'process', project: actor.project }, async (transaction) => {
    const no = await notForRecovery(transaction, actor, person);
    if (no !== undefined) return no;
    const now = world.clock.now();
    await transaction.signIn.putOneTime(sha256(world.random(32)), 'recovery', {
      person,
      data: { by: actor.person },
      expires: shifted(now, { hours: recoveryHours }),
    });
    await transaction.signIn.log({ at: now, person, kind: 'recovery-asked', detail: actor.person });
    return 'asked';
  });
}

/** The second, who is neither the first nor the member, confirms, and gets the link to hand over. */
export function confirmRecovery(world: World, actor: PersonActor, person: PersonId): Promise<EnrolmentLink | Refused> {
  const { project } = actor;
  return world.store.as({ kind: 'process', project }, async (transaction) => {
    const no = await notForRecovery(transaction, actor, person);
    if (no !== undefined) return no;
    const now = world.clock.now();
    const asked = (await transaction.signIn.oneTimes('recovery', now)).filter((one) => one.person === person);
    if (asked.length === 0) return refused.invalid('person', 'Nobody has asked for this yet, or it was too long ago.');
    if (asked.every((one) => one.data['by'] === actor.person))
      return refused.notPermitted('You asked for it yourself. Another person has to confirm.');
    await transaction.signIn.log({ at: now, person, kind: 'recovery-confirmed', detail: actor.person });
    return makeEnrolmentLink(world, transaction, project, person, { by: actor.person, resets: true });
  });
}

async function notForRecovery(transaction: Transaction, actor: PersonActor, person: PersonId): Promise<Refused | undefined> {
  if (!(await mayAdmit(transaction, actor))) return refused.notPermitted('Recovery is for those who admit people, and administrators.');
  if (person === actor.person) return refused.notPermitted('Nobody recovers their own access.');
  if ((await transaction.accounts.member(person)) === undefined) return refused.invalid('person', 'This project has no such member.');
  return undefined;
}

/** Requests that wait for a second person. */
export function openRecoveries(
  world: World,
  { project }: PersonActor,
): Promise<readonly { readonly person: string; readonly by: string; readonly expires: Instant }[]> {
  return world.store.as({ kind: 'process', project }, async ({ signIn }) => {
    const all = await signIn.oneTimes('recovery', world.clock.now());
    return all.map(({ person, data, expires }) => ({ person: person ?? '', by: data['by'] ?? '', expires }));
  });
}
