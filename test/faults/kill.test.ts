// SPDX-License-Identifier: Apache-2.0
// kill -9 at random instants of a story, with what clients were told as the judge. Many more of them: npm run long.

import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { cannotKill, killRun } from '../support/kill-run.ts';

test('R-02 after six kills every acknowledged report and action is there once, and each story ends as in peace', {
  skip: cannotKill,
  timeout: 600_000,
}, async (t) => {
  const seed = Number(process.env['DAYLIGHT_SEED'] ?? randomInt(1_000_000));
  t.diagnostic(`seed ${seed}; DAYLIGHT_SEED=${seed} kills at the same steps again`);
  const began = performance.now();
  const { verdict } = await killRun(t, 6, seed);
  t.diagnostic(`${JSON.stringify(verdict)} in ${Math.round((performance.now() - began) / 1000)} s`);
});
