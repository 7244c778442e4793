// SPDX-License-Identifier: Apache-2.0
// The relay contract against SMTP servers that misbehave, and against the relay that sends nothing.

import { createServer } from 'node:net';
import { after } from 'node:test';
import { memoryRelay } from '../../src/adapters/sink/memory-relay.ts';
import { smtpRelay } from '../../src/adapters/smtp/relay.ts';
import { OutsideFailure } from '../../src/ports/failure.ts';
import { startFakeMailServer } from './fake-mail-server.ts';
import { type Outside, relayContract } from './relay.ts';

const timeouts = { connect: 1_000, idle: 1_000, whole: 3_000 };

relayContract('smtp', async (outside) => {
  if (outside === 'not there') {
    const port = await freePort();
    return { relay: smtpRelay({ host: '127.0.0.1', port, name: 'daylight.example', timeouts }), taken: () => [], disturbed: () => false };
  }
  const server = await startFakeMailServer(outside);
  after(() => server.stop());
  return {
    relay: smtpRelay({ host: '127.0.0.1', port: server.port, name: 'daylight.example', timeouts }),
    taken: () => server.taken.map(({ to }) => to),
    disturbed: () => server.heard.length > 0,
  };
});

// The memory relay has no line to lose: it is told what came of the attempt.
const refusals: readonly Outside[] = ['refuses recipient', 'refuses message'];
const successes: readonly Outside[] = ['well', 'drops after 250'];

relayContract('memory', async (outside) => {
  const relay = memoryRelay(() => {
    if (!successes.includes(outside)) throw new OutsideFailure(refusals.includes(outside) ? 'permanent' : 'temporary', 'relay: refused');
  });
  return { relay, taken: () => relay.sent.map(({ to }) => [to.address]), disturbed: () => relay.sent.length > 0 };
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
