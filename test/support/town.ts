// SPDX-License-Identifier: Apache-2.0
// A whole installation for stories: a database of its own, a clock that the story sets, a mailbox that keeps everything, and the doors on a real port.

import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { csafValidator } from '../../src/adapters/csaf/validator.ts';
import { gitNotices } from '../../src/adapters/git/notices.ts';
import { gitRepository } from '../../src/adapters/git/repository.ts';
import { generateProjectKey, openpgpSigner } from '../../src/adapters/openpgp/signer.ts';
import { openpgpVerifier } from '../../src/adapters/openpgp/verifier.ts';
import type { MemoryRelay } from '../../src/adapters/sink/memory-relay.ts';
import { memoryRelay } from '../../src/adapters/sink/memory-relay.ts';
import { fileSite } from '../../src/adapters/site/files.ts';
import { deriver, systemRandom } from '../../src/adapters/system.ts';
import { webauthnPasskeys } from '../../src/adapters/webauthn/passkeys.ts';
import { apiDoor } from '../../src/api/api.ts';
import { installProject } from '../../src/app/projects.ts';
import { openSession } from '../../src/app/sign-in/sessions.ts';
import type { World } from '../../src/app/world.ts';
import type { PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import type { Instant } from '../../src/core/model/time.ts';
import { instant, shifted } from '../../src/core/model/time.ts';
import type { Signer } from '../../src/ports/signer.ts';
import { webDoor } from '../../src/web/web.ts';
import type { RunningWorker } from '../../src/worker/worker.ts';
import { startWorker } from '../../src/worker/worker.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { seconding } from './seconding.ts';

export interface TownProject {
  readonly project: string;
  /** Name of the preset, or the text of a policy. */
  readonly policy: string;
  /** A clone of its repository. */
  readonly repository?: string;
  /** Where its notices are pushed. */
  readonly notices?: string;
  readonly members: Readonly<Record<string, readonly string[]>>;
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: stories read what the API answers, whose shape they assert.
  readonly body: any;
}

export interface Town {
  readonly world: World;
  readonly relay: MemoryRelay;
  /** A look past the store, as of a superuser. */
  readonly ask: TestDatabase['ask'];
  readonly base: string;
  readonly siteFolder: string;
  now(): Instant;
  set(at: string): void;
  later(hours: number): void;
  /** Token of a member's session. */
  signIn(project: string, name: string): Promise<string>;
  /** Calls the API; a body makes it a POST. */
  call(
    path: string,
    options?: { readonly token?: string; readonly body?: object; readonly headers?: Record<string, string> },
  ): Promise<Answer>;
  /** Waits until `holds`, looking again every 25 ms, for at most ten seconds. @throws Error naming what was waited for. */
  until(what: string, holds: () => Promise<boolean> | boolean): Promise<void>;
}

const root = join(import.meta.dirname, '..', '..', '..');
/** Loaded once for all stories of a file: it takes seconds. */
const csaf = csafValidator();

export async function town(
  t: { after(done: () => Promise<void>): void },
  projects: readonly TownProject[],
  start = '2026-11-02T09:00:00Z',
  provider: World['provider'] = null,
  /** By which visitors reach it. */
  host = '127.0.0.1',
): Promise<Town> {
  const last: (() => Promise<void>)[] = [];
  const { store, database, ask } = await testDatabase({ after: (done) => last.push(done as () => Promise<void>) });
  const folder = await mkdtemp(join(tmpdir(), 'daylight-town-'));
  let now = instant(start);
  const clock = { now: () => now };
  const relay = memoryRelay();
  const http = { base: '' };
  const signers = new Map<string, Promise<Signer>>();
  const world: World = {
    store,
    clock,
    relay,
    repository: gitRepository((project) => projects.find((one) => one.project === project)?.repository ?? null),
    site: fileSite(folder),
    csaf,
    notices: gitNotices(join(folder, 'notices'), (project) => {
      const repository = projects.find((one) => one.project === project)?.notices;
      return repository === undefined ? null : { repository, branch: 'main', folder: 'notices/{year}' };
    }),
    passkeys: webauthnPasskeys(() => http.base),
    provider,
    signer: (project) => cached(signers, project, () => newSigner(project, clock)),
    verifier: openpgpVerifier,
    random: systemRandom,
    derive: deriver(new Uint8Array(32).fill(3)),
    get baseUrl() {
      return http.base;
    },
    siteUrl: (project) => `${http.base}/${project}/advisories`,
    siteAssets: [],
    sender: (project) => ({ name: `${project} security`, address: `reports@${project}.example` }),
    replyDomain: 'reply.example',
    log: () => undefined,
  };
  for (const project of projects) await found(world, project);
  const server = serve({ fetch: doors(world, projects).fetch, port: 0, hostname: '127.0.0.1' });
  // On a busy machine a connection that was idle for five seconds would be closed just when it is used again.
  if ('keepAliveTimeout' in server) server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.once('listening', resolve));
  http.base = `http://${host}:${(server.address() as AddressInfo).port}`;
  const worker: RunningWorker = await startWorker(world, {
    pool: database.jobsConnection,
    projects: async () => projects.map((one) => one.project as ProjectId),
    tickEvery: 25,
  });
  t.after(async () => {
    await worker.stop();
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    for (const done of last) await done();
    await rm(folder, { recursive: true, force: true });
  });
  const tokens = new Map<string, Promise<string>>();
  return {
    world,
    ask,
    relay,
    base: http.base,
    siteFolder: folder,
    now: () => now,
    set: (at) => {
      now = instant(at);
    },
    later: (hours) => {
      now = shifted(now, { hours });
    },
    signIn: (project, name) =>
      cached(
        tokens,
        // People sign in anew when they come back to their desk: a session ends after half an hour of idleness.
        `${project} ${name} ${now.slice(0, 15)}`,
        async () => (await openSession(world, project as ProjectId, name as PersonId, 'demo_link')).token,
      ),
    call: (path, options = {}) => seconding(path, options, (to, said) => call(http.base + to, said)),
    until,
  };
}

/** As the composition root does it: each door answers below its own address, with its own page for what is not there. */
function doors(world: World, projects: readonly TownProject[]): Pick<Hono, 'fetch'> {
  const api = apiDoor(world).application;
  // The web door wants the address of the installation, which is known once the port is.
  const pages: { web?: Hono } = {};
  const web = () => {
    pages.web ??= webDoor(world, { projects: projects.map(settingsOf), demo: null }).application;
    return pages.web;
  };
  return { fetch: (request, connection) => (new URL(request.url).pathname.startsWith('/api/') ? api : web()).fetch(request, connection) };
}

function settingsOf({ project, policy }: TownProject) {
  return { project, title: project, policy, sender: { name: project, address: `reports@${project}.example` } };
}

async function found(world: World, { project, policy, members }: TownProject): Promise<void> {
  const text = policy.includes('\n') ? policy : readFileSync(join(root, 'policies', `${policy}.yaml`), 'utf8');
  const settings = settingsOf({ project, policy, members });
  await installProject(world, settings, { file: `${project}.yaml`, text });
  await world.store.as({ kind: 'process', project: project as ProjectId }, async ({ accounts }) => {
    for (const [name, roles] of Object.entries(members))
      await accounts.putMember({ person: name as PersonId, name, address: `${name}@members.example`, roles: roles as Role[] });
  });
}

async function newSigner(project: string, clock: World['clock']): Promise<Signer> {
  const { privateKeyArmored } = await generateProjectKey({
    name: project,
    email: `security@${project}.example`,
    now: clock.now(),
    expiresAfterDays: 1000,
  });
  return openpgpSigner({ privateKeyArmored, clock });
}

async function call(
  url: string,
  { token, body, headers = {} }: Parameters<Town['call']>[1] & object,
): Promise<Answer & { readonly etag: string | null }> {
  const answer = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const parsed = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text;
  return { status: answer.status, etag: answer.headers.get('ETag'), body: parsed };
}

async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`waited ten seconds for: ${what}`);
}

function cached<Value>(kept: Map<string, Promise<Value>>, key: string, make: () => Promise<Value>): Promise<Value> {
  const value = kept.get(key) ?? make();
  kept.set(key, value);
  return value;
}
