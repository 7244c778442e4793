// SPDX-License-Identifier: Apache-2.0
// a first start that is killed again and again, anywhere between an empty folder and `ready`, is finished by the next one.

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { instant } from '../../src/core/model/time.ts';
import { ask } from '../support/kill-clients.ts';
import { program } from '../support/kill-harness.ts';
import { cannotKill, randomFrom } from '../support/kill-run.ts';

const rounds = Number(process.env['DAYLIGHT_KILLS'] ?? 4);

test(`R-01 a demonstration whose first start is killed ${rounds} times is ready at the next, each of its cases there once`, {
  skip: cannotKill,
  timeout: 60_000 + rounds * 30_000,
}, async (t) => {
  const seed = Number(process.env['DAYLIGHT_SEED'] ?? randomInt(1_000_000));
  t.diagnostic(`seed ${seed}`);
  const random = randomFrom(seed);
  const demo = await program({ command: 'demo', projects: '', clock: instant('2026-11-02T09:00:00Z'), relay: 0 });
  t.after(() => demo.remove());
  for (let round = 0; round < rounds; round++) {
    const starting = demo.start().then(
      () => 'ready',
      () => 'killed',
    );
    await pause(300 + random() * 6000);
    await demo.kill(random() < 0.5 ? 'both' : 'node');
    t.diagnostic(`killed in round ${round}: ${await starting}`);
  }
  await demo.start();
  const replays = Object.keys(JSON.parse(readFileSync(join(demo.data, 'demo', 'replays.json'), 'utf8')));
  assert.equal(replays.length, 3);
  const cases = await demo.query<{ case_id: string }>('select case_id from daylight.cases');
  assert.deepEqual(cases.map((row) => row.case_id).sort(), replays.sort());
  assert.equal((await ask(`${demo.http}/libvirt/advisories`))?.status, 200);
  await demo.stop();
});
