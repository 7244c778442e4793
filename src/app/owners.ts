// SPDX-License-Identifier: Apache-2.0
// Owners: when a clock asks for another, and when one has left. Whom it falls to is core/process/owners.ts, whose business it is routing.ts.

import type { ProcessActor } from '../core/model/actor.ts';
import type { CaseId, PersonId, ProjectId, Role } from '../core/model/identifiers.ts';
import type { Deadline } from '../core/process/deadlines.ts';
import type { Answer } from '../core/process/owners.ts';
import { answerTo, mayOwn, ownedBy, successor } from '../core/process/owners.ts';
import type { NewMember } from '../ports/store/accounts.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { Transaction } from '../ports/store/store.ts';
import { actIn } from './act.ts';
import { newContents } from './contents.ts';
import { base32 } from './encoding.ts';
import { callForUnread, callIfNobodyReads, callIfUnread, takeFromFew } from './narrowed.ts';
import { askedIn, everybody } from './routing.ts';
import { endAccessWithoutRole } from './sign-in/sessions.ts';
import type { World } from './world.ts';

/**
 * What a clock that asks for another owner leads to. Where somebody is found the case is passed on; where they do not see it, they are told that a case
 * waits, and the owner is called. Without anybody the owner is called.
 */
export async function passOn(world: World, transaction: Transaction, record: CaseRecord, deadline: Deadline): Promise<void> {
  const { state, policy, guarded } = record;
  const actor: ProcessActor = { kind: 'process', project: state.project };
  const roster = await transaction.accounts.members(everybody);
  const owned = ownedBy(state, guarded);
  const answer = deadline.ask === undefined ? undefined : answerTo(deadline.ask, policy, owned, roster);
  const contents = newContents(world.random);
  if (answer?.kind === 'owner') {
    const action = { kind: 'pass-on-case', ...answer.chosen, clock: deadline.clock } as const;
    await actIn(world, transaction, actor, state.case, { action, contents });
    return;
  }
  await actIn(world, transaction, actor, state.case, { action: deadline.action, contents });
  await tell(world, transaction, state.case, state.version + 1, answer);
}

/** The one whom the ladder names, but who does not see the case. */
async function tell(world: World, transaction: Transaction, id: CaseId, seq: number, answer: Answer | undefined): Promise<void> {
  if (answer?.kind !== 'outsider') return;
  const to = { kind: 'person', person: answer.person } as const;
  await transaction.outbox.put({
    id: base32(world.random(16)),
    case: id,
    key: `${seq}:case-waits:person:${answer.person}`,
    notice: 'case-waits',
    to,
    seq,
    askedAt: world.clock.now(),
    heldUntil: null,
  });
}

/**
 * Writes a member down as they are now. Cases that they can own no more have another owner in the same transaction (I8); where the last role goes, so does
 * every session and token.
 */
export async function changeMember(world: World, project: ProjectId, member: NewMember): Promise<void> {
  await world.store.as({ kind: 'process', project }, async (transaction) => {
    const before = await transaction.accounts.member(member.person);
    await transaction.accounts.putMember(member);
    await succeedOf(world, transaction, member.person, member.roles);
    await endAccessWithoutRole(world, transaction, member.person, before?.roles ?? [], member.roles);
  });
}

/**
 * Takes their name from narrowed cases that they read no longer, passes on what they may own no longer, and calls where they were the last to read it;
 * for the transaction in which they lost it. `held`: the roles that they still hold, those among them too that do not count just now.
 */
export async function succeedOf(world: World, transaction: Transaction, person: PersonId, held: readonly Role[]): Promise<void> {
  const narrowed = await takeFromFew(world, transaction, person, held);
  for (const id of await transaction.cases.ownedBy(person)) await succeed(world, transaction, id);
  await callIfUnread(world, transaction, narrowed);
}

/** After somebody lost their access to this one case: another owner where it was theirs, and a call where nobody is left who reads it. */
export async function accessEnded(world: World, transaction: Transaction, id: CaseId): Promise<void> {
  await succeed(world, transaction, id);
  await callIfNobodyReads(world, transaction, id);
}

/** Looks for open cases whose owner is gone, or that never had one, and gives them one. @returns how many were given one. */
export async function mendOwners(world: World, project: ProjectId): Promise<number> {
  const process = { kind: 'process', project } as const;
  const found = await world.store.as(process, async ({ cases, accounts }) => {
    const known = new Set((await accounts.members(everybody)).filter((one) => one.roles.length > 0).map((one) => one.person));
    const gone = (await cases.owners()).filter((owner) => owner === null || !known.has(owner));
    return (await Promise.all(gone.map((owner) => cases.ownedBy(owner)))).flat();
  });
  let mended = 0;
  for (const id of found) if (await world.store.as(process, (transaction) => succeed(world, transaction, id))) mended++;
  await callForUnread(world, project);
  return mended;
}

/** A case whose owner may no longer own it is passed on; without anybody it keeps its owner's name, and its clocks call those who run the system. */
export async function succeed(world: World, transaction: Transaction, id: CaseId): Promise<boolean> {
  const record = await transaction.cases.lock(id);
  if (record === undefined) return false;
  const { state, policy, guarded } = record;
  const roster = await transaction.accounts.members(everybody);
  const owned = ownedBy(state, guarded);
  const owner = roster.find((one) => one.person === state.owner);
  if (state.handling === 'held' || (owner !== undefined && mayOwn(owner, owned, policy))) return false;
  const next = successor(policy, owned, roster, await askedIn(transaction, record, roster));
  if (next === undefined) return false;
  const action = { kind: 'pass-on-case', ...next, clock: null } as const;
  await actIn(world, transaction, { kind: 'process', project: state.project }, id, { action, contents: newContents(world.random) });
  return true;
}
