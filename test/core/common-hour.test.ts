// SPDX-License-Identifier: Apache-2.0
// The common hour: vendors that disclose together, each with its own word; parties whose rules ask for a date and a public post; and the date that a new case asks for.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PersonId, Role } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { shifted } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { consequences } from '../../src/core/process/consequences.ts';
import { deadlines } from '../../src/core/process/deadlines.ts';
import { allReady, dutiesOf, notReady } from '../../src/core/process/parties.ts';
import { endByDefault } from '../../src/core/process/steps/embargo.ts';
import type { Bench } from '../support/core.ts';
import { content, person, preset, processItself } from '../support/core.ts';
import { packager, partyName, withPackagers } from '../support/parties.ts';
import { at, certain, on, team } from './journey.ts';

const vendor = 'vendor' as Role;
const hats = { role: vendor, people: ['holly', 'hugo'] as PersonId[] };
const suns = { role: vendor, people: ['sam'] as PersonId[] };
const lone = { role: vendor, people: ['viktor'] as PersonId[] };
const clock = 'disclosure.together_with';

function together(policy: Policy = preset('libvirt-2023')): Bench {
  const bench = at('fixed', policy);
  bench.vendors = [hats, suns, lone];
  bench.do(team(policy).anna, { kind: 'add-note', body: content('note') });
  return bench;
}

const warning = (bench: Bench) => deadlines(bench.state, bench.policy).find((one) => one.clock === clock);

function mailTo(bench: Bench, events: readonly Parameters<typeof consequences>[0][number][]): readonly string[] {
  return consequences(events, bench.state, bench.policy)
    .flatMap((one) => (one.kind === 'send-notice' && one.notice === 'ready-asked' ? [one.to] : []))
    .map((to) => (to.kind === 'person' ? to.person : to.kind === 'role' ? `role ${to.role}` : to.kind))
    .sort();
}

test('LIBVIRT-26 two vendors of three are not ready: the owner is called a day before the instant, and so is each of the two by name', () => {
  const bench = together();
  assert.deepEqual(bench.state.vendors, [hats, suns, lone], 'the log names who is asked');
  bench.do(person('hugo', 'vendor'), { kind: 'say-ready' });
  assert.deepEqual(
    notReady(bench.state, bench.policy).vendors,
    [suns, lone],
    'one word speaks for its organisation, and for no other vendor',
  );
  assert.equal(allReady(bench.state, bench.policy), false, 'the role as a whole is not ready');
  const due = certain(warning(bench));
  assert.equal(due.at, shifted(certain(bench.state.embargo.until), { hours: -24 }));
  bench.now = due.at;
  const called = bench.do(processItself, { kind: 'remind', clock });
  assert.deepEqual(mailTo(bench, called), ['sam', 'viktor']);
  const owner = consequences(called, bench.state, bench.policy).filter((one) => one.kind === 'send-notice' && one.notice === 'reminder');
  assert.deepEqual(
    owner.map((one) => one.kind === 'send-notice' && one.to),
    [{ kind: 'person', person: bench.state.owner }],
  );
  assert.equal(warning(bench), undefined, 'once for this date');
});

test('LIBVIRT-26 when each vendor has said ready nobody is warned; another date asks everybody anew and warns anew', () => {
  const bench = together();
  for (const name of ['holly', 'sam', 'viktor']) bench.do(person(name, 'vendor'), { kind: 'say-ready' });
  assert.deepEqual(notReady(bench.state, bench.policy), { vendors: [], parties: [] });
  assert.equal(warning(bench), undefined);
  bench.vendors = [hats, suns, lone, { role: vendor, people: ['newcomer' as PersonId] }];
  bench.do(team(bench.policy).anna, { kind: 'add-note', body: content('note') });
  assert.deepEqual(
    notReady(bench.state, bench.policy).vendors.map(({ people }) => people),
    [['newcomer']],
    'who joined since is asked, too',
  );
  const until = certain(bench.state.embargo.until);
  const moved = { kind: 'embargo-moved', until: shifted(until, { hours: 24 }), zone: 'UTC', restarted: false } as const;
  bench.state = { ...bench.state, reminders: { [clock]: { at: bench.now, count: 1, seq: 1 } } };
  bench.append({ ...moved, seq: bench.state.version + 1, at: bench.now, by: { kind: 'process' }, v: 1 });
  assert.equal(notReady(bench.state, bench.policy).vendors.length, 4);
  assert.equal(warning(bench)?.at, until, 'a day before the date that holds now');
});

test('LIBVIRT-26 a party that was told and is silent stands on the list beside the vendors, and the policy’s parties_ready waits for all of them', () => {
  const openstack = withPackagers(preset('openstack-vmt'));
  const rules = { ...openstack.downstream, must: [], leadTime: null, screening: 'none' as const, proposal: 'none' as const };
  const bench = at('numbered', { ...openstack, downstream: rules, disclosure: { ...openstack.disclosure, togetherWith: [] } });
  bench.do(team(bench.policy).anna, { kind: 'notify-party', party: partyName, text: null });
  assert.deepEqual(
    notReady(bench.state, bench.policy).parties.map(({ name }) => name),
    [partyName],
  );
  bench.now = certain(warning(bench)).at;
  assert.deepEqual(mailTo(bench, bench.do(processItself, { kind: 'remind', clock })), [`role ${packager}`]);
  const pat = person('pat', packager);
  bench.do(pat, { kind: 'accept-terms' });
  bench.do(pat, { kind: 'say-ready' });
  assert.equal(allReady(bench.state, bench.policy), true);
});

const packaging: Policy = (() => {
  const policy = withPackagers(preset('openstack-vmt'));
  return { ...policy, downstream: { ...policy.downstream, must: [], leadTime: null, screening: 'none', proposal: 'none' } };
})();
const distros = 'linux-distros';

test('F3 the first message to linux-distros names the date and hour that was agreed; one without, or with another, is a deviation on record', () => {
  const bench = at('numbered', packaging);
  const { anna } = team(bench.policy);
  const notice = { kind: 'record-notice', party: distros, since: bench.now, evidence: content('evidence') } as const;
  const agreed = certain(bench.state.embargo.until);
  for (const dated of [null, shifted(agreed, { hours: 1 })]) {
    const refused = bench.try(anna, { ...notice, dated });
    assert.ok(isRefusal(refused) && refused.refusal.kind === 'gates');
    assert.deepEqual(
      refused.refusal.unmet.map(({ gate }) => gate),
      ['notice_dated'],
    );
  }
  const twin = bench.twin();
  twin.do(anna, { ...notice, deviation: content() });
  assert.ok(twin.state.deviations.includes('notice_dated'));
  bench.do(anna, { ...notice, dated: agreed });
  assert.equal(bench.state.parties.find(({ name }) => name === distros)?.dated, agreed);
  assert.deepEqual(
    bench.state.deviations,
    twin.state.deviations.filter((gate) => gate !== 'notice_dated'),
  );
});

test('F3 once the case is public the post on the public list is the task of the person who brought it to the list, and stays open until done', () => {
  const bench = at('numbered', packaging);
  const { boris, anna } = team(bench.policy);
  const dated = certain(bench.state.embargo.until);
  bench.do(boris, { kind: 'record-notice', party: distros, since: bench.now, evidence: content('evidence'), dated });
  assert.deepEqual(dutiesOf(bench.state, bench.policy), [], 'nothing is owed before');
  on(bench, 'numbered', 'public');
  const owed = () => dutiesOf(bench.state, bench.policy).filter(({ done }) => done === null);
  assert.deepEqual(
    owed().map(({ duty, owner }) => [duty, owner]),
    [
      ['public_post', 'boris'],
      ['exploit_post', 'boris'],
    ],
  );
  bench.state = { ...bench.state, owner: 'anna' as PersonId };
  const called = bench.do(processItself, { kind: 'remind', clock: 'downstream.parties.duties' });
  const calls = consequences(called, bench.state, bench.policy).flatMap((one) => (one.kind === 'send-notice' ? [one.to] : []));
  assert.deepEqual(calls, [
    { kind: 'person', person: 'boris' },
    { kind: 'person', person: 'anna' },
  ]);
  bench.do(anna, { kind: 'record-duty', party: distros, duty: 'public_post', evidence: content('evidence') });
  assert.deepEqual(
    owed().map(({ duty }) => duty),
    ['exploit_post'],
  );
});

test('LIBVIRT-1 a new private case asks for an embargo date from its first hour, and none does where an embargo is the exception or nobody is private', () => {
  const prompted = (bench: Bench) =>
    endByDefault({ state: bench.state, policy: bench.policy, actor: team(bench.policy).anna, now: bench.now, nextNumber: '' });
  const bench = at('received', preset('libvirt-2023'));
  assert.equal(bench.state.visibility, 'private');
  assert.equal(prompted(bench), shifted(bench.now, { hours: 14 * 24 }), 'two weeks, as the policy says');
  on(bench, 'received', 'confirmed');
  assert.equal(prompted(bench), undefined, 'the date is there');
  assert.equal(bench.state.embargo.state, 'active');
  assert.equal(prompted(at('received', preset('qemu-2026'))), undefined);
  const open = at('received', preset('libvirt-2023'));
  open.state = { ...open.state, visibility: 'public' };
  assert.equal(prompted(open), undefined);
});
