// SPDX-License-Identifier: Apache-2.0
// A withdrawal that was accepted by mistake: while nothing is public, going on with the case brings back what was agreed, to the instant.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ActionKind } from '../../src/core/model/action.ts';
import type { Instant } from '../../src/core/model/time.ts';
import { caps } from '../../src/core/process/caps.ts';
import { deadlines, due } from '../../src/core/process/deadlines.ts';
import { possibility } from '../../src/core/process/possibilities.ts';
import { rowOf } from '../../src/core/process/table.ts';
import { Bench, content, preset, report, reporter, reporterId } from '../support/core.ts';
import { presetNames } from '../support/policies.ts';
import { certain, team } from './journey.ts';
import { walk } from './walk.ts';

/** The same case, on which something else can be tried. */
function copyOf(bench: Bench): Bench {
  const copy = new Bench(bench.policy, report(), bench.now);
  copy.state = bench.state;
  copy.log.splice(0, copy.log.length, ...bench.log);
  return copy;
}

function canBeWithdrawn({ state }: Bench): boolean {
  const from = rowOf('decide-withdrawal' satisfies ActionKind).from.handling ?? [];
  return from.includes(state.handling) && state.visibility === 'private' && state.marks.confirmation === undefined;
}

test('T25 T26 I6 a case that goes on after a withdrawal has the embargo that it had: state, end, open question, moves and caps', () => {
  const seen = new Set<string>();
  for (const name of presetNames) {
    const policy = preset(name);
    const private_ = { ...policy, publication: { ...policy.publication, reports: 'confirmed_flaws' as const } };
    // The rarest state comes by chance: walks go on until it did.
    for (let seed = 1; seed <= 70 || (!seen.has('revising') && seed <= 500); seed++)
      walk(private_, seed, 25, (bench) => {
        const own = bench.state.reporters.every((one) => one.participant === reporterId);
        if (!canBeWithdrawn(bench) || !own) return;
        const copy = copyOf(bench);
        const { anna } = team(private_);
        copy.do(reporter, { kind: 'ask-withdrawal', reason: content('reason', 'shared') });
        copy.do(anna, { kind: 'decide-withdrawal', accepted: true, reason: content('reason', 'shared') });
        const before = bench.state.embargo;
        const ended = ['proposed', 'active', 'revising'].includes(before.state);
        assert.equal(copy.state.embargo.state, ended ? 'exited' : before.state);
        assert.equal(copy.state.embargo.exit, ended ? 'withdrawn' : before.exit);
        copy.later(1);
        copy.do(anna, { kind: 'reopen-case', cause: 'disputed', newFlaw: null, reason: content() });
        seen.add(before.state);
        assert.deepEqual(copy.state.embargo, before, `${name} ${seed}: ${before.state}`);
        assert.deepEqual(caps(copy.state, private_), caps(bench.state, private_), `${name} ${seed}: the same caps`);
      });
  }
  assert.deepEqual(
    [...seen].filter((one) => one !== 'exited').toSorted(),
    ['active', 'none', 'proposed', 'revising'],
    'each state of an embargo was withdrawn from',
  );
});

test('T25 I1 what the withdrawal made public stays so, and has no embargo again', () => {
  const bench = new Bench(preset('openstack-vmt'));
  const { anna } = team(bench.policy);
  bench.do(anna, { kind: 'take-up-case' });
  bench.do(anna, { kind: 'decide-eligibility', verdict: 'in', rule: null, reason: content() });
  assert.equal(bench.state.embargo.state, 'active');
  bench.do(reporter, { kind: 'ask-withdrawal', reason: content() });
  bench.do(anna, { kind: 'decide-withdrawal', accepted: true, reason: content() });
  bench.do(anna, { kind: 'reopen-case', cause: 'disputed', newFlaw: null, reason: content() });
  assert.deepEqual([bench.state.visibility, certain(bench.state.embargo.exit)], ['public', 'process_public']);
});

test('T6 T26 what was agreed for a report that is another project’s rests: it calls nobody, nobody moves it, and it is there again when the case goes on', () => {
  const bench = new Bench(preset('openstack-vmt'));
  const { anna } = team(bench.policy);
  bench.do(anna, { kind: 'take-up-case' });
  const until = '2026-11-05T15:00:00.000Z' as Instant;
  const asked = { zone: 'UTC', reason: content(), restart: null, circumstances: null, evidence: null, purposes: [] };
  bench.do(reporter, { kind: 'propose-embargo', until, ...asked });
  const { embargo } = bench.state;
  assert.deepEqual([embargo.state, embargo.until], ['active', until]);
  bench.do(anna, { kind: 'decide-eligibility', verdict: 'elsewhere', rule: null, reason: content(), target: content() });
  assert.deepEqual(deadlines(bench.state, bench.policy), [], 'no clock runs');
  for (const kind of ['agree-embargo', 'end-embargo'] as const)
    assert.equal(possibility(kind, { state: bench.state, policy: bench.policy, actor: anna, now: bench.now, nextNumber: '' }), undefined);
  bench.later(5 * 24);
  bench.do(anna, { kind: 'reopen-case', cause: 'disputed', newFlaw: null, reason: content() });
  assert.deepEqual(bench.state.embargo, embargo);
  assert.equal(due(bench.state, bench.policy, bench.now)?.clock.startsWith('embargo.'), true, 'and the end that has passed calls at once');
});
