// SPDX-License-Identifier: Apache-2.0
// a publication killed at three of its steps, one in each third. All of them: npm run long.

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { cannotKill, randomFrom } from '../support/kill-run.ts';
import { killAtSteps } from '../support/step-kills.ts';

test('R-02 I9 a publication killed at three of its steps is whole in the end, announced once and never before its page is live', {
  skip: cannotKill,
  timeout: 600_000,
}, async (t) => {
  const seed = Number(process.env['DAYLIGHT_SEED'] ?? randomInt(1_000_000));
  t.diagnostic(`seed ${seed}; DAYLIGHT_SEED=${seed} chooses the same steps again`);
  const random = randomFrom(seed);
  const { steps, kills } = await killAtSteps(t, (all) => [0, 1, 2].map((third) => 1 + Math.floor(((third + random()) * all.length) / 3)));
  assert.ok(steps.some((label) => label.startsWith('renameSync')) && steps.includes('git push') && steps.includes('mail DATA'));
  for (const { label } of kills.filter(({ again }) => again)) assert.match(label ?? '', /^(?:mail|commit)/);
});
