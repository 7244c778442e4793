// SPDX-License-Identifier: Apache-2.0
// Programs that nobody here wrote: a mail client, OpenPGP, an XML parser. Tests that need one skip with its name where it is missing.

import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** False when all are installed, else the reason to skip. */
export function missing(...programs: readonly string[]): string | false {
  const absent = programs.filter((program) => !installed(program));
  return absent.length === 0 ? false : `not installed: ${absent.join(', ')}`;
}

function installed(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export interface ClientMail {
  readonly port: number;
  /** Name and address as the header says them. */
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

/** Sends by swaks. @returns its transcript. @throws when the server does not take the message. */
export async function swaks({ port, from, to, subject, body }: ClientMail): Promise<string> {
  const envelope = ['--from', /<(.+)>/.exec(from)?.[1] ?? from, '--to', to];
  const message = ['--header', `From: ${from}`, '--header', `Subject: ${subject}`, '--body', body];
  const { stdout } = await run('swaks', ['--server', '127.0.0.1', '--port', String(port), ...envelope, ...message]);
  return stdout;
}

/** A key ring of its own that holds one key; its clock is set, because a signature of tomorrow is none today. */
export function keyRing(publicKey: string): {
  /** What gpg says of a clear-signed text. @throws when the signature is not good. */
  clear(text: string, at: Date): Promise<string>;
  /** @throws when the signature is not good. */
  detached(bytes: Uint8Array, signature: string, at: Date): Promise<string>;
  remove(): void;
} {
  const home = mkdtempSync(join(tmpdir(), 'gpg-'));
  const file = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(home, name), content);
    return join(home, name);
  };
  const gpg = async (at: Date, ...words: readonly string[]) => {
    const clock = `${at.toISOString().replace(/[-:]|\.\d+Z$/g, '')}!`;
    const { stderr } = await run('gpg', ['--batch', '--no-autostart', '--homedir', home, '--faked-system-time', clock, ...words]);
    return stderr;
  };
  const key = file('key.asc', publicKey);
  const imported = (at: Date) => gpg(at, '--import', key);
  return {
    clear: async (text, at) => {
      await imported(at);
      return gpg(at, '--verify', file('clear.asc', text));
    },
    detached: async (bytes, signature, at) => {
      await imported(at);
      return gpg(at, '--verify', file('signature.asc', signature), file('signed', bytes));
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** @throws when the document is not well-formed. */
export async function xmllint(document: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'xml-'));
  try {
    writeFileSync(join(folder, 'document.xml'), document);
    await run('xmllint', ['--noout', '--nonet', join(folder, 'document.xml')]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
