// SPDX-License-Identifier: Apache-2.0
// The proof of the sender, with a DNS of our own.

import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { proveSender, type Resolver } from '../../src/mail/proof.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const zone: Readonly<Record<string, string>> = {
  'TXT reporter.example': 'v=spf1 ip4:192.0.2.7 -all',
  'TXT s1._domainkey.reporter.example': `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`,
  'TXT _dmarc.reporter.example': 'v=DMARC1; p=reject',
};
const asked: string[] = [];
const resolver: Resolver = async (name, type) => {
  asked.push(`${type} ${name}`);
  const text = zone[`${type} ${name}`];
  if (text === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
  return [[text]];
};
const text =
  'From: Ada <ada@reporter.example>\r\nTo: security@project.example\r\nSubject: x\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\nMessage-ID: <1@reporter.example>\r\n\r\nhello\r\n';

async function signed(): Promise<Buffer> {
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const by = { signingDomain: 'reporter.example', selector: 's1', privateKey: key };
  const { signatures } = await dkimSign(Buffer.from(text), { ...by, signatureData: [by] });
  return Buffer.from(signatures + text);
}

const own = { address: '192.0.2.7', helo: 'mx.reporter.example' };

test('a signed mail from its own server passes all three', async () => {
  assert.deepEqual(await proveSender(await signed(), 'ada@reporter.example', own, resolver), {
    spf: 'pass',
    dkim: [{ domain: 'reporter.example', result: 'pass' }],
    dmarc: 'pass',
  });
});

test('a signed mail through our own server passes without SPF', async () => {
  assert.deepEqual(await proveSender(await signed(), 'ada@reporter.example', undefined, resolver), {
    spf: null,
    dkim: [{ domain: 'reporter.example', result: 'pass' }],
    dmarc: 'pass',
  });
});

test('L-46 a forged sender fails', async () => {
  const forged = await proveSender(Buffer.from(text), 'ada@reporter.example', { address: '203.0.113.9', helo: 'evil.example' }, resolver);
  assert.deepEqual(forged, { spf: 'fail', dkim: [], dmarc: 'fail' });
});

test('a changed body fails its signature', async () => {
  const changed = Buffer.from((await signed()).toString().replace('hello', 'hullo'));
  const proof = await proveSender(changed, 'ada@reporter.example', undefined, resolver);
  assert.equal(proof?.dkim.length, 1);
  assert.notEqual(proof?.dkim[0]?.result, 'pass');
  assert.equal(proof?.dmarc, 'fail');
});

test('a mail that is none proves nothing, and a resolver that only fails is no error', async () => {
  const broken: Resolver = () => Promise.reject(Object.assign(new Error('timeout'), { code: 'ETIMEOUT' }));
  const proof = await proveSender(Buffer.from('\u0000\u0000'), null, own, broken);
  assert.equal(proof?.dmarc ?? null, null);
  assert.deepEqual(proof?.dkim ?? [], []);
});
