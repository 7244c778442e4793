// SPDX-License-Identifier: Apache-2.0
// Alarms: what the clock does when people do not, and how often it does it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseAction } from '../../src/core/model/action.ts';
import { due } from '../../src/core/process/deadlines.ts';
import { possibility } from '../../src/core/process/possibilities.ts';
import { Bench, content, flaw, patchFile, person, preset, processItself, reporter } from '../support/core.ts';
import { at, team } from './journey.ts';

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

const sighting = { since: '2026-11-02T09:00:00.000Z' as never, evidence: content('evidence') };

for (const name of ['qemu-2026', 'libvirt-2023', 'openstack-vmt', 'minimal'])
  test(`QEMU-33 P11 ${name}: a private patch that was seen in public calls at once, whoever recorded it, and hourly until somebody acts`, () => {
    for (const finder of [processItself, undefined]) {
      const bench = at('patched', preset(name));
      bench.do(finder ?? team(bench.policy).anna, { kind: 'record-fact', fact: 'leaked', ...sighting });
      assert.equal(bench.state.facts.at(-1)?.fact, 'leaked', 'the fact stands with its evidence');
      assert.equal(bench.state.visibility, 'private', 'nothing is opened by it alone');
      const called = clockFor(bench, 3).filter((clock) => ['fact.leaked', 'disclosure.trigger', 'cap'].includes(clock));
      assert.ok(called.length >= 3, called.join(', '));
    }
  });

test('QEMU-33 the private patch area: every version is kept, another version asks for the votes anew, and nobody votes on their own', () => {
  const onMaster = { branch: 'master', component: null };
  const [mei, jon] = [person('mei', 'maintainer'), person('jon', 'maintainer')];
  const bench = at('confirmed', preset('qemu-2026'));
  const fix = () => bench.state.branches.find(({ branch }) => branch === 'master');
  bench.do(mei, { kind: 'add-patch', ...onMaster, patch: patchFile(), signedOff: true });
  assert.ok('refusal' in bench.try(mei, { kind: 'approve-patch', ...onMaster }), 'whoever wrote it does not approve it');
  bench.do(jon, { kind: 'approve-patch', ...onMaster });
  assert.deepEqual([fix()?.state, fix()?.approvals], ['patch_approved', ['jon']]);
  bench.do(jon, { kind: 'add-patch', ...onMaster, patch: patchFile(), signedOff: true });
  assert.deepEqual([fix()?.state, fix()?.approvals, fix()?.patches.length], ['patch_private', [], 2]);
  assert.ok('refusal' in bench.try(jon, { kind: 'approve-patch', ...onMaster }), 'the author of the version that stands is another now');
  bench.do(mei, { kind: 'approve-patch', ...onMaster });
  assert.equal(fix()?.state, 'patch_approved');
});

test('QEMU-41 the posting is recorded with its Message-ID, and the branch is posted', () => {
  const [fix] = posted(true).state.branches;
  assert.deepEqual([fix?.state, fix?.posted, fix?.postedAt !== null], ['posted', '<1@example.org>', true]);
});

test('QEMU-42 once the patch is posted its private area is read-only: no patch, vote or second posting by anybody, and what was there stays', () => {
  const bench = posted(true);
  const { anna, boris } = team(bench.policy);
  const [fix] = bench.state.branches;
  const onMaster = { branch: 'master', component: null };
  const later: readonly CaseAction[] = [
    { kind: 'add-patch', ...onMaster, patch: patchFile(), signedOff: true },
    { kind: 'approve-patch', ...onMaster },
    { kind: 'record-posting', ...onMaster, messageId: '<2@example.org>' },
  ];
  for (const action of later)
    for (const who of [anna, boris, reporter, person('mei', 'maintainer'), processItself]) {
      const refusal = bench.try(who, action);
      assert.ok('refusal' in refusal, `${action.kind} by ${who.kind}`);
    }
  for (const who of [anna, reporter])
    for (const { kind } of later) {
      const open = possibility(kind, { state: bench.state, policy: bench.policy, actor: who, now: bench.now, nextNumber: '' });
      assert.equal(open, undefined, `${kind} is not offered`);
    }
  assert.deepEqual(bench.state.branches[0], fix);
  bench.do(anna, { kind: 'record-merge', ...onMaster, commit: 'a'.repeat(40) });
  assert.equal(bench.state.branches[0]?.state, 'merged', 'what comes next comes from the public side');
});
