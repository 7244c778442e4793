// SPDX-License-Identifier: Apache-2.0
// What every signer must do: anybody with the published key and a common verifier can check what it signed (VMT-44).

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Signer } from '../../src/ports/signer.ts';

/** Texts that clear-signing has got wrong somewhere. */
export const awkward: readonly (readonly [string, string])[] = [
  ['plain lines', 'one\ntwo\n'],
  ['no final line end', 'one\ntwo'],
  ['empty lines at the end', 'one\n\n\n'],
  ['nothing', ''],
  ['one line end', '\n'],
  ['blanks at line ends', 'one  \ntwo\t\n \nthree\n'],
  ['dashes', '- one\n-- \n-----BEGIN PGP MESSAGE-----\n--two\n'],
  ['From and dots', 'From here\n.\n..\nFrom there\n'],
  ['other alphabets', 'Überlauf – 報告 😀\n'],
  ['a carriage return inside', 'one\rtwo\n'],
  ['a long line', `${'x'.repeat(2_000)}\n`],
];

const gpg = gpgInstalled();

/** Registers the suite. `signer` signs at `at`, an instant that may lie far from the machine's clock. */
export function signerContract(name: string, signer: () => Promise<Signer>, at: string): void {
  test(`signer ${name}: the fingerprint has 40 upper-case digits and belongs to the published key`, { skip: gpg }, async () => {
    const { fingerprint, publicKey } = await signer();
    assert.match(fingerprint, /^[0-9A-F]{40}$/);
    const home = gpgHome(publicKey, at);
    assert.match(run(home, at, ['--list-keys', '--with-colons']), new RegExp(`^fpr:+${fingerprint}:`, 'm'));
  });

  for (const [what, text] of awkward) {
    test(`VMT-44 signer ${name}: gpg verifies clear-signed ${what}, and its text is the text`, { skip: gpg }, async () => {
      const { clearsign, publicKey } = await signer();
      const signed = await clearsign(text);
      assert.doesNotMatch(signed, /\r\n/);
      assert.ok(signed.startsWith('-----BEGIN PGP SIGNED MESSAGE-----\n') && signed.endsWith('-----END PGP SIGNATURE-----\n'));
      const home = gpgHome(publicKey, at);
      const file = join(home, 'signed.asc');
      writeFileSync(file, signed);
      run(home, at, ['--verify', file]);
      // RFC 9580 section 7.2: blanks at line ends are not signed; and the reader sees one line end at the end.
      const shown = run(home, at, ['--decrypt', file]);
      assert.equal(comparable(shown), comparable(text));
    });
  }

  test(`VMT-44 signer ${name}: gpg verifies a detached signature over exactly these bytes, and over no others`, { skip: gpg }, async () => {
    const { detach, publicKey } = await signer();
    const bytes = Uint8Array.from({ length: 5_000 }, (_, index) => (index * 7) % 256);
    const home = gpgHome(publicKey, at);
    const file = join(home, 'bytes');
    writeFileSync(`${file}.asc`, await detach(bytes));
    writeFileSync(file, bytes);
    run(home, at, ['--verify', `${file}.asc`, file]);
    writeFileSync(file, bytes.with(100, 0xff));
    assert.throws(() => run(home, at, ['--verify', `${file}.asc`, file]), /BAD signature/);
  });

  test(`VMT-44 signer ${name}: the signature carries the instant it was given, not the machine's`, { skip: gpg }, async () => {
    const { detach, publicKey } = await signer();
    const home = gpgHome(publicKey, at);
    const file = join(home, 'x');
    writeFileSync(file, 'x');
    writeFileSync(`${file}.asc`, await detach(Buffer.from('x')));
    const status = run(home, at, ['--status-fd', '1', '--verify', `${file}.asc`, file]);
    assert.match(status, new RegExp(`VALIDSIG [0-9A-F]{40} \\S+ ${Date.parse(at) / 1_000} `));
  });
}

function comparable(text: string): string {
  return text
    .split(/\r\n|\n/)
    .map((line) => line.replace(/[ \t\r]+$/, ''))
    .join('\n')
    .replace(/\n+$/, '');
}

/** A fresh key ring with this one key. Homes are short-lived folders; no agent is started, since nothing secret is in them. */
export function gpgHome(publicKey: string, at: string): string {
  const home = mkdtempSync(join(tmpdir(), 'daylight-gpg-'));
  const file = join(home, 'key.asc');
  writeFileSync(file, publicKey);
  run(home, at, ['--quiet', '--import', file]);
  return home;
}

/** gpg calls a signature from the future bad, so it is told the time at which the story plays, a day on. @throws with what gpg said. */
export function run(home: string, at: string, args: readonly string[]): string {
  const later = new Date(Date.parse(at) + 86_400_000).toISOString().replaceAll(/[-:]|\.\d+Z/g, '');
  const done = spawnSync('gpg', ['--homedir', home, '--batch', '--no-autostart', '--faked-system-time', later, ...args], {
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout;
}

export function gpgInstalled(): string | false {
  return spawnSync('gpg', ['--version']).status === 0 ? false : 'gpg is not installed';
}
