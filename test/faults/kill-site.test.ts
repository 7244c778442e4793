// SPDX-License-Identifier: Apache-2.0
// kill -9 while the site is put out, in every format. Many more of them: npm run long.

import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { killSite } from '../support/site-kill.ts';

test('R-01 VMT-5 after each of ten kills the site is the old one or the new one, never a mixture', async (t) => {
  const seed = process.env['DAYLIGHT_SEED'] ?? String(randomInt(1_000_000));
  t.diagnostic(`seed ${seed}; DAYLIGHT_SEED=${seed} waits the same times again`);
  t.diagnostic(`the two sites stood ${(await killSite(10, seed)).join(' and ')} times`);
});
