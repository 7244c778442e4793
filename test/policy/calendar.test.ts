// SPDX-License-Identifier: Apache-2.0
// The calendar over zones, clock changes, month ends, leap days and holidays.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { epoch, fromEpoch, instant, Temporal } from '../../src/core/model/time.ts';
import {
  addDuration,
  disclosureDayAllowed,
  earliestAllowedAfter,
  isBusinessDay,
  latestAllowedBefore,
} from '../../src/core/policy/calendar.ts';
import type { Calendar } from '../../src/core/policy/policy.ts';
import type { Duration } from '../../src/core/policy/quantities.ts';
import { type Unit, weekdays } from '../../src/core/policy/words.ts';

const workdays = weekdays.slice(0, 5);

function calendar(zone: string, holidays: Calendar['holidays'] = []): Calendar {
  return { zone, businessDays: workdays, holidays };
}

/** An instant from local time and zone; where the hour happens twice, the offset decides. */
function local(text: string): ReturnType<typeof instant> {
  return instant(Temporal.ZonedDateTime.from(text).toInstant());
}

const durations: readonly (readonly [name: string, zone: string, from: string, amount: number, unit: Unit, to: string])[] = [
  ['minutes are elapsed time', 'UTC', '2026-07-01T23:50[UTC]', 15, 'minutes', '2026-07-02T00:05[UTC]'],
  [
    'hours pass over the spring change',
    'America/New_York',
    '2026-03-07T12:00[America/New_York]',
    24,
    'hours',
    '2026-03-08T13:00[America/New_York]',
  ],
  [
    'a day keeps its hour over the spring change',
    'America/New_York',
    '2026-03-07T12:00[America/New_York]',
    1,
    'days',
    '2026-03-08T12:00[America/New_York]',
  ],
  [
    'an hour that spring skips is taken as the later one',
    'America/New_York',
    '2026-03-07T02:30[America/New_York]',
    1,
    'days',
    '2026-03-08T03:30[America/New_York]',
  ],
  [
    'an hour that autumn repeats is taken as the first',
    'America/New_York',
    '2026-10-31T01:30[America/New_York]',
    1,
    'days',
    '2026-11-01T01:30-04:00[America/New_York]',
  ],
  [
    'Lord Howe skips half an hour',
    'Australia/Lord_Howe',
    '2026-10-03T02:15[Australia/Lord_Howe]',
    1,
    'days',
    '2026-10-04T02:45[Australia/Lord_Howe]',
  ],
  [
    'Lord Howe repeats half an hour',
    'Australia/Lord_Howe',
    '2026-04-04T01:45[Australia/Lord_Howe]',
    1,
    'days',
    '2026-04-05T01:45+11:00[Australia/Lord_Howe]',
  ],
  [
    'Casablanca changes its clock around Ramadan',
    'Africa/Casablanca',
    '2024-03-09T12:00[Africa/Casablanca]',
    1,
    'weeks',
    '2024-03-16T12:00[Africa/Casablanca]',
  ],
  [
    'weeks over the autumn change',
    'Europe/Stockholm',
    '2026-10-20T09:00[Europe/Stockholm]',
    2,
    'weeks',
    '2026-11-03T09:00[Europe/Stockholm]',
  ],
  ['a month ends on the same day', 'UTC', '2026-04-30T12:00[UTC]', 1, 'months', '2026-05-30T12:00[UTC]'],
  ['or on the last day of a shorter month', 'UTC', '2026-01-31T12:00[UTC]', 1, 'months', '2026-02-28T12:00[UTC]'],
  ['which in a leap year is the 29th', 'UTC', '2028-01-31T12:00[UTC]', 1, 'months', '2028-02-29T12:00[UTC]'],
  ['months are counted at once, not one by one', 'UTC', '2026-01-31T12:00[UTC]', 2, 'months', '2026-03-31T12:00[UTC]'],
  ['a year of months from a leap day', 'UTC', '2028-02-29T12:00[UTC]', 12, 'months', '2029-02-28T12:00[UTC]'],
  ['days pass the leap day', 'UTC', '2028-02-28T12:00[UTC]', 2, 'days', '2028-03-01T12:00[UTC]'],
  ['business days skip the weekend', 'UTC', '2026-07-03T15:00[UTC]', 1, 'business days', '2026-07-06T15:00[UTC]'],
  ['counted from a Saturday, the first is Monday', 'UTC', '2026-07-04T15:00[UTC]', 1, 'business days', '2026-07-06T15:00[UTC]'],
  ['five make a week', 'UTC', '2026-07-01T15:00[UTC]', 5, 'business days', '2026-07-08T15:00[UTC]'],
  ['the day is that of the zone', 'Asia/Tokyo', '2026-07-02T20:00[UTC]', 1, 'business days', '2026-07-05T20:00[UTC]'],
];

for (const [name, zone, from, amount, unit, to] of durations) {
  test(`duration: ${name}`, () => assert.equal(addDuration(local(from), { amount, unit }, calendar(zone)), local(to)));
}

test('duration: at once is now', () => {
  const at = instant('2026-07-01T00:00Z');
  assert.equal(addDuration(at, 'at once', calendar('UTC')), at);
});

test('VMT-18 business days skip a range of holidays', () => {
  const closed = calendar('UTC', [{ from: '2026-12-24', to: '2027-01-01' }]);
  assert.equal(addDuration(local('2026-12-23T10:00[UTC]'), { amount: 2, unit: 'business days' }, closed), local('2027-01-05T10:00[UTC]'));
});

test('VMT-18 a holiday is no business day from midnight to midnight of the zone', () => {
  const closed = calendar('America/New_York', [{ from: '2026-07-03', to: '2026-07-03' }]);
  assert.equal(isBusinessDay(local('2026-07-02T23:59[America/New_York]'), closed), true);
  assert.equal(isBusinessDay(local('2026-07-03T00:00[America/New_York]'), closed), false);
  assert.equal(isBusinessDay(local('2026-07-03T23:59[America/New_York]'), closed), false);
  assert.equal(isBusinessDay(local('2026-07-04T12:00[America/New_York]'), closed), false);
  assert.equal(isBusinessDay(local('2026-07-06T00:00[America/New_York]'), closed), true);
});

test('a calendar without business days refuses to count them', () => {
  const none: Calendar = { zone: 'UTC', businessDays: [], holidays: [] };
  assert.throws(() => addDuration(instant('2026-07-01T00:00Z'), { amount: 1, unit: 'business days' }, none), RangeError);
});

const afternoon = { hour: 15, minute: 0, zone: 'UTC' };
const vmt = { days: ['Tuesday', 'Wednesday', 'Thursday'] as const, hour: afternoon, holidays: [], zone: 'UTC' };

const disclosures: readonly (readonly [name: string, times: Parameters<typeof latestAllowedBefore>[1], at: string, to: string])[] = [
  ['an allowed day at its hour stays', vmt, '2026-07-01T15:00[UTC]', '2026-07-01T15:00[UTC]'],
  ['later on an allowed day moves back to the hour', vmt, '2026-07-01T18:30[UTC]', '2026-07-01T15:00[UTC]'],
  ['before the hour moves to the day before', vmt, '2026-07-01T14:59[UTC]', '2026-06-30T15:00[UTC]'],
  ['a Monday moves back to Thursday', vmt, '2026-07-06T15:00[UTC]', '2026-07-02T15:00[UTC]'],
  [
    'a holiday moves on to the day before',
    { ...vmt, holidays: [{ from: '2026-07-01', to: '2026-07-02' }] },
    '2026-07-03T15:00[UTC]',
    '2026-06-30T15:00[UTC]',
  ],
  ['without an hour the time of day is kept', { ...vmt, hour: null }, '2026-07-06T09:20[UTC]', '2026-07-02T09:20[UTC]'],
  ['without days and hour nothing moves', { ...vmt, hour: null, days: weekdays }, '2026-07-05T09:20[UTC]', '2026-07-05T09:20[UTC]'],
  [
    'the weekday is that of the calendar zone',
    { ...vmt, hour: { hour: 23, minute: 0, zone: 'UTC' }, zone: 'Asia/Tokyo' },
    '2026-07-03T00:00[UTC]',
    '2026-07-01T23:00[UTC]',
  ],
  [
    'a skipped hour counts as the later one',
    { ...vmt, days: ['Sunday'], hour: { hour: 2, minute: 30, zone: 'America/New_York' }, zone: 'America/New_York' },
    '2026-03-08T12:00[America/New_York]',
    '2026-03-08T03:30[America/New_York]',
  ],
  [
    'no allowed day in a year: the end stands',
    { ...vmt, holidays: [{ from: '2020-01-01', to: '2030-01-01' }] },
    '2026-07-03T15:00[UTC]',
    '2026-07-03T15:00[UTC]',
  ],
];

for (const [name, times, at, to] of disclosures) {
  test(`VMT-18 disclosure: ${name}`, () => assert.equal(latestAllowedBefore(local(at), times), local(to)));
}

test('VMT-18 a disclosure day is one of the days and no holiday', () => {
  const times = { ...vmt, holidays: [{ from: '2026-07-02', to: '2026-07-02' }] };
  const days = ['2026-06-29', '2026-06-30', '2026-07-01', '2026-07-02', '2026-07-03'].map((day) =>
    disclosureDayAllowed(local(`${day}T00:00[UTC]`), times),
  );
  assert.deepEqual(days, [false, true, true, false, false]);
});

const zones = ['UTC', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Pacific/Apia'] as const;
const anyInstant = fc.integer({ min: epoch(instant('2000-01-01T00:00Z')), max: epoch(instant('2040-01-01T00:00Z')) }).map(fromEpoch);
const anyDays = fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 });

test('moving to an allowed day never passes the end and lands on an allowed day', () => {
  fc.assert(
    fc.property(
      anyInstant,
      fc.constantFrom(...zones),
      anyDays,
      fc.integer({ min: 0, max: 23 }),
      fc.boolean(),
      (at, zone, days, hour, fixed) => {
        const times = { days, hour: fixed ? { hour, minute: 0, zone } : null, holidays: [], zone };
        const moved = latestAllowedBefore(at, times);
        assert.ok(moved <= at);
        assert.ok(disclosureDayAllowed(moved, times));
        assert.equal(latestAllowedBefore(moved, times), moved);
        const later = earliestAllowedAfter(at, times);
        assert.ok(later >= at && disclosureDayAllowed(later, times));
        assert.equal(latestAllowedBefore(later, times), later);
        assert.ok(!fixed || moved === later || latestAllowedBefore(fromEpoch(epoch(later) - 1), times) === moved, 'nothing lies between');
      },
    ),
  );
});

test('a longer duration of the same unit never ends earlier', () => {
  const unit = fc.constantFrom<Unit>('minutes', 'hours', 'days', 'weeks', 'months', 'business days');
  fc.assert(
    fc.property(anyInstant, fc.constantFrom(...zones), unit, fc.integer({ min: 1, max: 120 }), (at, zone, of, amount) => {
      const of1: Duration = { amount, unit: of };
      const ends = addDuration(at, of1, calendar(zone));
      assert.ok(ends > at);
      assert.ok(addDuration(at, { amount: amount + 1, unit: of }, calendar(zone)) >= ends);
    }),
  );
});
