// SPDX-License-Identifier: Apache-2.0
// The signer contract against OpenPGP keys made here, and clear-signed mail that gpg verifies after its journey.

import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { generateProjectKey, openpgpSigner, type ProjectKey } from '../../src/adapters/openpgp/signer.ts';
import { startMailSink } from '../../src/adapters/sink/mail-sink.ts';
import { smtpRelay } from '../../src/adapters/smtp/relay.ts';
import { instant } from '../../src/core/model/time.ts';
import { parse } from '../../src/mail/parse.ts';
import { OutsideFailure } from '../../src/ports/failure.ts';
import { outgoing } from './relay.ts';
import { awkward, gpgHome, gpgInstalled, run, signerContract } from './signer.ts';

const made = '2031-01-01T00:00:00.000Z';
const at = '2031-03-02T10:00:00.000Z';
const clock = (now: string) => ({ now: () => instant(now) });
const options = { name: 'Libvirt Security', email: 'security@project.example', now: made, expiresAfterDays: 730 };

let kept: Promise<ProjectKey> | undefined;
const key = () => (kept ??= generateProjectKey(options));
const signer = async (now = at) => openpgpSigner({ privateKeyArmored: (await key()).privateKeyArmored, clock: clock(now) });

signerContract('openpgp', () => signer(), at);

test('a project key is version 4 and expires when it was told to', { skip: gpgInstalled() }, async () => {
  const { publicKeyArmored, fingerprint } = await key();
  const listed = run(gpgHome(publicKeyArmored, at), at, ['--list-keys', '--with-colons']);
  const [, , , algorithm, , created, expires] = /^pub:.*$/m.exec(listed)?.[0].split(':') ?? [];
  assert.equal(algorithm, '22');
  assert.equal(Number(created), Date.parse(made) / 1_000);
  assert.equal(Number(expires) - Number(created), 730 * 86_400);
  assert.match(listed, /^uid:.*Libvirt Security <security@project.example>/m);
  assert.equal((await signer()).fingerprint, fingerprint);
});

test('a key with a passphrase signs with it and not without', async () => {
  const locked = await generateProjectKey({ ...options, passphrase: 'correct horse' });
  const open = await openpgpSigner({ privateKeyArmored: locked.privateKeyArmored, passphrase: 'correct horse', clock: clock(at) });
  assert.match(await open.clearsign('x\n'), /BEGIN PGP SIGNATURE/);
  for (const passphrase of [undefined, 'wrong']) {
    await assert.rejects(
      openpgpSigner({ privateKeyArmored: locked.privateKeyArmored, ...(passphrase === undefined ? {} : { passphrase }), clock: clock(at) }),
      permanent,
    );
  }
});

test('a key that has expired, is not born yet, or is no key cannot sign', async () => {
  for (const now of ['2034-01-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z'])
    await assert.rejects((await signer(now)).clearsign('x\n'), permanent);
  await assert.rejects(openpgpSigner({ privateKeyArmored: 'no key', clock: clock(at) }), permanent);
  await assert.rejects(openpgpSigner({ privateKeyArmored: (await key()).publicKeyArmored, clock: clock(at) }), permanent);
});

test('VMT-44 a clear-signed mail still verifies as it arrives', { skip: gpgInstalled() }, async () => {
  const sink = await startMailSink({ dir: mkdtempSync(join(tmpdir(), 'daylight-sink-')), port: 0, clock: clock(at) });
  after(() => sink.stop());
  const relay = smtpRelay({ host: '127.0.0.1', port: sink.port, name: 'daylight.example' });
  const { clearsign, publicKey } = await signer();
  const home = gpgHome(publicKey, at);
  // A lone carriage return is no line of mail: whoever reads it as text sees a line end.
  for (const [what, text] of awkward.filter(([, words]) => !words.includes('\r'))) {
    await relay.send({ ...outgoing, text: await clearsign(text) });
    const mail = await parse(await sink.read((await sink.list()).at(-1)?.id ?? ''));
    assert.equal(mail.pgp, 'inline-signed');
    const file = join(home, 'arrived.asc');
    writeFileSync(file, mail.text);
    assert.doesNotThrow(() => run(home, at, ['--verify', file]), what);
  }
});

function permanent(failure: unknown): boolean {
  assert.ok(failure instanceof OutsideFailure);
  assert.doesNotMatch(failure.message, /BEGIN|correct horse/);
  return failure.lasting === 'permanent';
}
