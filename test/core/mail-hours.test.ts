// SPDX-License-Identifier: Apache-2.0
// When mail waits: over midnight, where the clocks change, and never for ever.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromEpoch, instant } from '../../src/core/model/time.ts';
import { type MailHours, waitsUntil } from '../../src/core/people/mail-hours.ts';
import { pagesGoThrough, urgencyOf } from '../../src/core/process/urgency.ts';
import { preset } from '../support/core.ts';

const prague: MailHours = { zone: 'Europe/Prague', digestAt: 8, quiet: { from: '22:00', to: '07:00' } };
const at = (now: string, asked = now, pages = false) => ({ now: instant(now), asked: instant(asked), pagesGoThrough: pages });

test('VMT-7 a digest waits for its next hour in the zone of who chose it, and goes when that has come', () => {
  assert.equal(waitsUntil('digest', at('2026-11-02T09:00Z'), prague), instant('2026-11-03T07:00Z'));
  assert.equal(waitsUntil('digest', at('2026-11-03T07:00Z', '2026-11-02T09:00Z'), prague), null);
  assert.equal(waitsUntil('digest', at('2026-11-02T09:00Z'), { ...prague, digestAt: null }), null, 'who chose no hour waits for none');
  assert.equal(waitsUntil('today', at('2026-11-02T09:00Z'), prague), null);
});

test('VMT-7 in quiet hours mail waits for their end, over midnight too; what calls people goes through where the policy says so, and nowhere else', () => {
  const night = at('2026-11-02T23:30Z');
  assert.equal(waitsUntil('today', night, prague), instant('2026-11-03T06:00Z'));
  assert.equal(waitsUntil('page', night, prague), instant('2026-11-03T06:00Z'));
  assert.equal(waitsUntil('page', at('2026-11-02T23:30Z', undefined, true), prague), null);
  assert.equal(waitsUntil('today', at('2026-11-02T21:30Z', undefined, true), prague), instant('2026-11-03T06:00Z'), 'only what calls');
  assert.equal(waitsUntil('today', at('2026-11-03T06:00Z'), prague), null, 'at their end it goes');
  const noon = { ...prague, quiet: { from: '12:00', to: '13:00' } };
  assert.equal(waitsUntil('today', at('2026-11-02T11:30Z'), noon), instant('2026-11-02T12:00Z'));
  assert.equal(waitsUntil('today', at('2026-11-02T23:30Z'), noon), null);
});

test('R-10 in the night in which the clocks change the hours are those that people read', () => {
  const spring = { zone: 'Europe/Prague', digestAt: 2, quiet: null };
  assert.equal(waitsUntil('digest', at('2026-03-28T12:00Z'), spring), instant('2026-03-29T01:00Z'), 'two o’clock is left out');
  assert.equal(waitsUntil('today', at('2026-10-24T21:00Z'), prague), instant('2026-10-25T06:00Z'), 'a night of 25 hours');
});

test('whatever was chosen, mail waits for less than 26 hours for each choice, and goes when it is asked again then', () => {
  const time = fc
    .integer({ min: 0, max: 24 * 60 - 1 })
    .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
  const chosen: fc.Arbitrary<MailHours> = fc.record({
    zone: fc.constantFrom('UTC', 'Europe/Prague', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Asia/Kathmandu'),
    digestAt: fc.option(fc.integer({ min: 0, max: 23 })),
    quiet: fc.option(fc.record({ from: time, to: time }).filter(({ from, to }) => from !== to)),
  });
  fc.assert(
    fc.property(
      chosen,
      fc.constantFrom('page', 'today', 'digest'),
      fc.integer({ min: 0, max: 366 * 24 * 60 }),
      (hours, urgency, minute) => {
        const asked = fromEpoch(Date.UTC(2026, 0, 1) + minute * 60_000);
        let now = asked;
        for (let turn = 0; turn < 3; turn++) {
          const until = waitsUntil(urgency, { asked, now, pagesGoThrough: false }, hours);
          if (until === null) return true;
          assert.ok(until > now && Date.parse(until) - Date.parse(now) < 26 * 3_600_000, `${now} waits until ${until}`);
          now = until;
        }
        return false;
      },
    ),
    { numRuns: 500 },
  );
});

test('VMT-7 the end of an embargo, an exploited flaw and an emergency call people; what the policy names may wait; the rest is for today', () => {
  const policy = preset('openstack-vmt');
  for (const clock of ['embargo.until', 'embargo.ends_early_on.exploited', 'fact.leaked', 'cap'])
    assert.equal(urgencyOf('reminder', [clock], policy), 'page', clock);
  assert.equal(urgencyOf('reminder', ['clocks.claim'], policy), 'today');
  assert.equal(urgencyOf('glass-broken', [], policy), 'page');
  assert.equal(urgencyOf('report-arrived', [], policy), 'digest');
  assert.equal(urgencyOf('answer-arrived', [], policy), 'today');
  const said = {
    ...policy,
    ownership: { ...policy.ownership, mayWait: ['answer_arrived'], quietHours: 'broken_by_calls' },
  } as typeof policy;
  assert.equal(urgencyOf('answer-arrived', [], said), 'digest');
  assert.equal(urgencyOf('report-arrived', [], said), 'today');
  assert.deepEqual([pagesGoThrough(policy), pagesGoThrough(said)], [false, true]);
});
