// SPDX-License-Identifier: Apache-2.0
// Exactly one owner from the first second: the order of the people, the ladder, and what becomes of a case whose owner is silent or gone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PersonId, Role } from '../../src/core/model/identifiers.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import type { Deadline } from '../../src/core/process/deadlines.ts';
import { deadlines } from '../../src/core/process/deadlines.ts';
import type { Candidate, Owned } from '../../src/core/process/owners.ts';
import { answerTo, coveringComponent, firstOwner, successor } from '../../src/core/process/owners.ts';
import { Bench, content, person, preset, processItself } from '../support/core.ts';
import { at, certain, team } from './journey.ts';

function member(name: string, roles: readonly string[], covers: readonly string[] = []): Candidate {
  return { person: name as PersonId, name, roles: roles as readonly Role[], covers };
}

function owned(order: string, readers: readonly string[], more: Partial<Owned> = {}): Owned {
  return { order, readers: readers as readonly Role[], guests: [], few: [], component: null, owner: null, ...more };
}

const five = ['ada', 'ben', 'cleo', 'dan', 'eva'].map((name) => member(name, ['team']));
const minimal = preset('minimal');
const vmt = preset('openstack-vmt');

test('I8 QEMU-8 over many cases the rota asks everybody about equally often, and the same case the same person on every node', () => {
  const turns = new Map<string, number>();
  for (let number = 0; number < 5000; number++) {
    const chosen = certain(firstOwner(minimal, owned(`case${number}`, ['team']), five, []));
    assert.deepEqual(firstOwner(minimal, owned(`case${number}`, ['team']), [...five].reverse(), []), chosen);
    turns.set(chosen.person, (turns.get(chosen.person) ?? 0) + 1);
  }
  assert.equal(turns.size, 5);
  for (const [name, count] of turns) assert.ok(count > 850 && count < 1150, `${name}: ${count} of 5000`);
});

test('QEMU-8 the next person of a case is never the present owner, and going on from each to the next asks everybody', () => {
  const ask = { how: 'rota', roles: ['team'] as unknown as readonly Role[], person: null } as const;
  const asked = new Set<string>();
  let owner = 'nobody' as PersonId;
  for (let turn = 0; turn < 5; turn++) {
    const answer = certain(answerTo(ask, minimal, owned('case1', ['team'], { owner }), five));
    assert.ok(answer.kind === 'owner' && answer.chosen.person !== owner);
    owner = answer.chosen.person;
    asked.add(owner);
  }
  assert.equal(asked.size, 5);
});

test('I8 who does not see the case or may not handle it is never its owner', () => {
  const people = [member('mo', ['moderator']), member('rhea', ['stranger']), member('lia', ['liaison'])];
  assert.equal(firstOwner(vmt, owned('case1', ['coordinator']), people, []), undefined);
  assert.equal(firstOwner(vmt, owned('case1', ['coordinator', 'stranger']), people, []), undefined, 'who reads it and may not handle it');
  assert.deepEqual(firstOwner(vmt, owned('case1', ['coordinator'], { guests: ['lia' as PersonId] }), people, []), {
    person: 'lia',
    how: 'rota',
  });
});

test('VMT-3 VMT-23 where components route, whoever covers it is asked first; else the fallback', () => {
  const people = [member('mei', ['coordinator', 'core_reviewer'], ['nova']), member('ola', ['coordinator'])];
  assert.deepEqual(coveringComponent(vmt, 'nova', people), ['mei']);
  assert.deepEqual(firstOwner(vmt, owned('c', ['coordinator'], { component: 'nova' }), people, coveringComponent(vmt, 'nova', people)), {
    person: 'mei',
    how: 'routed',
  });
  assert.equal(firstOwner(vmt, owned('c', ['coordinator']), people, [])?.how, 'fallback');
});

test('QEMU-7 when nobody routed to may own the case, the fallback does at once', () => {
  const qemu = preset('qemu-2026');
  const people = [member('piotr', ['maintainer']), member('gone', [])];
  assert.deepEqual(firstOwner(qemu, owned('c', ['maintainer']), people, ['gone' as PersonId]), { person: 'piotr', how: 'fallback' });
});

test('VMT-3 the ladder asks a liaison who does not see the case, and gives it to one who was added', () => {
  const people = [member('mei', ['coordinator']), member('lia', ['liaison'])];
  const ask = { how: 'escalated', roles: ['liaison'] as unknown as readonly Role[], person: null } as const;
  const mine = { owner: 'mei' as PersonId };
  assert.deepEqual(answerTo(ask, vmt, owned('c', ['coordinator'], mine), people), { kind: 'outsider', person: 'lia' });
  const added = owned('c', ['coordinator'], { ...mine, guests: ['lia' as PersonId] });
  assert.deepEqual(answerTo(ask, vmt, added, people), { kind: 'owner', chosen: { person: 'lia', how: 'escalated' } });
});

test('QEMU-8 the last resort is a person of the policy, or the first administrator, who reads no case by that', () => {
  const people = [...five, member('rut', ['administrator'])];
  const last = (name: string | null) => answerTo({ how: 'last_resort', roles: [], person: name }, minimal, owned('c', ['team']), people);
  assert.deepEqual(last('eva'), { kind: 'owner', chosen: { person: 'eva', how: 'last_resort' } });
  assert.deepEqual(last(null), { kind: 'outsider', person: 'rut' });
  assert.equal(answerTo({ how: 'last_resort', roles: [], person: null }, minimal, owned('c', ['team']), five), undefined);
});

test('I8 a successor is somebody else, and nobody where there is nobody', () => {
  const mine = owned('c', ['team'], { owner: 'ada' as PersonId });
  assert.equal(successor(minimal, mine, five, [])?.how, 'successor');
  assert.notEqual(successor(minimal, mine, five, [])?.person, 'ada');
  assert.equal(successor(minimal, mine, five.slice(0, 1), []), undefined);
});

function clock(bench: Bench, name: string): Deadline | undefined {
  return deadlines(bench.state, bench.policy).find((one) => one.clock === name);
}

function passOn(bench: Bench, name: string, to: string): void {
  const deadline = certain(clock(bench, name));
  bench.now = deadline.at;
  bench.do(processItself, { kind: 'pass-on-case', person: to as PersonId, how: certain(deadline.ask).how, clock: name });
}

test('QEMU-8 nobody claims within 24 hours: the rota asks the next, once, and from then on that one is called each day', () => {
  const bench = new Bench(preset('minimal'));
  assert.equal(bench.state.owner, 'nils', 'from the first second');
  assert.deepEqual([clock(bench, 'clocks.claim')?.at, clock(bench, 'clocks.claim')?.ask?.how], ['2026-11-03T09:00:00.000Z', 'rota']);
  passOn(bench, 'clocks.claim', 'olga');
  assert.deepEqual([bench.state.owner, bench.state.ownership.how], ['olga', 'rota']);
  assert.deepEqual([clock(bench, 'clocks.claim')?.at, clock(bench, 'clocks.claim')?.ask], ['2026-11-04T09:00:00.000Z', undefined]);
  bench.do(person('anna', 'team'), { kind: 'take-up-case' });
  assert.deepEqual([bench.state.owner, clock(bench, 'clocks.claim')], ['anna', undefined]);
});

test('QEMU-8 VMT-3 no verdict: one step of the ladder after the other while nobody acts, up to the last, and an action stops it', () => {
  const policy: Policy = { ...vmt, ownership: { ...vmt.ownership, escalation: ['liaison', 'core_reviewer'] as never, lastResort: 'ola' } };
  const bench = at('taken', policy);
  const how = () => clock(bench, 'ownership.escalation')?.ask?.how;
  const when = () => clock(bench, 'ownership.escalation')?.at.slice(0, 10);
  assert.deepEqual([when(), how()], ['2026-11-05', 'escalated'], 'the first answer is promised in three business days');
  passOn(bench, 'ownership.escalation', 'lia');
  assert.deepEqual([when(), how()], ['2026-11-06', 'escalated'], 'the next a day later');
  passOn(bench, 'ownership.escalation', 'cora');
  assert.deepEqual([when(), how()], ['2026-11-07', 'last_resort']);
  bench.later(12);
  bench.do(team(policy).anna, { kind: 'add-note', body: content('note') });
  assert.deepEqual([when(), how()], ['2026-11-07', 'last_resort'], 'a day after the note');
  passOn(bench, 'ownership.escalation', 'ola');
  assert.deepEqual([bench.state.owner, how()], ['ola', undefined], 'above the last step nobody is asked');
  bench.do(person('mei', 'coordinator'), { kind: 'assign-owner', person: 'mei' as PersonId });
  assert.equal(bench.state.ownership.rungs, 0, 'whoever takes it begins the ladder anew');
});

test('QEMU-25 a case that has ended asks nobody', () => {
  const bench = at('merged', preset('qemu-2026'));
  assert.equal(clock(bench, 'ownership.escalation'), undefined);
});
