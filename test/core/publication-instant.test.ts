// SPDX-License-Identifier: Apache-2.0
// Documents carry the instant at which they go out: those that carry another are made anew first, and nobody has to say go again for that.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instant } from '../../src/core/model/time.ts';
import { shifted } from '../../src/core/model/time.ts';
import { deadlines, due } from '../../src/core/process/deadlines.ts';
import { publishesAdvisory } from '../../src/core/process/gates.ts';
import { instantHolds, instantToCarry } from '../../src/core/process/publication-instant.ts';
import { type Bench, content, preset, processItself } from '../support/core.ts';
import { presetNames } from '../support/policies.ts';
import { at, team } from './journey.ts';

const said = 'a'.repeat(64);
const libvirt = preset('libvirt-2023');

/** As the job does it: with the instant that documents carry which are made now. */
function prepare(bench: Bench, text = said, published: Instant = instantToCarry(bench.state, bench.now)): Instant {
  const documents = [{ format: 'text', file: 'notice.txt', sha256: 'f'.repeat(64) }];
  bench.do(processItself, { kind: 'record-preparation', documents, published, text });
  return published;
}

function armed(): Bench & { readonly until: Instant } {
  const bench = at('armed', libvirt);
  const { until } = bench.state.embargo;
  assert.ok(until !== null && until > bench.now);
  return Object.assign(bench, { until });
}

function tick(bench: Bench): void {
  const deadline = due(bench.state, bench.policy, bench.now);
  assert.equal(deadline?.action.kind, 'publish-case');
  bench.do(processItself, { kind: 'publish-case' });
}

test('P19 at the agreed hour the documents carry it already, and go out as they were signed', () => {
  const bench = armed();
  assert.equal(prepare(bench), bench.until);
  bench.now = shifted(bench.until, { minutes: instantHolds });
  tick(bench);
  assert.equal(bench.state.visibility, 'public');
  assert.ok(!bench.log.some(({ kind }) => kind === 'publication-timed'));
});

test('P19 R-17 documents that go out later than the hour they carry are made anew, and both words stand', () => {
  const bench = armed();
  prepare(bench);
  bench.now = shifted(bench.until, { minutes: instantHolds + 1 });
  const words = bench.state.disclosure.approvedBy;
  tick(bench);
  const { visibility, disclosure } = bench.state;
  assert.deepEqual([visibility, disclosure.prepared, disclosure.armed], ['private', null, true], 'nothing is out that tells another hour');
  assert.deepEqual(disclosure.approvedBy, words);
  const published = prepare(bench);
  assert.equal(published, bench.now);
  tick(bench);
  assert.deepEqual([bench.state.visibility, bench.state.disclosure.begunAt], ['public', published]);
});

test('P19 while documents are made anew nobody is called, and when that takes too long somebody is', () => {
  const bench = armed();
  const { anna, boris } = team(libvirt);
  for (const one of [anna, boris]) bench.do(one, { kind: 'end-embargo', exit: 'early_agreed', reason: content() });
  prepare(bench);
  tick(bench.later(1));
  assert.equal(bench.log.at(-1)?.kind, 'publication-timed');
  const call = deadlines(bench.state, libvirt).find(({ clock }) => clock === 'disclosure.trigger');
  assert.deepEqual([call?.action.kind, call?.at], ['remind', shifted(bench.now, { minutes: instantHolds })]);
});

test('P19 R-17 what says more than another date than what people said go to is not released by their words', () => {
  const bench = armed();
  prepare(bench);
  bench.now = shifted(bench.until, { hours: 1 });
  tick(bench);
  prepare(bench, 'b'.repeat(64));
  const { armed: still, approvedBy, prepared } = bench.state.disclosure;
  assert.deepEqual([bench.state.visibility, still, approvedBy, prepared], ['private', false, [], null]);
  assert.notEqual(due(bench.state, bench.policy, bench.now)?.action.kind, 'publish-case');
});

test('P19 what goes out before its agreed end carries no hour that has not come', () => {
  const bench = armed();
  const { anna } = team(libvirt);
  prepare(bench);
  bench.do(anna, { kind: 'record-fact', fact: 'exploit_public', since: bench.now, evidence: content('evidence') });
  for (let step = 0; step < 4 && bench.state.visibility === 'private'; step++) {
    if (bench.state.disclosure.prepared === null) prepare(bench);
    else bench.do(processItself, { kind: 'publish-case' });
  }
  const { carries, begunAt } = bench.state.disclosure;
  assert.ok(begunAt !== null && begunAt < bench.until);
  assert.equal(carries?.published, begunAt);
});

for (const name of presetNames)
  test(`P19 documents that lay a day before what they wait for carry the instant at which they go out, under ${name}`, () => {
    const bench = at('armed', preset(name));
    if (!publishesAdvisory(bench.state, bench.policy)) return;
    const first = prepare(bench, said, bench.now);
    bench.later(24);
    if (bench.state.embargo.until !== null && bench.state.embargo.until > bench.now) bench.now = bench.state.embargo.until;
    const { anna } = team(bench.policy);
    for (const { branch, component } of bench.policy.disclosure.trigger === 'patch_posted' ? bench.state.branches : [])
      bench.do(anna, { kind: 'record-posting', branch, component, messageId: '<1@lists.example>' });
    if (bench.state.disclosure.prepared !== null) bench.do(processItself, { kind: 'publish-case' });
    assert.equal(bench.log.at(-1)?.kind, 'publication-timed');
    prepare(bench);
    bench.do(processItself, { kind: 'publish-case' });
    assert.equal(bench.state.disclosure.carries?.published, bench.state.disclosure.begunAt);
    assert.notEqual(bench.state.disclosure.begunAt, first);
  });
