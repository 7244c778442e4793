// SPDX-License-Identifier: Apache-2.0
// A mail server that misbehaves on purpose, line by line.

import { createServer, type Socket } from 'node:net';
import type { Outside } from './relay.ts';

interface FakeMessage {
  readonly from: string;
  readonly to: readonly string[];
  /** The DATA as it came over the wire, dots still doubled, without the end mark. */
  readonly data: string;
}

export interface FakeMailServer {
  readonly port: number;
  /** Messages that were answered with 250. */
  readonly taken: FakeMessage[];
  /** Every line of the dialogue that came in outside DATA. */
  readonly heard: string[];
  readonly stop: () => Promise<void>;
}

type Step = 'greeting' | 'MAIL' | 'RCPT' | 'data begins' | 'data ends' | 'taken';

/** What is done instead of the usual, at one step of the dialogue: a reply, or the end of the connection. */
const instead: Readonly<Record<Outside, Partial<Record<Step, string | 'drop'>>>> = {
  well: {},
  'busy greeting': { greeting: '421 4.3.2 try later' },
  'defers sender': { MAIL: '451 4.7.1 greylisted <ada@reporter.example>' },
  'defers recipient': { RCPT: '450 4.2.1 <ada@reporter.example> is over quota' },
  'refuses recipient': { RCPT: '550 5.1.1 <ada@reporter.example> does not exist' },
  'defers message': { 'data ends': '452 4.3.1 no space' },
  'refuses message': { 'data ends': '554 5.7.1 looks like spam' },
  'drops in data': { 'data begins': 'drop' },
  'drops after data': { 'data ends': 'drop' },
  'drops after 250': { taken: 'drop' },
  silent: {},
  'not there': {},
};

export async function startFakeMailServer(outside: Outside): Promise<FakeMailServer> {
  const taken: FakeMessage[] = [];
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    if (outside !== 'silent') converse(socket, instead[outside], taken, heard);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    taken,
    heard,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function converse(socket: Socket, odd: Partial<Record<Step, string>>, taken: FakeMessage[], heard: string[]): void {
  let buffer = '';
  let data = false;
  let message: { from: string; to: string[] } = { from: '', to: [] };
  const at = (step: Step, usual: string) => {
    const reply = odd[step] ?? usual;
    if (reply === 'drop') socket.destroy();
    else if (reply !== '') socket.write(`${reply}\r\n`);
    return reply === usual;
  };
  const command = (line: string) => {
    heard.push(line);
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') socket.write('250-fake\r\n250-PIPELINING\r\n250 8BITMIME\r\n');
    else if (verb === 'MAIL') {
      message = { from: line.slice(10), to: [] };
      if (!at('MAIL', '250 2.1.0 ok')) message.from = 'refused';
    } else if (verb === 'RCPT') {
      if (at('RCPT', '250 2.1.5 ok')) message.to.push(/<(.*)>/.exec(line)?.[1] ?? '');
    } else if (verb === 'DATA') {
      if (message.to.length === 0 || message.from === 'refused') socket.write('503 5.5.1 no recipients\r\n');
      else {
        data = true;
        socket.write('354 go ahead\r\n');
      }
    } else socket.write(verb === 'QUIT' ? '221 2.0.0 bye\r\n' : '500 what?\r\n');
  };
  const finish = (end: number) => {
    const body = buffer.slice(0, end + 2);
    buffer = buffer.slice(end + 5);
    data = false;
    if (!at('data ends', '250 2.0.0 taken from <ada@reporter.example>')) return;
    taken.push({ ...message, data: body });
    at('taken', '');
  };
  const read = () => {
    for (;;) {
      if (data) {
        if (odd['data begins'] === 'drop') return void socket.destroy();
        const end = buffer.indexOf('\r\n.\r\n');
        if (end < 0) return;
        finish(end);
      } else {
        const end = buffer.indexOf('\r\n');
        if (end < 0) return;
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        command(line);
      }
    }
  };
  socket.on('data', (bytes) => {
    buffer += bytes.toString('latin1');
    read();
  });
  at('greeting', '220 fake ESMTP');
}
