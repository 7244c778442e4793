// SPDX-License-Identifier: Apache-2.0
// What a worker takes up again when another died: the steps of every publication, those of versions after the disclosure too.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pool, PoolClient } from 'pg';
import { resumeJobs } from '../../src/app/resume.ts';
import type { World } from '../../src/app/world.ts';
import type { CaseState } from '../../src/core/model/case.ts';
import { startQueue } from '../../src/worker/queue.ts';
import { libvirt, morning, receive, report, settle } from '../contract/store-material.ts';
import { testDatabase } from '../support/database.ts';

const { store, ask } = await testDatabase();
await settle(store);

/** A case that ended, whose second version has reached these channels and no others. */
async function corrected(confirmed: readonly string[], clocked: boolean): Promise<string> {
  const one = report(libvirt);
  const { state } = one.first;
  const channels = ['0:site', '1:git', '2:mail'].map((channel): CaseState['disclosure']['channels'][number] =>
    confirmed.includes(channel) ? { channel, state: 'confirmed', at: morning } : { channel, state: 'due', at: null },
  );
  const closed: CaseState = { ...state, handling: 'closed', disclosure: { ...state.disclosure, prepared: [], channels } };
  return (await receive(store, one, { state: closed, nextDeadline: clocked ? morning : null })).id;
}

test('P4 T24 the channels of a version after the disclosure are taken up again, the site before the others; a case of which no clock runs is left', async () => {
  const none = await corrected([], true);
  const seen = await corrected(['0:site', '1:git'], true);
  await corrected([], false);
  await resumeJobs({ store } as World, libvirt);
  const rows = await ask<{ key: string }>('select key from graphile_worker.jobs order by key');
  assert.deepEqual(
    rows.map(({ key }) => key),
    [`libvirt:announce:${seen}:2:mail`, `libvirt:publish-site:${none}:0:site`],
  );
});

test('R-02 a job that the database gave to a runner whom the answer never reached is known to be left behind, and the runner goes on', async (t) => {
  const { ask, database } = await testDatabase(t);
  for (const task of ['announce', 'publish-site']) await ask('select graphile_worker.add_job($1, $2)', [task, '{}']);
  let lost = 0;
  const pool = losing(database.jobsConnection, () => lost++ === 0);
  const done: unknown[] = [];
  let told = 0;
  const world = { log: () => undefined } as unknown as World;
  const queue = await startQueue(world, {
    pool,
    perform: async (payload) => {
      done.push(payload);
    },
    leftBehind: () => told++,
  });
  const waiting = async (what: () => boolean) => {
    for (let look = 0; look < 200 && !what(); look++) await new Promise((resolve) => setTimeout(resolve, 25));
  };
  await waiting(() => told > 0 && done.length > 0);
  await queue.stop();
  assert.equal(told, 1);
  const [left] = await ask<{ count: string }>('select count(*) from graphile_worker.jobs where locked_at is not null');
  assert.equal(left?.count, '1', 'it stays locked, and nobody else takes it');
  assert.equal(done.length, 1, 'the other job is done by the same runner');
});

/** The same pool, but that the answer to whoever was given a job may be lost on its way. */
function losing(pool: Pool, loses: () => boolean): Pool {
  const unreliable = (client: PoolClient): PoolClient =>
    new Proxy(client, {
      get(target, name) {
        const member = Reflect.get(target, name);
        if (name !== 'query') return typeof member === 'function' ? member.bind(target) : member;
        return async (...words: unknown[]) => {
          const answer = await member.apply(target, words);
          if (JSON.stringify(words[0]).includes('locked_by') && answer.rows.length > 0 && loses()) throw new Error('connection terminated');
          return answer;
        };
      },
    });
  return new Proxy(pool, {
    get(target, name) {
      const member = Reflect.get(target, name);
      // With a callback it is the listener's, which takes no job.
      if (name === 'connect')
        return async (...words: Parameters<Pool['connect']> | []) =>
          words.length === 0 ? unreliable(await target.connect()) : target.connect(...words);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
