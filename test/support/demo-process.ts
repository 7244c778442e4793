// SPDX-License-Identifier: Apache-2.0
// The demonstration as a process of its own: a data folder, free ports and a clock that the story sets. It can be stopped, killed and started again.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, type CallOptions, call, until } from './calls.ts';

export interface Demo {
  /** Address of the pages, no slash at the end. */
  readonly base: string;
  readonly smtpPort: number;
  /** Folder of the data: mail, site, keys, database. */
  readonly data: string;
  /** Sets the clock of all parts: an instant, at which it stands still, or `+SECONDS` to the machine's time. */
  setClock(text: string): void;
  /** What the program wrote on standard error, of every start. */
  log(): string;
  /** Starts the program. @returns milliseconds until it said that it was ready. */
  start(): Promise<number>;
  /** Ends the program without a chance to do anything (SIGKILL). */
  kill(): Promise<void>;
  /** Value of the cookie of one of the demo's people, which is also a bearer token of the API. */
  signIn(project: string, person: string): Promise<string>;
  call(path: string, options?: CallOptions): Promise<Answer>;
  /** Every message that would have left, the oldest first. */
  sunk(): readonly SunkMail[];
}

export interface SunkMail {
  readonly to: readonly string[];
  readonly from: string | null;
  /** When the first RCPT of its transaction came, by the demo's clock. */
  readonly firstRcpt: string;
  /** The message as it was sent. */
  readonly raw: string;
}

const root = join(import.meta.dirname, '..', '..', '..');

/** Longest start: a new database, three projects and their cases, on a machine that does other things too. */
const patience = 90_000;

/** Starts a new demonstration, which is ended and removed after `t`. */
export async function demoProcess(t: { after(done: () => Promise<void>): void }): Promise<Demo> {
  const folder = await mkdtemp(join(tmpdir(), 'daylight-demo-'));
  const [http, smtpPort] = [await freePort(), await freePort()];
  const files = { clock: join(folder, 'clock'), log: join(folder, 'log'), data: join(folder, 'demo') };
  writeFileSync(files.clock, '+0');
  writeFileSync(files.log, '');
  const base = `http://127.0.0.1:${http}`;
  const environment = {
    ...withoutSettings(process.env),
    DAYLIGHT_DATA: folder,
    DAYLIGHT_PORT: String(http),
    DAYLIGHT_SMTP_PORT: String(smtpPort),
    DAYLIGHT_REHEARSAL_CLOCK: files.clock,
  };
  let running: ChildProcess | undefined;
  const end = async (signal: 'SIGKILL' | 'SIGINT') => {
    if (running !== undefined) await ended(running, signal);
    running = undefined;
  };
  t.after(async () => {
    await end('SIGINT');
    await stopOrphan(files.data);
    await rm(folder, { recursive: true, force: true });
  });
  const demo: Demo = {
    base,
    smtpPort,
    data: files.data,
    setClock: (text) => writeFileSync(files.clock, text),
    log: () => readFileSync(files.log, 'utf8'),
    async start() {
      const began = performance.now();
      running = await started(environment, files.log);
      return performance.now() - began;
    },
    kill: () => end('SIGKILL'),
    signIn: (project, person) => signIn(base, project, person),
    call: (path, options) => call(base + path, options),
    sunk: () => sunk(join(files.data, 'mail')),
  };
  await demo.start();
  return demo;
}

/** Resolves when the program says that it is ready. @throws Error with its words when it ends before. */
async function started(environment: NodeJS.ProcessEnv, log: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(root, 'bin', 'daylight'), 'demo'], { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    appendFileSync(log, text);
  });
  const deadline = performance.now() + patience;
  while (!said.includes('"event":"ready"')) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the demo ended before it was ready:\n${said}`);
    if (performance.now() > deadline) {
      await ended(child, 'SIGINT');
      throw new Error(`the demo was not ready after ${patience / 1000} s:\n${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return child;
}

async function ended(child: ChildProcess, signal: 'SIGKILL' | 'SIGINT'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

/** A program that was killed leaves its PostgreSQL behind; it is asked to end by the id that it wrote down. */
async function stopOrphan(data: string): Promise<void> {
  const file = join(data, 'postgres', 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0]);
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    return;
  }
  await until('the end of the database of the demo', () => !existsSync(file));
}

async function signIn(base: string, project: string, person: string): Promise<string> {
  const answer = await fetch(`${base}/${project}/sign-in/${person}`, { redirect: 'manual' });
  const token = /^(?:__Host-)?daylight-[a-z]+=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1];
  if (token === undefined) throw new Error(`the demo does not let ${person} in: ${answer.status}`);
  return token;
}

function sunk(folder: string): readonly SunkMail[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .sort()
    .map((name) => ({
      ...(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Omit<SunkMail, 'raw'>),
      raw: readFileSync(join(folder, name.replace(/json$/, 'eml')), 'utf8'),
    }));
}

/** Whatever this process was told about an installation says nothing about the demo's. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => name !== 'DATABASE_URL' && !name.startsWith('DAYLIGHT_')));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
