// SPDX-License-Identifier: Apache-2.0
// R-02 for archives at each step: an import is killed at all of its steps, one after the other.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { killImports } from '../support/import-kills.ts';
import { cannotKill } from '../support/kill-run.ts';

/** `DAYLIGHT_STEPS=40` begins at the fortieth: a run that was ended goes on from there. */
const first = Number(process.env['DAYLIGHT_STEPS'] ?? 1);

test('R-02 L-38 killed at each of its steps an import shows all of the archive or nothing, and the same command ends it', {
  skip: cannotKill,
  timeout: 3_600_000,
}, async (t) => {
  const { steps, kills } = await killImports(t, (all) => all.map((_, at) => at + 1).slice(first - 1));
  assert.equal(kills.length, steps.length - first + 1);
});
