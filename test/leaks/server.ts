// SPDX-License-Identifier: Apache-2.0
// A PostgreSQL of its own that logs everything it can, so that what its log and its files may hold is seen at its worst.

import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type ClientConfig } from 'pg';
import { openDatabase } from '../../src/adapters/postgres/database.ts';
import { startEmbeddedPostgres } from '../../src/adapters/postgres/embedded.ts';
import { testMasterKey } from '../support/database.ts';

export interface Talkative {
  /** A migrated database, as `village` takes it. */
  database(): Promise<{ readonly database: Awaited<ReturnType<typeof openDatabase>>; readonly connection: ClientConfig }>;
  /** What the server has logged so far. */
  log(): Promise<string>;
  /** Every file of the server: tables, indexes, write-ahead log. */
  files(): Promise<ReadonlyMap<string, Buffer>>;
  stop(): Promise<void>;
}

const talkative = {
  fsync: 'off',
  synchronous_commit: 'off',
  log_statement: 'all',
  log_min_duration_statement: '0',
  log_min_messages: 'info',
  log_min_error_statement: 'info',
  log_error_verbosity: 'verbose',
  log_parameter_max_length: '-1',
  log_parameter_max_length_on_error: '-1',
};

export async function talkativeServer(): Promise<Talkative> {
  const dataDir = await mkdtemp(join(tmpdir(), 'daylight-leaks-'));
  const { connection, stop } = await startEmbeddedPostgres({ dataDir, settings: talkative, log: () => undefined });
  const open: (() => Promise<void>)[] = [];
  return {
    async database() {
      const name = `leaks_${randomBytes(6).toString('hex')}`;
      await asSuperuser(connection, (client) => client.query(`create database ${name}`));
      const place = { ...connection, database: name };
      const database = await openDatabase({ owner: place, masterKey: testMasterKey, log: () => undefined });
      open.push(() => database.close());
      return { database, connection: place };
    },
    log: () => readFile(join(dataDir, 'server.log'), 'utf8'),
    async files() {
      await asSuperuser(connection, (client) => client.query('checkpoint'));
      const items = await readdir(join(dataDir, 'cluster'), { recursive: true, withFileTypes: true });
      const paths = items.filter((item) => item.isFile()).map((item) => join(item.parentPath, item.name));
      return new Map(await Promise.all(paths.map(async (path) => [path.slice(dataDir.length + 1), await readFile(path)] as const)));
    },
    async stop() {
      for (const close of open) await close();
      await stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Every row of every table, the job queue's too, each as PostgreSQL writes it: the superuser stands above all policies. */
export function everyRow(connection: ClientConfig): Promise<ReadonlyMap<string, string>> {
  return asSuperuser(connection, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const dump = new Map<string, string>();
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      dump.set(name, rows.map(({ row }) => row).join('\n'));
    }
    return dump;
  });
}

async function asSuperuser<Result>(connection: ClientConfig, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
