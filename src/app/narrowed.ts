// SPDX-License-Identifier: Apache-2.0
// Narrowed cases whose readers leave: who is left, and the call to those who run the system when nobody is. No such case widens by itself (app/let-in.ts).

import type { CaseId, PersonId, ProjectId, Role } from '../core/model/identifiers.ts';
import { readsByName } from '../core/policy/access.ts';
import { rolesWith } from '../core/policy/policy.ts';
import { staysAmongFew } from '../core/policy/when-added.ts';
import { unread } from '../core/process/consequences/reminders.ts';
import type { Member } from '../ports/store/accounts.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { Transaction } from '../ports/store/store.ts';
import { actIn } from './act.ts';
import { newContents } from './contents.ts';
import { everybody } from './routing.ts';
import type { World } from './world.ts';

/** Those of the few who read it and can still do something: members with a right by which somebody is let in. */
export function leftIn({ policy, guarded }: CaseRecord, members: readonly Member[]): readonly Member[] {
  const able = [...rolesWith(policy, 'add_people'), ...rolesWith(policy, 'handle')];
  return members.filter((one) => readsByName(one, guarded) && one.roles.some((role) => able.includes(role)));
}

/**
 * Takes a name from the few wherever none of the roles that the person holds lets them read the case any more; a role that does not count for a while
 * keeps it. @returns the narrowed cases that name them, for whom nobody may be left.
 */
export async function takeFromFew(
  world: World,
  transaction: Transaction,
  person: PersonId,
  held: readonly Role[],
): Promise<readonly CaseId[]> {
  const named = await transaction.cases.narrowedTo(person);
  for (const id of named) {
    const record = await transaction.cases.lock(id);
    if (record === undefined || staysAmongFew(record.state, record.policy, person, held)) continue;
    const process = { kind: 'process', project: record.state.project } as const;
    await actIn(world, transaction, process, id, { action: { kind: 'remove-person', person }, contents: newContents(world.random) });
  }
  return named;
}

/** Calls those who run the system for those of these narrowed cases that nobody is left to read; for the transaction in which it came so. */
export async function callIfUnread(world: World, transaction: Transaction, narrowed: readonly CaseId[]): Promise<void> {
  for (const id of narrowed) await callFor(world, transaction, id);
}

async function callFor(world: World, transaction: Transaction, id: CaseId): Promise<void> {
  const record = await transaction.cases.lock(id);
  if (record === undefined || leftIn(record, await transaction.accounts.members(everybody)).length > 0) return;
  const process = { kind: 'process', project: record.state.project } as const;
  await actIn(world, transaction, process, id, { action: { kind: 'remind', clock: unread }, contents: newContents(world.random) });
  world.log('narrowed-unread', { case: id });
}

/** The same where somebody's access to one case was taken back, or came to its end. */
export async function callIfNobodyReads(world: World, transaction: Transaction, id: CaseId): Promise<void> {
  const record = await transaction.cases.find(id);
  if (record !== undefined && record.state.narrowed !== null && !record.guarded.public) await callFor(world, transaction, id);
}

/** The same for all of them that nobody was called for, as a program that was down finds them. */
export async function callForUnread(world: World, project: ProjectId): Promise<void> {
  const process = { kind: 'process', project } as const;
  const ids = await world.store.as(process, ({ cases }) => cases.narrowedTo(null));
  for (const id of ids)
    await world.store.as(process, async (transaction) => {
      const record = await transaction.cases.find(id);
      if (record !== undefined && record.state.reminders[unread] === undefined) await callFor(world, transaction, id);
    });
}
