// SPDX-License-Identifier: Apache-2.0
// R-02 at length: thirty and more kills in one installation, and what they are for: docs/decisions/011-durability.md.

import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { cannotKill, killRun } from '../support/kill-run.ts';

const count = Number(process.env['DAYLIGHT_KILLS'] ?? 36);

test(`R-02 after ${count} kills every acknowledged report and action is there once, and each story ends as in peace`, {
  skip: cannotKill,
  timeout: 60_000 + count * 60_000,
}, async (t) => {
  const seed = Number(process.env['DAYLIGHT_SEED'] ?? randomInt(1_000_000));
  t.diagnostic(`seed ${seed}; DAYLIGHT_SEED=${seed} kills at the same steps again`);
  const began = performance.now();
  const { kills, verdict } = await killRun(t, count, seed);
  const away = kills.map((kill) => kill.away).sort((a, b) => a - b);
  const middle = Math.round(away[Math.floor(away.length / 2)] ?? 0);
  t.diagnostic(`${kills.length} kills: ${JSON.stringify(verdict)}`);
  t.diagnostic(
    `away for ${middle} ms in the middle, ${Math.round(away.at(-1) ?? 0)} ms at most; ${Math.round((performance.now() - began) / 1000)} s`,
  );
});
