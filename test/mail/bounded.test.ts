// SPDX-License-Identifier: Apache-2.0
// Mails made to exhaust the reader: each ends in a value, in bounded time, and the next mail is read as if nothing had been.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parseBounded, startMailParser } from '../../src/mail/bounded.ts';
import { parse } from '../../src/mail/parse.ts';
import { goldenMails } from './golden.ts';

const head = 'From: Ada <ada@reporter.example>\r\nSubject: a bomb\r\n';
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const harmless = bytes(`${head}\r\nnothing special\r\n`);

function nested(depth: number): string {
  const levels = Array.from({ length: depth }, (_, level) => `Content-Type: multipart/mixed; boundary="b${level}"\r\n\r\n--b${level}\r\n`);
  return `${levels.join('')}\r\nhello\r\n`;
}

const bombs: readonly (readonly [string, () => string])[] = [
  ['10,000 MIME levels', () => head + nested(10_000)],
  ['a million header lines', () => `${head}${'X: y\r\n'.repeat(1_000_000)}\r\nbody`],
  ['300,000 parts', () => `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(300_000)}`],
  ['unclosed tags', () => `${head}Content-Type: text/html\r\n\r\n${'<a href="'.repeat(500_000)}`],
  ['unclosed comments', () => `${head}Content-Type: text/html\r\n\r\n${'<!--<script '.repeat(500_000)}`],
];

const strict = startMailParser({ milliseconds: 1_500, megabytes: 256, idleMilliseconds: 1_000 });
after(() => strict.stop());

for (const [name, bomb] of bombs) {
  test(`L-50 ${name}: a value within the bound, with the sender and the subject`, { timeout: 60_000 }, async () => {
    const mail = await strict.parse(bytes(bomb()));
    assert.equal(mail.from?.address, 'ada@reporter.example');
    assert.equal(mail.subject, 'a bomb');
    assert.ok(mail.verdict === 'unparsable' || mail.text.length <= 2_000_000);
    assert.ok(mail.problems.length > 0);
  });
}

test('L-50 a mail above 64 MB is not opened, and is a report all the same', async () => {
  const raw = Buffer.concat([
    Buffer.from(`${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n`),
    Buffer.alloc(65 * 1024 * 1024, '=41'),
  ]);
  const mail = await parse(raw);
  assert.equal(mail.verdict, 'unparsable');
  assert.equal(mail.from?.address, 'ada@reporter.example');
  assert.match(mail.text, /^=41=41/);
});

test('L-50 a mail that takes too long is stopped, and the mails that waited behind it are read', { timeout: 120_000 }, async () => {
  const parser = startMailParser({ milliseconds: 1_000, megabytes: 256, idleMilliseconds: 1_000 });
  after(() => parser.stop());
  await parser.parse(harmless);
  const bomb = bytes(`${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(1_000_000)}`);
  const [slow, ...rest] = await Promise.all([parser.parse(bomb), parser.parse(harmless), parser.parse(harmless)]);
  assert.equal(slow?.verdict, 'unparsable');
  assert.match(slow?.problems[0] ?? '', /longer than it may|more memory than it may/);
  assert.deepEqual(
    rest.map(({ verdict, text }) => [verdict, text]),
    [
      ['report', 'nothing special\n'],
      ['report', 'nothing special\n'],
    ],
  );
});

test('L-50 a mail that takes too much memory is stopped without harm to this process', { timeout: 90_000 }, async () => {
  const parser = startMailParser({ milliseconds: 60_000, megabytes: 16, idleMilliseconds: 1_000 });
  after(() => parser.stop());
  const bomb = bytes(`${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(400_000)}`);
  const mail = await parser.parse(bomb);
  assert.equal(mail.verdict, 'unparsable');
  assert.equal((await parser.parse(harmless)).verdict, 'report');
});

test('mails are answered in their order, and a stopped parser still answers', async () => {
  const parser = startMailParser();
  const mails = Array.from({ length: 100 }, (_, index) => bytes(`${head}\r\nmail ${index}\r\n`));
  const read = await Promise.all(mails.map((raw) => parser.parse(raw)));
  assert.deepEqual(
    read.map(({ text }) => text),
    mails.map((_, index) => `mail ${index}\n`),
  );
  const waiting = parser.parse(harmless);
  await parser.stop();
  assert.equal((await waiting).verdict, 'unparsable');
});

test('the parser and the bounded parser read every golden mail alike', async () => {
  for (const folder of readdirSync(goldenMails).filter((name) => !name.startsWith('.'))) {
    const raw = new Uint8Array(readFileSync(join(goldenMails, folder, 'message.eml')));
    assert.deepEqual(await parseBounded(raw), await parse(raw), folder);
  }
});
