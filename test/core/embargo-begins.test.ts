// SPDX-License-Identifier: Apache-2.0
// When the embargo of a confirmed case begins by itself, from what it is counted, and what is done where none can begin any more.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasFact } from '../../src/core/model/case.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { shifted } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import type { EmbargoStart } from '../../src/core/policy/words.ts';
import { embargoStarts } from '../../src/core/policy/words.ts';
import { deadlines } from '../../src/core/process/deadlines.ts';
import type { Bench } from '../support/core.ts';
import { content, preset, processItself, report, reporter, start } from '../support/core.ts';
import { at, on, team } from './journey.ts';

function countedFrom(from: EmbargoStart) {
  const policy = preset('libvirt-2023');
  return { ...policy, embargo: { ...policy.embargo, countedFrom: from } };
}

for (const from of embargoStarts)
  test(`LIBVIRT-32 VMT-30 a case whose fix is ready has an end date by default, counted from ${from}`, () => {
    const bench = at('fixed', countedFrom(from));
    const { state, until } = bench.state.embargo;
    assert.equal(state, 'active');
    assert.equal(until, shifted(start, { hours: 14 * 24 }));
  });

test('VMT-30 days that pass between receipt and confirmation count where the policy counts from receipt', () => {
  const bench = at('eligible', countedFrom('receipt')).later(5 * 24);
  on(bench, 'eligible', 'confirmed');
  assert.deepEqual([bench.state.embargo.from, bench.state.embargo.until], [start, shifted(start, { hours: 14 * 24 })]);
});

for (const fact of ['exploited', 'leaked'] as const)
  test(`VMT-30 F34 what is known to be ${fact} before its embargo begins waits for no date: it is published once people have said go`, () => {
    const bench = at('eligible', preset('libvirt-2023'), report());
    bench.do(team(bench.policy).anna, { kind: 'record-fact', fact, since: bench.now, evidence: content('evidence') });
    on(bench, 'eligible', 'armed');
    assert.ok(hasFact(bench.state, fact));
    assert.equal(bench.state.embargo.state, 'none', 'no embargo begins');
    const called = deadlines(bench.state, bench.policy).filter(({ at }) => at <= bench.now);
    assert.ok(
      called.some(({ clock }) => clock === 'disclosure.trigger'),
      'people are called for what is missing',
    );
    on(bench, 'armed', 'prepared');
    const publication = deadlines(bench.state, bench.policy).find(({ action }) => action.kind === 'publish-case');
    assert.ok(publication !== undefined && publication.at <= bench.now);
    bench.do(processItself, { kind: 'publish-case' });
    assert.equal(bench.state.visibility, 'public');
  });

for (const fact of ['exploited', 'leaked'] as const)
  test(`T10 F34 nobody agrees on a first date for what is known to be ${fact}: not before it was asked for, and not after`, () => {
    const bench = at('eligible', preset('libvirt-2023'), report());
    const { anna } = team(bench.policy);
    const known = { kind: 'record-fact', fact, since: bench.now, evidence: content('evidence') } as const;
    const ask = {
      kind: 'propose-embargo',
      until: shifted(bench.now, { hours: 72 }),
      zone: 'UTC',
      reason: content(),
      restart: null,
      circumstances: null,
      evidence: null,
      purposes: [],
    } as const;
    const asked = bench.twin();
    bench.do(anna, known);
    assert.match(JSON.stringify(bench.try(anna, ask)), /embargo_possible.*no embargo begins any more/);
    asked.do(anna, ask);
    assert.equal(asked.state.embargo.state, 'proposed', 'the reporter is asked');
    asked.do(anna, known);
    assert.match(JSON.stringify(asked.try(reporter, { kind: 'agree-embargo' })), /embargo_possible/);
    assert.equal(asked.state.embargo.until, null);
    asked.do(anna, { kind: 'refuse-embargo', reason: content() });
    assert.equal(asked.state.embargo.state, 'none', 'and the question ends');
  });

test('T11 an embargo that somebody kept despite a fact may still be moved', () => {
  const base = preset('libvirt-2023');
  const policy: Policy = { ...base, embargo: { ...base.embargo, endsEarlyOn: { ...base.embargo.endsEarlyOn, exploited: 'ask' } } };
  const bench = at('confirmed', policy);
  const { anna } = team(policy);
  bench.do(anna, { kind: 'record-fact', fact: 'exploited', since: bench.now, evidence: content('evidence') });
  bench.do(anna, { kind: 'keep-embargo', fact: 'exploited', reason: content() });
  const until = shifted(bench.now, { hours: 72 });
  const asked = { zone: 'UTC', reason: content(), restart: null, circumstances: null, evidence: null, purposes: [] };
  bench.do(anna, { kind: 'propose-embargo', until, ...asked });
  assert.equal(bench.state.embargo.proposal?.until, until);
});

test('VMT-29 an embargo is a decision with a reason: a date without one is refused, and only an earlier end explains itself', () => {
  const libvirt = preset('libvirt-2023');
  const ask = (bench: Bench, days: number, reason: ReturnType<typeof content> | null) =>
    bench.try(team(bench.policy).anna, {
      kind: 'propose-embargo',
      until: shifted(bench.now, { hours: days * 24 }),
      ...{ zone: 'UTC', reason, restart: null, circumstances: null, evidence: null, purposes: [] },
    });
  const undated = at('confirmed', { ...libvirt, embargo: { ...libvirt.embargo, mode: 'by_exception' } });
  assert.equal(undated.state.embargo.until, null);
  const silent = ask(undated, 7, null);
  assert.ok(isRefusal(silent) && silent.refusal.kind === 'gates', JSON.stringify(silent));
  assert.deepEqual(
    silent.refusal.unmet.map(({ gate }) => gate),
    ['reason_recorded'],
  );
  assert.equal(undated.state.embargo.state, 'none');
  assert.ok(!isRefusal(ask(undated, 7, content())));
  assert.equal(undated.state.embargo.state, 'proposed');
  const running = at('confirmed', libvirt);
  assert.equal(running.state.embargo.state, 'active');
  assert.ok(!isRefusal(ask(running, 5, null)), 'an earlier end');
});
