// SPDX-License-Identifier: Apache-2.0
// A raw SMTP client for tests: it sends exactly the bytes it is told to, also the wrong ones.

import { connect, type Socket } from 'node:net';

export interface RawClient {
  readonly socket: Socket;
  /** Sends bytes as they are; strings as Latin-1. */
  readonly send: (bytes: string | Uint8Array) => void;
  /** The next whole reply, all its lines. Rejects when the line is closed or nothing comes within two seconds. */
  readonly reply: () => Promise<string>;
  /** Sends a line and returns the reply to it. */
  readonly say: (line: string) => Promise<string>;
  /** All that arrives until the other side closes the line. */
  readonly rest: () => Promise<string>;
  readonly close: () => void;
}

export async function rawClient(to: { readonly port: number } | { readonly path: string }): Promise<RawClient> {
  const socket = connect('port' in to ? { ...to, host: '127.0.0.1' } : to);
  let received = '';
  let closed = false;
  let wake: () => void = () => undefined;
  socket.on('data', (bytes) => {
    received += bytes.toString('latin1');
    wake();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed = true;
    wake();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });

  const changed = (milliseconds: number) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no reply, only ${JSON.stringify(received)}`)), milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const send = (bytes: string | Uint8Array) => void socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  const reply = async () => {
    for (;;) {
      const whole = /^(?:\d{3}-.*\r\n)*\d{3}(?: .*)?\r\n/.exec(received)?.[0];
      if (whole !== undefined) {
        received = received.slice(whole.length);
        return whole;
      }
      if (closed) throw new Error(`closed after ${JSON.stringify(received)}`);
      await changed(2_000);
    }
  };
  return {
    socket,
    send,
    reply,
    say: (line) => {
      send(`${line}\r\n`);
      return reply();
    },
    rest: async () => {
      while (!closed) await changed(5_000);
      return received;
    },
    close: () => socket.destroy(),
  };
}

/** A client that has said hello and named `to` as the recipient. */
export async function opened(
  at: { readonly port: number } | { readonly path: string },
  to: readonly string[],
  hello = 'EHLO',
): Promise<RawClient> {
  const client = await rawClient(at);
  await client.reply();
  await client.say(`${hello} client.example`);
  await client.say('MAIL FROM:<ada@reporter.example>');
  for (const recipient of to) await client.say(`RCPT TO:<${recipient}>`);
  return client;
}
