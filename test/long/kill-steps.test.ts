// SPDX-License-Identifier: Apache-2.0
// R-02 at each step: a publication in every format is killed at all of its steps, one after the other.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cannotKill } from '../support/kill-run.ts';
import { killAtSteps, type StepKill } from '../support/step-kills.ts';

/** `DAYLIGHT_STEPS=40` begins at the fortieth: a run that was ended goes on from there. */
const first = Number(process.env['DAYLIGHT_STEPS'] ?? 1);
/** Publications in one installation: nobody opens more than forty cases within an hour (L-31). */
const each = 30;

test('R-02 killed at each of its steps a publication is whole in the end, announced once and never before its page is live', {
  skip: cannotKill,
  timeout: 3_600_000,
}, async (t) => {
  const kills: StepKill[] = [];
  for (let from = first - 1, all = Infinity; from < all; from += each) {
    const done = await killAtSteps(t, (steps) => steps.map((_, at) => at + 1).slice(from, from + each));
    all = done.steps.length;
    kills.push(...done.kills);
    t.diagnostic(
      `up to step ${Math.min(all, from + each)} of ${all}; ${kills.filter(({ label }) => label !== null).length} of them killed`,
    );
  }
  for (const { label } of kills.filter(({ again }) => again)) assert.match(label ?? '', /^(?:mail|commit)/);
});
