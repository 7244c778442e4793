// SPDX-License-Identifier: Apache-2.0
// What is told ahead: nothing to a party that is public already, a publication without a fix to every party, and confidence first of all to a reporter.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor } from '../../src/core/model/actor.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { shifted } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { consequences } from '../../src/core/process/consequences.ts';
import { deadlines } from '../../src/core/process/deadlines.ts';
import { partyOf, readinessClock, untold } from '../../src/core/process/parties.ts';
import { toReporter } from '../../src/notices/to-reporter.ts';
import type { Bench } from '../support/core.ts';
import { content, person, preset, processItself, reporter } from '../support/core.ts';
import { packager, partyName, withPackagers } from '../support/parties.ts';
import { at, certain, team } from './journey.ts';

const packaging: Policy = (() => {
  const policy = withPackagers(preset('openstack-vmt'));
  return { ...policy, downstream: { ...policy.downstream, must: [], leadTime: null, screening: 'none', proposal: 'none' } };
})();

/** What a mail goes out about, and to whom, because of the last `count` events. */
function mailed(bench: Bench, count: number): readonly (readonly [string, string])[] {
  return consequences(bench.log.slice(-count), bench.state, bench.policy).flatMap((one) => {
    if (one.kind !== 'send-notice') return [];
    const { to } = one;
    return [[one.notice, to.kind === 'role' ? to.role : to.kind === 'person' ? to.person : to.kind] as const];
  });
}

test('VMT-4 VMT-19 the register holds every party of the policy: each is told once, its members by a mail of their own, a list by a person, and its answer stands there', () => {
  const bench = at('numbered', packaging);
  const { anna } = team(bench.policy);
  const register = () => bench.policy.downstream.parties.map(({ name }) => partyOf(bench.state, name).state);
  const left = () => untold(bench.state, bench.policy).map(({ name }) => name);
  assert.deepEqual(left(), ['embargo-notice', 'linux-distros', partyName], 'all that are to be told');
  bench.do(anna, { kind: 'notify-party', party: partyName, text: null });
  assert.deepEqual(mailed(bench, 1), [['party-told', packager]]);
  assert.ok(isRefusal(bench.try(anna, { kind: 'notify-party', party: partyName, text: null })), 'once, and not again');
  const list = { kind: 'record-notice', party: 'embargo-notice', since: bench.now, evidence: content('evidence') } as const;
  assert.equal(mailed(bench, bench.do(anna, list).length).length, 0, 'a person wrote to the list; nothing goes there from here');
  assert.ok(isRefusal(bench.try(anna, list)), 'nor is it told twice');
  bench.do(anna, { kind: 'record-answer', party: 'embargo-notice', answer: 'acknowledged', evidence: content('evidence') });
  bench.do(person('pat', packager), { kind: 'accept-terms' });
  bench.do(person('pat', packager), { kind: 'say-ready' });
  assert.deepEqual(register(), ['acknowledged', 'listed', 'ready']);
  assert.deepEqual(left(), ['linux-distros'], 'and whom nobody has told stands there to the end');
});

test('P16 what a told party finds while it tests calls the owner at once, its silence is asked about before the end, and it stands on record by branch', () => {
  const bench = at('numbered', packaging);
  const { anna, boris } = team(bench.policy);
  const pat = person('pat', packager);
  bench.do(anna, { kind: 'notify-party', party: partyName, text: null });
  bench.do(pat, { kind: 'accept-terms' });
  const asks = () => deadlines(bench.state, bench.policy).find(({ clock }) => clock === readinessClock)?.at;
  const before = shifted(certain(bench.state.embargo.until), { hours: -24 });
  assert.equal(asks(), before, 'a day before the end whoever has not said ready is asked');
  const found = bench.do(pat, { kind: 'raise-objection', reason: content('reason') });
  assert.deepEqual(mailed(bench, found.length), [['party-answered', 'anna']]);
  assert.deepEqual([partyOf(bench.state, partyName).state, asks()], ['objected', before], 'an objection is no word of ready');
  const { branch, component } = certain(bench.state.branches[0]);
  const failed = { kind: 'record-test', branch, component, passed: false, reproducer: true, statement: content('evidence') } as const;
  bench.do(boris, failed);
  assert.deepEqual(
    bench.state.branches[0]?.state === 'not_affected' ? [] : bench.state.branches[0]?.tests.map(({ passed }) => passed),
    [false],
    'what the packagers found is on record beside the patch',
  );
  bench.now = before;
  const asked = bench.do(processItself, { kind: 'remind', clock: readinessClock });
  assert.ok(mailed(bench, asked.length).some(([notice, to]) => notice === 'ready-asked' && to === packager));
  bench.do(pat, { kind: 'say-ready' });
  assert.equal(asks(), undefined, 'all are ready: nobody is asked');
});

test('P16 P9 a fix that breaks something after all: the advisory is corrected, and the correction takes two people as the first version did', () => {
  const bench = at('merged', packaging);
  const { anna, boris } = team(bench.policy);
  assert.equal(bench.state.advisory.published, 1);
  bench.do(anna, { kind: 'correct-advisory', reason: content('reason', 'shared') });
  bench.do(anna, { kind: 'submit-advisory' });
  assert.ok(isRefusal(bench.try(anna, { kind: 'approve-advisory' })), 'not by whoever wrote it');
  bench.do(boris, { kind: 'approve-advisory' });
  bench.do(anna, { kind: 'approve-release', ...(bench.policy.branches.should.length === 0 ? {} : { deviation: content() }) });
  bench.do(boris, { kind: 'approve-release' });
  const documents = [{ format: 'text', file: 'notice.txt', sha256: 'e'.repeat(64) }];
  const out = bench.do(processItself, { kind: 'record-preparation', documents });
  assert.deepEqual([bench.state.advisory.published, bench.state.advisory.state], [2, 'errata']);
  assert.ok(
    consequences(out, bench.state, bench.policy).some(({ kind }) => kind === 'publish-site' || kind === 'announce'),
    'and goes to the channels that the first version went to',
  );
});

test('F2 once a fix or the flaw is in public no party is told ahead any more: the refusal names the public list, and a list told by mistake is a deviation', () => {
  const bench = at('numbered', packaging);
  const { anna } = team(bench.policy);
  const posted = bench.state.branches.map((fix) => ({ ...fix, state: 'posted' as const }));
  bench.state = { ...bench.state, branches: posted };
  const refused = bench.try(anna, { kind: 'notify-party', party: partyName, text: null });
  assert.ok(isRefusal(refused) && refused.refusal.kind === 'gates');
  assert.deepEqual(
    refused.refusal.unmet.map(({ gate }) => gate),
    ['not_out_yet'],
  );
  assert.match(refused.refusal.unmet[0]?.sentence ?? '', /public list instead/);
  const notice = { kind: 'record-notice', party: 'linux-distros', since: bench.now, evidence: content('evidence') } as const;
  const late = bench.try(anna, notice);
  assert.ok(isRefusal(late) && late.refusal.kind === 'gates' && late.refusal.unmet.some(({ gate }) => gate === 'not_out_yet'));
  bench.do(anna, { ...notice, deviation: content() });
  assert.ok(bench.state.deviations.includes('not_out_yet'), 'what happened stands on record, with its reason');
});

test('T23 a publication without a fix is told to every party ahead, and so is its calling off; not to one that left', () => {
  const bench = at('numbered', packaging);
  const { anna } = team(bench.policy);
  bench.do(anna, { kind: 'notify-party', party: partyName, text: null });
  bench.do(person('pat', packager), { kind: 'accept-terms' });
  const on = certain(bench.state.embargo.until);
  const by = { kind: 'person', person: 'anna' } as const;
  const events = [
    { kind: 'unfixed-announced', reason: content('reason', 'shared'), on, v: 1, seq: 900, at: bench.now, by },
    { kind: 'unfixed-called-off', reason: content('reason', 'shared'), v: 1, seq: 901, at: bench.now, by },
  ] as never[];
  const toParties = () =>
    consequences(events, bench.state, bench.policy).filter(
      (one) => one.kind === 'send-notice' && one.to.kind === 'role' && one.to.role === packager,
    );
  assert.equal(toParties().length, 2);
  bench.do(anna, { kind: 'remove-party', party: partyName, reason: content() });
  assert.equal(toParties().length, 0);
});

test('VMT-13 where an embargo is the rule its reminder is the first block of the acknowledgement, and of no other project or public report', () => {
  const letter = (name: string, fields: Record<string, string | null>) =>
    toReporter('acknowledgement', {
      policy: preset(name),
      codename: 'tidal-heron',
      link: 'https://x.example',
      linkDays: 3,
      body: null,
      page: null,
      fields,
    }).text;
  const first = (text: string) => text.split('\n\n')[0] ?? '';
  assert.match(
    first(letter('openstack-vmt', { confidential: 'yes', end: null })).replaceAll('\n', ' '),
    /kept in confidence until a date .* disclose no detail/,
  );
  assert.match(first(letter('openstack-vmt', { confidential: 'yes', end: '2026-12-01T15:00:00.000Z' })), /embargo/i);
  assert.ok(!/kept in confidence/.test(letter('openstack-vmt', { confidential: null, end: null })), 'a report that began in public');
  assert.ok(
    !/kept in confidence/.test(letter('qemu-2026', { confidential: 'yes', end: null })),
    'QEMU-2 no wording of it where there is none by default',
  );
});

test('P5 F1 a party that accepts no embargo as long as the agreed one is not told: the cap binds before any mail leaves', () => {
  const limit = { amount: 1, unit: 'days' } as const;
  const parties = packaging.downstream.parties.map((party) => (party.name === partyName ? { ...party, limit } : party));
  const bench = at('numbered', { ...packaging, downstream: { ...packaging.downstream, parties } });
  const refused = bench.try(team(bench.policy).anna, { kind: 'notify-party', party: partyName, text: null });
  assert.ok(isRefusal(refused) && refused.refusal.kind === 'gates');
  assert.deepEqual(
    refused.refusal.unmet.map(({ gate }) => gate),
    ['limit_kept'],
  );
  assert.equal(bench.state.parties.length, 0, 'and nothing of it is on record');
});

test('P22 once a party plans by the date its reporter and the party itself move it no later, but earlier; those whom the policy names still do', () => {
  const bench = at('numbered', packaging);
  const { anna } = team(bench.policy);
  bench.do(anna, { kind: 'notify-party', party: partyName, text: null });
  const pat = person('pat', packager);
  bench.do(pat, { kind: 'accept-terms' });
  const until = certain(bench.state.embargo.until);
  const ask = (days: number) => ({
    kind: 'propose-embargo' as const,
    until: shifted(until, { hours: days * 24 }),
    zone: 'UTC',
    reason: content(),
    restart: null,
    circumstances: null,
    evidence: null,
    purposes: [],
  });
  const isLate = (actor: Actor, days: number) => {
    const tried = bench.try(actor, ask(days));
    return isRefusal(tried) && tried.refusal.kind === 'gates' && tried.refusal.unmet.some(({ gate }) => gate === 'late_change');
  };
  assert.deepEqual([isLate(reporter, 7), isLate(pat, 7), isLate(anna, 7)], [true, true, false]);
  assert.deepEqual([isLate(reporter, -7), isLate(pat, -7)], [false, false], 'shorter is safer');
});

test('P15 a second finder is no leak: the fact is another, the embargo goes on until somebody decides, and the decision stands on record', () => {
  const bench = at('confirmed', preset('libvirt-2023'));
  const { anna } = team(bench.policy);
  const asks = () => bench.state.askedSince !== null;
  bench.do(anna, { kind: 'record-fact', fact: 'rediscovered', since: bench.now, evidence: content('evidence') });
  assert.equal(bench.state.embargo.state, 'active');
  assert.ok(!bench.state.facts.some(({ fact }) => fact === 'leaked'));
  assert.ok(asks(), 'somebody is asked');
  bench.do(anna, { kind: 'answer-rediscovery', publish: false, reason: content() });
  assert.ok(!asks() && bench.state.embargo.state === 'active');
  assert.equal(bench.log.at(-1)?.kind, 'rediscovery-answered');
  bench.do(anna, { kind: 'record-fact', fact: 'leaked', since: bench.now, evidence: content('evidence') });
  assert.deepEqual([bench.state.embargo.state, bench.state.embargo.exit], ['exited', 'leak'], 'a leak is a leak');
});
