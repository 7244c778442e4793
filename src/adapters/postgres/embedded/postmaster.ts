// SPDX-License-Identifier: Apache-2.0
// Reads PostgreSQL's lock file, and tells its server from a stranger that was given the same process number later.

import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

/** What `postmaster.pid` says (PostgreSQL manual 68.1: pid, folder, start, port, socket, address, memory, status). */
export interface Postmaster {
  readonly pid: number;
  readonly socketFolder: string;
  /** `starting`, `ready`, `stopping`, or nothing while the file is being written. */
  readonly status: string;
  /** `ours`: this cluster's server runs. `stranger`: the number belongs to another process. `gone`: to none. */
  readonly process: 'ours' | 'stranger' | 'gone';
}

export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  // Each line ends; one that does not is read while PostgreSQL writes it, and may be the `/` of a path.
  const lines = text.split('\n').slice(0, -1);
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  if (!(pid > 0)) return undefined;
  return { pid, socketFolder: lines[4] ?? '', status: (lines[7] ?? '').trim(), process: await whose(pid, cluster) };
}

async function whose(pid: number, cluster: string): Promise<Postmaster['process']> {
  if (!exists(pid)) return 'gone';
  return (await serves(pid, cluster)) ? 'ours' : 'stranger';
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Every process of a server has the cluster as its working directory. A zombie has none. */
async function serves(pid: number, cluster: string): Promise<boolean> {
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === cluster;
  const { stdout } = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'command=']).catch(() => ({ stdout: '' }));
  return stdout.includes('postgres') && stdout.includes(cluster);
}

/** Sends each signal and waits for the end, the next one when the time (in milliseconds) is over. True when the server is gone. */
export async function endServer(cluster: string, steps: readonly (readonly [NodeJS.Signals, number])[]): Promise<boolean> {
  const server = await readPostmaster(cluster);
  if (server?.process !== 'ours') return true;
  for (const [signal, patience] of steps) {
    send(server.pid, signal);
    const until = performance.now() + patience;
    while (performance.now() < until) {
      if (!(await serves(server.pid, cluster))) return true;
      await pause(20);
    }
  }
  return false;
}

/** Ends what a killed server left: processes still in the cluster whose server is no more. A new server refuses to start beside them. */
export async function endStrays(cluster: string): Promise<void> {
  if (process.platform !== 'linux') return;
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (Number.isInteger(pid) && (await isStray(pid, cluster))) send(pid, 'SIGKILL');
  }
}

/** A server's own command line names its program; the processes below it call themselves `postgres: …`. */
async function isStray(pid: number, cluster: string): Promise<boolean> {
  if (!(await serves(pid, cluster))) return false;
  const title = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const parent = /^PPid:\t(\d+)$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''))?.[1];
  return title.startsWith('postgres: ') && parent !== undefined && !(await serves(Number(parent), cluster));
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the look and the signal, which is what was wanted.
  }
}
