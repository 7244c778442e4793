// SPDX-License-Identifier: Apache-2.0
// People's own keys, made and used by programs that nobody here wrote: gpg in a home of its own, and sq. Both take the hour of the story for that of the machine.

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PersonKey {
  readonly publicKey: string;
  /** 40 upper-case hexadecimal digits. */
  readonly fingerprint: string;
  /** @throws Error with what the program says when it does not sign. */
  sign(how: 'clearsign' | 'detached', bytes: Uint8Array, at: string): string;
}

export interface Verdict {
  readonly status: number | null;
  readonly said: string;
}

/** Why these tests are skipped; false where both programs are there. */
export const withoutPrograms: string | false =
  ['gpg', 'sq', 'sqv']
    .map((one) => (spawnSync(one, ['--version']).status === 0 ? '' : `${one} is not installed`))
    .find((why) => why !== '') ?? false;

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

function folder(after: (done: () => void) => void): string {
  const made = mkdtempSync(join(tmpdir(), 'daylight-key-'));
  chmodSync(made, 0o700);
  after(() => {
    spawnSync('gpgconf', ['--homedir', made, '--kill', 'all']);
    rmSync(made, { recursive: true, force: true });
  });
  return made;
}

/** `2026-11-02T09:00:00Z` as gpg and sq take it. */
const stamp = (at: string) => at.replaceAll(/[-:]|\.\d+/g, '').replace('Z', '');

const aMinuteAfter = (at: string) => new Date(Date.parse(at) + 60_000).toISOString();

/** @param days after which it ends. */
export function gpgKey(after: (done: () => void) => void, name: string, at: string, days = 1000): PersonKey {
  const home = folder(after);
  const gpg = (when: string, ...args: readonly string[]) =>
    run('gpg', ['--homedir', home, '--batch', '--quiet', '--faked-system-time', stamp(when), '--passphrase', '', ...args]);
  gpg(at, '--quick-generate-key', `${name} <${name}@people.example>`, 'ed25519', 'sign', `${days}d`);
  const publicKey = gpg(at, '--armor', '--export');
  const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(gpg(at, '--with-colons', '--list-keys'))?.[1] ?? '';
  // Its own copy has no end, so that it signs after the end that others know of; said later than the first word, of which only the last counts.
  const freed = { done: false };
  return {
    publicKey,
    fingerprint,
    sign(how, bytes, when) {
      if (!freed.done) gpg(aMinuteAfter(at), '--quick-set-expire', fingerprint, '0');
      freed.done = true;
      const file = join(home, 'document');
      writeFileSync(file, bytes);
      rmSync(`${file}.asc`, { force: true });
      gpg(when, ...(how === 'clearsign' ? ['--clear-sign'] : ['--armor', '--detach-sign']), file);
      return readFileSync(`${file}.asc`, 'utf8');
    },
  };
}

export function sqKey(after: (done: () => void) => void, name: string, at: string): PersonKey {
  const home = folder(after);
  const [secret, certificate, file] = ['secret.pgp', 'certificate.pgp', 'document'].map((one) => join(home, one)) as [
    string,
    string,
    string,
  ];
  run('sq', ['key', 'generate', '--creation-time', stamp(at), '--userid', `${name} <${name}@people.example>`, '--export', secret]);
  run('sq', ['key', 'extract-cert', '--output', certificate, secret]);
  const publicKey = readFileSync(certificate, 'utf8');
  return {
    publicKey: publicKey.slice(publicKey.indexOf('-----BEGIN')).replace(/\n(?:Comment: .*\n)+/, '\n'),
    fingerprint: /Fingerprint: ([0-9A-F]{40})/.exec(run('sq', ['inspect', certificate]))?.[1] ?? '',
    sign(how, bytes, when) {
      writeFileSync(file, bytes);
      return run('sq', [
        'sign',
        '--time',
        stamp(when),
        '--signer-key',
        secret,
        how === 'clearsign' ? '--cleartext-signature' : '--detached',
        file,
      ]);
    },
  };
}

/** What gpg, sq or sqv says of files that are published, with the published keys. */
export function verdicts(after: (done: () => void) => void, keys: string, at: string) {
  const home = folder(after);
  const path = (name: string, bytes: Uint8Array | string) => {
    writeFileSync(join(home, name), bytes);
    return join(home, name);
  };
  const ring = path('key.asc', keys);
  run('gpg', ['--homedir', home, '--batch', '--quiet', '--faked-system-time', stamp(at), '--import', ring]);
  const ask = (program: string, args: readonly string[]): Verdict => {
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    return { status, said: `${stdout}${stderr}` };
  };
  const gpg = ['--homedir', home, '--batch', '--faked-system-time', stamp(at), '--verify'];
  return {
    clear: (text: string) => {
      const file = path('clear.txt', text);
      return { gpg: ask('gpg', [...gpg, file]), sq: ask('sq', ['verify', '--signer-cert', ring, file]) };
    },
    detached: (bytes: Uint8Array, signature: string) => {
      const [file, apart] = [path('file', bytes), path('file.asc', signature)];
      return { gpg: ask('gpg', [...gpg, apart, file]), sqv: ask('sqv', ['--keyring', ring, apart, file]) };
    },
  };
}
