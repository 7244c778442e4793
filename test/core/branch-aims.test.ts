// SPDX-License-Identifier: Apache-2.0
// Branches that should be fixed: libvirt's first text aims at every stable branch, and a missing one needs a reason on record.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { replay } from '../../src/core/process/evolve.ts';
import type { Bench } from '../support/core.ts';
import { content, patchFile, person, preset } from '../support/core.ts';
import { at } from './journey.ts';

const anna = person('anna', 'core');
const viktor = person('viktor', 'vendor');
const stable = { branch: 'v9.0-maint', component: null };

/** A case of 2012 with everything done for master, as far as the release. */
function readyOnMaster(): Bench {
  return at('credited', preset('libvirt-2012'));
}

const unmetOf = (bench: Bench) => {
  const tried = bench.try(anna, { kind: 'approve-release' });
  return isRefusal(tried) && tried.refusal.kind === 'gates' ? tried.refusal.unmet : [];
};

test('LIBVIRT-39 a stable branch that nobody has judged holds the release up, and a reason on record lets it pass', () => {
  const bench = readyOnMaster();
  assert.deepEqual(
    unmetOf(bench).map(({ gate, strength }) => [gate, strength]),
    [['branches.should', 'should']],
  );
  bench.do(anna, { kind: 'approve-release', deviation: content() });
  assert.deepEqual(bench.state.deviations, ['branches.should']);
  bench.do(viktor, { kind: 'approve-release' });
  assert.ok(bench.state.disclosure.armed, 'the reason that is on record counts for the second word too');
});

test('LIBVIRT-24 LIBVIRT-39 a stable branch with an approved patch, or one that is not affected, needs no reason', () => {
  const fixed = readyOnMaster();
  fixed.do(anna, { kind: 'judge-branch', ...stable, group: 'stable', affected: true });
  assert.equal(unmetOf(fixed).length, 1, 'affected and not fixed');
  fixed.do(anna, { kind: 'add-patch', ...stable, patch: patchFile(), signedOff: true });
  fixed.do(viktor, { kind: 'approve-patch', ...stable });
  fixed.do(anna, { kind: 'approve-release' });
  assert.deepEqual(fixed.state.deviations, []);
  const spared = readyOnMaster();
  spared.do(anna, { kind: 'judge-branch', ...stable, group: 'stable', affected: false });
  spared.do(anna, { kind: 'approve-release' });
  assert.deepEqual(spared.state.deviations, []);
});

test('LIBVIRT-40 LIBVIRT-44 the text of 2023 holds nothing up for a stable branch', () => {
  assert.deepEqual(preset('libvirt-2023').branches.should, []);
  const bench = at('credited', preset('libvirt-2023'));
  bench.do(anna, { kind: 'approve-release' });
  assert.deepEqual(bench.state.deviations, []);
});

test('LIBVIRT-24 LIBVIRT-39 a branch that was listed as one that should be fixed must be once it is judged as one that must, and not the other way round', () => {
  const bench = readyOnMaster();
  const judge = (group: string) => {
    bench.do(anna, { kind: 'judge-branch', ...stable, group, affected: true });
    return [bench.state.branches.at(-1)?.group, bench.state.branches.at(-1)?.required, bench.state.handling];
  };
  assert.deepEqual(judge('stable'), ['stable', false, 'fix_ready']);
  assert.deepEqual(judge('development'), ['development', true, 'fixing']);
  assert.deepEqual(judge('stable'), ['development', true, 'fixing'], 'what must be fixed is not let go by another name');
  assert.deepEqual(replay(bench.log), bench.state, 'I13');
});
