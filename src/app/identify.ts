// SPDX-License-Identifier: Apache-2.0
// Which reporter is asking: a return key or a reply address becomes an actor. Addresses and domains grant nothing (L-26).

import type { PersonActor, ReporterActor } from '../core/model/actor.ts';
import type { CaseId, ParticipantId, PersonId, ProjectId } from '../core/model/identifiers.ts';
import { shifted } from '../core/model/time.ts';
import type { Transaction } from '../ports/store/store.ts';
import { base32, sameText, sha256 } from './encoding.ts';
import { replyToken, returnKey } from './intake.ts';
import { hasForm, secretsIn } from './sign-in/tokens.ts';
import type { World } from './world.ts';

/** The reporter behind a return key; undefined for any other token, a reply address's own too, and in another project. */
export async function keyActor(world: World, project: ProjectId, key: string): Promise<ReporterActor | undefined> {
  const actor = hasForm('return-key', key) ? await bearer(world, project, key, 'case_link', returnKey) : undefined;
  return actor?.project === project ? actor : undefined;
}

/** The return key in what somebody typed or pasted, with whatever stands around it. */
export function keyIn(typed: string): string {
  return secretsIn(typed).find(({ kind }) => kind === 'return-key')?.token ?? '';
}

/** Who writes to a reply address, whichever project the case belongs to; `asked` is any project of this installation. */
export async function replyActor(world: World, asked: ProjectId, token: string): Promise<ReporterActor | PartyWriter | undefined> {
  const link = await linkOf(world, asked, token);
  const member = link === undefined ? undefined : memberIn(link.participant);
  if (link === undefined || member === undefined) return bearer(world, asked, token, 'reply_address', replyToken);
  if (!sameText(token, partyReplyToken(world, link.case, member.person, member.party))) return undefined;
  return stillMember(world, link, member);
}

/** Somebody of a told party who answers a mail, and for which party. */
export interface PartyWriter {
  readonly kind: 'party';
  readonly actor: PersonActor;
  readonly case: CaseId;
  readonly party: string;
}

/** With the roles of this moment: the address of somebody who was removed, or holds none any more, is one that never was (L-11). */
async function stillMember(
  world: World,
  { project, case: id }: Link,
  { person, party }: { readonly person: PersonId; readonly party: string },
): Promise<PartyWriter | undefined> {
  const found = await world.store.as({ kind: 'process', project }, ({ accounts }) => accounts.member(person));
  if (found === undefined || found.roles.length === 0) return undefined;
  const actor: PersonActor = { kind: 'person', project, person, roles: found.roles, proof: { by: 'reply_address' } };
  return { kind: 'party', actor, case: id, party };
}

/** Puts the address in by which somebody of a party answers one mail and all that follow it. */
export async function partyReplyLink(
  world: World,
  { accounts }: Transaction,
  id: CaseId,
  person: PersonId,
  party: string,
): Promise<string> {
  const token = partyReplyToken(world, id, person, party);
  const expires = shifted(world.clock.now(), { hours: 24 * 365 });
  await accounts.addCaseLink({ tokenHash: sha256(token), case: id, participant: `member:${person} ${party}` as ParticipantId, expires });
  return token;
}

function partyReplyToken(world: World, id: CaseId, person: PersonId, party: string): string {
  return base32(world.derive('reply-address', id, person, party).subarray(0, 20));
}

/** A link of a member says so: ids of reporters have no colon. */
function memberIn(participant: ParticipantId): { readonly person: PersonId; readonly party: string } | undefined {
  const [, person, party] = /^member:(\S+) (.+)$/.exec(participant) ?? [];
  return person === undefined || party === undefined ? undefined : { person: person as PersonId, party };
}

type Link = NonNullable<Awaited<ReturnType<typeof linkOf>>>;

function linkOf(world: World, asked: ProjectId, token: string) {
  return world.store.as({ kind: 'anonymous', project: asked }, ({ accounts }) => accounts.caseLink(sha256(token), world.clock.now()));
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
  made: typeof returnKey,
): Promise<ReporterActor | undefined> {
  const link = await linkOf(world, asked, token);
  if (link === undefined || !sameText(token, made(world, link.case, link.participant))) return undefined;
  return { kind: 'reporter', project: link.project, case: link.case, participant: link.participant, proof: { by } };
}
