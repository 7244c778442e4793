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
import { tellHolder } from './tell.ts';
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

/** Who gives people their ways in: a member who may, or whoever runs the program, at its console. The console is one voice, and not two. */
export type Admitter = PersonActor | { readonly kind: 'console'; readonly project: ProjectId };

/** As the log names the console; no name of a person has a bracket in it. */
const consoleName = '(console)' as PersonId;

function voiceOf(by: Admitter): PersonId {
  return by.kind === 'person' ? by.person : consoleName;
}

/** By somebody with the right to admit, for another member who has no way in yet. */
export function inviteMember(world: World, by: Admitter, person: PersonId, hours?: number): Promise<EnrolmentLink | Refused> {
  const { project } = by;
  return world.store.as({ kind: 'process', project }, async (transaction) => {
    const no = await notForAdmitter(transaction, by, person);
    if (no !== undefined) return no;
    if (await hasWayIn(transaction, person))
      return refused.invalid('person', 'They have a way in. Whoever lost it gets another by recovery, which takes two people.');
    return makeEnrolmentLink(world, transaction, project, person, { by: voiceOf(by), ...(hours === undefined ? {} : { hours }) });
  });
}

async function hasWayIn({ signIn }: Transaction, person: PersonId): Promise<boolean> {
  return (await signIn.passkeysOf(person)).length + (await signIn.identitiesOf(person)).length > 0;
}

/** Binds what the sign-in service calls somebody, before they first come: by its own unchanging name for them, never by an address (L-26). */
export function bindIdentity(world: World, by: Admitter, person: PersonId, subject: string): Promise<'bound' | Refused> {
  const issuer = world.provider?.issuer;
  return world.store.as({ kind: 'process', project: by.project }, async (transaction) => {
    const no = await notForAdmitter(transaction, by, person);
    if (no !== undefined) return no;
    if (issuer === undefined) return refused.invalid('subject', 'This installation has no sign-in service.');
    if (!/^[\x21-\x7e]{1,255}$/.test(subject))
      return refused.invalid('subject', 'The name that the service has for them, as it stands in its list of users; no mail address.');
    if (await hasWayIn(transaction, person))
      return refused.invalid('subject', 'They have a way in. Whoever lost it gets another by recovery, which takes two people.');
    const at = world.clock.now();
    if (!(await transaction.signIn.bindIdentity({ issuer, subject, person }, at)))
      return refused.invalid('subject', 'This account belongs to another member.');
    await transaction.signIn.log({ at, person, kind: 'identity-bound', detail: voiceOf(by) });
    await tellHolder(world, transaction, person, 'way-in-added');
    return 'bound';
  });
}

async function notForAdmitter(transaction: Transaction, by: Admitter, person: PersonId): Promise<Refused | undefined> {
  if (!(await mayAdmit(transaction, by)))
    return refused.notPermitted('Ways in are given by those who admit people, and by administrators.');
  if (by.kind === 'person' && by.person === person) return refused.notPermitted('Nobody gives themselves a way in.');
  const known = await transaction.roster.person(person);
  if (known?.state.standing !== 'active') return refused.invalid('person', 'This project has no such member.');
  return undefined;
}

/** Those who admit by the policy, and administrators; asked of the roles of this moment. */
async function mayAdmit({ accounts, policies }: Transaction, by: Admitter): Promise<boolean> {
  if (by.kind === 'console') return true;
  const { policy } = await policies.active();
  const held = (await accounts.member(by.person))?.roles ?? [];
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

/** Ends everything that let them in but this passkey, and tells them. */
export async function endWaysBefore(world: World, transaction: Transaction, person: PersonId, but: string): Promise<void> {
  const { signIn } = transaction;
  await endAccess(world, transaction, person, false);
  for (const { credential } of await signIn.passkeysOf(person)) if (credential !== but) await signIn.removePasskey(person, credential);
  await signIn.unbindIdentities(person);
  await tellHolder(world, transaction, person, 'recovery-used');
}

/** The first of two people says that a member lost their way in. Nothing is issued yet (SAFETY 4.4: never by mail, never by one). */
export function askRecovery(world: World, by: Admitter, person: PersonId): Promise<'asked' | Refused> {
  return world.store.as({ kind: 'process', project: by.project }, async (transaction) => {
    const no = await notForAdmitter(transaction, by, person);
    if (no !== undefined) return no;
    const now = world.clock.now();
    await transaction.signIn.putOneTime(sha256(world.random(32)), 'recovery', {
      person,
      data: { by: voiceOf(by) },
      expires: shifted(now, { hours: recoveryHours }),
    });
    await transaction.signIn.log({ at: now, person, kind: 'recovery-asked', detail: voiceOf(by) });
    await tellHolder(world, transaction, person, 'recovery-asked');
    return 'asked';
  });
}

/** The second, who is neither the first nor the member, confirms, and gets the link to hand over. */
export function confirmRecovery(world: World, by: Admitter, person: PersonId): Promise<EnrolmentLink | Refused> {
  const { project } = by;
  return world.store.as({ kind: 'process', project }, async (transaction) => {
    const no = await notForAdmitter(transaction, by, person);
    if (no !== undefined) return no;
    const now = world.clock.now();
    const asked = (await transaction.signIn.oneTimes('recovery', now)).filter((one) => one.person === person);
    if (asked.length === 0) return refused.invalid('person', 'Nobody has asked for this yet, or it was too long ago.');
    if (asked.every((one) => one.data['by'] === voiceOf(by)))
      return refused.notPermitted('You asked for it yourself. Another person has to confirm.');
    await transaction.signIn.log({ at: now, person, kind: 'recovery-confirmed', detail: voiceOf(by) });
    return makeEnrolmentLink(world, transaction, project, person, { by: voiceOf(by), resets: true });
  });
}

/** A member's ways in as somebody who gives them sees them, and what may be done about them now. */
export interface WaysIn {
  readonly has: boolean;
  /** Who asked for recovery, and until when it waits; null where nobody has. */
  readonly asked: { readonly by: string; readonly until: Instant; readonly own: boolean } | null;
  /** Host of the service whose account may be bound; null where there is none. */
  readonly service: string | null;
}

/** Undefined for whoever gives nobody a way in, and for those who are no members now. */
export function waysInOf(world: World, actor: PersonActor, person: PersonId): Promise<WaysIn | undefined> {
  return world.store.as({ kind: 'process', project: actor.project }, async (transaction) => {
    if ((await notForAdmitter(transaction, actor, person)) !== undefined) return undefined;
    const open = (await transaction.signIn.oneTimes('recovery', world.clock.now())).find((one) => one.person === person);
    const by = (open?.data['by'] ?? '') as PersonId;
    const name = by === consoleName ? 'the console' : ((await transaction.roster.person(by))?.details.name ?? by);
    return {
      has: await hasWayIn(transaction, person),
      asked: open === undefined ? null : { by: name, until: open.expires, own: by === actor.person },
      service: world.provider === null ? null : new URL(world.provider.issuer).host,
    };
  });
}
