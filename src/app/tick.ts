// SPDX-License-Identifier: Apache-2.0
// The tick: does what is due now, for cases and for held mail. Any number of nodes may tick at once; each case and each message is taken by one.

import type { ProcessActor } from '../core/model/actor.ts';
import type { CaseId, PersonId, ProjectId } from '../core/model/identifiers.ts';
import { isRefusal } from '../core/model/refusal.ts';
import { due } from '../core/process/deadlines.ts';
import { actIn, reschedule } from './act.ts';
import { newContents } from './contents.ts';
import { sendOne } from './outgoing.ts';
import { accessEnded, passOn } from './owners.ts';
import { tickPerson } from './roster-tick.ts';
import { tickProject } from './upkeep.ts';
import type { World } from './world.ts';

const batch = 100;

/** @returns how many cases, people and messages were looked at: 0 means that nothing was due. */
export async function tick(world: World, project: ProjectId): Promise<number> {
  return (await tickClocks(world, project)) + (await tickMail(world, project));
}

/** All but the mail: whatever ends by the clock, a right among it, does not wait for a relay that is slow (L-11). */
export async function tickClocks(world: World, project: ProjectId): Promise<number> {
  const cases = await dueCases(world, project);
  for (const id of cases) await alone(world, { case: id }, () => tickCase(world, project, id));
  const people = await duePeople(world, project);
  for (const person of people) await alone(world, { person }, () => tickPerson(world, project, person));
  await sealLogs(world, project);
  return cases.length + people.length;
}

/** The mail whose hour has come, and what is told to those who run the system. */
export async function tickMail(world: World, project: ProjectId): Promise<number> {
  const messages = await dueMessages(world, project);
  for (const id of messages) await alone(world, { outgoing: id }, () => sendOne(world, project, id));
  await alone(world, { project }, () => tickProject(world, project));
  return messages.length;
}

/** One case or message that fails holds up no other: its failure is logged by kind, and the next tick tries again. */
async function alone(world: World, ids: Readonly<Record<string, string>>, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    world.log('tick-failed', { ...ids, error: error instanceof Error ? error.name : 'unknown' });
  }
}

/** Takes the one action that is due. When a publication is refused at its hour, its owner is called instead, so that nothing waits in silence. */
async function tickCase(world: World, project: ProjectId, id: CaseId): Promise<void> {
  const process: ProcessActor = { kind: 'process', project };
  await world.store.as(process, async (transaction) => {
    const contents = newContents(world.random);
    // Related cases are locked in their order, so this one must not be held before them.
    const seen = await transaction.cases.find(id);
    const first = seen && due(seen.state, seen.policy, world.clock.now());
    if (first?.action.kind === 'update-relations') {
      await actIn(world, transaction, process, id, { action: first.action, contents });
      return;
    }
    const record = await transaction.cases.lock(id);
    if (record === undefined) return;
    const deadline = due(record.state, record.policy, world.clock.now());
    if (deadline === undefined) return reschedule(world, transaction, record);
    // It came in between: the next tick locks them in their order.
    if (deadline.action.kind === 'update-relations') return;
    if (deadline.ask !== undefined) return passOn(world, transaction, record, deadline);
    const acted = await actIn(world, transaction, process, id, { action: deadline.action, contents });
    if (!isRefusal(acted)) return deadline.action.kind === 'remove-person' ? accessEnded(world, transaction, id) : undefined;
    world.log('deadline-refused', { case: id, clock: deadline.clock, refusal: acted.refusal.kind });
    await actIn(world, transaction, process, id, { action: { kind: 'remind', clock: deadline.clock }, contents });
  });
}

/** Readings and sign-ins since the last tick join their chains. */
function sealLogs(world: World, project: ProjectId): Promise<unknown> {
  return world.store.as({ kind: 'process', project }, async ({ audit }) => {
    await audit.seal(batch * 10);
    await audit.sealSignIns(batch * 10);
  });
}

function duePeople(world: World, project: ProjectId): Promise<readonly PersonId[]> {
  return world.store.as({ kind: 'process', project }, ({ roster }) => roster.due(world.clock.now(), batch));
}

function dueCases(world: World, project: ProjectId): Promise<readonly CaseId[]> {
  return world.store.as({ kind: 'process', project }, (transaction) => transaction.cases.due(world.clock.now(), batch));
}

function dueMessages(world: World, project: ProjectId): Promise<readonly string[]> {
  return world.store.as({ kind: 'process', project }, (transaction) => transaction.outbox.due(world.clock.now(), batch));
}
