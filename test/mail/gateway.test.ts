// SPDX-License-Identifier: Apache-2.0
// The mail gateway as a mail server meets it, byte by byte.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { type Accepted, type GatewayLine, type MailGatewayOptions, startMailGateway } from '../../src/mail/gateway.ts';
import { readBody, room } from '../../src/mail/incoming.ts';
import type { Envelope } from '../../src/mail/route.ts';
import { OutsideFailure } from '../../src/ports/failure.ts';
import { opened, rawClient } from './smtp-client.ts';

interface Taken {
  readonly raw: string;
  readonly envelope: Envelope;
}

const message = 'Subject: x\r\n\r\nhello\r\n';

/** One answer for all recipients. */
const forEach = ({ to }: Envelope, accepted: Accepted): readonly Accepted[] => to.map(() => accepted);

async function gateway(options: Partial<MailGatewayOptions> = {}) {
  const taken: Taken[] = [];
  const lines: GatewayLine[] = [];
  const started = await startMailGateway({
    smtp: { host: '127.0.0.1', port: 0 },
    lmtp: { port: 0 },
    name: 'mail.project.example',
    maxBytes: 100_000,
    recipientKnown: (address) => address.endsWith('@project.example'),
    accept: async (raw, envelope) => {
      taken.push({ raw: Buffer.from(raw).toString('latin1'), envelope });
      return forEach(envelope, { kind: 'kept', reference: `r${taken.length}` });
    },
    log: (line) => lines.push(line),
    timeouts: { stop: 200 },
    ...options,
  });
  after(() => started.stop());
  return { taken, lines, smtp: { port: started.ports.smtp ?? 0 }, lmtp: { port: started.ports.lmtp ?? 0 }, stop: started.stop };
}

test('LIBVIRT-4 a message by SMTP is handed over as it came, with its envelope', async () => {
  const { taken, lines, smtp } = await gateway();
  const client = await opened(smtp, ['security@project.example', 'Second@Project.Example']);
  assert.match(await client.say('DATA'), /^354 /);
  client.send('Subject: x\r\n\r\n..two dots\r\n...three\r\nt\xe4xt\r\n.\r\n');
  assert.equal(await client.reply(), '250 2.6.0 stored\r\n');
  assert.equal(taken[0]?.raw, 'Subject: x\r\n\r\n.two dots\r\n..three\r\nt\xe4xt\r\n');
  assert.deepEqual(taken[0]?.envelope, {
    from: 'ada@reporter.example',
    to: ['security@project.example', 'Second@project.example'],
    client: { address: '127.0.0.1', helo: 'client.example' },
  });
  assert.deepEqual(
    lines.map(({ event, reference }) => [event, reference]),
    [['mail-kept', 'r1']],
  );
  assert.match(await client.say('QUIT'), /^221 /);
  client.close();
});

test('the greeting offers SIZE and STARTTLS only with a key, and no AUTH', async () => {
  const { smtp } = await gateway();
  const client = await rawClient(smtp);
  assert.equal(await client.reply(), '220 mail.project.example ESMTP\r\n');
  const hello = await client.say('EHLO client.example');
  assert.match(hello, /250[- ]SIZE 100000\r\n/);
  assert.doesNotMatch(hello, /AUTH|STARTTLS|XCLIENT/);
  assert.match(await client.say('AUTH PLAIN AGEAYg=='), /^500 /);
  assert.match(await client.say('STARTTLS'), /^500 /);
  assert.match(await client.say('XCLIENT ADDR=192.0.2.1'), /^500 /);
  client.close();
});

test('the null sender is null in the envelope', async () => {
  const { taken, smtp } = await gateway();
  const client = await rawClient(smtp);
  await client.reply();
  await client.say('EHLO c');
  await client.say('MAIL FROM:<>');
  await client.say('RCPT TO:<security@project.example>');
  await client.say('DATA');
  client.send(`${message}.\r\n`);
  assert.match(await client.reply(), /^250 /);
  assert.equal(taken[0]?.envelope.from, null);
  client.close();
});

test('L-44 unknown recipients are refused at RCPT, all with the same words', async () => {
  const { smtp } = await gateway();
  const client = await opened(smtp, []);
  const replies = new Set<string>();
  for (const to of ['nobody@elsewhere.example', 'root@localhost', 'a+b@x.example']) replies.add(await client.say(`RCPT TO:<${to}>`));
  assert.deepEqual([...replies], ['550 5.1.1 no such recipient\r\n']);
  assert.match(await client.say('DATA'), /^503 /);
  client.close();
});

const failures: readonly (readonly [string, unknown])[] = [
  ['the store is away', new OutsideFailure('temporary', 'secret words')],
  ['something is broken for good', new OutsideFailure('permanent', 'secret words')],
  ['there is a bug', new TypeError('secret words\n    at content (secret.ts:1:1)')],
  ['nonsense is thrown', 'secret words'],
];

for (const [name, cause] of failures) {
  test(`451 when ${name}, and the log has the cause without its words`, async () => {
    const { lines, smtp } = await gateway({ accept: () => Promise.reject(cause) });
    const client = await opened(smtp, ['security@project.example']);
    await client.say('DATA');
    client.send(`${message}.\r\n`);
    assert.equal(await client.reply(), '451 4.3.0 not stored, try again later\r\n');
    assert.equal(lines[0]?.event, 'mail-deferred');
    assert.ok(lines[0]?.cause !== undefined && !JSON.stringify(lines).includes('secret'));
    client.close();
  });
}

test('451 at RCPT when nobody can say whether the recipient is known', async () => {
  const { smtp } = await gateway({ recipientKnown: () => Promise.reject(new OutsideFailure('temporary', 'away')) });
  const client = await opened(smtp, []);
  assert.match(await client.say('RCPT TO:<security@project.example>'), /^451 /);
  client.close();
});

test('250 comes only after the message is durable', async () => {
  let durable: () => unknown = () => undefined;
  const { smtp } = await gateway({
    accept: (_, envelope) =>
      new Promise((resolve) => {
        durable = () => resolve(forEach(envelope, { kind: 'kept', reference: 'r' }));
      }),
  });
  const client = await opened(smtp, ['security@project.example']);
  await client.say('DATA');
  client.send(`${message}.\r\n`);
  const reply = client.reply();
  assert.equal(await Promise.race([reply, new Promise((resolve) => setTimeout(resolve, 150, 'nothing yet'))]), 'nothing yet');
  durable();
  assert.match(await reply, /^250 /);
  client.close();
});

test('a refusal has the code and the words that intake chose', async () => {
  const { smtp } = await gateway({
    accept: async () => [{ kind: 'refused', code: 550, text: 'no reports by mail, see https://project.example/report' }],
  });
  const client = await opened(smtp, ['security@project.example']);
  await client.say('DATA');
  client.send(`${message}.\r\n`);
  assert.equal(await client.reply(), '550 5.1.1 no reports by mail, see https://project.example/report\r\n');
  client.close();
});

test('552 for a message that is announced too large, and for one that turns out to be', async () => {
  const { taken, smtp } = await gateway();
  const client = await rawClient(smtp);
  await client.reply();
  await client.say('EHLO c');
  assert.match(await client.say('MAIL FROM:<ada@reporter.example> SIZE=100001'), /^552 /);
  await client.say('MAIL FROM:<ada@reporter.example>');
  await client.say('RCPT TO:<security@project.example>');
  await client.say('DATA');
  for (let sent = 0; sent < 20_000_000; sent += 50_000) {
    client.send(`${'x'.repeat(998)}\r\n`.repeat(50));
    if (client.socket.writableNeedDrain) await new Promise((resolve) => client.socket.once('drain', resolve));
  }
  client.send('.\r\n');
  assert.equal(await client.reply(), '552 5.3.4 message larger than 100000 bytes\r\n');
  assert.equal(taken.length, 0);
  assert.match(await client.say('MAIL FROM:<ada@reporter.example>'), /^250 /);
  client.close();
});

test('of a message that never ends no more than the limit is held', async () => {
  const pieces = Readable.from(Array.from({ length: 1_000 }, () => Buffer.alloc(64_000, 'x')));
  let held = 0;
  const body = await readBody(pieces, 1_000_000, room(8_000_000), (bytes) => {
    held += bytes;
  });
  assert.deepEqual(body, { kind: 'too-large' });
  assert.ok(held <= 1_000_000);
});

test('a message of exactly the limit is taken, one byte more is not', async () => {
  const { taken, smtp } = await gateway({ maxBytes: 1_000 });
  for (const [size, code] of [
    [1_000, '250'],
    [1_001, '552'],
  ] as const) {
    const client = await opened(smtp, ['security@project.example']);
    await client.say('DATA');
    client.send(`Subject: x\r\n\r\n${'x'.repeat(size - 16)}\r\n.\r\n`);
    assert.ok((await client.reply()).startsWith(code));
    client.close();
  }
  assert.equal(taken[0]?.raw.length, 1_000);
});

test('451 when messages in progress would need more memory than they share', async () => {
  const { smtp } = await gateway({ maxBytes: 1_000_000, maxSessions: 20 });
  const piece = `${'x'.repeat(998)}\r\n`.repeat(900);
  const clients = await Promise.all(Array.from({ length: 12 }, () => opened(smtp, ['security@project.example'])));
  for (const client of clients) await client.say('DATA');
  for (const client of clients) {
    client.send(piece);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  for (const client of clients) client.send('.\r\n');
  const replies = await Promise.all(clients.map((client) => client.reply()));
  assert.ok(replies.some((reply) => reply.startsWith('451 ')) && replies.some((reply) => reply.startsWith('250 ')));
  for (const client of clients) client.close();
});

test('a sender that goes away in the middle of a message leaves nothing behind', async () => {
  const { taken, lines, smtp } = await gateway();
  const client = await opened(smtp, ['security@project.example']);
  await client.say('DATA');
  client.send('Subject: x\r\n\r\nhalf a');
  await new Promise((resolve) => setTimeout(resolve, 50));
  client.close();
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(taken.length, 0);
  assert.deepEqual(
    lines.map(({ event }) => event),
    ['mail-cut-off'],
  );
});

test('limits: sessions, recipients, command length, idle time, session time', async (t) => {
  await t.test('more sessions than allowed are sent away', async () => {
    const { smtp } = await gateway({ maxSessions: 2 });
    const clients = await Promise.all([rawClient(smtp), rawClient(smtp)]);
    for (const client of clients) await client.reply();
    const third = await rawClient(smtp);
    assert.match(await third.reply(), /^421 /);
    for (const client of [...clients, third]) client.close();
  });
  await t.test('more than a hundred recipients are refused for now', async () => {
    const { smtp } = await gateway();
    const client = await opened(
      smtp,
      Array.from({ length: 100 }, (_, index) => `r${index}@project.example`),
    );
    assert.match(await client.say('RCPT TO:<r100@project.example>'), /^452 /);
    client.close();
  });
  await t.test('an endless command ends the session', async () => {
    const { smtp } = await gateway();
    const client = await rawClient(smtp);
    await client.reply();
    client.send('x'.repeat(10_000));
    assert.match(await client.reply(), /^421 /);
    client.close();
  });
  await t.test('a silent session is closed', async () => {
    const { smtp } = await gateway({ timeouts: { idle: 200, stop: 200 } });
    const client = await rawClient(smtp);
    await client.reply();
    assert.match(await client.reply(), /^421 /);
    client.close();
  });
  await t.test('a session that drips on for ever is closed', async () => {
    const { smtp } = await gateway({ timeouts: { session: 300, stop: 200 } });
    const client = await opened(smtp, ['security@project.example']);
    await client.say('DATA');
    const drip = setInterval(() => client.send('x'), 20);
    assert.match(await client.rest(), /^421 /);
    clearInterval(drip);
  });
});

test('LMTP answers once for each recipient that was accepted, also for a repeated one', async () => {
  const { taken, lmtp } = await gateway();
  const client = await opened(
    lmtp,
    ['security@project.example', 'nobody@elsewhere.example', 'second@project.example', 'security@project.example'],
    'LHLO',
  );
  await client.say('DATA');
  client.send(`${message}.\r\n`);
  for (const _ of [1, 2, 3]) assert.equal(await client.reply(), '250 2.6.0 stored\r\n');
  assert.match(await client.say('NOOP'), /^250 2.0.0 OK/);
  assert.equal(taken.length, 1);
  assert.deepEqual(taken[0]?.envelope.to, ['security@project.example', 'second@project.example']);
  client.close();
});

test('LMTP tells each recipient what became of it: kept, refused or deferred; SMTP defers for all, and otherwise keeps', async () => {
  const outcomes: Readonly<Record<string, Accepted>> = {
    kept: { kind: 'kept', reference: 'r' },
    refused: { kind: 'refused', code: 550, text: 'no reports by mail' },
    deferred: { kind: 'deferred', cause: new Error('the store is away') },
  };
  const { lmtp, smtp } = await gateway({
    accept: async (_, { to }) => to.map((one) => outcomes[one.replace(/@.*/, '').toLowerCase()] ?? { kind: 'kept', reference: 'x' }),
  });
  const send = async (at: { port: number }, to: readonly string[], replies: number) => {
    const client = await opened(
      at,
      to.map((one) => `${one}@project.example`),
      at === lmtp ? 'LHLO' : 'EHLO',
    );
    await client.say('DATA');
    client.send(`${message}.\r\n`);
    const codes: string[] = [];
    for (let read = 0; read < replies; read++) codes.push((await client.reply()).slice(0, 3));
    client.close();
    return codes;
  };
  assert.deepEqual(await send(lmtp, ['refused', 'kept', 'deferred', 'Refused', 'kept'], 5), ['550', '250', '451', '550', '250']);
  assert.deepEqual(await send(smtp, ['refused', 'kept'], 1), ['250']);
  assert.deepEqual(await send(smtp, ['kept', 'refused', 'deferred'], 1), ['451']);
  assert.deepEqual(await send(smtp, ['refused'], 1), ['550']);
});

test('LMTP says every failure once for each recipient', async () => {
  const { lmtp } = await gateway({ accept: () => Promise.reject(new Error('away')) });
  const client = await opened(lmtp, ['security@project.example', 'second@project.example'], 'LHLO');
  await client.say('DATA');
  client.send(`${message}.\r\n`);
  assert.deepEqual(
    [await client.reply(), await client.reply()].map((reply) => reply.slice(0, 9)),
    ['451 4.3.0', '451 4.3.0'],
  );
  await client.say('MAIL FROM:<ada@reporter.example>');
  await client.say('RCPT TO:<security@project.example>');
  await client.say('DATA');
  client.send(`${'x'.repeat(200_000)}\r\n.\r\n`);
  assert.match(await client.reply(), /^552 5.3.4 /);
  assert.match(await client.say('EHLO c'), /^500 /);
  client.close();
});

test('LMTP listens on a socket file, and takes the place of one that a killed process left', async () => {
  const socketPath = join(mkdtempSync(join(tmpdir(), 'daylight-lmtp-')), 'lmtp');
  const leave = `require('node:net').createServer().listen(${JSON.stringify(socketPath)}, () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['-e', leave]);
  assert.ok(statSync(socketPath).isSocket());
  await gateway({ lmtp: { socketPath } });
  assert.equal(statSync(socketPath).mode & 0o777, 0o660);
  const client = await opened({ path: socketPath }, ['security@project.example'], 'LHLO');
  await client.say('DATA');
  client.send(`${message}.\r\n`);
  assert.match(await client.reply(), /^250 /);
  client.close();
});

test('STARTTLS with a key: the session goes on encrypted, and what was said before is forgotten', { skip: openssl() }, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'daylight-tls-'));
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=mail.project.example',
      '-keyout',
      join(dir, 'key'),
      '-out',
      join(dir, 'cert'),
    ],
    { stdio: 'ignore' },
  );
  const { taken, smtp } = await gateway({
    tls: { key: readFileSync(join(dir, 'key'), 'utf8'), cert: readFileSync(join(dir, 'cert'), 'utf8') },
  });
  const client = await opened(smtp, ['security@project.example']);
  assert.match(await client.say('STARTTLS'), /^220 /);
  client.socket.removeAllListeners('data');
  const secure = connectTls({ socket: client.socket, rejectUnauthorized: false });
  const say = (line: string) =>
    new Promise<string>((resolve) => {
      secure.once('data', (bytes) => resolve(bytes.toString()));
      secure.write(`${line}\r\n`);
    });
  await new Promise((resolve) => secure.once('secureConnect', resolve));
  assert.match(await say('DATA'), /^503 /);
  assert.match(await say('EHLO c'), /SIZE/);
  await say('MAIL FROM:<ada@reporter.example>');
  await say('RCPT TO:<security@project.example>');
  await say('DATA');
  assert.match(await say(`${message}.`), /^250 /);
  assert.equal(taken.length, 1);
  secure.destroy();
  client.close();
});

function openssl(): string | false {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'openssl is not installed';
  }
}

test('stopping waits for the message that is being stored', async () => {
  const { smtp, stop } = await gateway({
    timeouts: { stop: 2_000 },
    accept: () => new Promise((resolve) => setTimeout(resolve, 300, [{ kind: 'kept', reference: 'r' }])),
  });
  const client = await opened(smtp, ['security@project.example']);
  await client.say('DATA');
  client.send(`${message}.\r\n`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const stopped = stop();
  assert.match(await client.reply(), /^250 /);
  client.close();
  await stopped;
});
