// SPDX-License-Identifier: Apache-2.0
// The PostgreSQL that tests use: one shared embedded server for all test files, or the server that DATABASE_URL names.

import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '../../src/adapters/postgres/embedded.ts';

/** For `new Client(connection)` and `new Pool(connection)` of pg. */
export interface TestConnection {
  /** Host name, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  /** A superuser, or a role with CREATEROLE and CREATEDB. */
  readonly user: string;
  readonly password?: string;
  readonly database: string;
}

export interface TestServer {
  readonly connection: TestConnection;
  /** Ends this file's use; the shared server goes on for the next file. */
  stop(): Promise<void>;
}

/** The project's root folder, from the sources as from `dist`. */
export const projectRoot = rootAbove(dirname(fileURLToPath(import.meta.url)));

/** Folder of the shared server, for all runs in this checkout. */
const sharedFolder = join(projectRoot, 'build', 'test-postgres');

/** The shared server may lose everything when the machine crashes, and is faster for it. Nothing else in Daylight runs so. */
const hasty = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

/**
 * A server for tests. Files share it: make a database of your own in it.
 * `durable` gives a private one with the settings of production, in a temporary folder that `stop` removes.
 */
export async function testServer(options: { readonly durable?: boolean } = {}): Promise<TestServer> {
  const url = process.env['DATABASE_URL'];
  if (url !== undefined && url !== '') return { connection: parsed(url), stop: async () => {} };
  if (options.durable === true) return durableServer();
  const { connection, stop } = await startEmbeddedPostgres({ dataDir: sharedFolder, settings: hasty, leaveRunning: true, log: quiet });
  return { connection, stop };
}

/** Stops the shared server, unless a test run beside this one uses it. */
export async function stopTestServer(): Promise<void> {
  if (!existsSync(join(sharedFolder, 'cluster', 'postmaster.pid'))) return;
  const server = await startEmbeddedPostgres({ dataDir: sharedFolder, settings: hasty, log: quiet });
  await server.stop();
}

async function durableServer(): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'daylight-test-'));
  const { connection, stop } = await startEmbeddedPostgres({ dataDir, log: quiet });
  return {
    connection,
    async stop() {
      await stop();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** `postgres://user@/database?host=/folder` has no host before the path, which only PostgreSQL's own reading of URLs allows. */
function parsed(text: string): TestConnection {
  const url = new URL(text.replace('@/', '@localhost/'));
  const password = decodeURIComponent(url.password);
  return {
    host: url.searchParams.get('host') ?? decodeURIComponent(url.hostname),
    port: Number(url.searchParams.get('port') ?? (url.port || 5432)),
    user: url.searchParams.get('user') ?? decodeURIComponent(url.username),
    ...(password === '' ? {} : { password }),
    database: decodeURIComponent(url.pathname.slice(1)) || 'postgres',
  };
}

function rootAbove(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootAbove(dirname(folder));
}

function quiet(): void {}
