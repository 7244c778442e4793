// SPDX-License-Identifier: Apache-2.0
// The invariants of the process over random walks; the seed of a failure is in its message.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseState } from '../../src/core/model/case.ts';
import { hasFact } from '../../src/core/model/case.ts';
import { openHandling } from '../../src/core/model/regions.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { bindingCap, caps } from '../../src/core/process/caps.ts';
import { due } from '../../src/core/process/deadlines.ts';
import { replay } from '../../src/core/process/evolve.ts';
import type { Bench } from '../support/core.ts';
import { preset, processItself } from '../support/core.ts';
import { walk } from '../support/walk.ts';

const walks = Number(process.env['DAYLIGHT_WALKS'] ?? 500);
const firstSeed = Number(process.env['DAYLIGHT_SEED'] ?? 20261122);

function checked(policy: Policy, seed: number): void {
  const bench = walk(policy, seed, 20, (now, before) => holdsStill(now, before, seed));
  assert.deepEqual(replay(bench.log), bench.state, `I13 replay gives the same state (seed ${seed})`);
  endsWell(bench, seed);
}

function holdsStill({ state, policy, log, now }: Bench, before: CaseState, seed: number): void {
  const at = `(seed ${seed}, event ${state.version})`;
  assert.ok(!(before.visibility === 'public' && state.visibility === 'private'), `I1 public stays public ${at}`);
  assert.ok(state.embargo.state !== 'active' || state.embargo.until !== null, `I3 an active embargo has an instant ${at}`);
  if (hasFact(state, 'already_public', 'exploit_public')) assert.notEqual(state.embargo.state, 'active', `I5 ${at}`);
  const moves = log.filter((event) => event.kind === 'embargo-moved');
  assert.equal(state.embargo.moves, moves.length, `I6 every extension is counted ${at}`);
  assert.ok(
    log.every((event) => event.by.kind !== 'agent'),
    `I7 ${at}`,
  );
  if (openHandling.includes(state.handling) && !['held', 'received'].includes(state.handling))
    assert.notEqual(state.owner, null, `I8 ${at}`);
  if (state.marks.disclosure !== undefined && !state.disclosure.bundleOnly && policy.publication.credit.length > 0)
    assert.ok(
      state.reporters.every((one) => one.credit !== 'undecided'),
      `I10 ${at}`,
    );
  if (state.embargo.until !== null && state.embargo.state === 'active' && state.embargo.until > now) {
    const cap = bindingCap(state, policy);
    assert.ok(
      cap === undefined || state.embargo.until <= cap.at || caps(state, policy).some((one) => one.source.startsWith('fact')),
      `I6 no embargo passes its cap ${at}`,
    );
  }
}

/** Left alone, no case stays private in silence: the clock goes on calling someone, or publishes (I2, P4). */
function endsWell(bench: Bench, seed: number): void {
  const ended = ['spam', 'not_ours', 'closed', 'withdrawn', 'duplicate'].includes(bench.state.handling);
  if (ended || bench.state.visibility === 'public' || bench.state.handling === 'held') return;
  bench.later(400 * 24);
  for (let turn = 0; turn < 12; turn++) {
    const deadline = due(bench.state, bench.policy, bench.now);
    if (deadline === undefined) break;
    bench.try(processItself, deadline.action);
  }
  const called = bench.log.some((event) => event.kind === 'reminder-due' && event.at === bench.now);
  assert.ok(called || (bench.state.visibility as string) === 'public', `I2 a private case is never left in silence (seed ${seed})`);
}

for (const name of ['qemu-2026', 'libvirt-2023', 'openstack-vmt', 'minimal']) {
  test(`I1 I2 I3 I5 I6 I7 I8 I10 I13 hold over ${walks} random walks under ${name}`, (t) => {
    t.diagnostic(`first seed ${firstSeed}`);
    const policy = preset(name);
    for (let index = 0; index < walks; index++) checked(policy, firstSeed + index);
  });
}
