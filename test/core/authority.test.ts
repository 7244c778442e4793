// SPDX-License-Identifier: Apache-2.0
// What is owed to an authority about an exploited flaw, and the test of a patch before it is approved: each with the clock that a test moves.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { instant, shifted } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { owedReports } from '../../src/core/process/authority.ts';
import { holds } from '../../src/core/process/conditions.ts';
import { consequences } from '../../src/core/process/consequences.ts';
import { deadlines } from '../../src/core/process/deadlines.ts';
import { Bench, content, flaw, imported, patchFile, preset, processItself } from '../support/core.ts';
import { at, number, on, team } from './journey.ts';

const hours = (amount: number) => ({ amount, unit: 'hours' }) as const;
const libvirt = preset('libvirt-2023');
const manufacturer: Policy = {
  ...libvirt,
  clocks: { ...libvirt.clocks, craEarly: hours(24), craNotify: hours(72), craFinal: { amount: 14, unit: 'days' } },
};
const master = { branch: 'master', component: null };

const calls = (bench: Bench) =>
  Object.fromEntries(
    deadlines(bench.state, bench.policy)
      .filter(({ clock }) => clock.startsWith('clocks.cra_'))
      .map(({ clock, at: when, first }) => [clock, { when, due: first }]),
  );

function exploited(bench: Bench): void {
  bench.do(team(bench.policy).anna, {
    kind: 'record-fact',
    fact: 'exploited',
    since: shifted(bench.now, { hours: -240 }),
    evidence: content('evidence'),
  });
}

test('F14 F18 where the policy switches it on, an exploited flaw owes an early warning in 24 hours and a notification in 72 from the moment somebody knows', () => {
  const bench = at('confirmed', manufacturer);
  assert.deepEqual(calls(bench), {}, 'nothing is owed before');
  exploited(bench);
  const aware = bench.now;
  assert.deepEqual(calls(bench), {
    'clocks.cra_early': { when: shifted(aware, { hours: 12 }), due: shifted(aware, { hours: 24 }) },
    'clocks.cra_notify': { when: shifted(aware, { hours: 36 }), due: shifted(aware, { hours: 72 }) },
  });
  bench.later(12);
  bench.do(processItself, { kind: 'remind', clock: 'clocks.cra_early' });
  assert.equal(calls(bench)['clocks.cra_early']?.when, shifted(aware, { hours: 24 }), 'called at half the time, then when it is over');
  bench.later(12);
  bench.do(processItself, { kind: 'remind', clock: 'clocks.cra_early' });
  assert.equal(calls(bench)['clocks.cra_early']?.when, shifted(aware, { hours: 48 }), 'and each day');
  bench.do(team(bench.policy).anna, { kind: 'record-filing', report: 'early_warning', evidence: content('evidence') });
  assert.deepEqual(Object.keys(calls(bench)), ['clocks.cra_notify'], 'until a person has filed it');
});

test('F14 the final report is owed 14 days after the first measure, and by a closed case too', () => {
  const bench = at('merged', manufacturer);
  exploited(bench);
  const aware = bench.now;
  assert.equal(calls(bench)['clocks.cra_final']?.due, shifted(aware, { hours: 14 * 24 }), 'the fix was there before anybody knew');
  bench.do(team(bench.policy).anna, { kind: 'close-case' });
  assert.equal(bench.state.handling, 'closed');
  assert.equal(Object.keys(calls(bench)).length, 3);
  for (const report of ['early_warning', 'notification', 'final_report'] as const)
    bench.do(team(bench.policy).anna, { kind: 'record-filing', report, evidence: content('evidence') });
  assert.deepEqual(calls(bench), {});
});

test('F14 an advisory from an archive that is found to be exploited owes the three reports, once the archive is open', () => {
  const bench = new Bench(manufacturer, imported(manufacturer));
  const { anna } = team(manufacturer);
  const fact = { kind: 'record-fact', fact: 'exploited', since: bench.now, evidence: content('evidence') } as const;
  const early = bench.try(anna, fact);
  assert.ok(isRefusal(early) && early.refusal.kind === 'gates' && early.refusal.unmet[0]?.gate === 'import_complete');
  bench.do(processItself, { kind: 'complete-import' });
  bench.later(24).do(anna, fact);
  const { now: aware } = bench;
  assert.deepEqual(
    Object.values(calls(bench)).map(({ due }) => due),
    [shifted(aware, { hours: 24 }), shifted(aware, { hours: 72 }), shifted(aware, { hours: 14 * 24 })],
  );
  for (const report of ['early_warning', 'notification', 'final_report'] as const)
    bench.do(anna, { kind: 'record-filing', report, evidence: content('evidence') });
  assert.deepEqual(calls(bench), {});
  assert.equal(bench.state.handling, 'imported');
});

test('F14 what is exploited only after the publication is owed as well: without a fix, and of a case that was closed', () => {
  const without = at('confirmed', manufacturer);
  without.state = { ...without.state, handling: 'unfixed_public', visibility: 'public', publicSince: without.now };
  const closed = at('merged', manufacturer);
  closed.do(team(manufacturer).anna, { kind: 'close-case' });
  for (const bench of [without, closed]) {
    assert.deepEqual(calls(bench.later(24)), {});
    exploited(bench);
    assert.equal(calls(bench)['clocks.cra_early']?.due, shifted(bench.now, { hours: 24 }), bench.state.handling);
    assert.equal(calls(bench)['clocks.cra_notify']?.due, shifted(bench.now, { hours: 72 }), bench.state.handling);
  }
});

test('F16 nothing is owed by a policy without these clocks, nor for what was known before the article applied', () => {
  const quiet = at('confirmed', libvirt);
  exploited(quiet);
  assert.deepEqual(calls(quiet), {});
  const bench = at('confirmed', manufacturer);
  exploited(bench);
  const known = (day: string) => ({ ...bench.state, facts: bench.state.facts.map((fact) => ({ ...fact, recordedAt: instant(day) })) });
  assert.equal(owedReports(known('2026-09-10T23:59:59Z'), manufacturer).length, 0);
  assert.equal(owedReports(known('2026-09-11T00:00:00Z'), manufacturer).length, 2);
});

test('VMT-25 P14 a test of a patch stands on record by branch with whether the reproducer was run; another patch begins anew', () => {
  const bench = at('patched', libvirt);
  const { boris } = team(bench.policy);
  const tests = () => bench.state.branches.find(({ branch }) => branch === 'master')?.tests ?? [];
  const met = () =>
    holds({ kind: 'tests_recorded' }, { state: bench.state, policy: bench.policy, said: { reason: false, deviation: false } });
  assert.deepEqual([tests().length, met()], [0, false], 'nobody has tried it');
  bench.do(boris, { kind: 'record-test', ...master, passed: false, reproducer: true, statement: content('evidence') });
  assert.equal(met(), false, 'a test that failed is no passed test');
  bench.do(boris, { kind: 'record-test', ...master, passed: true, reproducer: true, statement: content('evidence') });
  assert.deepEqual(
    tests().map(({ by, passed, reproducer }) => [by, passed, reproducer]),
    [
      ['boris', false, true],
      ['boris', true, true],
    ],
  );
  assert.equal(met(), true);
  bench.do(team(bench.policy).anna, { kind: 'add-patch', ...master, patch: patchFile(), signedOff: true });
  assert.deepEqual([tests().length, met()], [0, false], 'what was tried was another patch');
});

test('VMT-25 a policy that requires tests refuses an approval without one, and one that expects them lets it through', () => {
  const strict = at('patched', { ...libvirt, reviews: { ...libvirt.reviews, tests: 'required' } });
  const { boris } = team(strict.policy);
  assert.match(JSON.stringify(strict.try(boris, { kind: 'approve-patch', ...master })), /tested_before_approval/);
  strict.do(boris, { kind: 'record-test', ...master, passed: true, reproducer: false, statement: content('evidence') });
  strict.do(boris, { kind: 'approve-patch', ...master });
  const lenient = at('patched', libvirt);
  lenient.do(boris, { kind: 'approve-patch', ...master });
  assert.deepEqual(lenient.state.branches.find(({ branch }) => branch === 'master')?.tests, [], 'and the page flags it');
});

test('F8 F10 P10 a number is answered in 72 hours where the flaw is public; its record is wanted a day after the disclosure and called for after three', () => {
  const asked = at('confirmed', libvirt);
  const { anna } = team(asked.policy);
  asked.do(anna, { kind: 'request-cve', flaw });
  const clocksOf = (bench: Bench, name: string) => deadlines(bench.state, bench.policy).find(({ clock }) => clock === name)?.at;
  assert.equal(clocksOf(asked, 'clocks.cve_answer'), shifted(asked.now, { hours: 14 * 24 }), 'in private the time of the policy');
  const open = { ...asked.state, visibility: 'public' as const, publicSince: asked.now };
  const inPublic = deadlines(open, asked.policy).find(({ clock }) => clock === 'clocks.cve_answer');
  assert.equal(inPublic?.at, shifted(asked.now, { hours: 72 }), 'CNA 4.2.1.2');
  const bench = at('disclosed', libvirt);
  const disclosed = bench.state.marks.disclosure;
  assert.ok(disclosed !== undefined);
  assert.equal(clocksOf(bench, 'clocks.cve_record_aim'), shifted(disclosed, { hours: 24 }));
  assert.equal(clocksOf(bench, 'clocks.cve_record'), shifted(disclosed, { hours: 72 }));
  on(bench, 'disclosed', 'merged');
  bench.do(team(bench.policy).anna, { kind: 'close-case' });
  assert.equal(clocksOf(bench, 'clocks.cve_record'), shifted(disclosed, { hours: 72 }), 'a closed case still owes its record');
  bench.do(team(bench.policy).anna, { kind: 'record-cve-publication', flaw, evidence: null });
  assert.equal(clocksOf(bench, 'clocks.cve_record'), undefined);
});

test('F9 what another party has disclosed has its CVE record within 72 hours of when somebody of the project knew, however far the case itself is', () => {
  const bench = at('numbered', libvirt);
  const clock = (name: string) => deadlines(bench.state, bench.policy).find((one) => one.clock === name)?.at;
  assert.equal(clock('clocks.cve_record'), undefined, 'a number of a private flaw waits for the disclosure');
  const since = shifted(bench.now, { hours: -100 });
  bench.do(team(bench.policy).anna, { kind: 'record-fact', fact: 'already_public', since, evidence: content('evidence') });
  assert.equal(clock('clocks.cve_record'), shifted(bench.now, { hours: 72 }), 'from knowing it, not from when it happened (CNA 4.5.1.6)');
  assert.equal(clock('clocks.cve_record_aim'), undefined, 'the day that counts for an own disclosure does not run');
  bench.now = shifted(bench.now, { hours: 72 });
  bench.do(processItself, { kind: 'remind', clock: 'clocks.cve_record' });
  assert.equal(clock('clocks.cve_record'), shifted(bench.now, { hours: 24 }), 'and it calls each day');
  bench.state = { ...bench.state, visibility: 'public' };
  bench.do(team(bench.policy).anna, { kind: 'record-cve-publication', flaw, evidence: null });
  assert.equal(clock('clocks.cve_record'), undefined);
});

test('F13 the reporter gets the number when it is assigned; it is called for until its record is public or it is given back, also where the case ended in the open without an advisory', () => {
  const bench = at('confirmed', libvirt);
  const { anna } = team(bench.policy);
  const assigned = bench.do(anna, { kind: 'record-cve', flaw, number });
  const told = consequences(assigned, bench.state, bench.policy).flatMap((one) => (one.kind === 'send-notice' ? [one] : []));
  assert.deepEqual(
    told.map(({ notice, to }) => [notice, to]),
    [['number-assigned', { kind: 'reporter', participant: bench.state.reporters[0]?.participant }]],
    'CNA 4.3.3',
  );
  const owed = (one: Bench) => deadlines(one.state, one.policy).find(({ clock }) => clock === 'clocks.cve_record');
  for (const handling of ['public_bug', 'hardening', 'unfixed_public', 'closed'] as const) {
    const ended = bench.twin();
    ended.state = { ...ended.state, handling, visibility: 'public', publicSince: ended.now };
    assert.equal(owed(ended)?.at, shifted(ended.now, { hours: 72 }), handling);
    ended.do(anna, { kind: 'reject-cve', flaw, reason: content() });
    assert.equal(owed(ended), undefined, `${handling}: given back`);
  }
});
