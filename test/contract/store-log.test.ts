// SPDX-License-Identifier: Apache-2.0
// The chain of a case: whatever is changed in the log or in the state that is kept, the check says where (I13).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson } from '../../src/adapters/postgres/canonical-json.ts';
import { testDatabase } from '../support/database.ts';
import { add, anna, anyone, libvirt, personOf, processOf, receive, report, settle } from './store-material.ts';

const { store, ask } = await testDatabase();
await settle(store);

const events = [{ kind: 'case-taken-up' }, { kind: 'owner-assigned', person: anna }, { kind: 'report-acknowledged' }] as const;

async function caseOfFour(): Promise<Awaited<ReturnType<typeof receive>>> {
  const one = await receive(store, report(libvirt));
  await add(store, personOf(libvirt, anna), one.id, events);
  return one;
}

const verified = (id: Awaited<ReturnType<typeof receive>>['id']) => store.as(processOf(libvirt), ({ cases }) => cases.verify(id));

test('I13 an untouched case is whole, and its head is the hash of the last event', async () => {
  const { id } = await caseOfFour();
  const rows = await ask<{ head: string }>(`select encode(hash, 'hex') as head from daylight.event where case_id = $1 and seq = 4`, [id]);
  assert.deepEqual(await verified(id), { events: 4, brokenAt: null, head: rows[0]?.head });
});

const tampering: readonly (readonly [string, string, number])[] = [
  [
    'an envelope is changed',
    `update daylight.event set envelope = replace(envelope::text, 'anna', 'ben')::json where case_id = $1 and seq = 3`,
    3,
  ],
  [
    'an envelope is written with other spaces',
    `update daylight.event set envelope = (' ' || envelope::text)::json where case_id = $1 and seq = 2`,
    2,
  ],
  ['a hash is changed', `update daylight.event set hash = set_byte(hash, 31, 255 - get_byte(hash, 31)) where case_id = $1 and seq = 1`, 1],
  ['an event in the middle is deleted', `delete from daylight.event where case_id = $1 and seq = 2`, 2],
  ['the last event is deleted', `delete from daylight.event where case_id = $1 and seq = 4`, 3],
  ['all events are deleted', `delete from daylight.event where case_id = $1`, 0],
  [
    'two events change places',
    `update daylight.event set seq = case seq when 2 then 103 when 3 then 102 end where case_id = $1 and seq in (2, 3);
     update daylight.event set seq = seq - 100 where case_id = $1 and seq > 100`,
    2,
  ],
  [
    'an event is written twice',
    `insert into daylight.event select project, case_id, 5, at, kind, v, envelope, hash from daylight.event where case_id = $1 and seq = 4`,
    5,
  ],
  [
    'the kept state is changed',
    `update daylight.cases set state = replace(state::text, '"owner":"anna"', '"owner":"ben"')::json where case_id = $1`,
    4,
  ],
  ['the kept head is changed', `update daylight.cases set head = set_byte(head, 0, 255 - get_byte(head, 0)) where case_id = $1`, 4],
];

for (const [what, sql, brokenAt] of tampering)
  test(`I13 it is noticed when ${what}`, async () => {
    const { id } = await caseOfFour();
    for (const statement of sql.split(';')) await ask(statement.replaceAll('$1', `'${id}'`));
    assert.equal((await verified(id)).brokenAt, brokenAt);
  });

test('the log of a public case is told to everybody as far as the case is opened', async () => {
  const open = await receive(store, report(libvirt), { guarded: { public: true, opening: 'issue' } });
  const silent = await receive(store, report(libvirt), { guarded: { public: true, opening: 'nothing' } });
  const log = (id: typeof open.id) => store.as(anyone(libvirt), ({ cases }) => cases.log(id));
  assert.deepEqual(await log(open.id), open.first.events);
  assert.deepEqual(await log(silent.id), []);
  assert.equal((await store.as(anyone(libvirt), ({ cases }) => cases.verify(open.id))).events, 1);
});

test('an event of a newer version than this program knows is not read over', async () => {
  const { id } = await caseOfFour();
  await ask(`update daylight.event set envelope = replace(envelope::text, '"v":1', '"v":99')::json where case_id = '${id}' and seq = 2`);
  await assert.rejects(
    store.as(processOf(libvirt), ({ cases }) => cases.log(id)),
    /version 99/,
  );
});

test('canonical JSON is one text for one value', () => {
  assert.equal(canonicalJson({ b: [1, { d: null, c: 'é\n' }], a: true, gone: undefined }), '{"a":true,"b":[1,{"c":"é\\n","d":null}]}');
  assert.equal(canonicalJson({ a: 1, b: 2 }), canonicalJson({ b: 2, a: 1 }));
  assert.throws(() => canonicalJson({ a: Number.NaN }), TypeError);
  assert.throws(() => canonicalJson(() => 1), TypeError);
});
