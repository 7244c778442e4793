// SPDX-License-Identifier: Apache-2.0
// Makes a database cluster, complete or not at all, and says which cluster a folder holds.

import { spawn } from 'node:child_process';
import { open, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { OutsideFailure } from '../../../ports/failure.ts';
import { asAccount, bareEnvironment, closedFolder } from './account.ts';
import { freshName, type Place, privateFolder } from './place.ts';
import type { Programs } from './programs.ts';

export const superuser = 'daylight_superuser';

/** The cluster's own number (`pg_control`, first field) in hexadecimal, or nothing when there is no cluster yet. */
export async function clusterIdentity(cluster: string): Promise<string | undefined> {
  const control = await readFile(join(cluster, 'global', 'pg_control')).catch(() => undefined);
  return control?.subarray(0, 8).toString('hex');
}

/** What PostgreSQL's programs find in their environment: the libraries that the package does not name rightly, and nothing of ours. */
export async function serverEnvironment(place: Place, programs: Programs): Promise<Record<string, string>> {
  if (programs.missingLinks.length === 0) return { ...bareEnvironment };
  const folder = await privateFolder(join(place.dataDir, 'lib'), place.account);
  for (const { name, file } of programs.missingLinks) {
    const fresh = freshName(join(folder, name));
    await symlink(file, fresh);
    await rename(fresh, join(folder, name));
  }
  // A library loaded by its link looks for its own needs beside the link, so the package's folder is named too.
  const libraries = `${folder}:${programs.libraries}`;
  return { ...bareEnvironment, LD_LIBRARY_PATH: libraries, DYLD_LIBRARY_PATH: libraries };
}

/** Makes the cluster when there is none. `sync` false leaves out the wait for the disk. @throws OutsideFailure permanent. */
export async function ensureCluster(place: Place, programs: Programs, environment: Record<string, string>, sync: boolean): Promise<void> {
  const version = await readFile(join(place.cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) return makeCluster(place, programs, environment, sync);
  if (version.trim() === programs.major) return;
  throw new OutsideFailure(
    'permanent',
    `${place.dataDir} holds a database of PostgreSQL ${version.trim()}, and this Daylight carries PostgreSQL ${programs.major}. ` +
      'Make a backup with the Daylight that wrote it, and restore it into a new folder.',
  );
}

async function makeCluster(place: Place, programs: Programs, environment: Record<string, string>, sync: boolean): Promise<void> {
  await clearAbandoned(place.dataDir);
  const fresh = freshName(place.cluster);
  const words = [`--pgdata=${fresh}`, `--username=${superuser}`, '--auth-local=trust', '--auth-host=reject', '--encoding=UTF8'];
  words.push('--locale-provider=libc', '--locale=C', '--data-checksums', '--no-instructions', ...(sync ? [] : ['--no-sync']));
  await run(place, programs.initdb, words, environment);
  // When another process was faster, the name is taken by a full folder: its cluster stands, and this one goes.
  await rename(fresh, place.cluster).catch(async (error: NodeJS.ErrnoException) => {
    await rm(fresh, { recursive: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
  if (sync) await flushed(place.dataDir);
}

/** Takes away what an interrupted start left an hour ago or earlier. */
async function clearAbandoned(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const path = join(dataDir, name);
    const { ctime } = await stat(path);
    if (name.startsWith('cluster-') && performance.timeOrigin + performance.now() - ctime.getTime() > 3_600_000) {
      await rm(path, { recursive: true });
    }
  }
}

async function flushed(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}

/** Runs one of PostgreSQL's programs to its end. @throws OutsideFailure permanent, with its last words. */
function run(place: Place, program: string, words: readonly string[], environment: Record<string, string>): Promise<void> {
  const command = asAccount(place.account, program, words);
  return new Promise((settle, refuse) => {
    const child = spawn(command.program, command.words, {
      ...command.identity,
      cwd: place.dataDir,
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('error', (cause) => refuse(failed(place, program, cause.message)));
    child.once('close', (code) => (code === 0 ? settle() : refuse(failed(place, program, said.trim().slice(-2000)))));
  });
}

function failed({ account, dataDir }: Place, program: string, said: string): OutsideFailure {
  const closed = account.kind === 'other' ? (closedFolder(dataDir, account) ?? closedFolder(program, account)) : undefined;
  const reason = closed === undefined ? said || 'it said nothing' : `uid ${account.uid} may not pass through ${closed}`;
  const advice = account.kind === 'self' ? 'Set' : 'Choose places that it can reach, run Daylight as an ordinary user, or set';
  return new OutsideFailure(
    'permanent',
    `PostgreSQL's program ${program} failed: ${reason}. ${advice} DATABASE_URL to use another PostgreSQL.`,
  );
}
