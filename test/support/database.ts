// SPDX-License-Identifier: Apache-2.0
// A database for one test file: a copy of a template that is migrated once, dropped when the file is done.

import { createHash, randomBytes } from 'node:crypto';
import { after, type TestContext } from 'node:test';
import { Client, type ClientConfig, Pool } from 'pg';
import { type Database, openDatabase } from '../../src/adapters/postgres/database.ts';
import { queueVersion } from '../../src/adapters/postgres/jobs-schema.ts';
import { migrations } from '../../src/adapters/postgres/migrations/index.ts';
import type { Store } from '../../src/ports/store/store.ts';
import { testServer } from './embedded.ts';

/** The key of all test databases, which share their cluster's roles. */
export const testMasterKey = new Uint8Array(32).fill(7);

export interface TestDatabase {
  readonly store: Store;
  readonly database: Database;
  /** A superuser, or the owner of the database. */
  readonly connection: ClientConfig;
  /** A look past the store, at what it left behind; sees every row when the connection is a superuser's. */
  ask<Row extends object>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

/** Databases of the whole file; this module is imported before any hook or test runs. */
const kept: (() => Promise<void>)[] = [];
after(() => Promise.all(kept.map((done) => done())));

/** A fresh, empty, migrated database. It is dropped after `t`, or when the whole file is done. */
export async function testDatabase(t?: Pick<TestContext, 'after'>): Promise<TestDatabase> {
  const server = await testServer();
  const { connection, drop } = await copyOfTemplate(server.connection);
  const database = await openDatabase({ owner: connection, masterKey: testMasterKey, log: () => {} });
  const besides = new Pool({ ...connection, max: 2 });
  const done = async () => {
    await Promise.all([besides.end(), database.close()]);
    await drop();
    await server.stop();
  };
  if (t === undefined) kept.push(done);
  else t.after(done);
  return {
    store: database.store,
    database,
    connection,
    ask: async <Row extends object>(sql: string, values: readonly unknown[] = []) => (await besides.query<Row>(sql, [...values])).rows,
  };
}

/** An empty database without anything of ours. */
export async function emptyDatabase(t: Pick<TestContext, 'after'>): Promise<ClientConfig> {
  const server = await testServer();
  const name = `daylight_test_${randomBytes(8).toString('hex')}`;
  await onServer(server.connection, (client) => client.query(`create database ${name}`));
  t.after(async () => {
    await onServer(server.connection, (client) => client.query(`drop database ${name} with (force)`));
    await server.stop();
  });
  return { ...server.connection, database: name };
}

async function copyOfTemplate(server: ClientConfig): Promise<{ readonly connection: ClientConfig; drop(): Promise<void> }> {
  const name = `daylight_test_${randomBytes(8).toString('hex')}`;
  await onServer(server, async (client) => {
    const template = await readyTemplate(client, server);
    await client.query(`create database ${name} template ${template}`);
  });
  return {
    connection: { ...server, database: name },
    drop: () =>
      onServer(server, async (client) => {
        await emptied(client, name);
        await client.query(`drop database if exists ${name} with (force)`);
      }),
  };
}

/** Waits, two seconds at most, until the closed pools have gone: a connection that is cut while it says good-bye fails the test that opened it. */
async function emptied(client: Client, database: string): Promise<void> {
  for (let look = 0; look < 80; look++) {
    const { rowCount } = await client.query('select from pg_stat_activity where datname = $1', [database]);
    if (rowCount === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** One template for each version of the schema; the first test file that asks makes it, the others wait. */
async function readyTemplate(client: Client, server: ClientConfig): Promise<string> {
  const name = `daylight_template_${fingerprint()}`;
  await client.query(`select pg_advisory_lock(hashtext('daylight templates'))`);
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await makeTemplate(client, server, name);
  } finally {
    await client.query(`select pg_advisory_unlock(hashtext('daylight templates'))`);
  }
  return name;
}

/** Made under another name, so that a run that is killed in between leaves no half template. */
async function makeTemplate(client: Client, server: ClientConfig, name: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(`select datname from pg_database where datname like 'daylight\\_template\\_%'`);
  for (const old of rows) await client.query(`drop database if exists ${old.datname} with (force)`);
  const draft = `${name}_draft`;
  await client.query(`create database ${draft}`);
  const database = await openDatabase({ owner: { ...server, database: draft }, masterKey: testMasterKey, log: () => {} });
  await database.close();
  await client.query(`alter database ${draft} rename to ${name}`);
}

function fingerprint(): string {
  const roles = { owner: 'owner', app: 'app', jobs: 'jobs', publisher: 'publisher' };
  const text = [queueVersion, ...migrations.map((one) => one.name + one.sql(roles)), Buffer.from(testMasterKey).toString('hex')].join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

async function onServer<Result>(connection: ClientConfig, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
