// SPDX-License-Identifier: Apache-2.0
// Documents carry the instant at which they go out: those that carry another are made anew first, and nobody has to say go again for that. The site goes first.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '../../src/core/model/event.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import type { Instant } from '../../src/core/model/time.ts';
import { shifted } from '../../src/core/model/time.ts';
import { consequences } from '../../src/core/process/consequences.ts';
import { deadlines, due } from '../../src/core/process/deadlines.ts';
import { publishesAdvisory } from '../../src/core/process/gates.ts';
import {
  instantHolds,
  instantHoldsForPeople,
  instantToCarry,
  tellsAnotherInstant,
  waiting,
} from '../../src/core/process/publication-instant.ts';
import { type Bench, content, preset, processItself } from '../support/core.ts';
import { presetNames } from '../support/policies.ts';
import { at, team } from './journey.ts';

const said = 'a'.repeat(64);
const libvirt = preset('libvirt-2023');

/** As the job does it: with the instant that documents carry which are made now. */
function prepare(bench: Bench, text = said, published: Instant = instantToCarry(bench.state, bench.policy, bench.now)): Instant {
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

/** As the job does it where people sign: with the documents that wait. */
function prepareForPeople(bench: Bench, text = said): void {
  const documents = ['notice.txt', 'notice.html'].map((file) => ({ format: 'text', file, sha256: 'f'.repeat(64) }));
  const unsigned = documents.map(({ file }) => file);
  bench.do(processItself, {
    kind: 'record-preparation',
    documents,
    published: instantToCarry(bench.state, bench.policy, bench.now),
    text,
    unsigned,
  });
}

function sign(bench: Bench, file: string) {
  const documents = [{ format: 'text', file, sha256: 'e'.repeat(64) }];
  return bench.try(team(libvirt).anna, { kind: 'sign-documents', signatures: [], documents, keys: ['A'.repeat(40)] });
}

test('VMT-44 nothing is published before a person has signed every document, and then it goes by itself', () => {
  const bench = armed();
  prepareForPeople(bench);
  bench.now = bench.until;
  for (const file of ['notice.txt', 'notice.html']) {
    assert.ok(isRefusal(bench.try(processItself, { kind: 'publish-case' })), 'a document waits');
    assert.notEqual(due(bench.state, bench.policy, bench.now)?.action.kind, 'publish-case');
    assert.ok(!isRefusal(sign(bench, file)));
    assert.ok(isRefusal(sign(bench, file)), 'each is waited for once');
  }
  assert.deepEqual(
    bench.state.disclosure.prepared?.map(({ sha256 }) => sha256),
    ['e'.repeat(64), 'e'.repeat(64)],
    'what goes out is what came back',
  );
  tick(bench);
  assert.equal(bench.state.visibility, 'public');
});

test('VMT-44 P19 documents that a person signs carry their hour for a day, and are made anew after that', () => {
  const bench = armed();
  prepareForPeople(bench);
  for (const file of ['notice.txt', 'notice.html']) sign(bench, file);
  bench.now = shifted(bench.until, { minutes: instantHoldsForPeople });
  assert.equal(tellsAnotherInstant(bench), false);
  bench.now = shifted(bench.now, { minutes: 1 });
  tick(bench);
  assert.deepEqual([bench.state.visibility, bench.state.disclosure.prepared], ['private', null]);
  prepareForPeople(bench);
  assert.deepEqual(waiting(bench.state), ['notice.txt', 'notice.html']);
});

test('VMT-44 who may not disclose signs nothing, and another text takes back what was signed', () => {
  const bench = armed();
  prepareForPeople(bench);
  const documents = [{ format: 'text', file: 'notice.txt', sha256: 'e'.repeat(64) }];
  const fixer = { ...team(libvirt).anna, roles: [] };
  assert.ok(isRefusal(bench.try(fixer, { kind: 'sign-documents', signatures: [], documents, keys: [] })));
  assert.ok(isRefusal(sign(bench, 'other.txt')));
  sign(bench, 'notice.txt');
  bench.do(team(libvirt).anna, { kind: 'stop-release', reason: null });
  assert.deepEqual([waiting(bench.state), bench.state.disclosure.prepared], [[], null]);
  assert.ok(isRefusal(sign(bench, 'notice.html')), 'there is nothing to sign');
});

for (const name of ['libvirt-2023', 'openstack-vmt'] as const)
  test(`I9 F11 ${name}: a publication begins with the site alone, and nothing is announced or pushed before that is seen, in no version`, () => {
    const outward = ['publish-site', 'publish-notices', 'announce'];
    const policy = preset(name);
    /** What each event of a version sends on its way. */
    const sent = (bench: Bench, events: readonly Event[]) =>
      events.map((event) => ({
        event,
        jobs: consequences([event], bench.state, policy).flatMap(({ kind }) => (outward.includes(kind) ? [kind] : [])),
      }));
    const goesOut = (bench: Bench, begun: readonly Event[]) => {
      const first = sent(bench, begun).filter(({ jobs }) => jobs.length > 0);
      assert.deepEqual(
        first.map(({ jobs }) => jobs),
        [['publish-site']],
      );
      const site = bench.state.disclosure.channels.find(({ channel }) => channel.endsWith(':site'))?.channel ?? assert.fail('no site');
      const seen = bench.do(processItself, { kind: 'confirm-channel', channel: site, evidence: null });
      const then = sent(bench, seen).flatMap(({ jobs }) => jobs);
      assert.ok(then.includes('announce') && !then.includes('publish-site'), then.join());
    };
    const bench = at('prepared', policy);
    bench.now = bench.state.embargo.until ?? bench.now;
    goesOut(bench, bench.do(processItself, { kind: 'publish-case' }));

    const corrected = at('disclosed', policy);
    const { anna, boris } = team(policy);
    corrected.do(anna, { kind: 'correct-advisory', reason: content('reason', 'shared') });
    corrected.do(anna, { kind: 'submit-advisory' });
    corrected.do(boris, { kind: 'approve-advisory' });
    for (const one of [anna, boris]) if (!corrected.state.disclosure.armed) corrected.do(one, { kind: 'approve-release' });
    const documents = [{ format: 'text', file: 'notice.txt', sha256: 'f'.repeat(64) }];
    goesOut(corrected, corrected.do(processItself, { kind: 'record-preparation', documents }));
  });
