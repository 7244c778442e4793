// SPDX-License-Identifier: Apache-2.0
// The audit of reads: every entry is bound into a chain, and none can be changed or taken out afterwards.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../support/database.ts';
import { anna, anyone, ben, cleo, libvirt, personOf, processOf, qemu, receive, report, settle } from './store-material.ts';

const { store, ask } = await testDatabase();
await settle(store);
const seal = (limit = 1000, project = libvirt) => store.as(processOf(project), ({ audit }) => audit.seal(limit));
const verify = (project = libvirt) => store.as(processOf(project), ({ audit }) => audit.verify());
const read = (who: Parameters<typeof store.as>[0], id: Awaited<ReturnType<typeof receive>>['id'], what: string) =>
  store.as(who, ({ cases }) => cases.recordRead(id, what));

test('L-33 who read what of a case is told to those who read the whole of it, newest first', async () => {
  const one = await receive(store, report(libvirt));
  await read(personOf(libvirt, anna), one.id, 'case');
  await read(one.reporter, one.id, 'thread');
  await read(processOf(libvirt), one.id, 'notice');
  const reads = (who: Parameters<typeof store.as>[0]) => store.as(who, ({ audit }) => audit.readsOf(one.id, 10));
  const told = await reads(personOf(libvirt, ben));
  assert.deepEqual(
    told.map(({ by, what }) => [by, what]),
    [
      ['process', 'notice'],
      [`reporter:${one.participant}`, 'thread'],
      ['person:anna', 'case'],
    ],
  );
  assert.match(told[0]?.at ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.deepEqual(await reads(one.reporter), []);
  assert.deepEqual(await reads(personOf(libvirt, cleo)), []);
});

test('a case that the reader does not see leaves no entry, nor does a public one', async () => {
  const hidden = await receive(store, report(libvirt));
  const open = await receive(store, report(libvirt), { guarded: { public: true, opening: 'issue' } });
  await read(personOf(libvirt, cleo), hidden.id, 'case');
  await read(personOf(qemu, anna), hidden.id, 'case');
  await read(anyone(libvirt), open.id, 'case');
  await read(personOf(libvirt, anna), open.id, 'case');
  assert.deepEqual(await ask('select * from daylight.read_log where case_id in ($1, $2)', [hidden.id, open.id]), []);
});

test('reads are bound in batches, each entry once, whoever binds at the same time', async () => {
  const one = await receive(store, report(qemu));
  for (const what of ['a', 'b', 'c', 'd', 'e']) await read(personOf(qemu, anna), one.id, what);
  const bound = await Promise.all([seal(2, qemu), seal(2, qemu), seal(2, qemu), seal(2, qemu)]);
  assert.deepEqual([...bound].sort(), [0, 1, 2, 2]);
  const checked = await verify(qemu);
  assert.deepEqual([checked.batches, checked.brokenAt], [3, null]);
});

const tampering: readonly (readonly [string, string])[] = [
  ['an entry is changed', `update daylight.read_log set what = 'nothing' where what = 'second'`],
  ['an entry is deleted', `delete from daylight.read_log where what = 'second'`],
  [
    'an entry is put into a batch later',
    `insert into daylight.read_log (project, case_id, principal, what, batch) select project, case_id, principal, 'second', batch from daylight.read_log where what = 'second'`,
  ],
  [
    'a batch is deleted with its entries',
    `with gone as (delete from daylight.read_batch where batch = 2 and project = 'libvirt') delete from daylight.read_log where what = 'second'`,
  ],
  [
    'a digest is changed',
    `update daylight.read_batch set digest = set_byte(digest, 0, 255 - get_byte(digest, 0)) where batch = 2 and project = 'libvirt'`,
  ],
];

test('L-33 whatever is changed in bound entries is noticed, at the batch where it was changed', async () => {
  while ((await seal()) > 0);
  await ask(`delete from daylight.read_batch where project = 'libvirt'`);
  await ask(`delete from daylight.read_log where project = 'libvirt'`);
  const one = await receive(store, report(libvirt));
  for (const what of ['first', 'second', 'third']) {
    await read(personOf(libvirt, anna), one.id, what);
    await seal();
  }
  assert.deepEqual((({ batches, brokenAt }) => [batches, brokenAt])(await verify()), [3, null]);
  for (const [what, sql] of tampering) {
    await ask('create table kept_log as table daylight.read_log');
    await ask('create table kept_batch as table daylight.read_batch');
    await ask(sql);
    assert.equal((await verify()).brokenAt, 2, what);
    await ask('delete from daylight.read_log');
    await ask('delete from daylight.read_batch');
    await ask('insert into daylight.read_log overriding system value select * from kept_log');
    await ask('insert into daylight.read_batch select * from kept_batch');
    await ask('drop table kept_log, kept_batch');
  }
  assert.equal((await verify()).brokenAt, null);
});

test('only the process binds and checks', async () => {
  for (const who of [personOf(libvirt, anna), anyone(libvirt)]) {
    await assert.rejects(
      store.as(who, ({ audit }) => audit.seal(1)),
      /only the process/,
    );
    await assert.rejects(
      store.as(who, ({ audit }) => audit.verify()),
      /only the process/,
    );
  }
});
