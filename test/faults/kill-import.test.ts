// SPDX-License-Identifier: Apache-2.0
// R-02 for archives: an import killed at four of its steps, one in each quarter. All of them: npm run long.

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { killImports } from '../support/import-kills.ts';
import { cannotKill, randomFrom } from '../support/kill-run.ts';

test('R-02 L-38 an import killed at four of its steps shows all of the archive or nothing, and the same command ends it', {
  skip: cannotKill,
  timeout: 600_000,
}, async (t) => {
  const seed = Number(process.env['DAYLIGHT_SEED'] ?? randomInt(1_000_000));
  t.diagnostic(`seed ${seed}; DAYLIGHT_SEED=${seed} chooses the same steps again`);
  const random = randomFrom(seed);
  const { steps, kills } = await killImports(t, (all) =>
    [0, 1, 2, 3].map((quarter) => 1 + Math.floor(((quarter + random()) * all.length) / 4)),
  );
  assert.ok(steps.some((label) => label.startsWith('commit')) && steps.some((label) => label.startsWith('writeFile')));
  assert.equal(kills.length, 4);
});
