// SPDX-License-Identifier: Apache-2.0
// The world around a program that is killed: a relay that takes its mail, and clients that never give up and remember what they were told.

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A message that the relay has taken. */
export interface Arrival {
  readonly messageId: string;
  readonly to: string;
  readonly message: string;
  /** When the first RCPT of it came, and when its 250 left; `performance.now()`. */
  readonly named: number;
  readonly taken: number;
}

export interface Relay {
  readonly port: number;
  readonly arrivals: readonly Arrival[];
  stop(): Promise<void>;
}

/** A mail server that takes everything. `look` sees a message before its 250. */
export async function startRelay(look: (to: string, message: string) => Promise<void>): Promise<Relay> {
  const arrivals: Arrival[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    void session(socket, look, arrivals).catch(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    arrivals,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The little of RFC 5321 that a relay behind our own client needs. */
async function session(socket: Socket, look: (to: string, message: string) => Promise<void>, arrivals: Arrival[]): Promise<void> {
  let to = '';
  let named = 0;
  let message: string[] | undefined;
  socket.write('220 relay.example\r\n');
  for await (const line of linesOf(socket)) {
    if (message === undefined) {
      const command = line.slice(0, 4).toUpperCase();
      if (command === 'RCPT') {
        to = /<(.*)>/.exec(line)?.[1] ?? '';
        named = performance.now();
      }
      if (command === 'DATA') message = [];
      socket.write(command === 'DATA' ? '354 go on\r\n' : command === 'QUIT' ? '221 bye\r\n' : '250 relay.example\r\n');
    } else if (line !== '.') message.push(line.startsWith('.') ? line.slice(1) : line);
    else {
      const text = message.join('\n');
      message = undefined;
      await look(to, text);
      const messageId = /^message-id: *(.*)$/im.exec(text)?.[1] ?? '';
      if (socket.write('250 kept\r\n') || !socket.destroyed)
        arrivals.push({ messageId, to, message: text, named, taken: performance.now() });
    }
  }
}

async function* linesOf(socket: Socket): AsyncGenerator<string> {
  let rest = '';
  for await (const bytes of socket) {
    const lines = (rest + (bytes as Buffer).toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: stories read what the API answers, whose shape they assert.
  readonly body: any;
}

/** One request; undefined when no whole answer came. */
export async function ask(
  url: string,
  options: { readonly headers?: Record<string, string>; readonly body?: object; readonly patience?: number } = {},
): Promise<Answer | undefined> {
  try {
    const answer = await fetch(url, {
      method: options.body === undefined ? 'GET' : 'POST',
      headers: { ...(options.body === undefined ? {} : { 'Content-Type': 'application/json' }), ...options.headers },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      signal: AbortSignal.timeout(options.patience ?? 30_000),
    });
    const text = await answer.text();
    return { status: answer.status, body: /^[[{]/.test(text) ? JSON.parse(text) : text };
  } catch {
    return undefined;
  }
}

export type MailDoor = { readonly port: number } | { readonly path: string };

/**
 * Hands one message over, by LMTP where the door is a socket file. `raw` is ASCII and ends with CRLF.
 * @returns the last reply's code, or undefined when the line was lost before it
 */
export async function mail(door: MailDoor, to: string, raw: string, patience = 30_000): Promise<number | undefined> {
  const socket = connect('port' in door ? { ...door, host: '127.0.0.1' } : door);
  socket.setTimeout(patience, () => socket.destroy());
  socket.on('error', () => undefined);
  const hello = 'port' in door ? 'EHLO' : 'LHLO';
  const say = [
    `${hello} reporter.example`,
    'MAIL FROM:<ada@reporter.example>',
    `RCPT TO:<${to}>`,
    'DATA',
    `${raw.replaceAll(/^\./gm, '..')}.`,
  ];
  let code: number | undefined;
  try {
    for await (const line of linesOf(socket)) {
      if (line[3] === '-') continue;
      code = Number(line.slice(0, 3));
      const next = code < 400 ? say.shift() : undefined;
      if (next === undefined) break;
      code = undefined;
      socket.write(`${next}\r\n`);
    }
  } catch {
    // The line broke: what was not answered is not known.
    return undefined;
  } finally {
    socket.destroy();
  }
  return code;
}
