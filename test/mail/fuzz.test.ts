// SPDX-License-Identifier: Apache-2.0
// Random bytes and damaged golden mails: parsing always ends in a value that the store can hold and the page can show.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { htmlToText } from '../../src/mail/html.ts';
import { parse } from '../../src/mail/parse.ts';
import type { ParsedMail } from '../../src/mail/parsed.ts';
import { goldenMails } from './golden.ts';

const goldens = readdirSync(goldenMails)
  .filter((name) => !name.startsWith('.'))
  .map((name) => new Uint8Array(readFileSync(join(goldenMails, name, 'message.eml'))));

const runs = Number(process.env['DAYLIGHT_FUZZ_RUNS'] ?? 400);

/** What every later stage relies on, whoever wrote the mail. */
function holds(mail: ParsedMail): void {
  const lines = [mail.subject, mail.fromText, mail.from?.name ?? '', ...mail.attachments.map(({ name }) => name ?? '')];
  for (const line of lines) assert.doesNotMatch(line, /[\p{Cc}\u{2028}\u{2029}\u{202a}-\u{202e}]/u);
  for (const text of [mail.text, mail.html ?? '']) {
    assert.ok(text.isWellFormed() && text.length <= 2_000_000);
    assert.doesNotMatch(text, /[^\P{Cc}\t\n]/u);
  }
  for (const box of [mail.from, ...mail.to, ...mail.cc, ...mail.replyTo])
    if (box !== null) assert.match(box.address, /^[\x21-\x7e]+@[a-z0-9.-]+$/);
  for (const { name } of mail.attachments) assert.ok(name === null || (!/[/\\]/.test(name) && !/^\.*$/.test(name)));
  for (const id of [mail.messageId ?? '<a@b>', ...mail.references]) assert.match(id, /^<[\x21-\x7e]+>$/);
  assert.ok(mail.date === null || new Date(mail.date).toISOString() === mail.date);
  assert.doesNotThrow(() => JSON.stringify(mail.proof));
}

test('L-50 random bytes parse to a value', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (raw) => holds(await parse(raw))),
    { numRuns: runs },
  );
});

test('L-50 random header-like lines parse to a value', async () => {
  const word = fc.constantFrom(
    'From',
    'To',
    'Subject',
    'Content-Type',
    'Content-Transfer-Encoding',
    'Content-Disposition',
    'Date',
    'References',
    ': ',
    '\r\n',
    '\r\n\r\n',
    ' ',
    '\t',
    'multipart/mixed',
    'text/html',
    'text/plain',
    '; boundary="b"',
    '; charset=',
    '--b',
    '--b--',
    '=?utf-8?q?=00?=',
    '=?utf-8?b?AA==?=',
    '=?x?y?',
    '<',
    '>',
    '@',
    '"',
    '(',
    ',',
    'a@b.c',
    'base64',
    'quoted-printable',
    '=\r\n',
    '=00',
    '\u0000',
    '\u00ff',
    '<p>',
    '&#0;',
    '<script>',
    'filename="..\\..\\x"',
    'message/rfc822',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 120 }), async (words) => holds(await parse(Buffer.from(words.join(''), 'latin1')))),
    { numRuns: runs },
  );
});

test('L-50 damaged golden mails parse to a value', async () => {
  const damage = fc.record({
    golden: fc.nat({ max: goldens.length - 1 }),
    cuts: fc.array(
      fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), drop: fc.nat({ max: 40 }), put: fc.uint8Array({ maxLength: 6 }) }),
      { minLength: 1, maxLength: 12 },
    ),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ golden, cuts }) => {
      let raw = Buffer.from(goldens[golden] ?? []);
      for (const { at, drop, put } of cuts) {
        const start = Math.floor(at * raw.length);
        raw = Buffer.concat([raw.subarray(0, start), put, raw.subarray(start + drop)]);
      }
      holds(await parse(raw));
    }),
    { numRuns: runs },
  );
});

test('L-53 no markup survives the conversion of random HTML', () => {
  const piece = fc.constantFrom(
    '<script>',
    '</script>',
    '<!--',
    '-->',
    '<p',
    '>',
    '<',
    '"',
    "'",
    ' href=',
    'x',
    '=',
    '<a href="http://e.example/">',
    '</a>',
    '<style>',
    '&lt;',
    '&#60;',
    '<img src=x onerror=alert(1)>',
    '<pre>',
    '</pre>',
    '\n',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
      const html = pieces.join('').replaceAll(/&lt;|&#60;/g, '');
      const text = htmlToText(html);
      assert.doesNotMatch(text.replaceAll('<http://e.example/>', ''), /<(?:script|style|img|p|a)\b/);
    }),
    { numRuns: 10 * runs },
  );
});
