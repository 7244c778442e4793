// SPDX-License-Identifier: Apache-2.0
// Mail on its way out: what is written to the wire, and what arrives.

import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { SMTPServer } from 'smtp-server';
import { startMailSink } from '../../src/adapters/sink/mail-sink.ts';
import { compose } from '../../src/adapters/smtp/compose.ts';
import { smtpRelay } from '../../src/adapters/smtp/relay.ts';
import { unsendable } from '../../src/adapters/smtp/sendable.ts';
import { isAddress } from '../../src/core/model/mailbox.ts';
import { instant } from '../../src/core/model/time.ts';
import { address } from '../../src/mail/address.ts';
import { parse } from '../../src/mail/parse.ts';
import { OutsideFailure } from '../../src/ports/failure.ts';
import type { OutgoingMail } from '../../src/ports/relay.ts';
import { outgoing } from '../contract/relay.ts';

const written = (mail: Partial<OutgoingMail>) => Buffer.from(compose({ ...outgoing, ...mail })).toString('latin1');
const clock = { now: () => instant('2026-03-02T10:00:00Z') };

test('a mail is written as fixed lines', () => {
  const mail = {
    replyTo: { name: '', address: 'reports+0123456789abcdefghjkmnpqrs@project.example' },
    inReplyTo: '<report.1@reporter.example>',
    references: ['<report.1@reporter.example>', '<question.2@project.example>'],
    headers: { 'Auto-Submitted': 'auto-replied', 'List-Id': '<tidal-heron.libvirt.project.example>' },
    text: 'Which version is it?\n\n-- \nlibvirt\n',
  };
  assert.equal(
    written(mail),
    [
      'Date: Mon, 2 Mar 2026 10:00:00 +0000',
      'From: Project Security <security@project.example>',
      'To: Ada Lovelace <ada@reporter.example>',
      'Reply-To: reports+0123456789abcdefghjkmnpqrs@project.example',
      'Message-ID: <notice.1@project.example>',
      'In-Reply-To: <report.1@reporter.example>',
      'References: <report.1@reporter.example> <question.2@project.example>',
      'Subject: [tidal-heron] Question',
      'Auto-Submitted: auto-replied',
      'List-Id: <tidal-heron.libvirt.project.example>',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Which version is it?',
      '',
      '--=20',
      'libvirt',
      '',
    ].join('\r\n'),
  );
});

test('plain text goes as it is; anything a relay might touch goes as quoted-printable', () => {
  assert.match(written({ text: 'plain\n' }), /Encoding: 7bit\r\n\r\nplain\r\n$/);
  for (const text of ['no line end', 'blank at the end \n', 'ümlaut\n', 'From here\n', '.\n', `${'x'.repeat(1_000)}\n`, 'bell \u0007\n']) {
    const bytes = written({ text });
    assert.match(bytes, /Encoding: quoted-printable/);
    assert.doesNotMatch(bytes, /flowed|^From here|^\.\r$|[^\x09\x0a\x0d\x20-\x7e]/m);
    for (const line of bytes.split('\r\n')) assert.ok(line.length <= 76);
  }
});

test('every text arrives to the byte', async () => {
  const piece = fc.constantFrom(
    'a',
    ' ',
    '  ',
    '\t',
    '\n',
    '\n\n',
    '=',
    '=20',
    '.',
    '..',
    '\n.\n',
    '\nFrom x',
    'ü',
    '😀',
    '-----BEGIN PGP SIGNED MESSAGE-----',
    '- -',
    '\u0007',
    'x'.repeat(80),
    'word '.repeat(40),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
      const text = `>${pieces.join('')}`;
      const raw = compose({ ...outgoing, text });
      for (const line of Buffer.from(raw).toString('latin1').split('\r\n')) assert.ok(line.length <= 998);
      const expected = text.replaceAll('\u0007', '\u2407');
      const arrived = (await parse(raw)).text;
      // A reader of mail cannot tell whether the last line was ended.
      assert.equal(arrived.replace(/\n$/, ''), expected.replace(/\n$/, ''));
    }),
    { numRuns: 1_000 },
  );
});

test('names and subjects of any language arrive, each line within bounds', async () => {
  const text = fc
    .string({ unit: 'grapheme', maxLength: 150 })
    .filter((value) => !/[\p{C}\p{Z}\u{ad}]/u.test(value.replaceAll(' ', '')) && value === value.trim() && !/ {2}/.test(value));
  await fc.assert(
    fc.asyncProperty(text, text, async (name, subject) => {
      const raw = compose({ ...outgoing, subject, to: { name, address: 'ada@reporter.example' } });
      const header = Buffer.from(raw).toString('latin1').split('\r\n\r\n')[0] ?? '';
      for (const line of header.split('\r\n')) assert.ok(line.length <= 998 && /^[\x20-\x7e]*$/.test(line));
      const mail = await parse(raw);
      assert.equal(mail.subject, subject);
      assert.deepEqual(mail.to, [{ name, address: 'ada@reporter.example' }]);
    }),
    { numRuns: 1_000 },
  );
});

test('L-48 what the mail door reads as an address is what the relay sends to, and the other way round', () => {
  const text = fc.oneof(
    fc.emailAddress(),
    fc.string({ unit: fc.constantFrom('=?', '?=', '@x.example', ...'aB1@.-+_"() <>,\r\n\u0000\u00fc[]:;\\%') }),
  );
  fc.assert(
    fc.property(text, (value) => {
      const read = address(value);
      if (read !== undefined) assert.equal(isAddress(read), true);
      if (isAddress(value)) assert.equal(address(value)?.toLowerCase(), value.toLowerCase());
    }),
    { numRuns: 5_000 },
  );
});

const hostileRuns = Number(process.env['DAYLIGHT_FUZZ_RUNS'] ?? 200);

test('L-48 hostile names and subjects never change the recipient: the sink has the address of the row, or nothing', async () => {
  const sink = await startMailSink({ dir: mkdtempSync(join(tmpdir(), 'daylight-sink-')), port: 0, clock });
  after(() => sink.stop());
  const relay = smtpRelay({ host: '127.0.0.1', port: sink.port, name: 'daylight.example' });
  const nasty = fc.string({
    unit: fc.constantFrom(...'aé"\\<>@,;:()=? ', '=?utf-8?q?=0D=0A?=', '" <eve@evil.example>', 'eve@evil.example', 'Bcc: eve@evil.example'),
    maxLength: 12,
  });
  const broken = fc
    .tuple(nasty, fc.constantFrom('\r\nBcc: eve@evil.example', '\r\n.\r\n', '\n', '\r', '\u0000', '\u2028'), nasty)
    .map((parts) => parts.join(''));
  const value = fc.oneof({ arbitrary: nasty, weight: 4 }, { arbitrary: broken, weight: 1 });
  const local = fc.oneof({ arbitrary: fc.constantFrom('ada', 'a.b+c', "o'hara", 'x=y'), weight: 4 }, { arbitrary: value, weight: 1 });
  const expected: string[] = [];
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(value, value, local, async (name, subject, part) => {
      const mail = { ...outgoing, subject, to: { name, address: `${part}@reporter.example` } };
      if (unsendable(mail) === undefined) {
        await relay.send(mail);
        expected.push(mail.to.address);
      } else {
        await assert.rejects(relay.send(mail), OutsideFailure);
        refused += 1;
      }
    }),
    { numRuns: hostileRuns },
  );
  const kept = await sink.list();
  assert.deepEqual(
    kept.map(({ to }) => to),
    expected.map((to) => [to]),
  );
  for (const { id, to } of kept) {
    const mail = await parse(await sink.read(id));
    assert.deepEqual(
      [...mail.to, ...mail.cc, ...mail.replyTo].map((box) => box.address),
      to,
    );
    assert.equal(mail.from?.address, outgoing.from.address);
  }
  assert.ok(kept.length > hostileRuns / 4 && refused > hostileRuns / 10, `${kept.length} sent, ${refused} refused`);
});

const trust: readonly (readonly [string, Partial<Parameters<typeof smtpRelay>[0]>, boolean, boolean])[] = [
  ['no certificate is checked where none was asked for', {}, true, true],
  ['a relay without STARTTLS is used where TLS was not asked for', {}, false, true],
  ['a relay without STARTTLS is not used where TLS was asked for', { requireTls: true }, false, false],
  ['a wrong certificate ends it where TLS was asked for', { requireTls: true }, true, false],
  ['a password is not sent to a wrong certificate', { auth: { user: 'u', pass: 'p' } }, true, false],
  ['a password is not sent without TLS', { auth: { user: 'u', pass: 'p' } }, false, false],
];

for (const [name, options, starttls, sent] of trust) {
  test(`relay: ${name}`, async () => {
    let taken = 0;
    let passwords = 0;
    const server = new SMTPServer({
      disabledCommands: starttls ? [] : ['STARTTLS'],
      authOptional: true,
      allowInsecureAuth: true,
      logger: false,
      closeTimeout: 200,
      onAuth: (_auth, _session, done) => {
        passwords += 1;
        done(null, { user: 'u' });
      },
      onData: (stream, _session, done) => {
        taken += 1;
        stream.resume().on('end', () => done());
      },
    });
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()));
    after(() => new Promise<void>((done) => server.close(done)));
    const { port } = server.server.address() as AddressInfo;
    const relay = smtpRelay({ host: '127.0.0.1', port, name: 'daylight.example', ...options });
    if (sent) await relay.send(outgoing);
    else await assert.rejects(relay.send(outgoing), (failure) => failure instanceof OutsideFailure && failure.lasting === 'temporary');
    assert.deepEqual([taken, passwords], [sent ? 1 : 0, 0]);
  });
}
