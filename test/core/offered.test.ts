// SPDX-License-Identifier: Apache-2.0
// What would be accepted is offered: no button is missing because a gate cannot be told before somebody has typed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseAction } from '../../src/core/model/action.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { decide } from '../../src/core/process/decide.ts';
import { nextStep, nextStepOf, offered } from '../../src/core/process/next-step.ts';
import { possibilities } from '../../src/core/process/possibilities.ts';
import { table } from '../../src/core/process/table.ts';
import { person, preset, reporter } from '../support/core.ts';
import { presetNames } from '../support/policies.ts';
import { actionOf } from './actions.ts';
import { at, stages, team } from './journey.ts';
import { actors, walk } from './walk.ts';

/** A report has no case yet, and taking back a message is offered beside the message. */
const elsewhere = ['submit-report', 'withdraw-message', 'withdraw-party-message'];
const kinds = Object.keys(table).filter((kind) => !elsewhere.includes(kind)) as CaseAction['kind'][];

for (const name of presetNames)
  test(`whatever a person or the reporter could do now is offered to them, under ${name}`, () => {
    const policy = preset(name);
    let accepted = 0;
    for (const stage of stages) {
      const { state, now } = at(stage, policy);
      for (const actor of [...Object.values(team(policy)), reporter]) {
        const situation = { state, policy, actor, now, nextNumber: 'TEST-2026-0001' };
        const shown = possibilities(situation);
        for (const kind of kinds) {
          if (isRefusal(decide(actionOf(kind, actor), situation))) continue;
          accepted += 1;
          const found = shown.find((one) => one.action === kind);
          assert.deepEqual(found?.unmet, [], `${kind} at ${stage} for ${actor.kind}`);
        }
      }
    }
    assert.ok(accepted > 100, String(accepted));
  });

for (const name of presetNames)
  test(`a row of the queue names the same next step as the page of the case, for everybody and all along the way, under ${name}`, () => {
    const policy = preset(name);
    const everybody = actors(policy);
    const found = new Set<string>();
    for (let seed = 1; seed <= 60; seed++)
      walk(policy, seed, 20, ({ state, now }) => {
        for (const actor of everybody) {
          const situation = { state, policy, actor, now, nextNumber: '' };
          const step = nextStepOf(situation);
          assert.equal(step, nextStep({ possibilities: possibilities(situation), state, policy }));
          found.add(step ?? 'none');
        }
      });
    assert.ok(found.size > 6, [...found].join(' '));
  });

test('VMT-9 an impact description that all have approved is offered to nobody any more, and whoever tries is told that it is approved', () => {
  const bench = at('numbered', preset('openstack-vmt'));
  const { state, policy, now } = bench;
  const cleo = person('cleo', ...Object.keys(policy.roles));
  const seen = { state, policy, actor: cleo, now, nextNumber: '' };
  assert.ok(!offered({ state, policy, possibilities: possibilities(seen) }).some(({ action }) => action === 'approve-impact'));
  const tried = bench.try(cleo, { kind: 'approve-impact' });
  assert.ok(isRefusal(tried) && tried.refusal.kind === 'invalid');
  assert.match(tried.refusal.sentence, /approved already/);
});
