// SPDX-License-Identifier: Apache-2.0
// The embargo as an agreement: who has to agree to a date, what a longer one needs, who may refuse, and what ends it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseAction } from '../../src/core/model/action.ts';
import type { Voice } from '../../src/core/model/embargo.ts';
import type { Role } from '../../src/core/model/identifiers.ts';
import type { Refused } from '../../src/core/model/refusal.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import type { Instant } from '../../src/core/model/time.ts';
import { shifted } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { bindingCap } from '../../src/core/process/caps.ts';
import { consequences } from '../../src/core/process/consequences.ts';
import { due } from '../../src/core/process/deadlines.ts';
import { listed } from '../../src/core/process/parties.ts';
import { Bench, content, flaw, person, preset, processItself, report, reporter } from '../support/core.ts';
import { at, certain, team } from './journey.ts';

const anna = person('anna', 'core');
const carl = person('carl', 'core');
const viktor = person('viktor', 'vendor');
const mei = person('mei', 'maintainer');
const shown = { circumstances: content(), evidence: content('evidence') };

function until(end: Instant, changes: object = {}): CaseAction {
  return {
    kind: 'propose-embargo',
    until: end,
    zone: 'UTC',
    reason: content(),
    restart: null,
    circumstances: null,
    evidence: null,
    purposes: [],
    ...changes,
  };
}

function days(bench: Bench, count: number): Instant {
  return shifted(certain(bench.state.marks.confirmation), { hours: count * 24 });
}

function gatesOf(outcome: readonly unknown[] | Refused): readonly string[] {
  return 'refusal' in outcome && outcome.refusal.kind === 'gates' ? outcome.refusal.unmet.map((gate) => gate.gate) : [];
}

test('LIBVIRT-34 LIBVIRT-25 an embargo past two weeks waits until the team, the vendors and the reporter have all agreed; silence is no agreement', () => {
  const bench = at('confirmed', preset('libvirt-2023'));
  const first = bench.state.embargo.until;
  bench.do(anna, until(days(bench, 28), shown));
  assert.deepEqual(bench.state.embargo.proposal?.awaits.toSorted(), ['core', 'reporter', 'vendor']);
  assert.deepEqual(bench.state.embargo.proposal?.agreed, ['core']);
  bench.do(viktor, { kind: 'agree-embargo' });
  assert.deepEqual([bench.state.embargo.state, bench.state.embargo.until], ['revising', first], 'one is silent: the first date stands');
  assert.ok(isRefusal(bench.try(carl, { kind: 'agree-embargo' })), 'a second voice for the same role is not asked for');
  bench.do(reporter, { kind: 'agree-embargo' });
  assert.deepEqual([bench.state.embargo.state, bench.state.embargo.until], ['active', days(bench, 28)]);
  assert.deepEqual([bench.state.embargo.moves, bench.state.embargo.restarts], [1, 0]);
});

test('LIBVIRT-34 LIBVIRT-35 the longer rung is for the first date only, and what goes past a month is a recorded deviation', () => {
  const bench = at('confirmed', preset('libvirt-2023'));
  bench.do(anna, until(days(bench, 10)));
  for (const actor of [viktor, reporter]) bench.do(actor, { kind: 'agree-embargo' });
  const later = bench.try(anna, until(days(bench, 28), shown));
  assert.ok(isRefusal(later) && later.refusal.kind === 'invalid' && later.refusal.field === 'until', JSON.stringify(later));
  const other = at('confirmed', preset('libvirt-2023'));
  assert.deepEqual(gatesOf(other.try(anna, until(days(other, 32), shown))), ['deviation_recorded'], 'a reason alone is not a deviation');
  const events = other.do(anna, until(days(other, 32), { ...shown, deviation: content() }));
  assert.deepEqual(
    events.flatMap((event) => (event.kind === 'deviation-recorded' ? [event.gate] : [])),
    ['deviation_recorded'],
  );
  assert.deepEqual(other.state.deviations, ['deviation_recorded']);
});

test('LIBVIRT-33 after a patch problem the two weeks begin again, and the log counts it', () => {
  const bench = at('confirmed', preset('libvirt-2023'));
  bench.later(13 * 24);
  const again = shifted(bench.now, { hours: 13 * 24 });
  bench.do(viktor, until(again, shown));
  assert.ok(bench.state.embargo.proposal?.awaits.includes('core' as never), 'without a restart that is one of the longer embargoes');
  bench.do(viktor, until(again, { restart: 'patch_problem' }));
  assert.deepEqual(bench.state.embargo.proposal?.awaits, ['reporter', 'vendor']);
  bench.do(reporter, { kind: 'agree-embargo' });
  assert.deepEqual([bench.state.embargo.until, bench.state.embargo.restarts], [again, 1]);
  const never = at('confirmed', preset('openstack-vmt'));
  const lawful = '2026-11-10T15:00:00.000Z' as Instant;
  const refused = never.try(person('ola', 'coordinator'), until(lawful, { restart: 'patch_problem' }));
  assert.ok(isRefusal(refused) && refused.refusal.kind === 'invalid' && refused.refusal.field === 'restart');
});

test('LIBVIRT-30 a case that is confirmed while a date is still discussed has the default date meanwhile', () => {
  const bench = new Bench(preset('libvirt-2023'), report({ member: true, channel: 'mail', mailbox: 'security@lists.libvirt.org' }));
  bench.do(anna, { kind: 'take-up-case' });
  bench.do(anna, until(shifted(bench.now, { hours: 240 })));
  assert.equal(bench.state.embargo.state, 'proposed');
  bench.do(anna, {
    kind: 'confirm-flaw',
    flaws: [flaw],
    class: null,
    severity: { level: 'high', vector: null },
    reason: content(),
    summary: null,
    branches: [],
  });
  assert.deepEqual([bench.state.embargo.state, bench.state.embargo.until], ['revising', shifted(bench.now, { hours: 14 * 24 })]);
  assert.equal(bench.state.embargo.proposal?.until, shifted(bench.now, { hours: 240 }), 'the discussion goes on');
});

test('QEMU-50 a reporter asks for an embargo and does not grant it: a maintainer has to', () => {
  const bench = at('confirmed', preset('qemu-2026'));
  bench.do(reporter, until(days(bench, 20)));
  assert.deepEqual([bench.state.embargo.state, bench.state.embargo.until], ['proposed', null]);
  bench.do(mei, { kind: 'refuse-embargo', reason: content() });
  assert.deepEqual([bench.state.embargo.state, bench.state.embargo.until], ['none', null]);
  bench.do(reporter, until(days(bench, 20), shown));
  bench.do(mei, { kind: 'agree-embargo' });
  assert.deepEqual([bench.state.embargo.state, bench.state.embargo.until], ['active', days(bench, 20)]);
});

test('QEMU-50 QEMU-2 the truth table of the exception: high severity and shown circumstances are needed, the rest is a deviation on record', () => {
  for (const level of ['moderate', 'high'])
    for (const origin of ['manual', 'fuzzer'] as const)
      for (const circumstances of [null, content()])
        for (const evidence of [null, content('evidence')])
          for (const deviation of [undefined, content()]) {
            const bench = at('eligible', preset('qemu-2026'), report({ origin }));
            assert.equal(bench.state.embargo.state, 'none');
            bench.do(mei, { kind: 'assess-severity', level, vector: null });
            const asked = { circumstances, evidence, ...(deviation === undefined ? {} : { deviation }) };
            const outcome = bench.try(mei, until(shifted(bench.now, { hours: 48 }), asked));
            const shown = circumstances !== null && evidence !== null;
            const granted = level === 'high' && shown && (origin === 'manual' || deviation !== undefined);
            assert.equal(isRefusal(outcome), !granted, JSON.stringify({ level, origin, circumstances, evidence, deviation }));
            assert.deepEqual(bench.state.deviations, granted && origin === 'fuzzer' ? ['found_by_hand'] : []);
            assert.equal(bench.state.embargo.state, granted ? 'active' : 'none');
          }
});

test('VMT-18 VMT-30 a date past the first rung without a reason is a deviation that the record shows', () => {
  const bench = at('confirmed', preset('openstack-vmt'));
  const ola = person('ola', 'coordinator');
  const action = until('2026-11-24T15:00:00.000Z' as Instant, { reason: null });
  assert.deepEqual(gatesOf(bench.try(ola, action)), ['reason_recorded']);
  bench.do(ola, { ...action, deviation: content() });
  assert.deepEqual(bench.state.deviations, ['reason_recorded']);
});

test('a reporter whose agreement is not asked for does not stop a date; one who is asked does', () => {
  const qemu = at('confirmed', preset('qemu-2026'));
  qemu.do(reporter, until(days(qemu, 20)));
  assert.ok(isRefusal(qemu.try(reporter, { kind: 'agree-embargo' })), 'nobody grants their own wish');
  const libvirt = at('confirmed', preset('libvirt-2023'));
  libvirt.do(viktor, until(days(libvirt, 10)));
  libvirt.do(reporter, { kind: 'refuse-embargo', reason: content() });
  assert.deepEqual([libvirt.state.embargo.state, libvirt.state.embargo.until], ['active', days(libvirt, 14)]);
  libvirt.do(viktor, until(days(libvirt, 10)));
  assert.ok(isRefusal(libvirt.try(viktor, { kind: 'agree-embargo' })), 'somebody else grants that it ends earlier');
});

test('F34 a reporter who wants an earlier date has it at once; in OpenStack any date within the ladder', () => {
  const libvirt = at('confirmed', preset('libvirt-2023'));
  libvirt.do(reporter, until(days(libvirt, 5)));
  assert.equal(libvirt.state.embargo.until, days(libvirt, 5));
  libvirt.do(reporter, until(days(libvirt, 9)));
  assert.equal(libvirt.state.embargo.until, days(libvirt, 5), 'a later one needs the others');
  const openstack = at('confirmed', preset('openstack-vmt'));
  openstack.do(reporter, until('2026-12-08T15:00:00.000Z' as Instant));
  assert.equal(openstack.state.embargo.until, '2026-12-08T15:00:00.000Z');
});

test('VMT-20 T11 T17 who agreed to be there at the hour is asked anew when the hour becomes another', () => {
  const openstack = preset('openstack-vmt');
  const bench = at('armed', openstack);
  const { anna } = team(openstack);
  const hour = bench.state.embargo.until;
  bench.do(reporter, until(shifted(certain(hour), { hours: -7 * 24 })));
  assert.ok((bench.state.embargo.until ?? '') < (hour ?? ''));
  assert.deepEqual([bench.state.onCall, bench.state.disclosure.armed], [[], false]);
  const named = () => {
    const tried = bench.try(anna, { kind: 'approve-release' });
    return !isRefusal(tried) || !JSON.stringify(tried.refusal).includes('be there at the hour');
  };
  assert.equal(named(), false, 'nobody has agreed to the new hour');
  for (const role of ['core_reviewer', 'stable_maintainer'] as Role[]) bench.do(anna, { kind: 'go-on-call', role });
  assert.equal(named(), true);
});

test('I6 whoever ends an embargo says why, and the log keeps it', () => {
  const bench = at('confirmed', preset('libvirt-2023'));
  const reason = content();
  const events = bench.do(anna, { kind: 'end-embargo', exit: 'leak', reason, evidence: content('evidence') });
  assert.ok(JSON.stringify(events).includes(reason.id));
});

test('I6 F1 a party’s limit that brings the end nearer leaves open what is still asked, and no request vanishes', () => {
  const bench = at('fixed', preset('openstack-vmt'));
  const ola = person('ola', 'coordinator');
  const reporterAgreed = bench.state.embargo.until;
  bench.do(ola, until('2026-12-03T15:00:00.000Z' as Instant));
  assert.deepEqual([bench.state.embargo.state, bench.state.embargo.until], ['revising', reporterAgreed]);
  bench.do(ola, {
    kind: 'record-notice',
    party: 'linux-distros',
    since: shifted(bench.now, { hours: -5 * 24 }),
    evidence: content('evidence'),
    deviation: content(),
  });
  const { embargo } = bench.state;
  assert.ok((embargo.until ?? '') < (reporterAgreed ?? ''), 'their fourteen days count from their first mail');
  assert.deepEqual(
    [embargo.state, embargo.proposal?.until],
    ['revising', '2026-12-03T15:00:00.000Z'],
    'somebody still waits for an answer',
  );
  assert.ok(isRefusal(bench.try(reporter, { kind: 'agree-embargo' })), 'and it cannot be agreed to beyond the limit');
  bench.do(reporter, { kind: 'refuse-embargo', reason: content() });
  assert.deepEqual([bench.state.embargo.state, bench.state.embargo.decided.at(-1)?.decision?.outcome], ['active', 'refused']);
});

test('T27 a date that waits for a party which has left waits for the others alone; who has left has no voice', () => {
  const party = (name: string) => ({ ...listed(name), state: 'acknowledged' as const, notifiedAt: bench.now, role: 'packager' as never });
  const waiting = (awaits: readonly Voice[], agreed: readonly Voice[]): Bench => {
    const one = bench.twin();
    one.do(ola, until('2026-12-03T15:00:00.000Z' as Instant));
    const { proposal } = one.state.embargo;
    one.state = {
      ...one.state,
      parties: [party('packagers')],
      embargo: { ...one.state.embargo, proposal: { ...certain(proposal), awaits, agreed } },
    };
    return one;
  };
  const bench = at('fixed', preset('openstack-vmt'));
  const ola = person('ola', 'coordinator');
  const leave: CaseAction = { kind: 'remove-party', party: 'packagers', reason: content() };
  const first = bench.state.embargo.until;

  const last = waiting(['coordinator' as never, 'party:packagers'], ['coordinator' as never]);
  last.do(ola, leave);
  assert.deepEqual([last.state.embargo.state, last.state.embargo.until], ['active', '2026-12-03T15:00:00.000Z'], 'all others have agreed');

  const open = waiting(['reporter', 'coordinator' as never, 'party:packagers'], ['coordinator' as never]);
  open.do(ola, leave);
  assert.deepEqual([open.state.embargo.state, open.state.embargo.until], ['revising', first], 'the reporter is still asked');
  open.do(reporter, { kind: 'agree-embargo' });
  assert.deepEqual([open.state.embargo.state, open.state.embargo.until], ['active', '2026-12-03T15:00:00.000Z']);

  const alone = waiting(['party:packagers'], []);
  alone.do(ola, leave);
  assert.equal(alone.state.embargo.until, first, 'a date to which nobody else was asked is no agreement');
});

test('VMT-18 what opens by itself at the cap opens on a day of disclosure, and never on the Friday after it', () => {
  const libvirt = preset('libvirt-2023');
  const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday'] as const;
  const [rung] = libvirt.embargo.length;
  const ladder = [{ ...certain(rung), upTo: { amount: 11, unit: 'days' as const } }];
  const policy: Policy = { ...libvirt, disclosure: { ...libvirt.disclosure, days }, embargo: { ...libvirt.embargo, length: ladder } };
  const bench = at('confirmed', policy);
  bench.do(person('carl', 'core'), { kind: 'agree-bundle' });
  const cap = certain(bindingCap(bench.state, policy));
  assert.equal(cap.at, '2026-11-12T09:00:00.000Z', 'eleven days after a Monday is a Friday');
  assert.deepEqual(due(bench.state, policy, cap.at)?.action.kind, 'publish-bundle');
  bench.now = cap.at;
  bench.do(processItself, { kind: 'publish-bundle' });
  assert.equal(bench.state.embargo.exit, 'max_reached');
  // Where no day of disclosure lies before it, the end stands.
  const hurried = { ...policy, disclosure: { ...policy.disclosure, days: ['Friday' as const] } };
  assert.equal(
    bindingCap({ ...bench.state, embargo: { ...bench.state.embargo, state: 'active' } }, hurried)?.at,
    '2026-11-13T09:00:00.000Z',
  );
});

test('a date that waits for a reporter who is silent is taken back by the side that proposed it', () => {
  const libvirt = preset('libvirt-2023');
  const bench = at('confirmed', libvirt);
  const first = bench.state.embargo.until;
  bench.do(anna, until(days(bench, 28), shown));
  assert.equal(bench.state.embargo.state, 'revising');
  bench.do(carl, { kind: 'refuse-embargo', reason: null });
  assert.deepEqual([bench.state.embargo.state, bench.state.embargo.until, bench.state.embargo.proposal], ['active', first, null]);
  // A first date: the case goes on by the trigger of its policy once the proposal is gone.
  const qemu = preset('qemu-2026');
  const asking = { ...qemu, embargo: { ...qemu.embargo, reporterMay: 'refuse' as const } };
  const other = at('confirmed', asking);
  other.do(mei, until(days(other, 7), shown));
  assert.equal(other.state.embargo.state, 'proposed');
  other.do(mei, { kind: 'refuse-embargo', reason: null });
  assert.equal(other.state.embargo.state, 'none');
  assert.ok(isRefusal(other.try(mei, { kind: 'refuse-embargo', reason: null })), 'there is nothing to take back any more');
});

test('a reporter who takes back their own wish for a date gets no mail that it was refused; whose wish is refused does', () => {
  const qemu = preset('qemu-2026');
  const told = (by: typeof reporter) => {
    const bench = at('confirmed', qemu);
    bench.do(reporter, until(days(bench, 7), shown));
    const events = bench.do(by, { kind: 'refuse-embargo', reason: content() });
    return consequences(events, bench.state, qemu).map((one) => (one.kind === 'send-notice' ? one.notice : one.kind));
  };
  assert.deepEqual([told(reporter), told(mei)], [[], ['embargo-refused']]);
});
