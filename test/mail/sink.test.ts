// SPDX-License-Identifier: Apache-2.0
// The mail sink: who got what, and when, also after a restart.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startMailSink } from '../../src/adapters/sink/mail-sink.ts';
import { smtpRelay } from '../../src/adapters/smtp/relay.ts';
import { instant, shifted } from '../../src/core/model/time.ts';
import { outgoing } from '../contract/relay.ts';
import { rawClient } from './smtp-client.ts';

const start = instant('2026-03-02T10:00:00Z');

/** A clock that moves one second with every look at it. */
function ticking() {
  let looks = 0;
  return { now: () => shifted(start, { seconds: looks++ }) };
}

test('a kept mail has its envelope, the time of its first RCPT and its bytes', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'daylight-sink-'));
  const sink = await startMailSink({ dir, port: 0, clock: ticking() });
  after(() => sink.stop());
  const said = await smtpRelay({ host: '127.0.0.1', port: sink.port, name: 'daylight.example' }).send(outgoing);
  assert.equal(said, '250 kept as 00000001');
  const [kept, ...more] = await sink.list();
  assert.equal(more.length, 0);
  const bytes = await sink.read('00000001');
  assert.deepEqual(kept, {
    id: '00000001',
    from: 'reports+0123456789abcdefghjkmnpqrs@project.example',
    to: ['ada@reporter.example'],
    firstRcpt: '2026-03-02T10:00:00.000Z',
    kept: '2026-03-02T10:00:01.000Z',
    size: bytes.length,
  });
  assert.match(Buffer.from(bytes).toString(), /\r\nSubject: \[tidal-heron\] Question\r\n/);
  assert.deepEqual(readdirSync(dir).sort(), ['00000001.eml', '00000001.json']);
});

test('the first RCPT of each transaction counts, and the null sender is null', async () => {
  const sink = await startMailSink({ dir: mkdtempSync(join(tmpdir(), 'daylight-sink-')), port: 0, clock: ticking() });
  after(() => sink.stop());
  const client = await rawClient({ port: sink.port });
  await client.reply();
  await client.say('EHLO c');
  for (const _ of [1, 2]) {
    await client.say('MAIL FROM:<>');
    await client.say('RCPT TO:<a@x.example>');
    await client.say('RCPT TO:<b@x.example>');
    await client.say('DATA');
    client.send('Subject: x\r\n\r\nx\r\n.\r\n');
    assert.match(await client.reply(), /^250 /);
  }
  client.close();
  const kept = await sink.list();
  assert.deepEqual(
    kept.map(({ from, to, firstRcpt }) => [from, to.length, firstRcpt]),
    [
      [null, 2, '2026-03-02T10:00:00.000Z'],
      [null, 2, '2026-03-02T10:00:02.000Z'],
    ],
  );
});

test('the mails of an earlier run are still there, and new ones come after them', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'daylight-sink-'));
  for (const expected of [1, 2]) {
    const sink = await startMailSink({ dir, port: 0, clock: ticking() });
    await smtpRelay({ host: '127.0.0.1', port: sink.port, name: 'daylight.example' }).send(outgoing);
    assert.equal((await sink.list()).length, expected);
    await sink.stop();
  }
});

test('a message without its envelope was never acknowledged and is not listed; no other file is read', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'daylight-sink-'));
  writeFileSync(join(dir, '00000007.eml'), 'half');
  writeFileSync(join(dir, 'notes.json'), '{}');
  const sink = await startMailSink({ dir, port: 0, clock: ticking() });
  after(() => sink.stop());
  assert.deepEqual(await sink.list(), []);
  for (const id of ['../../etc/passwd', '00000001/../x', '', '1']) await assert.rejects(sink.read(id), RangeError);
});
