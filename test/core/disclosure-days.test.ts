// SPDX-License-Identifier: Apache-2.0
// A release that people make ready on a day that is none of the project's waits for the next one; what is out already, or would pass its cap, does not.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Refused } from '../../src/core/model/refusal.ts';
import type { Instant } from '../../src/core/model/time.ts';
import { shifted } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { bindingCap } from '../../src/core/process/caps.ts';
import { due } from '../../src/core/process/deadlines.ts';
import { closedAt, opensOn } from '../../src/core/process/disclosure-days.ts';
import { instantToCarry } from '../../src/core/process/publication-instant.ts';
import { type Bench, content, preset, processItself } from '../support/core.ts';
import { at, certain, team } from './journey.ts';

const openDays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Saturday', 'Sunday'] as const;
const tenOclock = { hour: 10, minute: 0, zone: 'UTC' };
const policy = fridaysClosed(preset('libvirt-2023'));
const { anna, boris } = team(policy);
/** The Monday of the report, the Thursday of the agreed end, and the days after it. */
const thursday = '2026-11-12T10:00:00.000Z' as Instant;
const friday = shifted(thursday, { hours: 24 });
const saturday = shifted(thursday, { hours: 48 });

function fridaysClosed(of: Policy): Policy {
  return {
    ...of,
    embargo: { ...of.embargo, countedFrom: 'receipt', length: [{ ...certain(of.embargo.length[0]), upTo: { amount: 21, unit: 'days' } }] },
    disclosure: { ...of.disclosure, days: openDays, hour: tenOclock },
    origins: { ...of.origins, disclosure: { ...of.origins.disclosure, because: { days: 'Nobody is there.' } } },
  };
}

/** Everything is ready but the two words; the agreed end was a Thursday. */
function ready(): Bench {
  const bench = at('prepared', policy);
  bench.do(anna, { kind: 'stop-release', reason: null });
  bench.state = { ...bench.state, embargo: { ...bench.state.embargo, until: thursday } };
  return bench;
}

function goAt(bench: Bench, now: Instant): void {
  bench.now = now;
  for (const one of [anna, boris]) bench.do(one, { kind: 'approve-release' });
  const documents = [{ format: 'text', file: 'notice.txt', sha256: 'f'.repeat(64) }];
  const published = instantToCarry(bench.state, policy, bench.now);
  bench.do(processItself, { kind: 'record-preparation', documents, published, text: 'a'.repeat(64) });
}

function said(outcome: readonly unknown[] | Refused): readonly string[] {
  return 'refusal' in outcome && outcome.refusal.kind === 'gates' ? outcome.refusal.unmet.map(({ sentence }) => sentence) : [];
}

function publishesBy({ state }: Bench, now: Instant): boolean {
  return due(state, policy, now)?.action.kind === 'publish-case';
}

test('VMT-18 a release that is ready on a Friday is refused for being a Friday, and the clock publishes it on the next day of disclosure', () => {
  const bench = ready();
  goAt(bench, shifted(friday, { minutes: -50 }));
  assert.equal(bench.state.disclosure.carries?.published, saturday, 'the documents tell the day that is waited for');
  assert.ok(!publishesBy(bench, friday));
  bench.now = friday;
  assert.deepEqual(said(bench.try(anna, { kind: 'publish-case' })), [
    '2026-11-13 is a Friday; this project discloses on Monday, Tuesday, Wednesday, Thursday, Saturday, Sunday only (disclosure.days). Nobody is there. The case goes out on 2026-11-14 10:00 UTC.',
  ]);
  bench.now = saturday;
  assert.ok(publishesBy(bench, saturday));
  bench.do(processItself, { kind: 'publish-case' });
  assert.deepEqual([bench.state.visibility, bench.state.publicSince], ['public', saturday]);
});

test('VMT-18 what was ready by the agreed end goes out then, and the program catches up with it on any day', () => {
  const bench = ready();
  goAt(bench, shifted(thursday, { hours: -3 }));
  assert.equal(bench.state.disclosure.carries?.published, thursday);
  assert.ok(publishesBy(bench, thursday));
  bench.now = friday;
  bench.do(processItself, { kind: 'publish-case' });
  assert.equal(bench.log.at(-1)?.kind, 'publication-timed', 'made anew for its date, which is now');
  assert.equal(instantToCarry(bench.state, policy, bench.now), friday);
});

test('VMT-18 on a day of disclosure a late release waits for the hour that is to come, and not for one that is over', () => {
  const early = ready();
  goAt(early, shifted(saturday, { hours: -1 }));
  assert.deepEqual([publishesBy(early, early.now), publishesBy(early, saturday)], [false, true]);
  const late = ready();
  goAt(late, shifted(saturday, { hours: 1 }));
  assert.deepEqual([publishesBy(late, saturday), publishesBy(late, late.now)], [false, true]);
  late.do(anna, { kind: 'publish-case' });
  assert.equal(late.state.visibility, 'public');
});

test('VMT-18 nothing waits past its cap, and what is known or out waits for no day', () => {
  const bench = ready();
  goAt(bench, friday);
  const { state } = bench;
  assert.equal(opensOn(friday, state, policy), saturday);
  const deadline = { ...state, reporters: state.reporters.map((one) => ({ ...one, deadline: shifted(saturday, { minutes: -1 }) })) };
  assert.equal(certain(bindingCap(deadline, policy)).source, 'reporter.deadline');
  assert.equal(opensOn(friday, deadline, policy), friday, 'their day would be over');
  const known = (fact: 'leaked' | 'exploited' | 'already_public') => {
    const other = ready();
    other.now = shifted(friday, { hours: -20 });
    other.do(anna, { kind: 'record-fact', fact, since: other.now, evidence: content('evidence') });
    return opensOn(friday, other.state, policy);
  };
  assert.deepEqual([known('leaked'), known('exploited'), known('already_public')], [friday, friday, friday]);
  const posted = { ...state, branches: state.branches.map((fix) => ({ ...fix, state: 'posted' as const })) };
  assert.equal(opensOn(friday, posted, policy), friday);
  assert.equal(opensOn(friday, { ...state, visibility: 'public' }, policy), friday);
});

test('VMT-18 a date is refused by the name of what closes it: the day, the holiday or the hour', () => {
  const holidays = [{ from: '2026-11-14', to: '2026-11-15' }];
  const closed: Policy = { ...policy, calendar: { ...policy.calendar, holidays } };
  assert.match(closedAt(friday, closed), /^2026-11-13 is a Friday; .* \(disclosure\.days\)\. Nobody is there\.$/);
  assert.equal(closedAt(saturday, closed), '2026-11-14 is a holiday of this project (calendar.holidays).');
  assert.equal(closedAt(shifted(thursday, { hours: 1 }), closed), 'This project discloses at 10:00 UTC only (disclosure.hour).');
});
