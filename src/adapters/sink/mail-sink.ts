// SPDX-License-Identifier: Apache-2.0
// A mail server on this machine that delivers nothing: every message it takes becomes two files, for the demonstration and for tests that ask who got what, and when.

import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { SMTPConnection, type SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';
import { fromEpoch } from '../../core/model/time.ts';
import type { Clock } from '../../ports/clock.ts';

interface KeptMail {
  /** Name of the files without their endings; ids sort in the order of arrival. */
  readonly id: string;
  /** Null for the null sender. */
  readonly from: string | null;
  readonly to: readonly string[];
  /** When the first RCPT of the transaction came: the moment from which the recipient could know. */
  readonly firstRcpt: string;
  /** When the message was on disk. */
  readonly kept: string;
  /** Bytes of the message. */
  readonly size: number;
}

export interface MailSink {
  readonly port: number;
  /** All messages of the folder, the oldest first, also those of earlier runs. */
  readonly list: () => Promise<readonly KeptMail[]>;
  /** The message as it came. @throws when there is none of this id. */
  readonly read: (id: string) => Promise<Uint8Array>;
  readonly stop: () => Promise<void>;
}

export interface MailSinkOptions {
  readonly dir: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** For the times of arrival; the machine's own when it is left out. */
  readonly clock?: Clock;
}

const idForm = /^\d{8}$/;
const machine: Clock = { now: () => fromEpoch(Date.now()) };

/** Listens on 127.0.0.1 only. @throws when the folder cannot be written or the port is taken. */
export async function startMailSink({ dir, port, clock = machine }: MailSinkOptions): Promise<MailSink> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  let last = Math.max(0, ...(await ids(dir)).map(Number));
  const firstRcpt = new WeakMap<SMTPServerSession['envelope'], string>();
  const server = new PromptServer({
    name: 'sink.localhost',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 500,
    onRcptTo: (_to, session, done) => {
      if (!firstRcpt.has(session.envelope)) firstRcpt.set(session.envelope, clock.now());
      done();
    },
    onData: (stream, session, done) => {
      last += 1;
      const id = String(last).padStart(8, '0');
      keep(dir, id, stream, session, firstRcpt.get(session.envelope) ?? clock.now(), clock).then(() => done(null, `kept as ${id}`), done);
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    list: async () =>
      Promise.all((await ids(dir)).map(async (id) => JSON.parse(await readFile(join(dir, `${id}.json`), 'utf8')) as KeptMail)),
    read: async (id) => {
      if (!idForm.test(id)) throw new RangeError('no such message');
      return readFile(join(dir, `${id}.eml`));
    },
    stop: () => new Promise((done) => server.close(() => done())),
  };
}

/** The library waits 100 ms before each greeting; a story that sends hundreds of mails cannot. */
class PromptServer extends SMTPServer {
  override connect(socket: Socket, options?: SMTPConnectionOptions | null): void {
    const session = new PromptSession(this, socket, options);
    this.connections.add(session);
    session.on('error', () => undefined);
    session.init();
  }
}

class PromptSession extends SMTPConnection {
  override init(): void {
    this._setListeners(() => this.connectionReady());
  }
}

async function ids(dir: string): Promise<readonly string[]> {
  const names = await readdir(dir);
  return names
    .filter((name) => name.endsWith('.json') && idForm.test(name.slice(0, -5)))
    .map((name) => name.slice(0, -5))
    .sort();
}

/** The message first, its envelope last: a message without an envelope was never acknowledged. */
async function keep(
  dir: string,
  id: string,
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
  rcpt: string,
  clock: Clock,
): Promise<void> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  await write(dir, `${id}.eml`, bytes);
  const kept: KeptMail = {
    id,
    from: envelope.mailFrom === false || envelope.mailFrom.address === '' ? null : envelope.mailFrom.address,
    to: envelope.rcptTo.map((to) => to.address),
    firstRcpt: rcpt,
    kept: clock.now(),
    size: bytes.length,
  };
  await write(dir, `${id}.json`, Buffer.from(`${JSON.stringify(kept, null, 2)}\n`));
}

/** A whole file or none: written beside its place, flushed, then renamed, and the folder flushed too. */
async function write(dir: string, name: string, bytes: Uint8Array): Promise<void> {
  const beside = join(dir, `.${name}.part`);
  const file = await open(beside, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, join(dir, name));
  const folder = await open(dir);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
