// SPDX-License-Identifier: Apache-2.0
// The gateway and a mail client that nobody here wrote.

import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { startMailGateway } from '../../src/mail/gateway.ts';
import { parse } from '../../src/mail/parse.ts';

const skip = installed() ? false : 'swaks is not installed';

for (const protocol of ['ESMTP', 'LMTP'] as const) {
  test(`swaks delivers a message with an attachment by ${protocol}`, { skip }, async () => {
    const raws: Uint8Array[] = [];
    const gateway = await startMailGateway({
      smtp: { host: '127.0.0.1', port: 0 },
      lmtp: { port: 0 },
      maxBytes: 1_000_000,
      recipientKnown: (address) => address.endsWith('@project.example'),
      accept: async (raw, { to }) => {
        raws.push(raw);
        return to.map(() => ({ kind: 'kept', reference: 'r' }));
      },
      log: () => undefined,
      timeouts: { stop: 200 },
    });
    after(() => gateway.stop());
    const port = protocol === 'LMTP' ? gateway.ports.lmtp : gateway.ports.smtp;
    const message = [
      '--from',
      'ada@reporter.example',
      '--to',
      'security@project.example,second@project.example',
      '--header',
      'Subject: from swaks',
      '--body',
      'hello',
      '--attach',
      '@/proc/self/comm',
    ];
    await promisify(execFile)('swaks', ['--server', '127.0.0.1', '--port', String(port), '--protocol', protocol, ...message]);
    assert.equal(raws.length, 1);
    const mail = await parse(raws[0] ?? new Uint8Array());
    assert.equal(mail.subject, 'from swaks');
    assert.equal(mail.attachments.length, 1);
    await assert.rejects(
      promisify(execFile)('swaks', [
        '--server',
        '127.0.0.1',
        '--port',
        String(port),
        '--protocol',
        protocol,
        '--from',
        'a@b.example',
        '--to',
        'nobody@elsewhere.example',
      ]),
      (refused: { stdout?: string }) => /550 5\.1\.1 no such recipient/.test(refused.stdout ?? ''),
    );
  });
}

function installed(): boolean {
  try {
    execFileSync('swaks', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
