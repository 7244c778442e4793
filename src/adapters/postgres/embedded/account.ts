// SPDX-License-Identifier: Apache-2.0
// Decides as whom PostgreSQL runs: it refuses to run as root, and Daylight may be root.

import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OutsideFailure } from '../../../ports/failure.ts';

/**
 * `self`: an ordinary user, as it is. `namespace`: root, which a user namespace shows to PostgreSQL as uid 1000, so the files stay root's.
 * `other`: root gives up its rights for `uid` and `gid`, to whom the files belong. `uid` is always the owner of the files on disk.
 */
export interface Account {
  readonly kind: 'self' | 'namespace' | 'other';
  readonly uid: number;
  readonly gid: number;
}

/** How one of PostgreSQL's programs is run as `account`. */
export interface Command {
  readonly program: string;
  readonly words: readonly string[];
  readonly identity: { readonly uid?: number; readonly gid?: number };
}

const namespaceWords = ['--user', '--map-user=1000', '--map-group=1000', '--'];

/** Nothing of our own environment reaches PostgreSQL: `PGOPTIONS`, `LANG` and secrets stay here. */
export const bareEnvironment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
} as const;

export function asAccount(account: Account, program: string, words: readonly string[]): Command {
  if (account.kind === 'namespace') return { program: 'unshare', words: [...namespaceWords, program, ...words], identity: {} };
  if (account.kind === 'other') return { program, words, identity: { uid: account.uid, gid: account.gid } };
  return { program, words, identity: {} };
}

/** @throws OutsideFailure permanent when an ordinary user asks for files of somebody else. */
export function refuseForeign(owner: number, path: string): void {
  const uid = process.getuid?.();
  if (uid === 0 || uid === owner) return;
  throw new OutsideFailure(
    'permanent',
    `The data folder ${path} belongs to uid ${owner}, and this process is uid ${uid}. Run Daylight as its owner, or name another folder.`,
  );
}

/** The account for files that belong to `owner`, or for files yet to be made when there is none. @throws OutsideFailure permanent. */
export async function chooseAccount(owner: { readonly uid: number; readonly gid: number } | undefined, path: string): Promise<Account> {
  const uid = process.getuid?.();
  const gid = process.getgid?.();
  if (uid === undefined || gid === undefined) {
    throw new OutsideFailure(
      'permanent',
      'The embedded PostgreSQL does not run on this system. Set DATABASE_URL to a PostgreSQL 15 or newer.',
    );
  }
  if (uid !== 0) return { kind: 'self', uid, gid };
  if (owner !== undefined && owner.uid !== 0) return { kind: 'other', ...owner };
  if (await namespacesWork()) return { kind: 'namespace', uid, gid };
  if (owner !== undefined) throw rootOwned(path);
  return { kind: 'other', ...(await nobody()) };
}

function rootOwned(path: string): OutsideFailure {
  return new OutsideFailure(
    'permanent',
    `The database in ${path} belongs to root. PostgreSQL refuses to run as root, and user namespaces do not work here. ` +
      `Run Daylight as an ordinary user, or give the folder to one (chown -R nobody ${path}), or set DATABASE_URL.`,
  );
}

function namespacesWork(): Promise<boolean> {
  return new Promise((settle) => {
    const trial = spawn('unshare', [...namespaceWords, 'true'], { env: bareEnvironment, stdio: 'ignore' });
    trial.once('error', () => settle(false));
    trial.once('exit', (code) => settle(code === 0));
  });
}

async function nobody(): Promise<{ uid: number; gid: number }> {
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(accounts) ?? [];
  return { uid: Number(uid ?? 65534), gid: Number(gid ?? 65534) };
}

/** The outermost folder above `path` that does not let the account through; groups are not looked at, for it is in none. */
export function closedFolder(path: string, account: Account): string | undefined {
  const folder = dirname(path);
  const outer = folder === path ? undefined : closedFolder(folder, account);
  if (outer !== undefined) return outer;
  const { mode, uid } = statSync(folder);
  return (mode & (uid === account.uid ? 0o100 : 0o001)) === 0 ? folder : undefined;
}
