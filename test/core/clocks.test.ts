// SPDX-License-Identifier: Apache-2.0
// Every clock on dates worked out by hand: when it starts, when it is due, how often it comes again, and what ends it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PersonId } from '../../src/core/model/identifiers.ts';
import { instant } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import type { Duration } from '../../src/core/policy/quantities.ts';
import { consequences } from '../../src/core/process/consequences.ts';
import type { Deadline } from '../../src/core/process/deadlines.ts';
import { deadlines, due, promisedAt } from '../../src/core/process/deadlines.ts';
import { stillSaid } from '../../src/core/process/still-said.ts';
import { Bench, content, person, preset, processItself, report, reporter, reporterId } from '../support/core.ts';
import { at, certain, on, team } from './journey.ts';

const mei = person('mei', 'maintainer');

function clock(bench: Bench, name: string): Deadline | undefined {
  return deadlines(bench.state, bench.policy).find((one) => one.clock === name);
}

/** `2026-11-05 09:00`, or nothing where the clock does not run. */
function dueAt(bench: Bench, name: string): string | undefined {
  return clock(bench, name)?.at.slice(0, 16).replace('T', ' ');
}

/** The clock calls when it is due, and the bench stands at that instant. */
function callAt(bench: Bench, name: string): void {
  const deadline = certain(clock(bench, name));
  if (deadline.at > bench.now) bench.now = deadline.at;
  bench.do(processItself, { kind: 'remind', clock: name });
}

function withClocks(name: string, clocks: Partial<Policy['clocks']>, zone = 'UTC'): Policy {
  const policy = preset(name);
  return { ...policy, clocks: { ...policy.clocks, ...clocks }, calendar: { ...policy.calendar, zone } };
}

const days = (amount: number): Duration => ({ amount, unit: 'days' });
const businessDays = (amount: number): Duration => ({ amount, unit: 'business days' });
const months = (amount: number): Duration => ({ amount, unit: 'months' });

function said(bench: Bench): void {
  bench.do(team(bench.policy).anna, { kind: 'send-message', body: content('message', 'shared'), to: [reporterId] });
}

function heard(bench: Bench): void {
  bench.do(reporter, { kind: 'answer-team', body: content('message', 'shared'), attachments: [] });
}

interface Dated {
  readonly says: string;
  readonly zone: string;
  readonly holidays: readonly string[];
  readonly received: string;
  readonly wait: Duration;
  readonly due: string;
}

/** Worked out with a paper calendar: 2026-07-03 is a Friday, 2026-12-23 a Wednesday, 2028 a leap year. */
const dated: readonly Dated[] = [
  {
    says: 'hours pass a weekend',
    zone: 'UTC',
    holidays: [],
    received: '2026-07-03T15:00Z',
    wait: { amount: 24, unit: 'hours' },
    due: '2026-07-04T15:00Z',
  },
  {
    says: 'business days do not',
    zone: 'UTC',
    holidays: [],
    received: '2026-07-03T15:00Z',
    wait: businessDays(3),
    due: '2026-07-08T15:00Z',
  },
  {
    says: 'a holiday between counts for nothing',
    zone: 'UTC',
    holidays: ['2026-12-24', '2026-12-25'],
    received: '2026-12-23T10:00Z',
    wait: businessDays(3),
    due: '2026-12-30T10:00Z',
  },
  {
    says: 'the day is that of the zone, where it is Saturday already',
    zone: 'Asia/Tokyo',
    holidays: [],
    received: '2026-07-03T16:00Z',
    wait: businessDays(1),
    due: '2026-07-05T16:00Z',
  },
  {
    says: 'a day over the spring change keeps its hour',
    zone: 'Europe/Prague',
    holidays: [],
    received: '2026-03-28T11:00Z',
    wait: days(1),
    due: '2026-03-29T10:00Z',
  },
  {
    says: 'a day over the autumn change, too',
    zone: 'Europe/Prague',
    holidays: [],
    received: '2026-10-24T10:00Z',
    wait: days(1),
    due: '2026-10-25T11:00Z',
  },
  {
    says: '24 hours over it are 24 hours',
    zone: 'Europe/Prague',
    holidays: [],
    received: '2026-10-24T10:00Z',
    wait: { amount: 24, unit: 'hours' },
    due: '2026-10-25T10:00Z',
  },
  {
    says: 'an hour that spring skips comes an hour later',
    zone: 'America/New_York',
    holidays: [],
    received: '2026-03-07T07:30Z',
    wait: days(1),
    due: '2026-03-08T07:30Z',
  },
  {
    says: 'a month from 31 January ends on 28 February',
    zone: 'UTC',
    holidays: [],
    received: '2026-01-31T12:00Z',
    wait: months(1),
    due: '2026-02-28T12:00Z',
  },
  {
    says: 'and in a leap year on the 29th',
    zone: 'UTC',
    holidays: [],
    received: '2028-01-31T12:00Z',
    wait: months(1),
    due: '2028-02-29T12:00Z',
  },
  {
    says: 'twelve months from a leap day end on the 28th',
    zone: 'UTC',
    holidays: [],
    received: '2028-02-29T12:00Z',
    wait: months(12),
    due: '2029-02-28T12:00Z',
  },
];

for (const { says, zone, holidays, received, wait, due: expected } of dated)
  test(`I12 the clock of the first answer: ${says}`, () => {
    const policy = withClocks('minimal', { acknowledge: wait }, zone);
    const calendar = { ...policy.calendar, holidays: holidays.map((day) => ({ from: day, to: day })) };
    const bench = new Bench({ ...policy, calendar }, report(), instant(received));
    assert.equal(clock(bench, 'clocks.acknowledge')?.at, instant(expected));
  });

test('LIBVIRT-12 a report that is held for 24 hours calls the moderators, then each day, until somebody looks', () => {
  const bench = new Bench(preset('libvirt-2023'));
  assert.equal(dueAt(bench, 'clocks.moderation'), '2026-11-03 09:00');
  callAt(bench, 'clocks.moderation');
  assert.equal(dueAt(bench, 'clocks.moderation'), '2026-11-04 09:00');
  assert.deepEqual(
    consequences(bench.log.slice(-1), bench.state, bench.policy).map((one) => (one.kind === 'send-notice' ? one.to : one.kind)),
    [{ kind: 'right', right: 'moderate' }],
  );
  bench.do(team(bench.policy).anna, { kind: 'release-report' });
  assert.equal(clock(bench, 'clocks.moderation'), undefined);
});

test('QEMU-M1 LIBVIRT-43 the first answer: three business days where nobody decided, no clock where the policy says none', () => {
  assert.equal(clock(new Bench(preset('qemu-2026')), 'clocks.acknowledge'), undefined);
  const bench = new Bench(preset('minimal'));
  assert.equal(dueAt(bench, 'clocks.acknowledge'), '2026-11-05 09:00');
  callAt(bench, 'clocks.acknowledge');
  assert.equal(dueAt(bench, 'clocks.acknowledge'), '2026-11-06 09:00');
  assert.equal(promisedAt(certain(clock(bench, 'clocks.acknowledge'))), instant('2026-11-05T09:00Z'), 'the promise does not move');
  said(bench);
  assert.equal(clock(bench, 'clocks.acknowledge'), undefined);
});

test('QEMU-8 the verdict: seven days from the first owner, and no clock after it', () => {
  const bench = at('taken', preset('qemu-2026'));
  assert.equal(dueAt(bench, 'clocks.verdict'), '2026-11-09 09:00');
  on(bench, 'taken', 'confirmed');
  assert.equal(clock(bench, 'clocks.verdict'), undefined);
});

test('QEMU-25 a report that became a public bug has no clock and calls nobody for 90 days', () => {
  const bench = at('taken', preset('qemu-2026'));
  bench.do(mei, { kind: 'decide-eligibility', verdict: 'out', rule: null, reason: content() });
  assert.deepEqual(deadlines(bench.state, bench.policy), []);
  bench.later(90 * 24);
  assert.equal(due(bench.state, bench.policy, bench.now), undefined);
});

test('LIBVIRT-25 the embargo warns a week, three days and one day before its end, once each', () => {
  const bench = at('confirmed', preset('libvirt-2023'));
  assert.equal(bench.state.embargo.until, instant('2026-11-16T09:00Z'));
  const before = () =>
    deadlines(bench.state, bench.policy).flatMap((one) => (one.clock.startsWith('embargo.warning') ? [one.at.slice(0, 16)] : []));
  assert.deepEqual(before(), ['2026-11-09T09:00', '2026-11-13T09:00', '2026-11-15T09:00']);
  callAt(bench, 'embargo.warning:7 days');
  assert.deepEqual(before(), ['2026-11-13T09:00', '2026-11-15T09:00']);
});

test('VMT-18 a warning of business days leaves so many of them', () => {
  const policy = withClocks('libvirt-2023', { warnBeforeEnd: [businessDays(3)] });
  const bench = at('confirmed', policy);
  assert.equal(dueAt(bench, 'embargo.warning:3 business days'), '2026-11-11 09:00', 'Monday 16 November less Friday, Thursday, Wednesday');
});

test('P23 without an embargo the reporter’s own date warns as the end does, and not for a distance that lies before the report', () => {
  const bench = at('received', preset('qemu-2026'), report({ deadline: instant('2026-11-07T09:00Z') }));
  assert.equal(dueAt(bench, 'cap.warning:3 days'), '2026-11-04 09:00');
  assert.equal(clock(bench, 'cap.warning:7 days'), undefined);
  assert.equal(dueAt(bench, 'cap'), '2026-11-07 09:00');
});

test('I12 a jump over three warnings is one call that names every clock', () => {
  const bench = at('confirmed', preset('libvirt-2023'));
  said(bench);
  bench.now = instant('2026-11-15T10:00Z');
  while (clock(bench, 'ownership.escalation') !== undefined && certain(clock(bench, 'ownership.escalation')).at <= bench.now)
    bench.do(processItself, { kind: 'pass-on-case', person: 'nils' as PersonId, how: 'last_resort', clock: 'ownership.escalation' });
  const deadline = certain(due(bench.state, bench.policy, bench.now));
  assert.deepEqual(deadline.action, {
    kind: 'remind',
    clock: 'embargo.warning:7 days',
    also: ['embargo.warning:3 days', 'embargo.warning:1 days', 'disclosure.together_with'],
  });
  const events = bench.do(processItself, deadline.action);
  assert.equal(consequences(events, bench.state, bench.policy).length, 1, 'one mail');
  assert.equal(due(bench.state, bench.policy, bench.now), undefined);
});

test('I12 after downtime over the end the case is published late, and the record says when it was due', () => {
  const bench = at('prepared', preset('libvirt-2023'));
  const until = certain(bench.state.embargo.until);
  bench.now = instant('2026-11-19T09:00Z');
  const deadline = certain(due(bench.state, bench.policy, bench.now));
  assert.equal(deadline.action.kind, 'publish-case', 'before every reminder');
  const events = bench.do(processItself, deadline.action);
  const begun = events.find((event) => event.kind === 'disclosure-begun');
  assert.equal(begun?.kind === 'disclosure-begun' ? begun.dueAt : undefined, until);
  assert.equal(bench.state.visibility, 'public');
  bench.later(1);
  assert.ok(
    deadlines(bench.state, bench.policy).every((one) => !one.clock.startsWith('embargo')),
    'no warning comes after the fact',
  );
});

test('I12 a publication in its minute is not called late', () => {
  const bench = at('prepared', preset('libvirt-2023'));
  bench.now = certain(bench.state.embargo.until);
  const begun = bench.do(processItself, { kind: 'publish-case' }).find((event) => event.kind === 'disclosure-begun');
  assert.deepEqual(begun?.kind === 'disclosure-begun' ? 'dueAt' in begun : null, false);
});

test('P14 the reporter hears something every 14 days from the confirmation on; a message sets the clock anew', () => {
  const bench = at('confirmed', preset('qemu-2026'));
  assert.equal(dueAt(bench, 'clocks.update_reporter'), '2026-11-16 09:00');
  bench.later(10 * 24);
  said(bench);
  assert.equal(dueAt(bench, 'clocks.update_reporter'), '2026-11-26 09:00');
  callAt(bench, 'clocks.update_reporter');
  assert.equal(dueAt(bench, 'clocks.update_reporter'), '2026-11-27 09:00', 'each day until somebody writes');
  said(bench);
  assert.equal(dueAt(bench, 'clocks.update_reporter'), '2026-12-10 09:00', 'an old reminder holds back no new promise');
});

test('P14 a message of the reporter without an answer calls the owner within the time of a first answer', () => {
  const bench = at('confirmed', preset('libvirt-2023'));
  said(bench);
  assert.equal(clock(bench, 'reporter.unanswered'), undefined);
  bench.later(24);
  heard(bench);
  assert.equal(dueAt(bench, 'reporter.unanswered'), '2026-11-06 09:00');
  bench.later(1);
  said(bench);
  assert.equal(clock(bench, 'reporter.unanswered'), undefined);
});

test('P14 a reporter who does not answer before the verdict is seen after 14 days, and each week', () => {
  const bench = at('taken', preset('minimal'));
  said(bench);
  assert.equal(dueAt(bench, 'reporter.silent'), '2026-11-16 09:00');
  callAt(bench, 'reporter.silent');
  assert.equal(dueAt(bench, 'reporter.silent'), '2026-11-23 09:00');
  heard(bench);
  assert.equal(clock(bench, 'reporter.silent'), undefined);
});

test('QEMU-51 a fix that takes longer than 30 days is a question to its owner, each week, and publishes nothing', () => {
  const bench = at('confirmed', preset('qemu-2026'));
  assert.equal(dueAt(bench, 'clocks.fix'), '2026-12-02 09:00');
  callAt(bench, 'clocks.fix');
  assert.equal(bench.state.visibility, 'private');
  assert.equal(dueAt(bench, 'clocks.fix'), '2026-12-09 09:00');
  on(bench, 'confirmed', 'fixed');
  assert.equal(clock(bench, 'clocks.fix'), undefined);
});

test('QEMU-51 QEMU-44 a fix that everybody waits for once the advisory is out is asked for each week, until it is merged', () => {
  const bench = at('disclosed', preset('libvirt-2023'));
  assert.equal(bench.state.handling, 'disclosed');
  const first = certain(clock(bench, 'clocks.fix'));
  assert.equal(Date.parse(first.at) - Date.parse(certain(bench.state.marks.disclosure)), 30 * 24 * 3_600_000);
  callAt(bench, 'clocks.fix');
  assert.equal(Date.parse(certain(clock(bench, 'clocks.fix')).at) - Date.parse(bench.now), 7 * 24 * 3_600_000);
  on(bench, 'disclosed', 'merged');
  assert.equal(clock(bench, 'clocks.fix'), undefined);
});

test('QEMU-47 patch approved and number assigned and still private: an alarm at once', () => {
  const bench = at('fixed', preset('qemu-2026'));
  assert.equal(clock(bench, 'clocks.no_reason_left'), undefined, 'the number is missing');
  bench.later(5);
  on(bench, 'fixed', 'numbered');
  assert.equal(dueAt(bench, 'clocks.no_reason_left'), '2026-11-02 14:00');
  assert.equal(due(bench.state, bench.policy, bench.now)?.clock, 'clocks.no_reason_left');
  on(bench, 'approved', 'public');
  assert.equal(clock(bench, 'clocks.no_reason_left'), undefined);
});

test('QEMU-47 an embargo that was agreed is a reason', () => {
  const bench = at('fixed', preset('libvirt-2023'));
  on(bench, 'fixed', 'numbered');
  assert.equal(clock(bench, 'clocks.no_reason_left'), undefined);
  for (const one of [team(bench.policy).anna, team(bench.policy).boris])
    bench.do(one, { kind: 'end-embargo', exit: 'early_agreed', reason: content() });
  assert.notEqual(clock(bench, 'clocks.no_reason_left'), undefined);
});

test('QEMU-44 a case whose fix is merged is closed a day later by itself', () => {
  const bench = at('merged', preset('libvirt-2023'));
  assert.equal(bench.state.handling, 'disclosed');
  const deadline = certain(clock(bench, 'clocks.merged_but_open'));
  assert.deepEqual([deadline.action.kind, Date.parse(deadline.at) - Date.parse(bench.now)], ['close-case', 24 * 3_600_000]);
  bench.now = deadline.at;
  bench.do(processItself, deadline.action);
  assert.equal(bench.state.handling, 'closed');
});

test('QEMU-44 QEMU-M6 where something else is asked for before the end, its owner is told each week', () => {
  const policy = preset('libvirt-2023');
  const bench = at('merged', { ...policy, closing: { must: [{ kind: 'fix_released', groups: ['development'] }], should: [] } });
  assert.equal(clock(bench, 'clocks.merged_but_open')?.action.kind, 'remind');
  callAt(bench, 'clocks.merged_but_open');
  const again = certain(clock(bench, 'clocks.merged_but_open'));
  assert.equal(Date.parse(again.at) - Date.parse(bench.now), 7 * 24 * 3_600_000);
});

test('VMT-30 a public promise that passes calls the owner, whatever the embargo counts from', () => {
  const bench = at('received', preset('openstack-vmt'));
  assert.equal(dueAt(bench, 'disclosure.promised'), '2027-01-31 09:00', '90 days from 2 November');
  bench.later(48);
  on(bench, 'received', 'confirmed');
  assert.equal(dueAt(bench, 'disclosure.promised'), '2027-01-31 09:00');
});

test('QEMU-43 a case that is opened before its patch is posted alarms after 15 minutes', () => {
  const policy = preset('qemu-2026');
  const bench = at('confirmed', { ...policy, disclosure: { ...policy.disclosure, trigger: 'patch_posted' } });
  bench.later(2);
  const opened = { seq: bench.state.version + 1, at: bench.now, by: { kind: 'process' }, v: 1, kind: 'case-opened' } as const;
  bench.append(opened);
  assert.equal(dueAt(bench, 'clocks.public_but_not_posted'), '2026-11-02 11:15');
});

test('T3 P1 a first answer that is taken back before it left is none: the clock of the acknowledgement runs again from the receipt', () => {
  const own = preset('libvirt-2023');
  const policy = { ...own, clocks: { ...own.clocks, acknowledge: { amount: 48, unit: 'hours' } as const } };
  const bench = at('taken', policy);
  const { anna, boris } = team(policy);
  const asked = dueAt(bench, 'clocks.acknowledge');
  const say = () => {
    bench.do(anna, { kind: 'send-message', body: content('message', 'shared'), to: [reporterId] });
    return certain(bench.log.find((event) => event.seq > bench.state.version - 2 && event.kind === 'message-sent')).seq;
  };
  const takeBack = (message: number) =>
    bench.do(boris, { kind: 'withdraw-message', message, to: reporterId, still: stillSaid(bench.log, message, reporterId) });
  const told = () => bench.state.reporters[0]?.told ?? null;
  takeBack(say());
  assert.deepEqual([dueAt(bench, 'clocks.acknowledge'), told(), bench.state.marks.acknowledgement], [asked, null, undefined]);
  const first = say();
  const answered = bench.now;
  bench.later(0.01);
  const second = say();
  takeBack(second);
  assert.deepEqual([told(), bench.state.marks.acknowledgement], [answered, answered], 'another message still stands');
  bench.later(0.01);
  const third = bench.now;
  say();
  takeBack(first);
  assert.deepEqual([told(), bench.state.marks.acknowledgement], [third, third], 'the one after it is the first answer');
  assert.equal(clock(bench, 'clocks.acknowledge'), undefined);
});
