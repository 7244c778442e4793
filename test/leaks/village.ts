// SPDX-License-Identifier: Apache-2.0
// A whole installation that can be built twice the same: seeded randomness, a clock that stands still, no worker but `settle`, doors in the process.

import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger, runOnce } from 'graphile-worker';
import type { ClientConfig } from 'pg';
import { csafValidator } from '../../src/adapters/csaf/validator.ts';
import { generateProjectKey, openpgpSigner } from '../../src/adapters/openpgp/signer.ts';
import { openpgpVerifier } from '../../src/adapters/openpgp/verifier.ts';
import type { Database } from '../../src/adapters/postgres/database.ts';
import type { MemoryRelay } from '../../src/adapters/sink/memory-relay.ts';
import { memoryRelay } from '../../src/adapters/sink/memory-relay.ts';
import { fileSite } from '../../src/adapters/site/files.ts';
import { deriver } from '../../src/adapters/system.ts';
import { webauthnPasskeys } from '../../src/adapters/webauthn/passkeys.ts';
import { runJob } from '../../src/app/jobs.ts';
import type { ProjectSettings } from '../../src/app/projects.ts';
import { installProject } from '../../src/app/projects.ts';
import type { RegisteredRoute } from '../../src/app/registry.ts';
import { jobRules } from '../../src/app/registry.ts';
import { openSession } from '../../src/app/sign-in/sessions.ts';
import { tick } from '../../src/app/tick.ts';
import type { World } from '../../src/app/world.ts';
import type { PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import type { Instant } from '../../src/core/model/time.ts';
import { instant, shifted } from '../../src/core/model/time.ts';
import type { OutgoingMail } from '../../src/ports/relay.ts';
import type { Signer } from '../../src/ports/signer.ts';
import type { JobPayload } from '../../src/ports/store/jobs.ts';
import { siteAssets } from '../../src/web/site-assets.ts';
import { testDatabase } from '../support/database.ts';
import { projectRoot } from '../support/embedded.ts';
import { type OwnPage, ownPage } from '../support/own-page.ts';
import { seconding } from '../support/seconding.ts';
import type { Doors } from './doors.ts';
import { openDoors } from './doors.ts';

export interface VillageProject {
  readonly project: string;
  /** Name of a preset, or the text of a policy. */
  readonly policy: string;
  readonly members: Readonly<Record<string, readonly string[]>>;
}

export interface VillageOptions {
  readonly start?: string;
  /** Without it a copy of the migrated template. */
  readonly database?: { readonly database: Database; readonly connection: ClientConfig };
  /** In place of the network, for each mail: throws what a relay would. */
  readonly relayAnswer?: (mail: OutgoingMail) => void;
  /** `fixed`: a signature that says nothing and is always the same. */
  readonly signatures?: 'fixed' | 'real';
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The body as JSON; undefined when it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: stories read what the API answers, whose shape they assert.
  readonly json: any;
}

export interface Village extends Doors {
  readonly world: World;
  readonly relay: MemoryRelay;
  /** Lines of the program's own log, as JSON. */
  readonly lines: readonly string[];
  readonly connection: ClientConfig;
  readonly siteFolder: string;
  readonly routes: readonly RegisteredRoute[];
  now(): Instant;
  set(at: string): void;
  later(hours: number): void;
  /** Whatever is random from here on follows from `seed`. */
  reseed(seed: string): void;
  /** What is random while it is answered follows from `seed`, where one is given, also beside other requests. */
  request(path: string, init?: RequestInit, seed?: string): Promise<Answer>;
  /** As a member with a session token, or as nobody; a body makes it a POST. */
  call(
    path: string,
    options?: { readonly token?: string; readonly body?: object; readonly headers?: Record<string, string> },
  ): Promise<Answer>;
  /** Opens a session now and gives its token. */
  signIn(project: string, person: string): Promise<string>;
  /** A reporter's page, opened now by their return key. */
  own(project: string, key: string): Promise<OwnPage>;
  /** What members a project has from now on. */
  appoint(project: string, person: string, roles: readonly string[]): Promise<void>;
  /** Ticks and works off the queue until nothing is left to do. */
  settle(): Promise<void>;
  /** Files of the public sites with their bytes. */
  site(): Promise<ReadonlyMap<string, Buffer>>;
}

const base = 'https://security.example.org';

export async function village(
  after: (done: () => Promise<void>) => void,
  projects: readonly VillageProject[],
  options: VillageOptions = {},
): Promise<Village> {
  const { database, connection } = options.database ?? (await testDatabase({ after: (done) => after(done as () => Promise<void>) }));
  const siteFolder = await mkdtemp(join(tmpdir(), 'daylight-village-'));
  after(() => rm(siteFolder, { recursive: true, force: true }));
  let now = instant(options.start ?? '2026-11-02T09:00:00Z');
  let draw = seeded('village');
  const drawn = new AsyncLocalStorage<typeof draw>();
  const lines: string[] = [];
  const relay = memoryRelay(options.relayAnswer);
  const clock = { now: () => now };
  const signers = new Map<string, Promise<Signer>>();
  const files = fileSite(siteFolder);
  const world: World = {
    store: database.store,
    clock,
    relay,
    repository: { applies: async () => 'not_checked', history: async () => ({ kind: 'no_repository' }) },
    csaf: csafValidator(),
    notices: { publish: async () => null },
    site: {
      ...files,
      seen: async (url, bytes) => (await request(new URL(url).pathname)).body.equals(bytes),
    },
    passkeys: webauthnPasskeys(() => base),
    provider: null,
    signer: (project) => cached(signers, project, () => (options.signatures === 'real' ? realSigner(project, clock) : fixedSigner())),
    verifier: openpgpVerifier,
    random: (bytes) => (drawn.getStore() ?? draw)(bytes),
    derive: deriver(new Uint8Array(32).fill(3)),
    baseUrl: base,
    siteUrl: (project) => `${base}/${project}/advisories`,
    siteAssets: siteAssets(),
    sender: (project) => ({ name: `${project} security`, address: `reports@${project}.example` }),
    replyDomain: 'reply.example',
    log: (event, ids) => lines.push(JSON.stringify({ event, ...ids })),
  };
  const doors = openDoors(world, projects.map(settingsOf));
  const ids = projects.map(({ project }) => project as ProjectId);
  for (const project of projects) await found(world, project);

  async function request(path: string, init: RequestInit = {}, seed?: string): Promise<Answer> {
    const ask = () => doors.fetch(new Request(base + path, init));
    const answer = await (seed === undefined ? ask() : drawn.run(seeded(seed), ask));
    const body = Buffer.from(await answer.arrayBuffer());
    const text = body.toString();
    const json = /^[[{]/.test(text) && /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined;
    const cookies = answer.headers.getSetCookie();
    const headers = { ...Object.fromEntries(answer.headers), ...(cookies.length === 0 ? {} : { 'set-cookie': cookies.join(', ') }) };
    return { status: answer.status, headers, body, json };
  }

  return {
    ...doors,
    world,
    relay,
    lines,
    connection,
    siteFolder,
    now: () => now,
    set: (at) => {
      now = instant(at);
    },
    later: (hours) => {
      now = shifted(now, { hours });
    },
    reseed: (seed) => {
      draw = seeded(seed);
    },
    request,
    call: (path, options = {}) =>
      seconding(path, options, async (to, { token, body, headers = {} }) => {
        const answer = await request(to, {
          method: body === undefined ? 'GET' : 'POST',
          headers: {
            ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
            ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        return { ...answer, etag: answer.headers['etag'] ?? null };
      }),
    signIn: async (project, person) => (await openSession(world, project as ProjectId, person as PersonId, 'demo_link')).token,
    own: (project, key) =>
      ownPage(project, key, async (path, init) => {
        const { status, headers } = await request(path, init);
        return { status, cookie: headers['set-cookie'] ?? null };
      }),
    appoint: (project, person, roles) => appoint(world, project, person, roles),
    settle: () => settle(world, database, ids),
    site: () => filesBelow(siteFolder),
  };
}

/** Bytes that follow from the seed alone. */
function seeded(seed: string): (bytes: number) => Uint8Array {
  let drawn = 0;
  return (bytes) => {
    const pieces: Buffer[] = [];
    for (let have = 0; have < bytes; have += 32) pieces.push(createHash('sha256').update(`${seed} ${drawn++}`).digest());
    return new Uint8Array(Buffer.concat(pieces).subarray(0, bytes));
  };
}

function settingsOf({ project, policy }: VillageProject): ProjectSettings {
  return { project, title: project, policy, sender: { name: project, address: `reports@${project}.example` } };
}

async function found(world: World, { project, policy, members }: VillageProject): Promise<void> {
  const text = policy.includes('\n') ? policy : readFileSync(join(projectRoot, 'policies', `${policy}.yaml`), 'utf8');
  await installProject(world, settingsOf({ project, policy, members }), { file: `${project}.yaml`, text });
  for (const [person, roles] of Object.entries(members)) await appoint(world, project, person, roles);
}

function appoint(world: World, project: string, person: string, roles: readonly string[]): Promise<void> {
  return world.store.as({ kind: 'process', project: project as ProjectId }, ({ accounts }) =>
    accounts.putMember({ person: person as PersonId, name: person, address: `${person}@members.example`, roles: roles as Role[] }),
  );
}

async function settle(world: World, { jobsConnection }: Database, projects: readonly ProjectId[]): Promise<void> {
  const taskList = Object.fromEntries(
    Object.keys(jobRules).map((task) => [task, (payload: unknown) => runJob(world, payload as JobPayload)]),
  );
  for (let busy = true; busy; ) {
    const before = world.clock.now();
    let done = 0;
    for (const project of projects) done += await tick(world, project);
    await runOnce({ pgPool: jobsConnection, taskList, concurrency: 1, logger: new Logger(() => () => undefined), noHandleSignals: true });
    for (const project of projects) done += await tick(world, project);
    busy = done > 0 && before === world.clock.now();
  }
}

function fixedSigner(): Promise<Signer> {
  return Promise.resolve({
    fingerprint: 'A'.repeat(40),
    publicKey: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n',
    formerKeys: [],
    expires: null,
    clearsign: async (text) => `-----BEGIN PGP SIGNED MESSAGE-----\n\n${text}\n-----BEGIN PGP SIGNATURE-----\n`,
    detach: async () => '-----BEGIN PGP SIGNATURE-----\n',
  });
}

async function realSigner(project: string, clock: World['clock']): Promise<Signer> {
  const { privateKeyArmored } = await generateProjectKey({
    name: project,
    email: `security@${project}.example`,
    now: clock.now(),
    expiresAfterDays: 1000,
  });
  return openpgpSigner({ privateKeyArmored, clock });
}

async function filesBelow(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const item of await readdir(folder, { recursive: true, withFileTypes: true })) {
    // What a change of the site leaves beside it for a moment is carried by nobody.
    if (!item.isFile() || item.name === 'change.json') continue;
    const path = join(item.parentPath, item.name);
    // Folders of sites are named at random by the file system's own side; what a web server carries is below `current`.
    files.set(path.slice(folder.length + 1).replace(/site-[0-9a-f]{16}/, 'site'), await readFile(path));
  }
  return files;
}

function cached<Value>(kept: Map<string, Promise<Value>>, key: string, make: () => Promise<Value>): Promise<Value> {
  const value = kept.get(key) ?? make();
  kept.set(key, value);
  return value;
}
