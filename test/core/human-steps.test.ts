// SPDX-License-Identifier: Apache-2.0
// QEMU's process calls itself lightweight: how many things people have to do is counted on the process table itself, and no one of them can be left out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseAction } from '../../src/core/model/action.ts';
import type { Actor } from '../../src/core/model/actor.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { due } from '../../src/core/process/deadlines.ts';
import { humanSteps } from '../../src/policy/human-steps.ts';
import { Bench, content, flaw, patchFile, person, preset, processItself, reporter, reporterId } from '../support/core.ts';
import { number } from './journey.ts';

const mei = person('mei', 'maintainer');
const jon = person('jon', 'maintainer');
const master = { branch: 'master', component: null };

/** What people do from the report to the publication; the merge is seen by a watcher, and the end follows from it. */
const inputs: readonly (readonly [Actor, CaseAction])[] = [
  [mei, { kind: 'take-up-case' }],
  [mei, { kind: 'decide-eligibility', verdict: 'in', rule: 'virtualization', reason: content() }],
  [mei, { kind: 'confirm-flaw', flaws: [flaw], class: null, severity: null, reason: content(), summary: null, branches: [] }],
  [mei, { kind: 'add-patch', ...master, patch: patchFile(), signedOff: true }],
  [jon, { kind: 'approve-patch', ...master }],
  [person('rhea', 'cna'), { kind: 'record-cve', flaw, number }],
  [reporter, { kind: 'decide-credit', participant: reporterId, decision: 'declined', name: null }],
  [mei, { kind: 'record-posting', ...master, messageId: '<1@lists.example>' }],
];

/** Plays the inputs; what a left-out step makes impossible is passed over. The program does the rest. */
function played(steps: typeof inputs): Bench {
  const bench = new Bench(preset('qemu-2026'));
  for (const [actor, action] of steps) bench.try(actor, action);
  bench.try(processItself, { kind: 'record-merge', ...master, commit: 'a'.repeat(40) });
  bench.later(48);
  const next = due(bench.state, bench.policy, bench.now);
  if (next !== undefined && next.action.kind !== 'remind') bench.try(processItself, next.action);
  bench.try(processItself, { kind: 'close-case' });
  return bench;
}

test('QEMU-23 a QEMU case is closed after as many inputs of people as the linter counts, at most what the policy allows itself', () => {
  const policy = preset('qemu-2026');
  assert.equal(played(inputs).state.handling, 'closed');
  assert.equal(humanSteps(policy).length, inputs.length);
  assert.ok(inputs.length <= (policy.humanStepsAtMost ?? 0));
});

for (const [, left] of inputs.slice(0, -1))
  test(`QEMU-23 without ${left.kind} the case does not get to its end`, () => {
    const bench = played(inputs.filter(([, action]) => action !== left));
    assert.ok(bench.state.handling !== 'closed' || bench.state.visibility === 'private', bench.state.handling);
    assert.ok(!isRefusal(bench.try(mei, { kind: 'add-note', body: content('note') })));
  });

test('QEMU-23 QEMU-43 without a posting on record the case stays private until the merge is seen in public', () => {
  const bench = new Bench(preset('qemu-2026'));
  for (const [actor, action] of inputs.slice(0, -1)) bench.do(actor, action);
  assert.equal(bench.state.visibility, 'private');
  assert.equal(played(inputs.slice(0, -1)).state.visibility, 'public');
});
