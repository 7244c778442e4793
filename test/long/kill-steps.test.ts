// SPDX-License-Identifier: Apache-2.0
// R-02 at each step: a publication in every format is killed at all of its steps, one after the other.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cannotKill } from '../support/kill-run.ts';
import { killAtSteps } from '../support/step-kills.ts';

/** `DAYLIGHT_STEPS=40` begins at the fortieth: a run that was ended goes on from there. */
const first = Number(process.env['DAYLIGHT_STEPS'] ?? 1);

test('R-02 killed at each of its steps a publication is whole in the end, announced once and never before its page is live', {
  skip: cannotKill,
  timeout: 3_600_000,
}, async (t) => {
  const { steps, kills } = await killAtSteps(t, (all) => all.map((_, at) => at + 1).slice(first - 1));
  t.diagnostic(`${steps.length} steps; ${kills.filter(({ label }) => label !== null).length} of them killed`);
  for (const { label } of kills.filter(({ again }) => again)) assert.match(label ?? '', /^(?:mail|commit)/);
});
