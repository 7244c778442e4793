// SPDX-License-Identifier: Apache-2.0
// Alarms: what the clock does when people do not, and how often it does it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { due } from '../../src/core/process/deadlines.ts';
import { Bench, content, flaw, patchFile, person, preset, processItself } from '../support/core.ts';

/** Acts as the clock does for so many hours, looking every quarter of an hour; the clocks that called. */
function clockFor(bench: Bench, hours: number): readonly string[] {
  const called: string[] = [];
  for (let quarter = 0; quarter < hours * 4; quarter++) {
    const deadline = due(bench.state, bench.policy, bench.now);
    if (deadline !== undefined) {
      const done = bench.try(processItself, deadline.action);
      if ('refusal' in done) bench.do(processItself, { kind: 'remind', clock: deadline.clock });
      called.push(deadline.clock);
    }
    bench.later(0.25);
  }
  return called;
}

function posted(credit: boolean): Bench {
  const mei = person('mei', 'maintainer');
  const onMaster = { branch: 'master', component: null };
  const bench = new Bench(preset('qemu-2026'));
  bench.do(mei, { kind: 'take-up-case' });
  bench.do(mei, { kind: 'decide-eligibility', verdict: 'in', rule: null, reason: content() });
  bench.do(mei, { kind: 'confirm-flaw', flaws: [flaw], class: null, severity: null, reason: content(), summary: null, branches: [] });
  bench.do(mei, { kind: 'send-message', body: content('message', 'shared'), to: bench.state.reporters.map((one) => one.participant) });
  bench.do(mei, { kind: 'add-patch', ...onMaster, patch: patchFile(), signedOff: true });
  bench.do(person('jon', 'maintainer'), { kind: 'approve-patch', ...onMaster });
  if (credit)
    bench.do(mei, { kind: 'decide-credit', participant: bench.state.reporters[0]?.participant as never, decision: 'declined', name: null });
  bench.do(mei, { kind: 'record-posting', ...onMaster, messageId: '<1@example.org>' });
  return bench;
}

test('QEMU-43 a posted patch of a case that is still private calls somebody after 15 minutes, and every hour', () => {
  const bench = posted(false);
  assert.equal(bench.state.visibility, 'private', 'a credit that is undecided holds the publication back');
  const called = clockFor(bench, 3);
  assert.ok(called.filter((clock) => clock === 'clocks.posted_but_private').length >= 2, called.join(', '));
});

test('P4 a publication that was refused goes out with the next look once what was missing is there', () => {
  const bench = posted(false);
  clockFor(bench, 1);
  bench.do(person('mei', 'maintainer'), {
    kind: 'decide-credit',
    participant: bench.state.reporters[0]?.participant as never,
    decision: 'declined',
    name: null,
  });
  clockFor(bench, 0.5);
  assert.equal(bench.state.visibility, 'public');
});

test('QEMU-43 with everything decided the posting itself makes the case public', () => {
  assert.equal(posted(true).state.visibility, 'public');
});
