// SPDX-License-Identifier: Apache-2.0
// The folders of an embedded PostgreSQL, each private to the account that runs it: whoever reaches the socket is trusted.

import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { OutsideFailure } from '../../../ports/failure.ts';
import { type Account, chooseAccount, refuseForeign } from './account.ts';

export interface Place {
  /** Real path of the folder that holds everything below. */
  readonly dataDir: string;
  /** PostgreSQL's own data directory. It appears complete, by one rename, or not at all. */
  readonly cluster: string;
  /** What PostgreSQL says, from this start and those before it. */
  readonly log: string;
  readonly account: Account;
}

/** Port in the socket's file name; nothing listens on the network. */
export const port = 5432;

/** `sun_path` holds 108 bytes on Linux and 104 on macOS, with the closing zero. */
const longestSocketPath = 103;

/** Makes or checks the data folder. @throws OutsideFailure permanent when it is somebody else's, or holds other things. */
export async function preparePlace(path: string): Promise<Place> {
  const wanted = resolve(path);
  const found = await lstat(await realpath(wanted).catch(() => wanted)).catch(() => undefined);
  if (found !== undefined) refuseForeign(found.uid, wanted);
  const entries = found?.isDirectory() ? await readdir(wanted) : [];
  if (found !== undefined) refuseOtherThings(wanted, found.isDirectory(), entries);
  const ownerless = found === undefined || (entries.length === 0 && found.uid === 0 && process.getuid?.() === 0);
  const account = await chooseAccount(ownerless ? undefined : { uid: found.uid, gid: found.gid }, wanted);
  const made = await mkdir(wanted, { recursive: true, mode: 0o700 });
  if (account.kind === 'other' && ownerless) await handOver(made ?? wanted, wanted, account);
  await chmod(wanted, 0o700);
  const dataDir = await realpath(wanted);
  return { dataDir, cluster: join(dataDir, 'cluster'), log: join(dataDir, 'server.log'), account };
}

function refuseOtherThings(path: string, folder: boolean, entries: readonly string[]): void {
  const ours = /^(cluster(-.*)?|socket|lib|server\.log(\.old)?)$/;
  const stranger = entries.find((name) => !ours.test(name));
  if (folder && stranger === undefined) return;
  const reason = folder ? `holds ${stranger}, which is not part of a Daylight database` : 'is not a folder';
  throw new OutsideFailure('permanent', `${path} ${reason}. Name an empty folder, or one that does not exist yet.`);
}

/** Gives `last` and the folders above it, up to `first`, to the account. They were just made, so nobody else is in them. */
async function handOver(first: string, last: string, account: Account): Promise<void> {
  for (let folder = last; folder.length >= first.length; folder = dirname(folder)) {
    await chown(folder, account.uid, account.gid);
  }
}

/** A folder that only the account can enter. @throws OutsideFailure permanent when it exists and is not exactly that. */
export async function privateFolder(path: string, account: Account): Promise<string> {
  const made = await mkdir(path, { mode: 0o700 }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
  if (made && account.kind === 'other') await chown(path, account.uid, account.gid);
  const found = await lstat(path);
  if (found.isDirectory() && found.uid === account.uid && (found.mode & 0o077) === 0) return path;
  throw new OutsideFailure(
    'permanent',
    `${path} must be a folder of uid ${account.uid} with mode 0700, and it is not: somebody else may have made it. Remove it and start again.`,
  );
}

/** A name beside `path` that no other start uses, for a file that is renamed to `path` when it is whole. */
export function freshName(path: string): string {
  return `${path}-${process.pid}-${process.hrtime.bigint()}`;
}

/**
 * Where the socket lives: in the data folder, or, when that path is too long for a socket, in a folder of the system's temporary directory.
 * Its name comes from the data folder and from `identity`, so that a new database in an old place never meets the old one's server.
 */
export function socketFolder(place: Place, identity: string): string {
  const near = join(place.dataDir, 'socket');
  if (fits(near)) return near;
  const mark = createHash('sha256').update(`${place.dataDir}\n${identity}`).digest('hex').slice(0, 20);
  const far = join(tmpdir(), `daylight-${mark}`);
  return fits(far) ? far : join('/tmp', `daylight-${mark}`);
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${port}`)) <= longestSocketPath;
}
