// SPDX-License-Identifier: Apache-2.0
// The rules of intake, one report after another: what starts in public, what is held, what is not taken, and whose turn it is.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ActionOf } from '../../src/core/model/action.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { instant } from '../../src/core/model/time.ts';
import { answerRemarks, closedSeason, fileRemarks, turnOf } from '../../src/core/policy/intake-rules.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { consequences } from '../../src/core/process/consequences.ts';
import { due } from '../../src/core/process/deadlines.ts';
import { submitReport } from '../../src/core/process/steps/intake.ts';
import { Bench, person, preset, processItself, project, report, start } from '../support/core.ts';

const qemu = preset('qemu-2026');
const libvirt = preset('libvirt-2023');
const openstack = preset('openstack-vmt');

function withIntake(policy: Policy, change: Partial<Policy['intake']>): Policy {
  return { ...policy, intake: { ...policy.intake, ...change } };
}

function marked(policy: Policy): Policy {
  const channels = policy.intake.channels.map((channel) =>
    channel.kind === 'web' ? { ...channel, starts: 'as_marked' as const } : channel,
  );
  return withIntake(policy, { channels });
}

type Row = readonly [foundByAi: Policy['intake']['foundByAi'], origin: 'ai' | 'manual', sensitive: 'yes' | 'unsure' | 'no', starts: string];

const ai: readonly Row[] = [
  ['private', 'ai', 'unsure', 'private'],
  ['public', 'ai', 'unsure', 'public'],
  ['public', 'ai', 'yes', 'public'],
  ['public', 'manual', 'unsure', 'private'],
  ['public_without_reproducer', 'ai', 'unsure', 'public'],
  ['ask', 'ai', 'no', 'public'],
  ['ask', 'ai', 'unsure', 'private'],
  ['ask', 'ai', 'yes', 'private'],
  ['ask', 'manual', 'no', 'private'],
];

for (const [foundByAi, origin, sensitive, starts] of ai)
  test(`QEMU-M11 F7 found_by_ai ${foundByAi}: a finding ${origin === 'ai' ? 'of AI' : 'by hand'}, marked ${sensitive}, starts ${starts}`, () => {
    const bench = new Bench(withIntake(qemu, { foundByAi }), report({ origin, sensitive }));
    assert.equal(bench.state.visibility, starts);
  });

for (const [sensitive, unsure, starts] of [
  ['unsure', 'private', 'private'],
  ['unsure', 'public', 'public'],
  ['no', 'private', 'public'],
  ['yes', 'public', 'private'],
] as const)
  test(`QEMU-14 marked ${sensitive} where unsure means ${unsure} starts ${starts}`, () => {
    assert.equal(new Bench(withIntake(marked(qemu), { unsure }), report({ sensitive })).state.visibility, starts);
  });

test('LIBVIRT-10 a held report is private whatever it is marked, and opens when a moderator lets it through', () => {
  const policy = withIntake(marked(libvirt), { moderation: 'everyone' });
  const bench = new Bench(policy, report({ sensitive: 'no' }));
  assert.deepEqual([bench.state.handling, bench.state.visibility], ['held', 'private']);
  bench.do(person('mo', 'moderator'), { kind: 'release-report' });
  assert.deepEqual([bench.state.handling, bench.state.visibility], ['received', 'public']);
  const spam = new Bench(policy, report({ sensitive: 'no' }));
  spam.do(person('mo', 'moderator'), { kind: 'discard-report', reason: null });
  assert.equal(spam.state.visibility, 'private', 'spam never opens');
});

test('QEMU-13 what stood in public by mistake is hidden with its exposure on record, or left where the policy leaves it', () => {
  const since = instant('2026-11-02T08:57:00Z');
  for (const [exposedByMistake, visibility] of [
    ['hide', 'private'],
    ['leave', 'public'],
  ] as const) {
    const bench = new Bench(withIntake(qemu, { exposedByMistake }), report({ exposedSince: since }));
    assert.equal(bench.state.visibility, visibility);
    assert.deepEqual(
      bench.state.facts.map(({ fact, since: from, recordedAt }) => [fact, from, recordedAt]),
      [['exposed', since, start]],
    );
  }
});

test('curl in a closed season only what the policy excepts gets through, by every door', () => {
  const season = {
    from: { at: instant('2026-11-01T00:00:00Z'), zone: 'UTC' },
    until: { at: instant('2026-12-01T00:00:00Z'), zone: 'UTC' },
    except: ['exploited' as const],
  };
  const policy = withIntake(qemu, { closed: [season] });
  const taken = (changes: Partial<ActionOf<'submit-report'>>, now = start) =>
    !isRefusal(submitReport(report(changes), { project, policy, policyRef: { name: 'x', version: 1, sha256: 'f'.repeat(64) }, now }));
  assert.ok(!taken({}));
  assert.ok(!taken({ channel: 'mail' }));
  assert.ok(!taken({ claims: { exploited: 'no', already_public: 'yes' } }));
  assert.ok(taken({ claims: { exploited: 'yes' } }));
  assert.ok(taken({ claims: { exploited: 'suspected' } }));
  assert.ok(taken({}, season.until.at), 'the end of the season is not of it');
  assert.equal(closedSeason(policy, instant('2026-10-31T23:59:59Z'), {}), undefined);
});

test('VMT-1 where the form asks for an account, nobody without one reports by it', () => {
  const channels = [
    {
      kind: 'web',
      declared: true,
      starts: 'private',
      accepts: 'reports',
      former: [],
      account: 'required',
      encryption: 'optional',
    } as const,
  ];
  const policy = withIntake(libvirt, { channels });
  const tried = submitReport(report(), { project, policy, policyRef: { name: 'x', version: 1, sha256: 'f'.repeat(64) }, now: start });
  assert.ok(isRefusal(tried) && tried.refusal.kind === 'invalid' && tried.refusal.field === 'account');
  assert.ok(new Bench(policy, report({ identified: true })));
});

test('QEMU-10 QEMU-M8 each required field is missed by its own name, and a box that has to be ticked is ticked', () => {
  const answers = { description: 'x', accelerator: 'warp', findings_checked: 'no' };
  const remarks = answerRemarks(qemu, answers, Object.keys(answers));
  const of = (about: string) => remarks.filter((remark) => remark.about === about).map((remark) => remark.field);
  assert.deepEqual(of('missing'), ['version', 'command_line', 'steps', 'found_with', 'findings_checked']);
  assert.deepEqual(of('refused'), ['accelerator']);
  assert.ok(of('asked').includes('machine') && !of('asked').includes('accelerator'));
  for (const field of qemu.intake.form.required) {
    const answered = qemu.intake.form.required.filter((one) => one !== field);
    const tried = submitReport(report({ answered }), {
      project,
      policy: qemu,
      policyRef: { name: 'x', version: 1, sha256: 'f'.repeat(64) },
      now: start,
    });
    assert.ok(isRefusal(tried) && tried.refusal.kind === 'invalid' && tried.refusal.field === field, field);
  }
});

test('LIBVIRT-3 a suspicion in two sentences is enough, and LIBVIRT-6 the rest is asked for', () => {
  assert.ok(new Bench(libvirt, report({ answered: ['description'] })));
  const asked = answerRemarks(libvirt, { description: 'It may leak.' }, ['description']);
  assert.ok(asked.every(({ about }) => about === 'asked'));
  assert.deepEqual(
    asked.map(({ field }) => field),
    ['steps', 'version', 'credit_name', 'deadline'],
  );
});

test('QEMU-M3 files by ending, number and size: refused, or taken with a word', () => {
  const policy = withIntake(qemu, { attachments: { discouraged: ['zip', 'gz'], refused: ['exe'], files: 2, megabytes: 1 } });
  const of = (...files: { name: string; bytes: number }[]) => fileRemarks(policy, files).map(({ about }) => about);
  const file = (name: string, bytes = 10) => ({ name, bytes });
  assert.deepEqual(of(file('crash.log')), []);
  assert.deepEqual(of(file('a.ZIP')), ['warned']);
  assert.deepEqual(of(file('a.tar.gz')), ['warned']);
  assert.deepEqual(of(file('run.exe')), ['refused']);
  assert.deepEqual(of(file('exe')), [], 'a name without a dot has no ending');
  assert.deepEqual(of(file('a.log', 1_000_000)), []);
  assert.deepEqual(of(file('a.log', 1_000_001)), ['refused']);
  assert.deepEqual(of(file('1'), file('2'), file('3')), ['refused']);
});

test('QEMU-1 the first reports of a day are looked at at once, the next wait for the next days, none is lost', () => {
  const at = instant('2026-11-02T22:00:00Z');
  const turns = [1, 20, 21, 40, 41, 60, 61].map((running) => turnOf(running, 20, at));
  const day = (date: string) => `${date}T00:00:00.000Z`;
  assert.deepEqual(turns, [null, null, day('2026-11-03'), day('2026-11-03'), day('2026-11-04'), day('2026-11-04'), day('2026-11-05')]);
  assert.equal(turnOf(10_000, null, at), null, 'none: nobody is counted');
});

test('QEMU-1 P25 a queued report calls nobody before its turn, and somebody then', () => {
  const queuedUntil = instant('2026-11-03T00:00:00Z');
  const bench = new Bench(openstack, report({ channel: 'web', queuedUntil }));
  const called = (events: typeof bench.log) =>
    consequences(events, bench.state, bench.policy).flatMap((one) =>
      one.kind === 'send-notice' && one.to.kind !== 'reporter' ? [one.notice] : [],
    );
  assert.deepEqual(called(bench.log), []);
  assert.equal(due(bench.state, openstack, instant('2026-11-02T23:59:59Z')), undefined);
  const turn = due(bench.state, openstack, queuedUntil);
  assert.equal(turn?.clock, 'intake.reports_per_day');
  bench.now = queuedUntil;
  if (turn !== undefined) assert.deepEqual(called([...bench.do(processItself, turn.action)]), ['reminder']);
  assert.equal(due(bench.state, openstack, queuedUntil), undefined, 'once');
});
