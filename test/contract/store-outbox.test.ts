// SPDX-License-Identifier: Apache-2.0
// The outbox and the queue of jobs: committed with what asks for them, and taken by one worker at a time.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instant } from '../../src/core/model/time.ts';
import type { NewOutgoing } from '../../src/ports/store/outbox.ts';
import { testDatabase } from '../support/database.ts';
import {
  anna,
  anyone,
  ben,
  libvirt,
  morning,
  personOf,
  processOf,
  qemu,
  type Report,
  randomId,
  receive,
  report,
  settle,
} from './store-material.ts';

const { store, ask } = await testDatabase();
await settle(store);
const work = processOf(libvirt);
const noon = '2026-03-02T12:00:00.000Z' as Instant;
const evening = '2026-03-02T20:00:00.000Z' as Instant;

function message(one: Report, more: Partial<NewOutgoing> = {}): NewOutgoing {
  const id = randomId<string & {}>();
  return {
    id,
    case: one.id,
    key: id,
    notice: 'acknowledgement',
    to: { kind: 'reporter', participant: one.participant },
    seq: 1,
    askedAt: morning,
    heldUntil: null,
    ...more,
  };
}

async function put(more: Partial<NewOutgoing> = {}): Promise<NewOutgoing> {
  const one = await receive(store, report(libvirt));
  const outgoing = message(one, more);
  await store.as(work, ({ outbox }) => outbox.put(outgoing));
  return outgoing;
}

const due = async (now: Instant) => store.as(work, ({ outbox }) => outbox.due(now, 1000));
const of = async (outgoing: NewOutgoing) =>
  (await store.as(work, ({ outbox }) => outbox.of(outgoing.case))).find((one) => one.id === outgoing.id);

test('a message is due from when it was asked for, a held one when its hold is over', async () => {
  const one = await put();
  const held = await put({ heldUntil: noon });
  assert.ok((await due(morning)).includes(one.id));
  assert.ok(!(await due(morning)).includes(held.id));
  assert.ok((await due(noon)).includes(held.id));
  assert.deepEqual(await of(held), {
    id: held.id,
    case: held.case,
    notice: 'acknowledgement',
    to: held.to,
    seq: 1,
    state: 'waiting',
    heldUntil: noon,
    sentAt: null,
    attempts: 0,
    outcome: null,
  });
});

test('the next due instant is that of the earliest waiting message', async () => {
  for (const id of await due('2030-01-01T00:00:00.000Z' as Instant))
    await store.as(work, ({ outbox }) => outbox.finish(id, 'cancelled', noon, ''));
  const next = () => store.as(work, ({ outbox }) => outbox.nextDue());
  assert.equal(await next(), null);
  await put({ heldUntil: evening });
  await put({ heldUntil: noon });
  assert.equal(await next(), noon);
});

test('the same message put in twice is one message', async () => {
  const one = await receive(store, report(libvirt));
  const first = message(one, { key: '1:acknowledgement' });
  await store.as(work, ({ outbox }) => outbox.put(first));
  await store.as(work, ({ outbox }) => outbox.put(message(one, { key: '1:acknowledgement' })));
  assert.deepEqual(
    (await store.as(work, ({ outbox }) => outbox.of(one.id))).map((outgoing) => outgoing.id),
    [first.id],
  );
});

test('R-11 of many workers one gets the message, the others pass on without waiting', async () => {
  const { id } = await put();
  const takers = Promise.withResolvers<void>();
  let asked = 0;
  const worker = () =>
    store.as(work, async ({ outbox }) => {
      const outgoing = await outbox.take(id);
      asked += 1;
      if (asked === 4) takers.resolve();
      if (outgoing === undefined) return false;
      await takers.promise;
      await outbox.finish(id, 'sent', noon, '250 2.0.0 Ok');
      return true;
    });
  const taken = await Promise.all([worker(), worker(), worker(), worker()]);
  assert.equal(taken.filter(Boolean).length, 1);
  assert.equal(await store.as(work, ({ outbox }) => outbox.take(id)), undefined);
});

test('a message that was sent says when, how often it was tried and what the relay said', async () => {
  const outgoing = await put();
  await store.as(work, async ({ outbox }) => {
    await outbox.take(outgoing.id);
    await outbox.postpone(outgoing.id, evening, '451 try later');
  });
  assert.ok(!(await due(noon)).includes(outgoing.id));
  assert.deepEqual(
    [(await of(outgoing))?.state, (await of(outgoing))?.attempts, (await of(outgoing))?.outcome],
    ['waiting', 1, '451 try later'],
  );
  await store.as(work, ({ outbox }) => outbox.finish(outgoing.id, 'sent', evening, '250 Ok'));
  const sent = await of(outgoing);
  assert.deepEqual([sent?.state, sent?.sentAt, sent?.attempts, sent?.outcome], ['sent', evening, 2, '250 Ok']);
  assert.ok(!(await due(evening)).includes(outgoing.id));
});

test('a worker that dies in the middle leaves the message to the next', async () => {
  const { id } = await put();
  const dying = store.as(work, async ({ outbox }) => {
    await outbox.take(id);
    throw new Error('killed');
  });
  await assert.rejects(dying, /killed/);
  assert.equal((await store.as(work, ({ outbox }) => outbox.take(id)))?.id, id);
});

test('a waiting message is withdrawn by the team and then never goes out; a sent one cannot be', async () => {
  const outgoing = await put({ heldUntil: noon });
  const withdraw = (who: Parameters<typeof store.as>[0]) => store.as(who, ({ outbox }) => outbox.withdraw(outgoing.id));
  assert.equal(await withdraw(personOf(qemu, anna)), false);
  assert.equal(await withdraw(personOf(libvirt, ben)), true);
  assert.equal(await withdraw(personOf(libvirt, ben)), false);
  assert.equal(await store.as(work, ({ outbox }) => outbox.take(outgoing.id)), undefined);
  const sent = await put();
  await store.as(work, ({ outbox }) => outbox.finish(sent.id, 'sent', noon, ''));
  assert.equal(await store.as(personOf(libvirt, ben), ({ outbox }) => outbox.withdraw(sent.id)), false);
  assert.equal((await of(sent))?.state, 'sent');
});

test('a person orders messages for the case they have locked, and for no other', async () => {
  const [one, two] = [await receive(store, report(libvirt)), await receive(store, report(libvirt))];
  await store.as(personOf(libvirt, anna), async ({ cases, outbox }) => {
    await cases.lock(one.id);
    await outbox.put(message(one));
  });
  const attempt = store.as(personOf(libvirt, anna), async ({ cases, outbox }) => {
    await cases.lock(one.id);
    await outbox.put(message(two));
  });
  await assert.rejects(attempt, /42501/);
});

test('what is sent about a case is seen by its team, not by its reporter or the public', async () => {
  const one = await receive(store, report(libvirt));
  await store.as(work, ({ outbox }) => outbox.put(message(one)));
  const seen = async (who: Parameters<typeof store.as>[0]) => (await store.as(who, ({ outbox }) => outbox.of(one.id))).length;
  assert.deepEqual([await seen(personOf(libvirt, anna)), await seen(one.reporter), await seen(personOf(qemu, anna))], [1, 0, 0]);
  await assert.rejects(seen(anyone(libvirt)), /42501/);
  await assert.rejects(
    store.as(personOf(libvirt, anna), ({ outbox }) => outbox.due(noon, 1)),
    /only the process/,
  );
});

interface JobRow {
  readonly task: string;
  readonly payload: object;
  readonly key: string;
}

const jobs = () =>
  ask<JobRow>(`
  select t.identifier as task, j.payload, j.key from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id order by j.id`);

test('a job is enqueued with the project of its principal, and the same key twice is the same job', async () => {
  const one = await receive(store, report(qemu));
  const job = { task: 'announce', case: one.id, channel: '0:mail' } as const;
  for (const who of [personOf(qemu, anna), processOf(qemu), one.reporter])
    await store.as(who, (transaction) => transaction.jobs.enqueue(job, 'announce'));
  assert.deepEqual(await jobs(), [{ task: 'announce', payload: { ...job, project: qemu }, key: 'qemu:announce' }]);
  await store.as(processOf(libvirt), (transaction) => transaction.jobs.enqueue({ task: 'tick' }, 'announce'));
  assert.equal((await jobs()).length, 2);
});

test('a job is committed with its transaction or not at all, and the anonymous order none', async () => {
  const before = (await jobs()).length;
  const failed = store.as(personOf(libvirt, anna), async (transaction) => {
    await transaction.jobs.enqueue({ task: 'tick' }, 'never');
    throw new Error('stop');
  });
  await assert.rejects(failed, /stop/);
  await assert.rejects(
    store.as(anyone(libvirt), (transaction) => transaction.jobs.enqueue({ task: 'tick' }, 'never')),
    /42501/,
  );
  assert.equal((await jobs()).length, before);
});
