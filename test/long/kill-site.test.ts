// SPDX-License-Identifier: Apache-2.0
// R-01 at length: hundreds of kills while the site is put out.

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { killSite } from '../support/site-kill.ts';

const count = Number(process.env['DAYLIGHT_KILLS'] ?? 300);

test(`R-01 after each of ${count} kills the site is the old one or the new one, never a mixture`, { timeout: 600_000 }, async (t) => {
  const seed = process.env['DAYLIGHT_SEED'] ?? String(randomInt(1_000_000));
  t.diagnostic(`seed ${seed}; DAYLIGHT_SEED=${seed} waits the same times again`);
  const stood = await killSite(count, seed);
  t.diagnostic(`the two sites stood ${stood.join(' and ')} times`);
  assert.ok(Math.min(...stood) > 0, 'both were seen');
});
