// SPDX-License-Identifier: Apache-2.0
// The clock never floods and never falls silent: what is due, how often somebody is called, and what happens at the cap.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PersonId } from '../../src/core/model/identifiers.ts';
import { shifted } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { bindingCap } from '../../src/core/process/caps.ts';
import { consequences } from '../../src/core/process/consequences.ts';
import type { Deadline } from '../../src/core/process/deadlines.ts';
import { due } from '../../src/core/process/deadlines.ts';
import type { Bench } from '../support/core.ts';
import { content, flaw, patchFile, person, preset, processItself, report, reporter, reporterId } from '../support/core.ts';
import { at, certain, everyPart, number, on, team } from './journey.ts';

const mei = person('mei', 'maintainer');
const master = { branch: 'master', component: null };

/** Lets the clock do everything that is due now. @returns what it did; a hundred things at one instant are a flood. */
function tick(bench: Bench): readonly Deadline[] {
  const done: Deadline[] = [];
  for (let deadline = due(bench.state, bench.policy, bench.now); deadline !== undefined; ) {
    bench.do(processItself, deadline.action);
    done.push(deadline);
    assert.ok(done.length < 100, `a flood of ${deadline.clock}`);
    deadline = due(bench.state, bench.policy, bench.now);
  }
  return done;
}

function clocks(bench: Bench): readonly string[] {
  return tick(bench).map((deadline) => `${deadline.action.kind} ${deadline.clock}`);
}

test('QEMU-43 P1 a patch that is posted while a gate is unmet opens the case as soon as it is met; meanwhile its owner is called every hour, not more', () => {
  const bench = at('fixed', preset('qemu-2026'));
  bench.do(mei, { kind: 'record-posting', ...master, messageId: '<1@lists.example>' });
  assert.equal(bench.state.visibility, 'private', 'the credit is open');
  assert.deepEqual(clocks(bench), [], 'the policy gives it 15 minutes');
  bench.later(0.25);
  assert.deepEqual(clocks(bench), ['remind clocks.posted_but_private']);
  assert.deepEqual(clocks(bench), [], 'and no second time at once');
  bench.later(1);
  assert.deepEqual(clocks(bench), ['remind clocks.posted_but_private']);
  on(bench, 'approved', 'credited');
  assert.deepEqual(clocks(bench), ['publish-case disclosure.trigger']);
  assert.equal(bench.state.visibility, 'public');
});

test('P4 a release whose gate was lost before the hour is not published and not forgotten', () => {
  const bench = at('prepared', preset('libvirt-2023'));
  const maint = { branch: 'v11.9-maint', component: null };
  const { anna } = team(bench.policy);
  bench.do(anna, { kind: 'judge-branch', ...maint, group: 'development', affected: true });
  bench.now = certain(bench.state.embargo.until);
  tick(bench);
  assert.equal(bench.state.visibility, 'private');
  for (let hour = 0; hour < 3; hour++) {
    bench.later(1);
    assert.deepEqual(clocks(bench), ['remind embargo.until']);
  }
  bench.do(anna, { kind: 'judge-branch', ...maint, group: 'development', affected: false });
  assert.deepEqual(clocks(bench), ['publish-case disclosure.trigger']);
});

test('F34 P4 after a leak somebody is called every hour until it is out, long before the cap', () => {
  const bench = at('confirmed', preset('libvirt-2023'));
  bench.do(team(bench.policy).anna, { kind: 'record-fact', fact: 'leaked', since: bench.now, evidence: content('evidence') });
  assert.deepEqual([bench.state.embargo.state, bench.state.embargo.exit], ['exited', 'leak']);
  assert.deepEqual(clocks(bench).toSorted(), ['remind cap', 'remind disclosure.trigger']);
  bench.later(1);
  assert.deepEqual(clocks(bench).toSorted(), ['remind cap', 'remind disclosure.trigger']);
});

test('P6 LIBVIRT-31 after a leak what two people agreed for the cap goes out at once', () => {
  const bench = at('confirmed', preset('libvirt-2023'));
  const { anna, boris } = team(bench.policy);
  bench.do(boris, { kind: 'agree-bundle' });
  bench.do(anna, { kind: 'record-fact', fact: 'leaked', since: bench.now, evidence: content('evidence') });
  assert.deepEqual(clocks(bench), ['publish-bundle cap']);
  assert.deepEqual([bench.state.visibility, bench.state.disclosure.bundleOnly], ['public', true]);
});

test('LIBVIRT-36 a deviation that was recorded when people said go still counts at the hour', () => {
  const bench = at('fixed', preset('libvirt-2023'));
  on(bench, 'numbered', 'credited');
  const { anna, boris } = team(bench.policy);
  bench.do(anna, { kind: 'approve-release', deviation: content() });
  assert.deepEqual(bench.state.deviations, ['cve_assigned']);
  bench.do(boris, { kind: 'approve-release' });
  on(bench, 'armed', 'prepared');
  bench.now = certain(bench.state.embargo.until);
  assert.equal(clocks(bench)[0], 'publish-case disclosure.trigger');
  assert.equal(bench.state.visibility, 'public');
});

test('P4 without an agreed bundle nothing leaves at the cap: everyone who may publish is paged every hour', () => {
  const bench = at('confirmed', preset('libvirt-2023'));
  bench.later(89 * 24);
  tick(bench);
  bench.later(24);
  for (let hour = 0; hour < 5; hour++) {
    const paged = tick(bench).filter((deadline) => deadline.clock === 'cap');
    assert.equal(paged.length, 1);
    const last = bench.log.filter((event) => event.kind === 'reminder-due' && event.clock === 'cap').slice(-1);
    assert.deepEqual(
      consequences(last, bench.state, bench.policy).map((one) => (one.kind === 'send-notice' ? one.to : one.kind)),
      [{ kind: 'right', right: 'disclose' }],
    );
    bench.later(1);
  }
  assert.equal(bench.state.visibility, 'private');
});

test('P4 P1 QEMU-8 a month past its end without a bundle: each call comes later than the one before, reaches more people, and none is the last', () => {
  const bench = at('confirmed', preset('libvirt-2023'));
  const end = certain(bench.state.embargo.until);
  bench.now = end;
  const asked: (string | undefined)[] = [];
  for (let hour = 0; hour <= 30 * 24; hour++) {
    asked.push(...tick(bench).map(({ ask }) => ask?.how));
    bench.later(1);
  }
  const called = bench.log.filter(
    (event) => event.kind === 'reminder-due' && [event.clock, ...(event.also ?? [])].includes('embargo.until'),
  );
  const reached = called.map((event) =>
    consequences([event], bench.state, bench.policy)
      .map((one) => ('to' in one ? one.to.kind : one.kind))
      .join(' '),
  );
  const gaps = called
    .slice(1)
    .map((event, index) => Math.round((Date.parse(event.at) - Date.parse(certain(called[index]).at)) / 3_600_000));
  assert.deepEqual(gaps.slice(0, 7), [1, 1, 1, 1, 1, 1, 6]);
  assert.deepEqual(
    gaps,
    gaps.toSorted((one, other) => one - other),
    'never sooner than before',
  );
  assert.deepEqual(new Set(gaps), new Set([1, 6, 24]));
  assert.ok(called.length < 50, `${called.length} calls in a month, not 720`);
  assert.ok(Date.parse(certain(called.at(-1)).at) > Date.parse(bench.now) - 25 * 3_600_000, 'and they go on');
  assert.deepEqual(reached.slice(0, 8), [...Array(6).fill('person'), 'right', 'right'], 'first the owner, then everybody who could end it');
  assert.equal(reached.at(-1), 'person readers administrators', 'at last everybody who reads it, and those who run the system');
  assert.ok(asked.includes('last_resort'), 'meanwhile the ladder is climbed to its last step');
});

test('P4 whoever agrees another date has ended the calls, and the next end begins with its owner again', () => {
  const bench = at('confirmed', preset('libvirt-2023'));
  bench.now = certain(bench.state.embargo.until);
  for (let hour = 0; hour < 100; hour++) {
    tick(bench);
    bench.later(1);
  }
  const until = shifted(bench.now, { hours: 48 });
  bench.do(team(bench.policy).anna, {
    kind: 'propose-embargo',
    until,
    zone: 'UTC',
    reason: content(),
    restart: 'patch_problem',
    deviation: content(),
    circumstances: null,
    evidence: null,
    purposes: [],
  });
  bench.do(reporter, { kind: 'agree-embargo' });
  assert.equal(bench.state.embargo.until, until);
  bench.later(24);
  assert.ok(!clocks(bench).some((clock) => clock.endsWith('embargo.until')), 'before the new end nobody is called about an end');
  bench.now = until;
  tick(bench);
  const last = bench.log.findLast(
    (event) => event.kind === 'reminder-due' && [event.clock, ...(event.also ?? [])].includes('embargo.until'),
  );
  assert.equal(last?.at, until);
  assert.deepEqual(
    consequences([certain(last)], bench.state, bench.policy).map((one) => ('to' in one ? one.to.kind : one.kind)),
    ['person'],
  );
});

test('VMT-30 an agreed bundle goes out at the cap, and the advisory follows on the public path from the same state', () => {
  const bench = at('fixed', preset('openstack-vmt'));
  bench.do(team(bench.policy).boris, { kind: 'agree-bundle' });
  bench.now = shifted(certain(bindingCap(bench.state, bench.policy)).at, { seconds: -1 });
  assert.ok(
    tick(bench).every((deadline) => deadline.action.kind === 'remind'),
    'not one second before',
  );
  bench.now = shifted(bench.now, { seconds: 1 });
  assert.deepEqual(clocks(bench)[0], 'publish-bundle cap');
  assert.deepEqual(
    [bench.state.visibility, bench.state.embargo.exit, bench.state.handling, bench.state.disclosure.bundleOnly],
    ['public', 'max_reached', 'fix_ready', true],
  );
  assert.deepEqual(tick(bench), [], 'no clock of secrecy runs on');
  on(bench, 'fixed', 'prepared');
  assert.deepEqual(clocks(bench), ['publish-case disclosure.trigger']);
  on(bench, 'public', 'disclosed');
  assert.deepEqual(
    [bench.state.handling, bench.state.disclosure.bundleOnly, bench.state.advisory.state],
    ['disclosed', false, 'published'],
  );
});

test('P4 LIBVIRT-43 where the end asks, an agreed bundle waits for the hard cap and goes out then', () => {
  const bench = at('confirmed', preset('libvirt-2023'));
  bench.do(team(bench.policy).boris, { kind: 'agree-bundle' });
  bench.now = certain(bench.state.embargo.until);
  assert.ok(tick(bench).every((deadline) => deadline.action.kind === 'remind'));
  bench.now = certain(bindingCap(bench.state, bench.policy)).at;
  assert.equal(clocks(bench)[0], 'publish-bundle cap');
  assert.equal(bench.state.embargo.exit, 'max_reached');
});

test('a bundle is agreed only where one was proposed, and by a second person', () => {
  const bench = at('eligible', preset('libvirt-2023'));
  const { anna, boris } = team(bench.policy);
  bench.do(anna, {
    kind: 'confirm-flaw',
    flaws: [flaw],
    class: null,
    severity: { level: 'high', vector: null },
    reason: content(),
    summary: null,
    branches: [],
  });
  assert.throws(() => bench.do(boris, { kind: 'agree-bundle' }), /bundle_proposed/);
  bench.do(anna, { kind: 'propose-bundle', summary: content('summary') });
  assert.throws(() => bench.do(anna, { kind: 'agree-bundle' }), /second_person/);
  bench.do(boris, { kind: 'agree-bundle' });
  bench.do(boris, { kind: 'propose-bundle', summary: content('summary') });
  assert.equal(bench.state.bundle?.agreed, false, 'a new text takes the agreement back');
});

function armed(policy: Policy): Bench {
  return at('prepared', policy);
}

test('SAFETY 4.8 whatever changes what would be published takes back the word of those who said go', () => {
  const { anna, boris } = team(preset('libvirt-2023'));
  const changes: Readonly<Record<string, (bench: Bench) => void>> = {
    credit: (bench) =>
      void bench.do(anna, {
        kind: 'decide-credit',
        participant: reporterId,
        decision: 'named',
        name: content('credit_name', 'withheld'),
      }),
    patch: (bench) => void bench.do(anna, { kind: 'add-patch', ...master, patch: patchFile(), signedOff: true }),
    severity: (bench) => void bench.do(anna, { kind: 'assess-severity', level: 'low', vector: null }),
    advisory: (bench) => void bench.do(anna, { kind: 'write-advisory', advisory: content('advisory'), parts: everyPart }),
    returned: (bench) => void bench.do(boris, { kind: 'return-advisory', reason: content() }),
    stopped: (bench) => void bench.do(anna, { kind: 'stop-release', reason: null }),
    date: (bench) => {
      bench.do(reporter, {
        kind: 'propose-embargo',
        until: certain(bench.state.embargo.until),
        zone: 'UTC',
        reason: content(),
        restart: null,
        circumstances: null,
        evidence: null,
        purposes: [],
      });
      bench.do(boris, { kind: 'agree-embargo' });
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    const bench = armed(preset('libvirt-2023'));
    assert.ok(bench.state.disclosure.armed);
    change(bench);
    const { approvedBy, armed: still, prepared } = bench.state.disclosure;
    assert.deepEqual([approvedBy, still, prepared], [[], false, null], what);
    bench.now = certain(bench.state.embargo.until);
    tick(bench);
    assert.equal(bench.state.visibility, 'private', what);
  }
});

test('a number that comes after people said go takes their word back, too', () => {
  const bench = at('fixed', preset('libvirt-2023'));
  on(bench, 'numbered', 'credited');
  const { anna, boris } = team(bench.policy);
  bench.do(anna, { kind: 'approve-release', deviation: content() });
  bench.do(boris, { kind: 'approve-release' });
  bench.do(boris, { kind: 'record-cve', flaw, number });
  assert.equal(bench.state.disclosure.armed, false);
});

test('an embargo that ends early has its documents made anew, because they carry the date', () => {
  const bench = armed(preset('libvirt-2023'));
  bench.later(24);
  bench.do(team(bench.policy).boris, { kind: 'end-embargo', exit: 'early_agreed', reason: content() });
  const events = bench.do(team(bench.policy).anna, { kind: 'end-embargo', exit: 'early_agreed', reason: content() });
  assert.deepEqual([bench.state.disclosure.armed, bench.state.disclosure.prepared], [true, null]);
  assert.deepEqual(
    consequences(events, bench.state, bench.policy).filter(({ kind }) => kind !== 'send-notice'),
    [{ kind: 'prepare-publication' }],
  );
  on(bench, 'armed', 'prepared');
  assert.deepEqual(clocks(bench), ['publish-case disclosure.trigger']);
});

test('P5 P23 the reporter’s own latest date is a cap: it binds, and a form refuses one that has passed', () => {
  const soon = '2026-11-05T12:00:00.000Z' as never;
  const bench = at('confirmed', preset('libvirt-2023'), report({ deadline: soon }));
  assert.equal(bench.state.embargo.until, soon);
  assert.throws(() => at('received', preset('libvirt-2023'), report({ deadline: '2026-11-01T00:00:00.000Z' as never })), /deadline/);
  assert.equal(
    at('received', preset('libvirt-2023'), report({ channel: 'mail', deadline: '2026-11-01T00:00:00.000Z' as never })).state.handling,
    'received',
  );
});

test('P4 T20 T24 a channel of a later version that confirms nothing calls the owner each day, for a correction and for a number that came late', () => {
  const documents = { kind: 'record-preparation', documents: [] } as const;
  for (const late of [false, true]) {
    const bench = at('merged', preset('libvirt-2023'));
    const { anna, boris } = team(bench.policy);
    bench.do(anna, { kind: 'record-cve-publication', flaw, evidence: null });
    bench.do(anna, { kind: 'close-case' });
    if (late) {
      const flaws = bench.state.flaws.map((one) => ({ ...one, numberedBy: 'viktor' as PersonId }));
      bench.state = { ...bench.state, flaws, advisory: { ...bench.state.advisory, numbers: [] } };
      bench.do(anna, { kind: 'add-late-number', reason: content() });
    } else {
      bench.do(anna, { kind: 'correct-advisory', reason: content() });
      bench.later(48);
      assert.ok(!clocks(bench).includes('remind disclosure.channels'), 'it is being written');
      bench.do(anna, { kind: 'write-advisory', advisory: content('advisory'), parts: everyPart });
      bench.do(anna, { kind: 'submit-advisory' });
      bench.do(boris, { kind: 'approve-advisory' });
      bench.do(anna, { kind: 'approve-release' });
      bench.do(boris, { kind: 'approve-release' });
    }
    assert.deepEqual(clocks(bench), []);
    bench.later(1);
    assert.deepEqual(clocks(bench), ['remind disclosure.channels'], 'people said go, and the documents are not made');
    bench.do(processItself, documents);
    assert.equal(bench.state.advisory.state, 'errata');
    assert.deepEqual(clocks(bench), [], 'they have an hour');
    bench.later(1);
    assert.deepEqual(clocks(bench), ['remind disclosure.channels']);
    bench.later(23);
    assert.deepEqual(clocks(bench), []);
    bench.later(1);
    assert.deepEqual(clocks(bench), ['remind disclosure.channels'], 'and again each day');
    for (const { channel } of bench.state.disclosure.channels)
      bench.do(processItself, { kind: 'confirm-channel', channel, evidence: null });
    bench.later(48);
    assert.deepEqual(clocks(bench), [], 'everything is out');
  }
});
