// SPDX-License-Identifier: Apache-2.0
// The small readers of the mail door: dates, HTML as text, file names.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mailDate } from '../../src/mail/date.ts';
import { htmlToText } from '../../src/mail/html.ts';
import { parse } from '../../src/mail/parse.ts';

const dates: readonly (readonly [string, string | undefined])[] = [
  ['Mon, 2 Mar 2026 11:15:00 +0100 (CET)', '2026-03-02T10:15:00.000Z'],
  ['2 Mar 2026 11:15 -0530', '2026-03-02T16:45:00.000Z'],
  ['Sat, 14 Mar 2026 09:00:00 GMT', '2026-03-14T09:00:00.000Z'],
  ['Sat, 14 Mar 2026 09:00:00 EST', '2026-03-14T14:00:00.000Z'],
  // RFC 5322 section 4.3: an unknown zone and no zone at all say nothing, and are read as UTC on every machine.
  ['Sat, 14 Mar 2026 09:00:00 XYZ', '2026-03-14T09:00:00.000Z'],
  ['Sat, 14 Mar 2026 09:00:00', '2026-03-14T09:00:00.000Z'],
  ['14 Mar 26 09:00 UT', '2026-03-14T09:00:00.000Z'],
  ['14 Mar 99 09:00 UT', '1999-03-14T09:00:00.000Z'],
  ['Wed, 31 Dec 2025 23:59:60 +0000', '2025-12-31T23:59:59.000Z'],
  ['Sun, 29 Feb 2026 09:00:00 +0000', undefined],
  ['14 Mar 2026', undefined],
  ['2026-03-14T09:00:00Z', undefined],
  ['32 Mar 2026 09:00:00 +0000', undefined],
  ['Whenever', undefined],
  ['', undefined],
];

for (const [field, expected] of dates)
  test(`the date ${JSON.stringify(field)} is ${expected ?? 'none'}`, () => assert.equal(mailDate(field), expected));

const pages: readonly (readonly [string, string, string])[] = [
  ['L-52 an image is only its alternative text', '<p>see <img src="http://tracker.example/x.png" alt="the trace"></p>', 'see the trace'],
  ['L-57 a link keeps its address as text', '<a href="https://e.example/?a=1&amp;b=2">here</a>', 'here <https://e.example/?a=1&b=2>'],
  ['L-53 a script link loses its address', '<a href="javascript:alert(1)">here</a>', 'here'],
  ['L-53 scripts and styles are not text', 'a<script>b<!--</script>c<style>d{}</style>e', 'a c e'.replaceAll(' ', '')],
  ['L-53 markup that is written out stays written out', '&lt;script&gt;alert(1)&lt;/script&gt;', '<script>alert(1)</script>'],
  ['a preformatted trace keeps its lines and columns', '<pre>#0  f\n    at x.c:1</pre>', '#0  f\n    at x.c:1'],
  ['white space counts once elsewhere', 'a \n\t b<br>c', 'a b\nc'],
  ['a quote in an unquoted attribute hides nothing', "<p class=it's>seen</p><p>too</p>", 'seen\n\ntoo'],
  ['a greater-than sign within quotes ends no tag', '<p title="a > b">seen</p>', 'seen'],
  ['what is no tag stays', 'if (a < b && c > d)', 'if (a < b && c > d)'],
];

for (const [name, html, text] of pages) test(name, () => assert.equal(htmlToText(html), text));

const names: readonly (readonly [string, string | null])[] = [
  ['patch.diff', 'patch.diff'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\\\temp\\\\poc.c', 'poc.c'],
  ['..', null],
  ['a/..', null],
  ['poc\u202efdp.exe', 'pocfdp.exe'],
];

for (const [written, expected] of names) {
  test(`L-53 the file name ${JSON.stringify(written)} is ${expected ?? 'none'}`, async () => {
    const mail = await parse(
      Buffer.from(
        `From: a@b.example\r\nContent-Type: application/x; name=x\r\nContent-Disposition: attachment; filename="${written}"\r\n\r\nx`,
      ),
    );
    assert.equal(mail.attachments[0]?.name, expected);
  });
}
