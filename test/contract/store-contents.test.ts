// SPDX-License-Identifier: Apache-2.0
// What is said in a case: texts and files, sealed where they lie and opened for those who may read them.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { openDatabase } from '../../src/adapters/postgres/database.ts';
import { OutsideFailure } from '../../src/ports/failure.ts';
import { testDatabase } from '../support/database.ts';
import { add, anna, anyone, cleo, content, file, libvirt, personOf, processOf, receive, report, settle } from './store-material.ts';

const { store, connection, ask } = await testDatabase();
await settle(store);

test('texts come back as they were said, all of the case or those asked for', async () => {
  const odd = 'NUL \u0000, a smile 😀, a lone \n line end, and “quotes”';
  const one = await receive(store, report(libvirt, { text: odd }));
  const all = await store.as(personOf(libvirt, anna), ({ cases }) => cases.texts(one.id));
  assert.deepEqual([...all.values()].sort(), [odd, 'Guest can write past the ring', 'rita@example.net'].sort());
  const some = await store.as(personOf(libvirt, anna), ({ cases }) => cases.texts(one.id, [one.title.ref.id]));
  assert.deepEqual([...some], [[one.title.ref.id, 'Guest can write past the ring']]);
  assert.deepEqual([...(await store.as(personOf(libvirt, anna), ({ cases }) => cases.texts(one.id, [])))], []);
});

test('a text whose hash is not the one in its event is refused', async () => {
  const one = report(libvirt);
  const forged = one.first.contents.map((content) => ({ ...content, text: `${content.text}!` }));
  await assert.rejects(receive(store, one, { contents: forged }), /hash/);
});

test('L-02 the reporter reads their own thread and what all reporters share, the team reads everything, a stranger nothing', async () => {
  const one = await receive(store, report(libvirt));
  const note = content({ kind: 'note', audience: 'team' }, 'internal');
  const toOther = content(
    { kind: 'message', audience: 'shared', participant: (await receive(store, report(libvirt))).participant },
    'to another reporter',
  );
  await add(
    store,
    personOf(libvirt, anna),
    one.id,
    [
      { kind: 'note-added', body: note.ref },
      { kind: 'message-sent', body: toOther.ref, to: [] },
    ],
    {
      contents: [note, toOther],
    },
  );
  const read = async (who: Parameters<typeof store.as>[0]) =>
    [...(await store.as(who, ({ cases }) => cases.texts(one.id))).values()].sort();
  assert.deepEqual(await read(one.reporter), ['Guest can write past the ring', 'Steps to reproduce', 'rita@example.net']);
  assert.equal((await read(personOf(libvirt, anna))).length, 5);
  assert.deepEqual(await read(personOf(libvirt, cleo)), []);
  assert.deepEqual(await read(anyone(libvirt)), []);
});

test('files come back byte for byte, whatever their length, with name and type', async () => {
  const lengths = [0, 1, 65_535, 65_536, 65_537, 1_048_576, 1_300_001];
  const files = lengths.map((length) => file({ purpose: 'evidence', audience: 'shared' }, `crash ${length}.log`, randomBytes(length)));
  const one = await receive(store, report(libvirt, { files }));
  await store.as(personOf(libvirt, anna), async ({ cases }) => {
    const infos = await cases.attachments(one.id);
    assert.deepEqual(infos.map((info) => info.name).sort(), lengths.map((length) => `crash ${length}.log`).sort());
    for (const expected of files) {
      const got = await cases.attachment(one.id, expected.ref.id);
      assert.deepEqual(got?.info, { ref: expected.ref, name: expected.name, mediaType: 'text/plain' });
      const pieces: Uint8Array[] = [];
      for await (const piece of got?.bytes ?? []) pieces.push(piece);
      assert.ok(Buffer.concat(pieces).equals(Buffer.from(expected.bytes)), `${expected.bytes.length} bytes`);
    }
  });
});

test('L-11 L-56 a download goes on after its transaction, and stops when its reader loses the right to it', async () => {
  const long = file({ purpose: 'reproducer', audience: 'shared' }, 'long.bin', randomBytes(3 * 1_048_576));
  const one = await receive(store, report(libvirt, { files: [long] }));
  const reader = personOf(libvirt, anna);
  const download = async () => (await store.as(reader, ({ cases }) => cases.attachment(one.id, long.ref.id)))?.bytes ?? [];
  const whole: Uint8Array[] = [];
  for await (const piece of await download()) whole.push(piece);
  assert.ok(Buffer.concat(whole).equals(Buffer.from(long.bytes)));
  let pieces = 0;
  const cut = async () => {
    for await (const piece of await download()) {
      if (pieces === 0) await add(store, processOf(libvirt), one.id, [], { guarded: { readers: [] } });
      pieces += piece.length > 0 ? 1 : 0;
    }
  };
  await assert.rejects(cut, /can no longer be read/);
  assert.equal(pieces, 16);
});

test('L-01 a file is not found by the id of another case', async () => {
  const secret = file({ purpose: 'evidence', audience: 'shared' }, 'secret.txt', Buffer.from('secret'));
  const hidden = await receive(store, report(libvirt, { files: [secret] }));
  const own = await receive(store, report(libvirt));
  const found = await store.as(own.reporter, async ({ cases }) => [
    await cases.attachment(own.id, secret.ref.id),
    await cases.attachment(hidden.id, secret.ref.id),
  ]);
  assert.deepEqual(found, [undefined, undefined]);
});

test('L-34 nothing that is said lies open in any table: no title, text, file, file name, address or kept answer', async () => {
  const canary = `canary${randomBytes(8).toString('hex')}`;
  const files = [file({ purpose: 'evidence', audience: 'shared' }, `${canary}.log`, Buffer.from(canary))];
  const one = await receive(store, report(libvirt, { title: canary, text: canary, files }));
  const note = content({ kind: 'note', audience: 'team' }, canary);
  await add(store, personOf(libvirt, anna), one.id, [{ kind: 'note-added', body: note.ref }], { contents: [note] });
  await store.as(one.reporter, ({ accounts }) => accounts.keepReply(canary, JSON.stringify({ title: canary })));
  await store.as(processOf(libvirt), ({ documents }) =>
    documents.keep([
      {
        case: one.id,
        number: 'LSN-2026-0001',
        version: 1,
        format: 'text',
        file: 'LSN-2026-0001.txt',
        mediaType: 'text/plain',
        bytes: Buffer.from(canary),
        sha256: '0'.repeat(64),
        signature: null,
        title: canary,
        preparedAt: '2026-03-02T08:00:00.000Z' as never,
      },
    ]),
  );
  const tables = await ask<{ name: string }>(
    `select format('%I.%I', nspname, relname) as name from pg_class c join pg_namespace n on n.oid = relnamespace
     where relkind in ('r', 'p') and nspname in ('daylight', 'daylight_jobs', 'graphile_worker')`,
  );
  assert.ok(tables.length > 20);
  const forms = [canary, Buffer.from(canary).toString('hex'), Buffer.from(canary).toString('base64').slice(0, 20)];
  for (const { name } of tables) {
    const rows = await ask<{ row: string }>(`select t::text as row from ${name} t`);
    for (const { row } of rows) for (const form of forms) assert.ok(!row.includes(form), `${name} holds what was said`);
  }
});

test('a sealed text opens in its own place only, and a changed bit is noticed', async () => {
  const [one, two] = [await receive(store, report(libvirt)), await receive(store, report(libvirt))];
  const read = (id: typeof one.id) => store.as(personOf(libvirt, anna), ({ cases }) => cases.texts(id));
  const swap = `update daylight.content c set sealed = o.sealed from daylight.content o
    where c.project = 'libvirt' and o.project = 'libvirt' and c.kind = 'title' and o.kind = $3 and c.case_id = $1 and o.case_id = $2`;
  await ask(swap, [one.id, two.id, 'title']);
  await assert.rejects(read(one.id), 'the title of another case');
  await ask(swap, [two.id, two.id, 'description']);
  await assert.rejects(read(two.id), 'the description in the place of the title');
  const three = await receive(store, report(libvirt));
  await ask(`update daylight.content set sealed = set_bit(sealed, 100, 1 - get_bit(sealed, 100)) where case_id = $1`, [three.id]);
  await assert.rejects(read(three.id), 'one bit');
});

test('without its key a case keeps its log and its state, and nothing of what was said', async () => {
  const one = await receive(store, report(libvirt));
  await ask('delete from daylight.case_key where case_id = $1', [one.id]);
  await store.as(personOf(libvirt, anna), async ({ cases }) => {
    assert.deepEqual([...(await cases.texts(one.id))], []);
    assert.equal((await cases.log(one.id)).length, 1);
    assert.deepEqual((await cases.find(one.id))?.state, one.first.state);
    assert.equal((await cases.verify(one.id)).brokenAt, null);
  });
  await add(store, personOf(libvirt, anna), one.id, [{ kind: 'case-taken-up' }]);
  const late = content({ kind: 'note', audience: 'team' }, 'too late');
  await assert.rejects(
    add(store, personOf(libvirt, anna), one.id, [{ kind: 'note-added', body: late.ref }], { contents: [late] }),
    /destroyed/,
  );
});

test('a database refuses another master key than its own', async () => {
  const attempt = openDatabase({ owner: connection, masterKey: new Uint8Array(32).fill(8), log: () => {} });
  await assert.rejects(attempt, (error) => error instanceof OutsideFailure && error.lasting === 'permanent');
});
