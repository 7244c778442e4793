// SPDX-License-Identifier: Apache-2.0
// SMTP smuggling: whatever a sender writes in place of the end of data, there is one message or a refusal, never two messages.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type MailGateway, startMailGateway } from '../../src/mail/gateway.ts';
import { hasBareLineEnd } from '../../src/mail/incoming.ts';
import type { Envelope } from '../../src/mail/route.ts';
import { opened } from './smtp-client.ts';

const taken: Envelope[] = [];
let gateway: MailGateway;

before(async () => {
  gateway = await startMailGateway({
    smtp: { host: '127.0.0.1', port: 0 },
    lmtp: { port: 0 },
    maxBytes: 100_000,
    recipientKnown: () => true,
    accept: async (_raw, envelope) => {
      taken.push(envelope);
      return envelope.to.map(() => ({ kind: 'kept', reference: 'r' }));
    },
    log: () => undefined,
    timeouts: { stop: 200 },
  });
});
after(() => gateway.stop());

const variants: readonly string[] = [
  '\n.\n',
  '\n.\r\n',
  '\r.\r\n',
  '\r\n.\n',
  '\r\n.\r',
  '\r.\r',
  '\n.\r',
  '\r.\n',
  '\r\n\u0000.\r\n',
  '\r\n.\u0000\r\n',
  '\r\r\n.\r\r\n',
  '\r\n\r.\r\n',
  '\r\n .\r\n',
  '\r\n..\r\n',
];

const smuggled =
  'MAIL FROM:<boss@project.example>\r\nRCPT TO:<smuggled@project.example>\r\nDATA\r\nSubject: smuggled\r\n\r\nbelieve me\r\n.\r\n';

for (const hello of ['EHLO', 'LHLO'] as const) {
  for (const cut of ['whole', 'byte by byte'] as const) {
    for (const variant of variants) {
      test(`L-47 ${hello} ${cut}: ${JSON.stringify(variant)} ends nothing`, async () => {
        const port = hello === 'EHLO' ? gateway.ports.smtp : gateway.ports.lmtp;
        const client = await opened({ port: port ?? 0 }, ['security@project.example'], hello);
        await client.say('DATA');
        const count = taken.length;
        const bytes = `Subject: x\r\n\r\nhello${variant}${smuggled}`;
        for (const piece of cut === 'whole' ? [bytes] : bytes) client.send(piece);
        const reply = await client.reply();
        assert.match(reply, /^(?:250 2\.6\.0|554 5\.6\.0) /);
        assert.match(await client.say('NOOP'), /^250 2\.0\.0 OK/, 'one reply, and the session is where the sender thinks it is');
        const clean = !/(?<!\r)\n|\r(?!\n)|\u0000/.test(variant);
        assert.equal(taken.length - count, clean ? 1 : 0);
        assert.ok(taken.every(({ to }) => to.join() === 'security@project.example'));
        client.close();
      });
    }
  }
}

test('L-47 a bare CR, a bare LF and a NUL are found wherever they stand, and clean lines are not', () => {
  for (const text of ['\n', '\r', 'a\nb', 'a\rb', 'a\r\r\n', '\r\n\n', 'a\u0000', 'a\r\nb\r'])
    assert.equal(hasBareLineEnd(Buffer.from(text)), true, JSON.stringify(text));
  for (const text of ['', 'a', '\r\n', 'a\r\nb\r\n\r\n']) assert.equal(hasBareLineEnd(Buffer.from(text)), false, JSON.stringify(text));
});
