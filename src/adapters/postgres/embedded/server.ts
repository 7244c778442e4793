// SPDX-License-Identifier: Apache-2.0
// Reaches the one server of a cluster: joins it when it runs, waits while it recovers, starts it when nobody has. Never two on one cluster.

import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { type FileHandle, open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { OutsideFailure } from '../../../ports/failure.ts';
import { asAccount } from './account.ts';
import { knock, type Lease } from './lease.ts';
import { freshName, type Place, port, privateFolder } from './place.ts';
import { endServer, endStrays, type Postmaster, readPostmaster } from './postmaster.ts';
import type { Programs } from './programs.ts';
import { configuration } from './settings.ts';

export interface Wanted {
  readonly place: Place;
  readonly programs: Programs;
  readonly environment: Record<string, string>;
  /** Where a new server puts its socket; one that runs already keeps its own. */
  readonly socketFolder: string;
  readonly settings: Readonly<Record<string, string>>;
  /** How long recovery after a crash, or a silent server, is waited for, in milliseconds. */
  readonly patience: number;
  readonly log: (line: string) => void;
}

export interface Reached {
  readonly lease: Lease;
  readonly socketFolder: string;
}

const longestLog = 1_048_576;
const mostStarts = 3;

/** Joins or starts the server. @throws OutsideFailure with the last lines of its log when it does not come up. */
export async function reachServer(wanted: Wanted): Promise<Reached> {
  const reached = await tryToReach(wanted);
  if (reached !== 'silent') return reached;
  wanted.log('PostgreSQL runs but does not answer; it is ended and started anew.');
  await endServer(wanted.place.cluster, [
    ['SIGQUIT', 2_000],
    ['SIGKILL', 5_000],
  ]);
  const again = await tryToReach(wanted);
  if (again !== 'silent') return again;
  throw await explained(wanted, 'does not answer, not even after a new start', 'temporary');
}

async function tryToReach(wanted: Wanted): Promise<Reached | 'silent'> {
  const until = performance.now() + wanted.patience;
  const { cluster, account } = wanted.place;
  let child: ChildProcess | undefined;
  let starts = 0;
  let told = false;
  for (;;) {
    const server = await readPostmaster(cluster);
    const socketFolder = server?.process === 'ours' && server.socketFolder !== '' ? server.socketFolder : wanted.socketFolder;
    await privateFolder(socketFolder, account);
    const answer = await knock(socketFolder, Math.max(1_000, until - performance.now()));
    if (typeof answer === 'object') return { lease: answer, socketFolder };
    if (performance.now() >= until) return tooLate(wanted, server);
    if (!told && child !== undefined && until - performance.now() < wanted.patience - 2_000) {
      told = true;
      wanted.log('PostgreSQL is not ready yet: after a crash it recovers first.');
    }
    if (answer === 'absent' && server?.process !== 'ours' && (child === undefined || hasEnded(child))) {
      if (starts === mostStarts) throw await explained(wanted, 'does not start', 'permanent');
      child = await start(wanted, server);
      starts += 1;
    }
    await pause(25);
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function tooLate(wanted: Wanted, server: Postmaster | undefined): Promise<'silent'> {
  if (server?.process === 'ours' && server.status === 'ready') return 'silent';
  const state = server?.status === 'stopping' ? 'is still stopping' : 'is still recovering';
  throw await explained(wanted, `${state} after ${Math.round(wanted.patience / 1000)} seconds; try again later`, 'temporary');
}

async function start(wanted: Wanted, leftover: Postmaster | undefined): Promise<ChildProcess> {
  const { place, programs } = wanted;
  await endStrays(place.cluster);
  await writeConfiguration(wanted);
  const log = await openLog(place);
  // PostgreSQL takes a lock file seriously when its process exists. A stranger with that number is named to it as one to overlook,
  // by the way that pg_ctl has for the same purpose; its check of shared memory stays in force.
  const overlook = leftover?.process === 'stranger' ? { PG_GRANDPARENT_PID: String(leftover.pid) } : {};
  const command = asAccount(place.account, programs.postgres, [
    '-D',
    place.cluster,
    '-c',
    `config_file=${join(place.cluster, 'daylight.conf')}`,
  ]);
  // Its own session: Ctrl-C in a terminal reaches Daylight, which then stops the server in order.
  const child = spawn(command.program, command.words, {
    ...command.identity,
    detached: true,
    cwd: place.dataDir,
    env: { ...wanted.environment, ...overlook },
    stdio: ['ignore', log.fd, log.fd],
  });
  child.on('error', (error) => wanted.log(`PostgreSQL cannot be started: ${error.message}`));
  child.unref();
  await log.close();
  return child;
}

async function writeConfiguration(wanted: Wanted): Promise<void> {
  const { cluster, account } = wanted.place;
  const file = join(cluster, 'daylight.conf');
  const fresh = freshName(file);
  const handle = await open(fresh, 'wx', 0o600);
  await handle.writeFile(configuration(wanted.socketFolder, port, wanted.settings));
  if (account.kind === 'other') await handle.chown(account.uid, account.gid);
  await handle.close();
  await rename(fresh, file);
}

/** The log grows within one run of the server only; at a start a long one is put aside, and the one before it goes. */
async function openLog(place: Place): Promise<FileHandle> {
  const { size } = await stat(place.log).catch(() => ({ size: 0 }));
  if (size > longestLog) await rename(place.log, `${place.log}.old`);
  const handle = await open(place.log, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW, 0o600);
  if (place.account.kind === 'other') await handle.chown(place.account.uid, place.account.gid);
  return handle;
}

async function explained(wanted: Wanted, what: string, lasting: 'temporary' | 'permanent'): Promise<OutsideFailure> {
  const text = await lastLines(wanted.place.log);
  return new OutsideFailure(lasting, `PostgreSQL in ${wanted.place.dataDir} ${what}. The last lines of ${wanted.place.log}:\n${text}`);
}

async function lastLines(path: string): Promise<string> {
  const handle = await open(path, 'r').catch(() => undefined);
  if (handle === undefined) return '(there is no log)';
  const { size } = await handle.stat();
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, Math.max(0, size - 4096));
  await handle.close();
  return buffer.subarray(0, bytesRead).toString('utf8').trimEnd().split('\n').slice(-8).join('\n');
}
