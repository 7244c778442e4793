// SPDX-License-Identifier: Apache-2.0
// An installation: every adapter made once from the configuration, and the world made of them. Doors are opened on it by main.ts.

import { link, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { csafValidator } from './adapters/csaf/validator.ts';
import { commitsSince } from './adapters/git/history.ts';
import { gitNotices } from './adapters/git/notices.ts';
import { gitRepository } from './adapters/git/repository.ts';
import { gitlabMemberships } from './adapters/oidc/gitlab.ts';
import { openidProvider } from './adapters/oidc/provider.ts';
import { generateProjectKey, openpgpSigner } from './adapters/openpgp/signer.ts';
import { openpgpVerifier } from './adapters/openpgp/verifier.ts';
import { type Database, openDatabase } from './adapters/postgres/database.ts';
import { startEmbeddedPostgres } from './adapters/postgres/embedded.ts';
import { replaceFolder } from './adapters/site/exchange.ts';
import { fileSite } from './adapters/site/files.ts';
import { smtpRelay } from './adapters/smtp/relay.ts';
import { deriver, rehearsalClock, systemClock, systemRandom } from './adapters/system.ts';
import { webauthnPasskeys } from './adapters/webauthn/passkeys.ts';
import type { ProjectSettings } from './app/projects.ts';
import type { World } from './app/world.ts';
import type { Config } from './config.ts';
import type { ProjectId } from './core/model/identifiers.ts';
import type { Clock } from './ports/clock.ts';
import { OutsideFailure } from './ports/failure.ts';
import type { IdentityProvider } from './ports/identity-provider.ts';
import type { Relay } from './ports/relay.ts';
import type { Signer } from './ports/signer.ts';
import type { SiteFile } from './ports/site.ts';

/** For commands that need no installation. */
export const machineClock = systemClock;

/** What commands use of this machine: git on folders that they name, the CSAF validator, OpenPGP, and folders for sites. */
export const machine = {
  git: {
    commits: commitsSince,
    applies: (folder: string, branch: string, patch: Uint8Array) => gitRepository(() => folder).applies('' as ProjectId, branch, patch),
  },
  csaf: (documents: readonly unknown[]) => csafValidator().check(documents, 'whole'),
  replaceFolder,
  verifier: openpgpVerifier,
} as const;

export interface Installation {
  readonly world: World;
  /** For graphile-worker, and for nothing else. */
  readonly jobs: Database['jobsConnection'];
  stop(): Promise<void>;
}

/** What a caller may put in the place of the usual adapter: the demo its mail sink, a test its clock. */
export interface Substitutes {
  readonly clock?: Clock;
  readonly relay?: Relay;
}

export interface InstallationOptions {
  readonly config: Config;
  readonly projects: readonly ProjectSettings[];
  readonly siteAssets: readonly SiteFile[];
  readonly log: World['log'];
  readonly substitutes?: Substitutes;
}

/** @throws OutsideFailure permanent with a text for the person who runs Daylight. */
export async function openInstallation({
  config,
  projects,
  siteAssets,
  log,
  substitutes = {},
}: InstallationOptions): Promise<Installation> {
  await mkdir(config.data, { recursive: true, mode: 0o700 });
  const masterKey = await secretFile(join(config.data, 'master.key'), () => Buffer.from(systemRandom(32)).toString('hex'));
  const key = Buffer.from(masterKey.trim(), 'hex');
  if (key.length !== 32) throw new OutsideFailure('permanent', 'master.key: expected 64 hexadecimal digits');
  const clock = substitutes.clock ?? (config.clockFile === null ? systemClock : rehearsalClock(config.clockFile));
  const postgres =
    config.databaseUrl === null
      ? await startEmbeddedPostgres({ dataDir: join(config.data, 'postgres'), log: (line) => log(line, {}) })
      : null;
  const database = await openDatabase({
    owner: config.databaseUrl ?? postgres?.connection ?? '',
    masterKey: key,
    log: (line) => log(line, {}),
  }).catch(async (error: unknown) => {
    await postgres?.stop();
    throw error;
  });
  const derive = deriver(key);
  const settingsOf = byProject(projects);
  const world: World = {
    store: database.store,
    clock,
    relay: substitutes.relay ?? smtpRelay({ ...config.relay, name: new URL(config.baseUrl).hostname }),
    site: fileSite(join(config.data, 'site')),
    passkeys: webauthnPasskeys(() => config.baseUrl),
    provider: await providerOf(config, clock),
    csaf: csafValidator(),
    notices: gitNotices(join(config.data, 'notices'), (project) => settingsOf(project).notices ?? null),
    repository: gitRepository((project) => settingsOf(project).repository ?? null),
    signer: signers(config, settingsOf, clock, derive),
    random: systemRandom,
    derive,
    baseUrl: config.baseUrl,
    siteUrl: (project) => settingsOf(project).site ?? `${config.baseUrl}/${project}/advisories`,
    siteAssets,
    sender: (project) => settingsOf(project).sender,
    replyDomain: config.replyDomain,
    log,
  };
  return {
    world,
    jobs: database.jobsConnection,
    async stop() {
      await database.close();
      await postgres?.stop();
    },
  };
}

async function providerOf({ oidc }: Config, clock: Clock): Promise<IdentityProvider | null> {
  if (oidc === null) return null;
  const { secretFile, gitlabTokenFile, ...rest } = oidc;
  const clientSecret = await secretIn('DAYLIGHT_OIDC_SECRET_FILE', secretFile);
  if (gitlabTokenFile === null) return openidProvider({ ...rest, clientSecret });
  const token = await secretIn('DAYLIGHT_GITLAB_TOKEN_FILE', gitlabTokenFile);
  return openidProvider({ ...rest, clientSecret, memberships: gitlabMemberships({ issuer: rest.issuer, token, clock }) });
}

async function secretIn(setting: string, file: string): Promise<string> {
  const secret = await readFile(file, 'utf8').catch(() => {
    throw new OutsideFailure('permanent', `${setting}: ${file} cannot be read`);
  });
  return secret.trim();
}

function byProject(projects: readonly ProjectSettings[]): (project: ProjectId) => ProjectSettings {
  return (project) => {
    const settings = projects.find((one) => one.project === project);
    if (settings === undefined) throw new OutsideFailure('permanent', 'this installation has no such project');
    return settings;
  };
}

/** One signer a project, its key made at the first need and kept under a passphrase that only the master key gives. */
function signers(config: Config, settingsOf: ReturnType<typeof byProject>, clock: Clock, derive: World['derive']): World['signer'] {
  const made = new Map<ProjectId, Promise<Signer>>();
  return (project) => {
    const known = made.get(project) ?? signerOf(config, settingsOf(project), clock, derive);
    made.set(project, known);
    known.catch(() => made.delete(project));
    return known;
  };
}

async function signerOf(config: Config, { project, sender }: ProjectSettings, clock: Clock, derive: World['derive']): Promise<Signer> {
  const passphrase = Buffer.from(derive('signing-key', project)).toString('hex');
  await mkdir(join(config.data, 'keys'), { recursive: true, mode: 0o700 });
  const privateKeyArmored = await secretFile(join(config.data, 'keys', `${project}.asc`), async () => {
    const { name, address } = sender;
    return (await generateProjectKey({ name, email: address, now: clock.now(), expiresAfterDays: 3 * 365, passphrase })).privateKeyArmored;
  });
  return openpgpSigner({ privateKeyArmored, passphrase, clock });
}

/** The file's text; a missing one is made, readable by its owner only. It appears whole or not at all, and two nodes that make it at once agree on one. */
async function secretFile(file: string, make: () => string | Promise<string>): Promise<string> {
  const there = await readFile(file, 'utf8').catch(unlessMissing);
  if (there !== undefined) return there;
  const fresh = `${file}.${Buffer.from(systemRandom(8)).toString('hex')}`;
  await writeFile(fresh, await make(), { mode: 0o600, flag: 'wx', flush: true });
  await link(fresh, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(fresh);
  await flushed(dirname(file));
  return readFile(file, 'utf8');
}

/** Names in a folder are durable only when the folder is. */
async function flushed(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
