// SPDX-License-Identifier: Apache-2.0
// Branches with dates: what is asked of them before, at and after the end of their maintenance, in new cases and in open ones.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { branchSentences } from '../../src/app/policy-text/sentences.ts';
import { shifted } from '../../src/core/model/time.ts';
import type { Maintained } from '../../src/core/policy/embargo-rules.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { due } from '../../src/core/process/deadlines.ts';
import { type Bench, patchFile, person, preset, processItself, start } from '../support/core.ts';
import { at, team } from './journey.ts';

const end = shifted(start, { hours: 240 });
const minimal = preset('minimal');

function dated(maintained: readonly Maintained[], lists: Partial<Policy['branches']> = {}): Policy {
  const groups = { development: ['main'], stable: ['v1', 'v2'] };
  return { ...minimal, branches: { groups, must: ['development', 'stable'], should: [], aim: [], leftTo: null, maintained, ...lists } };
}

const until = (branch: string, instant = end): Maintained => ({ branch, from: null, until: { at: instant, zone: 'UTC' } });

function requiredOf({ state }: Bench): readonly string[] {
  return state.branches.filter((fix) => fix.required).map((fix) => fix.branch);
}

test('LIBVIRT-38 an expired branch is not required', () => {
  const past = shifted(start, { hours: -1 });
  assert.deepEqual(requiredOf(at('confirmed', dated([until('v1')]))), ['main', 'v1', 'v2'], 'before its end');
  const bench = at('confirmed', dated([until('v1', past)]));
  assert.deepEqual(requiredOf(bench), ['main', 'v2'], 'after its end');
  bench.do(team(bench.policy).anna, { kind: 'judge-branch', branch: 'v1', component: null, group: 'stable', affected: true });
  assert.deepEqual(requiredOf(bench), ['main', 'v2'], 'named by hand it is judged, and still not required');
  assert.equal(bench.state.branches.find(({ branch }) => branch === 'v1')?.retired, true);
});

test('LIBVIRT-38 a branch that is not maintained yet is not asked for, and patterns have dates, too', () => {
  const later: Maintained = { branch: 'v2', from: { at: end, zone: 'UTC' }, until: null };
  assert.deepEqual(requiredOf(at('confirmed', dated([later]))), ['main', 'v1']);
  const past = shifted(start, { hours: -1 });
  assert.deepEqual(requiredOf(at('confirmed', dated([until('v*', past), { branch: 'v2', from: null, until: null }]))), ['main', 'v2']);
});

test('LIBVIRT-38 an expired branch is no aim: it is not listed, and nobody gives a reason for leaving it out', () => {
  const past = shifted(start, { hours: -1 });
  const names = (policy: Policy) => at('confirmed', policy).state.branches.map(({ branch }) => branch);
  assert.deepEqual(names(dated([until('v1', past)], { must: ['development'], aim: ['stable'] })), ['main', 'v2']);
  const should = dated([until('v*', past)], { must: ['development'], should: ['stable'] });
  assert.ok(at('public', should).state.visibility, 'the release needs no deviation');
});

test('LIBVIRT-38 in an open case the clock lets the branch go at its end, and the fix is complete without it', () => {
  const bench = at('confirmed', dated([until('v1')]));
  const { anna, boris } = team(bench.policy);
  for (const branch of ['main', 'v2']) {
    bench.do(anna, { kind: 'add-patch', branch, component: null, patch: patchFile(), signedOff: true });
    bench.do(boris, { kind: 'approve-patch', branch, component: null });
  }
  assert.equal(bench.state.handling, 'fixing');
  bench.now = shifted(end, { hours: -1 });
  assert.notEqual(due(bench.state, bench.policy, bench.now)?.action.kind, 'retire-branches');
  bench.now = end;
  assert.deepEqual(due(bench.state, bench.policy, bench.now)?.action, { kind: 'retire-branches' });
  bench.do(processItself, { kind: 'retire-branches' });
  assert.deepEqual(requiredOf(bench), ['main', 'v2']);
  assert.equal(bench.state.handling, 'fix_ready');
  assert.notEqual(due(bench.state, bench.policy, bench.now)?.action.kind, 'retire-branches', 'once');
});

test('LIBVIRT-38 the last branch that must be fixed stays, or a case would be finished with no fix', () => {
  const bench = at('confirmed', dated([until('v1'), until('v2')], { groups: { stable: ['v1', 'v2'] }, must: ['stable'] }));
  bench.now = shifted(end, { hours: 1 });
  bench.do(processItself, { kind: 'retire-branches' });
  assert.equal(requiredOf(bench).length, 1);
  assert.notEqual(bench.state.handling, 'fix_ready');
  assert.notEqual(due(bench.state, bench.policy, bench.now)?.action.kind, 'retire-branches');
});

test('LIBVIRT-38 a branch with a merged fix keeps what it has', () => {
  const bench = at('disclosed', dated([until('v1')]));
  bench.do(person('anna', ...Object.keys(bench.policy.roles)), {
    kind: 'record-merge',
    branch: 'v1',
    component: null,
    commit: 'a'.repeat(40),
  });
  bench.now = shifted(end, { hours: 1 });
  bench.do(processItself, { kind: 'retire-branches' });
  assert.equal(bench.state.branches.find(({ branch }) => branch === 'v1')?.state, 'merged');
  assert.deepEqual(requiredOf(bench).toSorted(), ['main', 'v1', 'v2']);
});

test('LIBVIRT-38 the public page shows the dates', () => {
  const policy = dated([until('v1'), { branch: 'v2', from: { at: start, zone: 'Europe/Stockholm' }, until: null }]);
  const said = branchSentences(policy).join('\n');
  assert.match(said, /v1 is maintained until 2026-11-12 09:00 UTC\./);
  assert.match(said, /v2 is maintained from 2026-11-02 10:00 Europe\/Stockholm\./);
});
