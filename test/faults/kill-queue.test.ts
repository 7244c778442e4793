// SPDX-License-Identifier: Apache-2.0
// jobs whose runner was killed in their midst are taken up at once, those of a living runner are left alone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { World } from '../../src/app/world.ts';
import type { ProjectId } from '../../src/core/model/identifiers.ts';
import { startQueue } from '../../src/worker/queue.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const project = 'libvirt' as ProjectId;
const world = { log: () => undefined } as unknown as World;

/** A job that `holder` has taken, as graphile-worker leaves it when it is killed. */
async function takenJob({ store, database }: TestDatabase, holder: string): Promise<void> {
  await store.as({ kind: 'process', project }, ({ jobs }) => jobs.enqueue({ task: 'tick' }, holder));
  const held = 'update graphile_worker._private_jobs set locked_at = now(), locked_by = $1, attempts = 1 where key = $2';
  await database.jobsConnection.query(held, [holder, `${project}:${holder}`]);
}

/** How many jobs a queue does within `milliseconds`. */
async function done(database: TestDatabase, milliseconds: number): Promise<number> {
  let count = 0;
  const queue = await startQueue(world, database.database.jobsConnection, async () => {
    count += 1;
  });
  await pause(milliseconds);
  await queue.stop();
  return count;
}

test('R-01 a job whose runner was killed is done by the next one, and not four hours later', async (t) => {
  const database = await testDatabase(t);
  await takenJob(database, 'pool-killed');
  assert.equal(await done(database, 1000), 1);
});

test('R-01 a job of a runner that lives is left to it', async (t) => {
  const database = await testDatabase(t);
  const other = startQueue(world, database.database.jobsConnection, () => pause(2500));
  await database.store.as({ kind: 'process', project }, ({ jobs }) => jobs.enqueue({ task: 'tick' }, 'slow'));
  const queue = await other;
  const taken = 'select 1 from graphile_worker._private_jobs where locked_by is not null';
  while ((await database.ask(taken)).length === 0) await pause(20);
  // The connection that says who lives takes its lock once it listens.
  await pause(200);
  assert.equal(await done(database, 500), 0);
  await queue.stop();
});

test('R-01 a job that was ordered anew while its killed runner had it is done once, and nothing of it is left', async (t) => {
  const database = await testDatabase(t);
  await takenJob(database, 'pool-killed');
  await database.store.as({ kind: 'process', project }, ({ jobs }) => jobs.enqueue({ task: 'tick' }, 'pool-killed'));
  assert.equal(await done(database, 1000), 1);
  assert.deepEqual(await database.ask('select * from graphile_worker._private_jobs'), []);
});
