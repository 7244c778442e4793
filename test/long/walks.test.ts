// SPDX-License-Identifier: Apache-2.0
// The invariants over a hundred thousand random walks under each policy, shared out among the processors. DAYLIGHT_SEED repeats a run.

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { presetNames } from '../support/policies.ts';
import type { Shard, ShardResult } from './walk-shard.ts';

const walks = Number(process.env['DAYLIGHT_WALKS'] ?? 100_000);
const firstSeed = Number(process.env['DAYLIGHT_SEED'] ?? randomInt(2 ** 31));
const shards = availableParallelism();

function run(shard: Shard): Promise<ShardResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./walk-shard.js', import.meta.url), { workerData: shard });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

for (const name of presetNames)
  test(`I1 I2 I3 I4 I5 I6 I7 I8 I9 I10 I11 I12 I13 L-18 hold over ${walks} random walks of up to 20 actions under ${name}`, async (t) => {
    t.diagnostic(`first seed ${firstSeed}, ${shards} shards`);
    const results = await Promise.all(Array.from({ length: shards }, (_, at) => run({ name, firstSeed, walks, at, shards })));
    assert.deepEqual(
      results.flatMap((result) => result.failures),
      [],
    );
    assert.equal(
      results.reduce((sum, result) => sum + result.walked, 0),
      walks,
    );
  });
