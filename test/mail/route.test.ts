// SPDX-License-Identifier: Apache-2.0
// Where mails go: by the envelope's recipients, and by no header that a stranger can write.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from '../../src/mail/parse.ts';
import type { ParsedMail } from '../../src/mail/parsed.ts';
import { type Envelope, type MailAddresses, replyToken, route, takesMailFor } from '../../src/mail/route.ts';
import { goldenMails } from './golden.ts';

const token = '0123456789abcdefghjkmnpqrs';
const other = 'zyxwvutsrqpnmkjhgfedcba987';
const addresses: MailAddresses = {
  intake: [
    { project: 'libvirt', address: 'security@project.example', former: false, accepts: 'reports' },
    { project: 'libvirt', address: 'libvirt-security@old.example', former: true, accepts: 'reports' },
    { project: 'qemu', address: 'qemu-security@project.example', former: false, accepts: 'redirect' },
    { project: 'second', address: 'second@project.example', former: false, accepts: 'reports' },
  ],
  replyDomain: 'project.example',
  own: ['daylight@project.example'],
};
const golden = (folder: string) => parse(readFileSync(join(goldenMails, folder, 'message.eml')));
const from = (header: string) => parse(Buffer.from(`${header}\r\n\r\ntext\r\n`));
const envelope = (to: string, sender: string | null = 'ada@reporter.example'): Envelope => ({ from: sender, to: [to] });

async function one(mail: Promise<ParsedMail>, to: Envelope) {
  const routes = route(await mail, to, addresses);
  assert.equal(routes.length, 1);
  return routes[0];
}

test('LIBVIRT-4 mail to the intake address is a report, and its envelope sender may be answered', async () => {
  assert.deepEqual(await one(golden('01-plain'), envelope('Security@Project.Example', 'ada@reporter.example')), {
    kind: 'report',
    project: 'libvirt',
    address: 'security@project.example',
    former: false,
    answer: { to: { name: '', address: 'ada@reporter.example' }, silence: [] },
  });
});

test('LIBVIRT-7 mail to an address of the past is still a report', async () => {
  const found = await one(golden('01-plain'), envelope('libvirt-security@old.example'));
  assert.ok(found?.kind === 'report' && found.former && found.project === 'libvirt');
});

test('QEMU-9 mail to a project that takes none is redirected', async () => {
  assert.equal((await one(golden('01-plain'), envelope('qemu-security@project.example')))?.kind, 'redirect');
});

test('mail to two projects is a report to each, and two addresses of one project are one report', async () => {
  const to = ['security@project.example', 'libvirt-security@old.example', 'second@project.example'];
  const found = route(await golden('01-plain'), { from: 'ada@reporter.example', to }, addresses);
  assert.deepEqual(
    found.map((way) => way.kind === 'report' && way.project),
    ['libvirt', 'second'],
  );
});

test('mail to anybody else has an unknown recipient', async () => {
  for (const to of [
    'nobody@project.example',
    `reports+${token}@elsewhere.example`,
    'reports+short@project.example',
    'reports@project.example',
  ]) {
    assert.equal((await one(golden('01-plain'), envelope(to)))?.kind, 'unknown-recipient');
    assert.equal(takesMailFor(to, addresses), false);
  }
});

test('L-42 every address of the form of a reply address is taken at RCPT, good token or not', () => {
  for (const well of [token, other, token.toUpperCase()]) assert.equal(takesMailFor(`reports+${well}@project.example`, addresses), true);
  assert.equal(replyToken(`Reports+${token.toUpperCase()}@PROJECT.example`, 'project.example'), token);
});

test('L-43 only the token of the envelope makes a reply: copied headers make a new report', async () => {
  const copied = from(
    `From: eve@evil.example\r\nTo: reports+${token}@project.example\r\nIn-Reply-To: <question.2@project.example>\r\nReferences: <report.1@reporter.example>\r\nSubject: Re: [tidal-heron] Question`,
  );
  assert.equal((await one(copied, envelope('security@project.example', 'eve@evil.example')))?.kind, 'report');
  const replied = await one(copied, envelope(`reports+${other}@project.example`, 'eve@evil.example'));
  assert.ok(replied?.kind === 'reply' && replied.token === other);
});

test('L-41 no header changes where a mail goes', async () => {
  const header = fc.constantFrom(
    'From',
    'Sender',
    'Reply-To',
    'To',
    'Cc',
    'Bcc',
    'Resent-To',
    'Resent-From',
    'Delivered-To',
    'X-Original-To',
    'In-Reply-To',
    'References',
    'List-Id',
    'Subject',
    'Return-Path',
    'Envelope-To',
  );
  const value = fc.constantFrom(
    'security@project.example',
    'second@project.example',
    `reports+${token}@project.example`,
    '<question.2@project.example>',
    'eve@evil.example',
    'member@project.example',
    '[tidal-heron]',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(header, value), { maxLength: 8 }), async (lines) => {
      const mail = from(lines.map(([name, text]) => `${name}: ${text}`).join('\r\n') || 'X: y');
      const found = await one(mail, envelope('security@project.example', 'eve@evil.example'));
      assert.ok(found?.kind === 'report' && found.project === 'libvirt' && found.address === 'security@project.example');
    }),
    { numRuns: 1_000 },
  );
});

test('a bounce goes to the token it was sent to; at an intake address it is a report like every mail, and gets no answer', async () => {
  assert.deepEqual(await one(golden('12-bounce'), envelope(`reports+${token}@project.example`, null)), { kind: 'bounce', token });
  const report = await one(golden('12-bounce'), envelope('security@project.example', null));
  assert.equal(report?.kind, 'report');
  assert.equal(report?.kind === 'report' ? report.answer.to : undefined, null);
});

const silences: readonly (readonly [string, string, string | null, readonly string[]])[] = [
  ['a null sender', 'From: ada@reporter.example', null, ['null sender']],
  ['a sender outside the grammar', 'From: ada@reporter.example', '"a b"@reporter.example', ['no plain sender']],
  ['our own address', 'From: ada@reporter.example', 'daylight@project.example', ['own address']],
  ['an intake address as author', 'From: second@project.example', 'ada@reporter.example', ['own address']],
  ['a reply address as sender', 'From: ada@reporter.example', `reports+${token}@project.example`, ['own address']],
  ['Auto-Submitted', 'Auto-Submitted: auto-generated', 'ada@reporter.example', ['auto-submitted']],
  ['an automatic reply', 'Auto-Submitted: auto-replied', 'ada@reporter.example', ['auto-submitted', 'auto-reply']],
  ['Precedence: bulk', 'Precedence: bulk', 'ada@reporter.example', ['bulk']],
  ['Precedence: list', 'Precedence: list', 'ada@reporter.example', ['bulk']],
  ['List-Id', 'List-Id: <l.example>', 'ada@reporter.example', ['mailing list']],
  ['X-Autoreply', 'X-Autoreply: yes', 'ada@reporter.example', ['auto-reply']],
  ['X-Auto-Response-Suppress', 'X-Auto-Response-Suppress: All', 'ada@reporter.example', ['asked for silence']],
];

for (const [name, header, sender, silence] of silences) {
  test(`L-49 QEMU-9 LIBVIRT-11 no automatic answer to ${name}, yet it is a report`, async () => {
    const found = await one(from(`${header}\r\nSubject: x`), envelope('security@project.example', sender));
    assert.ok(found?.kind === 'report');
    assert.deepEqual(found.answer, { to: null, silence });
  });
}

test('L-49 Auto-Submitted: no is a person', async () => {
  const found = await one(from('From: Ada <ada@reporter.example>\r\nAuto-Submitted: no'), envelope('security@project.example'));
  assert.ok(found?.kind === 'report');
  assert.deepEqual(found.answer, { to: { name: 'Ada', address: 'ada@reporter.example' }, silence: [] });
});
