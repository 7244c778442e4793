// SPDX-License-Identifier: Apache-2.0
// A publication without a fix asks on its day what it asked when it was announced: what was said of a low flaw publishes no grave one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { deadlines } from '../../src/core/process/deadlines.ts';
import type { Bench } from '../support/core.ts';
import { content, preset, processItself } from '../support/core.ts';
import { at, certain, team } from './journey.ts';

const qemu = preset('qemu-2026');
const { anna, boris } = team(qemu);
const said = () => content('reason', 'shared');

function announced(level: 'low' | 'high', deviation: object): Bench {
  const bench = at('confirmed', qemu);
  bench.do(anna, { kind: 'assess-severity', level, vector: null });
  bench.later(200 * 24);
  for (const one of [anna, boris])
    if ((bench.state.unfixed?.on ?? null) === null) bench.do(one, { kind: 'announce-unfixed', reason: said(), ...deviation });
  bench.now = certain(bench.state.unfixed?.on);
  return bench;
}

const called = (bench: Bench) => deadlines(bench.state, qemu).find(({ clock }) => clock === 'disclosure.unfixed')?.action.kind;

test('QEMU-52 QEMU-51 what was announced of a low flaw is not published without a fix once it is judged graver: its people are called, and announce it anew or not at all', () => {
  const bench = announced('low', {});
  assert.equal(called(bench), 'publish-unfixed');
  bench.do(anna, { kind: 'assess-severity', level: 'high', vector: null });
  const tried = bench.try(processItself, { kind: 'publish-unfixed' });
  assert.ok(isRefusal(tried) && tried.refusal.kind === 'gates');
  assert.deepEqual(
    tried.refusal.unmet.map(({ gate }) => gate),
    ['severity_at_most: low'],
  );
  assert.equal(called(bench), 'remind', 'somebody is told on the day');
  const lower = bench.twin();
  lower.do(anna, { kind: 'assess-severity', level: 'low', vector: null });
  lower.do(processItself, { kind: 'publish-unfixed' });
  assert.equal(lower.state.visibility, 'public', 'the judgement that stands on the day counts');
  bench.do(anna, { kind: 'call-off-unfixed', reason: said() });
  for (const one of [anna, boris])
    if ((bench.state.unfixed?.on ?? null) === null) bench.do(one, { kind: 'announce-unfixed', reason: said(), deviation: content() });
  bench.now = certain(bench.state.unfixed?.on);
  bench.do(processItself, { kind: 'publish-unfixed' });
  assert.equal(bench.state.handling, 'unfixed_public');
});

test('QEMU-52 what was announced with a deviation on record is published by it', () => {
  const bench = announced('high', { deviation: content() });
  assert.ok(bench.state.deviations.includes('severity_at_most: low'));
  bench.do(processItself, { kind: 'publish-unfixed' });
  assert.equal(bench.state.visibility, 'public');
});
