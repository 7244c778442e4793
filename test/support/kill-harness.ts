// SPDX-License-Identifier: Apache-2.0
// The real program as its own processes, with a durable database of its own, to be killed at any moment and started again.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { readProjects } from '../../src/app/projects.ts';
import { configOf } from '../../src/config.ts';
import type { Instant } from '../../src/core/model/time.ts';
import { type Installation, openInstallation } from '../../src/installation.ts';
import { projectRoot } from './embedded.ts';

/** Node alone; PostgreSQL's first process alone; all of PostgreSQL's processes; everything at once. */
export const victims = ['node', 'postmaster', 'postgres', 'both'] as const;
export type Victim = (typeof victims)[number];

export interface Program {
  readonly http: string;
  readonly smtp: { readonly port: number };
  readonly lmtp: { readonly path: string };
  readonly data: string;
  /** What the program has said on standard error, from its first start on. */
  said(): string;
  /** Starts the program and waits until it says that it is ready. @returns milliseconds until then */
  start(): Promise<number>;
  /** SIGTERM, and the end of everything. */
  stop(): Promise<void>;
  /** SIGKILL. A killed Node is not started again by itself. */
  kill(victim: Victim): Promise<void>;
  /** Sends a signal to all processes of PostgreSQL, and returns their ids. */
  signalPostgres(signal: NodeJS.Signals): readonly number[];
  /** From now on every start of PostgreSQL dies, until what is returned is called; one that runs goes on. */
  spoilStarts(): Promise<() => Promise<void>>;
  /** Asks the running database, past the program. */
  query<Row extends object>(sql: string): Promise<readonly Row[]>;
  setClock(at: Instant): Promise<void>;
  /** Process id of the running Node. */
  pid(): number;
  /** True when Node ended and nobody had asked for it. */
  diedByItself(): boolean;
  /** The installation in this process, while the program is stopped. */
  inside<Result>(work: (installation: Installation) => Promise<Result>): Promise<Result>;
  /** Ends what still runs, and removes the data. */
  remove(): Promise<void>;
}

export interface ProgramOptions {
  /** Text of the list of projects. */
  readonly projects: string;
  readonly clock: Instant;
  /** Port of the mail server that takes what is sent. */
  readonly relay: number;
  /** `serve` when it is left out. */
  readonly command?: 'serve' | 'demo';
  /** A module that Node loads before the program, which asks the file `data/die-at` when to die. */
  readonly preload?: URL;
  /** A program that runs Node, such as strace, with its words. */
  readonly under?: readonly string[];
}

const readyWithin = 60_000;
export const main = join(projectRoot, 'dist', 'src', 'main.js');

export async function program(options: ProgramOptions): Promise<Program> {
  const data = realpathSync(await mkdtemp(join(tmpdir(), 'daylight-kill-')));
  const clockFile = join(data, 'clock');
  const [http, smtp] = [await freePort(), await freePort()];
  const lmtp = join(data, 'lmtp.sock');
  const environment = {
    DAYLIGHT_DATA: data,
    DAYLIGHT_PORT: String(http),
    DAYLIGHT_SMTP_PORT: String(smtp),
    DAYLIGHT_LMTP_SOCKET: lmtp,
    DAYLIGHT_MAIL_DOMAIN: 'reply.example',
    DAYLIGHT_RELAY: `smtp://127.0.0.1:${options.relay}`,
    DAYLIGHT_REHEARSAL_CLOCK: clockFile,
    ...(options.preload === undefined ? {} : { NODE_OPTIONS: `--import=${options.preload.href}`, DAYLIGHT_DIE_AT: join(data, 'die-at') }),
  };
  await writeFile(join(data, 'projects.yaml'), options.projects);
  await writeFile(clockFile, options.clock);
  let child: ChildProcess | undefined;
  let wanted = false;
  let said = '';
  const cluster = join(data, options.command === 'demo' ? 'demo' : '.', 'postgres', 'cluster');
  const pid = () => (options.under === undefined ? (child?.pid ?? 0) : onlyChild(child?.pid ?? 0));
  const ended = () => child === undefined || child.exitCode !== null || child.signalCode !== null;
  const killNode = async () => {
    wanted = false;
    if (child === undefined || ended()) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  const self: Program = {
    http: `http://127.0.0.1:${http}`,
    smtp: { port: smtp },
    lmtp: { path: lmtp },
    data,
    said: () => said,
    pid,
    diedByItself: () => wanted && ended(),
    async start() {
      assert.ok(ended(), 'the program runs already');
      const began = performance.now();
      const [command = process.execPath, ...words] = [...(options.under ?? []), process.execPath, main, options.command ?? 'serve'];
      const from = said.length;
      child = spawn(command, words, { cwd: data, env: { PATH: process.env['PATH'], ...environment }, stdio: ['ignore', 'ignore', 'pipe'] });
      child.stderr?.on('data', (text) => {
        said += String(text);
      });
      wanted = true;
      while (!said.slice(from).includes('"event":"ready"')) {
        assert.ok(!ended(), `the program ended at its start:\n${said.slice(from)}`);
        assert.ok(performance.now() - began < readyWithin, `not ready within a minute:\n${said.slice(from)}`);
        await pause(5);
      }
      return performance.now() - began;
    },
    async stop() {
      wanted = false;
      if (child === undefined || ended()) return;
      const gone = once(child, 'exit');
      signal(pid(), 'SIGTERM');
      const [code] = await gone;
      assert.equal(code, 0, `the program did not stop in order:\n${said.slice(-2000)}`);
    },
    async kill(victim) {
      // Read first and then shot in one go: between two kills nothing has time to begin anew.
      const postgres = victim === 'node' ? [] : postgresOf(cluster);
      for (const one of victim === 'postmaster' ? [postmaster(cluster)] : postgres) signal(one, 'SIGKILL');
      if (victim === 'node' || victim === 'both') await killNode();
    },
    signalPostgres(name) {
      const all = postgresOf(cluster);
      for (const one of all) signal(one, name);
      return all;
    },
    async spoilStarts() {
      // The server reads this file at its start and never again.
      const settings = join(cluster, 'postgresql.conf');
      await rename(settings, `${settings}.away`);
      return () => rename(`${settings}.away`, settings);
    },
    async query<Row extends object>(sql: string) {
      const client = new Client({ host: join(cluster, '..', 'socket'), user: 'daylight_superuser', database: 'daylight' });
      await client.connect();
      try {
        return (await client.query<Row>(sql)).rows;
      } finally {
        await client.end();
      }
    },
    async setClock(at) {
      await writeFile(`${clockFile}.next`, at);
      await rename(`${clockFile}.next`, clockFile);
    },
    async inside(work) {
      assert.ok(ended(), 'the program runs');
      const projects = readProjects('projects.yaml', await readFile(join(data, 'projects.yaml'), 'utf8'));
      const installation = await openInstallation({
        config: configOf(environment, projectRoot),
        projects,
        siteAssets: [],
        log: () => undefined,
      });
      try {
        return await work(installation);
      } finally {
        await installation.stop();
      }
    },
    async remove() {
      await killNode();
      while (postgresOf(cluster).length > 0) {
        self.signalPostgres('SIGKILL');
        await pause(10);
      }
      await rm(data, { recursive: true });
    },
  };
  return self;
}

/** Process ids of a cluster's server and of everything that it started: all have the cluster as their working directory. */
export function postgresOf(cluster: string): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && workingFolder(pid) === cluster);
}

function workingFolder(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

function onlyChild(pid: number): number {
  return Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), 10);
}

function postmaster(cluster: string): number {
  return Number.parseInt(readFileSync(join(cluster, 'postmaster.pid'), 'utf8'), 10);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended a moment ago.
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
