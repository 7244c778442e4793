// SPDX-License-Identifier: Apache-2.0
// Golden mails: each folder of test/golden/mail is one message and what is read from it. A new case is a new folder.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from '../../src/mail/parse.ts';
import { goldenMails } from './golden.ts';

const proves: Readonly<Record<string, string>> = {
  '01-plain': 'LIBVIRT-5 ',
  '02-multipart-with-patch': 'LIBVIRT-5 ',
  '03-pgp-signed': 'LIBVIRT-5 ',
  '04-pgp-encrypted': 'LIBVIRT-5 ',
  '19-two-authors': 'L-51 ',
  '20-html-only': 'L-52 L-53 L-57 ',
};

for (const folder of readdirSync(goldenMails).filter((name) => !name.startsWith('.'))) {
  test(`${proves[folder] ?? ''}golden mail ${folder}`, async () => {
    const mail = await parse(readFileSync(join(goldenMails, folder, 'message.eml')));
    const seen = { ...mail, attachments: mail.attachments.map(({ content: _content, ...rest }) => rest) };
    for (const { content, size } of mail.attachments) assert.equal(content.length, size);
    assert.deepEqual(JSON.parse(JSON.stringify(seen)), JSON.parse(readFileSync(join(goldenMails, folder, 'parsed.json'), 'utf8')));
  });
}

test('LIBVIRT-5 a patch attached as plain lines has the bytes of the file, to the last line end', async () => {
  const mail = await parse(readFileSync(join(goldenMails, '02-multipart-with-patch', 'message.eml')));
  const text = new TextDecoder().decode(mail.attachments[0]?.content);
  assert.ok(text.startsWith('From 0000000000'));
  assert.ok(text.endsWith('+\tif (width > 0)\n'));
});
