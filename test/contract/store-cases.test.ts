// SPDX-License-Identifier: Apache-2.0
// The store's cases: opened, locked, appended to, found, listed and replayed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { CaseId, PersonId } from '../../src/core/model/identifiers.ts';
import type { Instant } from '../../src/core/model/time.ts';
import { OutsideFailure } from '../../src/ports/failure.ts';
import { testDatabase } from '../support/database.ts';
import {
  add,
  anna,
  anyone,
  appended,
  ben,
  byAnna,
  cleo,
  cna,
  libvirt,
  moderators,
  next,
  personOf,
  processOf,
  qemu,
  randomId,
  receive,
  report,
  security,
  settle,
} from './store-material.ts';

const { store } = await testDatabase();
await settle(store);
const nowhere = randomId<CaseId>();

test('a case that was opened is found with its state, its policy, its access and its hour', async () => {
  const one = await receive(store, report(libvirt));
  const found = await store.as(personOf(libvirt, anna), ({ cases }) => cases.find(one.id));
  assert.deepEqual(found?.state, one.first.state);
  assert.equal(found?.policy.name, 'libvirt');
  assert.deepEqual(found?.guarded, one.first.guarded);
  assert.equal(found?.openedAt, '2026-03-02T08:00:00.000Z');
});

test('L-22 a hidden case, a case of another project and one that never was are found and locked alike: not at all', async () => {
  const one = await receive(store, report(libvirt));
  const strangers = [
    personOf(libvirt, cleo),
    personOf(qemu, anna),
    anyone(libvirt),
    processOf(qemu),
    (await receive(store, report(libvirt))).reporter,
  ];
  for (const stranger of strangers)
    for (const id of [one.id, nowhere]) {
      const seen = await store.as(stranger, async ({ cases }) => [
        await cases.find(id),
        await cases.lock(id),
        await cases.log(id),
        [...(await cases.texts(id))],
        await cases.attachments(id),
        await cases.verify(id),
      ]);
      assert.deepEqual(seen, [undefined, undefined, [], [], [], { events: 0, brokenAt: null, head: '' }]);
    }
});

test('a case cannot be opened twice, and the second attempt may be tried again', async () => {
  const one = await receive(store, report(libvirt));
  await assert.rejects(receive(store, one), (error) => error instanceof OutsideFailure && error.lasting === 'temporary');
  assert.equal((await store.as(one.reporter, ({ cases }) => cases.log(one.id))).length, 1);
});

test('a reporter opens no case but their own', async () => {
  const one = report(libvirt);
  const other = report(libvirt);
  const as = { ...one, reporter: other.reporter };
  await assert.rejects(receive(store, as), /42501/);
  assert.equal(await store.as(processOf(libvirt), ({ cases }) => cases.find(one.id)), undefined);
});

test('events are added to a locked case, and the log tells them in order', async () => {
  const one = await receive(store, report(libvirt));
  await add(store, personOf(libvirt, anna), one.id, [{ kind: 'case-taken-up' }, { kind: 'owner-assigned', person: anna }]);
  const { log, record } = await store.as(personOf(libvirt, ben), async ({ cases }) => ({
    log: await cases.log(one.id),
    record: await cases.find(one.id),
  }));
  assert.deepEqual(
    log.map((event) => [event.seq, event.kind]),
    [
      [1, 'report-submitted'],
      [2, 'case-taken-up'],
      [3, 'owner-assigned'],
    ],
  );
  assert.deepEqual(log[0], one.first.events[0]);
  assert.equal(record?.state.owner, anna);
  assert.equal(record?.state.version, 3);
});

test('two additions in one transaction continue each other', async () => {
  const one = await receive(store, report(libvirt));
  await store.as(personOf(libvirt, anna), async ({ cases }) => {
    const first = next(one.first.state, byAnna, { kind: 'case-taken-up' });
    const second = next(first.state, byAnna, { kind: 'owner-assigned', person: ben });
    await cases.lock(one.id);
    await cases.append(one.id, appended(first.state, first.events));
    await cases.append(one.id, appended(second.state, second.events));
  });
  const verified = await store.as(personOf(libvirt, anna), ({ cases }) => cases.verify(one.id));
  assert.deepEqual([verified.events, verified.brokenAt], [3, null]);
});

test('several cases can be locked and written in one transaction', async () => {
  const [one, two] = [await receive(store, report(libvirt)), await receive(store, report(libvirt))];
  await store.as(personOf(libvirt, anna), async ({ cases }) => {
    for (const { id } of [one, two]) assert.ok(await cases.lock(id));
    for (const { id, first } of [one, two]) {
      const { state, events } = next(first.state, byAnna, { kind: 'case-taken-up' });
      await cases.append(id, appended(state, events));
    }
  });
  const versions = await store.as(processOf(libvirt), async ({ cases }) => [await cases.find(one.id), await cases.find(two.id)]);
  assert.deepEqual(
    versions.map((record) => record?.state.version),
    [2, 2],
  );
});

test('an addition without a lock, with a gap, or with another fold is refused, and nothing of it is kept', async () => {
  const one = await receive(store, report(libvirt));
  const { events, state } = next(one.first.state, byAnna, { kind: 'case-taken-up' });
  const later = next(state, byAnna, { kind: 'owner-assigned', person: anna });
  const attempt = (locked: boolean, addition: ReturnType<typeof appended>) =>
    store.as(personOf(libvirt, anna), async ({ cases }) => {
      if (locked) await cases.lock(one.id);
      await cases.append(one.id, addition);
    });
  await assert.rejects(attempt(false, appended(state, events)), /locked/);
  await assert.rejects(attempt(true, appended(later.state, later.events)), /do not continue/);
  await assert.rejects(attempt(true, appended(later.state, events)), /not the one after/);
  await assert.rejects(attempt(true, appended({ ...state, case: nowhere }, events)), /another case/);
  assert.equal((await store.as(one.reporter, ({ cases }) => cases.log(one.id))).length, 1);
});

test('a next deadline changes without an event', async () => {
  const one = await receive(store, report(libvirt));
  await add(store, processOf(libvirt), one.id, [], { nextDeadline: '2026-05-01T00:00:00.000Z' as Instant });
  const due = await store.as(processOf(libvirt), ({ cases }) => cases.due('2026-05-01T00:00:00.000Z' as Instant, 100));
  assert.ok(due.includes(one.id));
});

test('work that throws leaves no trace, and its own error comes out', async () => {
  const one = await receive(store, report(libvirt));
  const stop = new Error('stop');
  const attempt = store.as(personOf(libvirt, anna), async ({ cases }) => {
    await cases.lock(one.id);
    const { events, state } = next(one.first.state, byAnna, { kind: 'case-taken-up' });
    await cases.append(one.id, appended(state, events));
    throw stop;
  });
  await assert.rejects(attempt, (error) => error === stop);
  assert.equal((await store.as(one.reporter, ({ cases }) => cases.find(one.id)))?.state.version, 1);
});

test('a lock lets one writer in at a time: the second sees what the first did', async () => {
  const one = await receive(store, report(libvirt));
  const seen: (number | undefined)[] = [];
  const writer = (person: PersonId) =>
    store.as(personOf(libvirt, person), async ({ cases }) => {
      const record = await cases.lock(one.id);
      seen.push(record?.state.version);
      await pause(50);
      const { events, state } = next(record?.state ?? one.first.state, byAnna, { kind: 'reminder-due', clock: person });
      await cases.append(one.id, appended(state, events));
    });
  await Promise.all([anna, ben, anna, ben].map(writer));
  assert.deepEqual(seen, [1, 2, 3, 4]);
  const verified = await store.as(processOf(libvirt), ({ cases }) => cases.verify(one.id));
  assert.deepEqual([verified.events, verified.brokenAt], [5, null]);
});

test('L-11 whoever waits for a lock and loses the right to the case meanwhile does not get it', async () => {
  const one = await receive(store, report(libvirt));
  const waiting = Promise.withResolvers<void>();
  const narrowing = store.as(processOf(libvirt), async ({ cases }) => {
    const record = await cases.lock(one.id);
    waiting.resolve();
    await pause(100);
    await cases.append(one.id, appended(record?.state ?? one.first.state, [], { guarded: { readers: [cna] } }));
  });
  await waiting.promise;
  const late = store.as(personOf(libvirt, anna), ({ cases }) => cases.lock(one.id));
  await narrowing;
  assert.equal(await late, undefined);
});

test('an action may end the right of its own actor to see the case', async () => {
  const held = await receive(store, report(libvirt), { guarded: { readers: [moderators] } });
  const dora = 'dora' as PersonId;
  await store.as(processOf(libvirt), ({ accounts }) =>
    accounts.putMember({ person: dora, name: 'Dora', address: null, roles: [moderators] }),
  );
  await add(store, personOf(libvirt, dora), held.id, [{ kind: 'report-released' }], { guarded: { readers: [security] } });
  assert.equal(await store.as(personOf(libvirt, dora), ({ cases }) => cases.find(held.id)), undefined);
  assert.equal((await store.as(personOf(libvirt, ben), ({ cases }) => cases.find(held.id)))?.state.version, 2);
});

test('a public case is found by anyone, without the names of those who read it before, and locked by nobody outside', async () => {
  const one = await receive(store, report(libvirt), { guarded: { public: true, opening: 'issue' } });
  const found = await store.as(anyone(libvirt), ({ cases }) => cases.find(one.id));
  assert.deepEqual(found?.guarded, {
    project: libvirt,
    case: one.id,
    public: true,
    opening: 'issue',
    readers: [],
    cveReaders: [],
    guests: [],
    few: [],
    parties: [],
    partyMembers: [],
    partyNotices: [],
    proofs: [],
  });
  assert.equal(await store.as(anyone(libvirt), ({ cases }) => cases.lock(one.id)), undefined);
});

test('the queue is in the order of deadlines, then of age, with titles as far as they may be read', async () => {
  const project = qemu;
  const at = (hour: number) => `2026-03-10T0${hour}:00:00.000Z` as Instant;
  const late = await receive(store, report(project, { title: 'late' }), { nextDeadline: at(9) });
  const soon = await receive(store, report(project, { title: 'soon' }), { nextDeadline: at(1) });
  const never = await receive(store, report(project, { title: 'never' }));
  const shown = await receive(store, report(project, { title: 'for a number' }), {
    nextDeadline: at(5),
    guarded: { readers: [], cveReaders: [security] },
  });
  await receive(store, report(project, { title: 'hidden' }), { guarded: { readers: [cna] } });
  const queue = await store.as(personOf(project, anna), ({ cases }) => cases.queue({ open: true, limit: 10 }));
  assert.deepEqual(
    queue.map((entry) => [entry.state.case, entry.title, entry.nextDeadline]),
    [
      [soon.id, 'soon', at(1)],
      [shown.id, 'for a number', at(5)],
      [late.id, 'late', at(9)],
      [never.id, 'never', null],
    ],
  );
  const first = await store.as(personOf(project, anna), ({ cases }) => cases.queue({ open: true, limit: 1 }));
  assert.equal(first.length, 1);
  const strangers = await store.as(personOf(project, cleo), ({ cases }) => cases.queue({ open: true, limit: 10 }));
  assert.deepEqual(strangers, []);
});

test('the queue of what is open and the list of what has ended have no case in common', async () => {
  const open = await receive(store, report(libvirt));
  const ended = await receive(store, report(libvirt));
  await add(store, processOf(libvirt), ended.id, [{ kind: 'case-closed' }]);
  const ids = (isOpen: boolean) =>
    store.as(personOf(libvirt, anna), async ({ cases }) =>
      (await cases.queue({ open: isOpen, limit: 500 })).map((entry) => entry.state.case),
    );
  const [opened, closed] = [await ids(true), await ids(false)];
  assert.ok(opened.includes(open.id) && !opened.includes(ended.id));
  assert.ok(closed.includes(ended.id) && !closed.includes(open.id));
});

test('public cases are listed for everybody, newest first, and nothing else of them', async () => {
  const older = await receive(store, report(qemu, { title: 'older' }), { guarded: { public: true, opening: 'issue' } });
  await add(store, processOf(qemu), older.id, [{ kind: 'case-opened' }], { guarded: { opening: 'issue' } });
  const newer = await receive(store, report(qemu, { title: 'silent' }));
  await store.as(processOf(qemu), async ({ cases }) => {
    await cases.lock(newer.id);
    const opened = next(newer.first.state, { kind: 'process' }, { kind: 'case-opened' });
    const events = opened.events.map((event) => ({ ...event, at: '2026-03-03T09:00:00.000Z' as Instant }));
    const state = { ...opened.state, publicSince: '2026-03-03T09:00:00.000Z' as Instant };
    await cases.append(newer.id, appended(state, events, { nextDeadline: '2026-07-01T00:00:00.000Z' as Instant }));
  });
  const listed = await store.as(anyone(qemu), ({ cases }) => cases.published(10));
  assert.deepEqual(
    listed.map((entry) => [entry.state.case, entry.title, entry.nextDeadline]),
    [
      [newer.id, '', null],
      [older.id, 'older', null],
    ],
  );
  assert.deepEqual(await store.as(anyone(qemu), ({ cases }) => cases.queue({ open: true, limit: 10 })), []);
});

test('what is due is asked by the process, in the order of deadlines', async () => {
  const at = (day: number) => `2026-04-0${day}T00:00:00.000Z` as Instant;
  const second = await receive(store, report(libvirt), { nextDeadline: at(2) });
  const first = await receive(store, report(libvirt), { nextDeadline: at(1) });
  await receive(store, report(libvirt), { nextDeadline: at(3) });
  await receive(store, report(libvirt));
  await receive(store, report(qemu), { nextDeadline: at(1) });
  const due = (limit: number) => store.as(processOf(libvirt), ({ cases }) => cases.due(at(2), limit));
  assert.deepEqual(await due(100), [first.id, second.id]);
  assert.deepEqual(await due(1), [first.id]);
  await assert.rejects(
    store.as(personOf(libvirt, anna), ({ cases }) => cases.due(at(9), 1)),
    /only the process/,
  );
});

test('a running number is given once, whoever asks at the same time, and a number that was not taken is given again', async () => {
  const ask = (take: boolean) =>
    store.as(personOf(libvirt, anna), async ({ cases }) => {
      const number = await cases.nextNumber('LSN-YYYY-NNNN', 2026);
      if (take) await cases.takeNumber('LSN-YYYY-NNNN', 2026, number);
      return number;
    });
  assert.deepEqual((await Promise.all([ask(true), ask(true), ask(true)])).sort(), [1, 2, 3]);
  assert.deepEqual([await ask(false), await ask(true)], [4, 4]);
  const elsewhere = await store.as(processOf(qemu), ({ cases }) => cases.nextNumber('LSN-YYYY-NNNN', 2026));
  assert.equal(elsewhere, 1);
  await assert.rejects(
    store.as(personOf(libvirt, anna), ({ cases }) => cases.takeNumber('LSN-YYYY-NNNN', 2026, 9)),
    /not the next/,
  );
});
