// SPDX-License-Identifier: Apache-2.0
// Brings the schema to the version of this program, and refuses one that is newer.

import { Kysely, PostgresDialect, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Client } from 'pg';
import { OutsideFailure } from '../../ports/failure.ts';
import { migrations, type SchemaMigration } from './migrations/index.ts';
import type { RoleNames } from './roles.ts';

/** @throws OutsideFailure permanent when a newer Daylight has been here. `owner` is a connection of the role that owns the schema. */
export async function migrate(owner: Client, roles: RoleNames, known: readonly SchemaMigration[] = migrations): Promise<void> {
  await owner.query('set search_path = daylight, pg_temp');
  if (!(await hasSchema(owner))) await owner.query('create schema daylight');
  const done = await executed(owner);
  const unknown = done.filter((name) => !known.some((one) => one.name === name));
  if (unknown.length > 0)
    throw new OutsideFailure(
      'permanent',
      `The database was migrated by a newer Daylight (${unknown.join(', ')}); this one would not understand it.`,
    );
  if (done.length < known.length) await run(owner, roles, known);
}

async function hasSchema(client: Client): Promise<boolean> {
  const { rowCount } = await client.query(`select from pg_namespace where nspname = 'daylight'`);
  return rowCount === 1;
}

async function executed(owner: Client): Promise<readonly string[]> {
  const { rows: tables } = await owner.query<{ migration: string | null }>(`select to_regclass('daylight.migration') as migration`);
  if (tables[0]?.migration == null) return [];
  const { rows } = await owner.query<{ name: string }>('select name from daylight.migration order by name');
  return rows.map((row) => row.name);
}

async function run(owner: Client, roles: RoleNames, known: readonly SchemaMigration[]): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: onlyThis(owner) }) });
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => Object.fromEntries(known.map((one) => [one.name, runnable(one, roles)])) },
    migrationTableSchema: 'daylight',
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/**
 * A policy binds the owner too. With \`row_security = off\` a statement that a policy would narrow is an error and not a silent nothing;
 * the migrator's own tables are written with it on.
 */
function runnable(migration: SchemaMigration, roles: RoleNames): Migration {
  return {
    async up(db) {
      await sql`set local row_security = off`.execute(db);
      await sql.raw(migration.sql(roles)).execute(db);
      await sql`set local row_security = on`.execute(db);
    },
  };
}

/** kysely wants a pool; the advisory lock and the search path belong to this one connection. */
function onlyThis(client: Client) {
  const query = client.query.bind(client);
  return { connect: async () => ({ query, release() {} }), end: async () => {}, options: {} };
}
