// SPDX-License-Identifier: Apache-2.0
// Opening a database: from nothing, by several nodes at once, with own connections for each role, and never one that a newer Daylight has changed.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client, type ClientConfig } from 'pg';
import { openDatabase } from '../../src/adapters/postgres/database.ts';
import { workerVersion } from '../../src/adapters/postgres/jobs-schema.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { narrowedBefore } from '../../src/adapters/postgres/migrations/0006-few.ts';
import { backFill } from '../../src/adapters/postgres/migrations/back-fill.ts';
import { migrations } from '../../src/adapters/postgres/migrations/index.ts';
import { rolesOf } from '../../src/adapters/postgres/roles.ts';
import { masterKeys } from '../../src/adapters/postgres/seal.ts';
import { OutsideFailure } from '../../src/ports/failure.ts';
import { emptyDatabase, testDatabase, testMasterKey } from '../support/database.ts';
import { projectRoot } from '../support/embedded.ts';
import { libvirt, processOf, receive, report, settle } from './store-material.ts';

const kinds = ['owner', 'app', 'jobs', 'publisher'] as const;

const open = (owner: ClientConfig, more: Partial<Parameters<typeof openDatabase>[0]> = {}) =>
  openDatabase({ owner, masterKey: testMasterKey, log: () => {}, ...more });

async function within<Result>(connection: ClientConfig, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

test('five nodes open an empty database at once: one prepares it, and all come up', async (t) => {
  const connection = await emptyDatabase(t);
  const nodes = await Promise.all(Array.from({ length: 5 }, () => open(connection)));
  const [first, last] = [nodes[0] ?? assert.fail(), nodes.at(-1) ?? assert.fail()];
  await settle(first.store);
  assert.equal((await last.store.as(processOf(libvirt), ({ accounts }) => accounts.projects())).length, 2);
  await Promise.all(nodes.map((node) => node.close()));
  const applied = await within(connection, (client) => client.query('select name from daylight.migration'));
  assert.deepEqual(
    applied.rows.map((row) => row.name),
    migrations.map((one) => one.name),
  );
});

test('a connection as a URL does as well as its parts, and the roles may have another prefix', async (t) => {
  const { host, port, user, password, database } = await emptyDatabase(t);
  const login = `${user}${typeof password === 'string' ? `:${encodeURIComponent(password)}` : ''}`;
  const url = `postgres://${login}@localhost:${port}/${database}?host=${encodeURIComponent(host ?? '')}`;
  const opened = await openDatabase({ owner: url, masterKey: testMasterKey, rolePrefix: 'dusk', log: () => {} });
  await settle(opened.store);
  await opened.close();
});

test('each role may have its own connection, and then nobody needs the right to make roles', async (t) => {
  const connection = await emptyDatabase(t);
  await within(connection, async (client) => {
    for (const kind of kinds)
      await client.query(`do $$ begin create role dawn_${kind} login password 'dawn'; exception when duplicate_object then end $$`);
    await client.query(`grant create on database ${connection.database} to dawn_owner, dawn_jobs`);
  });
  const roles = Object.fromEntries(kinds.map((kind) => [kind, { ...connection, user: `dawn_${kind}`, password: 'dawn' }]));
  const opened = await open({ ...connection, user: 'nobody_at_all' }, { roles });
  await settle(opened.store);
  await receive(opened.store, report(libvirt));
  await opened.close();
});

test('the user that makes the roles need not be a superuser: it owns the database and may make roles', async (t) => {
  const connection = await emptyDatabase(t);
  await within(connection, async (client) => {
    await client.query(`do $$ begin create role steward login createrole password 'steward'; exception when duplicate_object then end $$`);
    await client.query(`alter database ${connection.database} owner to steward`);
  });
  const steward = { ...connection, user: 'steward', password: 'steward' };
  const rolePrefix = `noon_${randomBytes(4).toString('hex')}`;
  for (const _ of ['first start', 'second start']) {
    const opened = await open(steward, { rolePrefix });
    await settle(opened.store);
    await opened.close();
  }
  await within(connection, async (client) => {
    for (const kind of kinds) await client.query(`drop owned by ${rolePrefix}_${kind} cascade; drop role ${rolePrefix}_${kind}`);
  });
});

test('a role that stands above row-level security is refused', async (t) => {
  const connection = await emptyDatabase(t);
  const attempt = open(connection, { roles: { app: connection } });
  await assert.rejects(attempt, (error) => error instanceof OutsideFailure && /stands above/.test(error.message));
  const same = { ...connection, user: 'daylight_publisher' };
  await assert.rejects(open(connection, { roles: { app: same } }), /must be four/);
});

test('a user without the right to make roles is told what it lacks', async (t) => {
  const connection = await emptyDatabase(t);
  await within(connection, (client) =>
    client.query(`do $$ begin create role humble login password 'humble'; exception when duplicate_object then end $$`),
  );
  const attempt = open({ ...connection, user: 'humble', password: 'humble' }, { rolePrefix: 'never_made' });
  await assert.rejects(
    attempt,
    (error) => error instanceof OutsideFailure && error.lasting === 'permanent' && /CREATEROLE/.test(error.message),
  );
});

test('a database that a newer Daylight has migrated is left alone, with a clear word', async () => {
  const { connection, ask } = await testDatabase();
  await ask(`insert into daylight.migration (name, timestamp) values ('9999_from_the_future', '2030-01-01T00:00:00.000Z')`);
  await assert.rejects(open(connection), (error) => {
    assert.ok(error instanceof OutsideFailure);
    assert.equal(error.lasting, 'permanent');
    assert.match(error.message, /newer Daylight \(9999_from_the_future\)/);
    return true;
  });
});

test('R-13 a migration that fails leaves the schema as it was, and one that fills columns reaches every row', async (t) => {
  const { store, connection } = await testDatabase(t);
  await settle(store);
  for (let index = 0; index < 3; index++) await receive(store, report(libvirt));
  const roles = rolesOf({ owner: connection }, masterKeys(testMasterKey));
  const fill = 'alter table cases add column reports integer; update cases set reports = 1;';
  const columns = (client: Client) =>
    client.query(`select 1 from pg_attribute where attrelid = 'daylight.cases'::regclass and attname = 'reports'`);
  await within(roles.connections.owner, async (owner) => {
    const forgetful = [...migrations, { name: '9002_forgets_the_policies', sql: () => fill }];
    await assert.rejects(migrate(owner, roles.names, forgetful), /row-level security/);
    assert.equal((await columns(owner)).rowCount, 0);
    await migrate(owner, roles.names, [...migrations, { name: '9002_fills', sql: () => backFill('cases', fill) }]);
  });
  await within(connection, async (client) => {
    assert.equal((await client.query('select 1 from daylight.cases where reports = 1')).rowCount, 3);
    const { rows } = await client.query(`select relforcerowsecurity as forced from pg_class where oid = 'daylight.cases'::regclass`);
    assert.equal(rows[0].forced, true);
  });
});

test('L-11 the names of cases that were narrowed before the few had a column pass into it, in the roles of their policy', async (t) => {
  const { store, connection } = await testDatabase(t);
  await settle(store);
  const [one, other] = [await receive(store, report(libvirt)), await receive(store, report(libvirt))];
  const people = ['anna', 'ben'];
  const narrowed = JSON.stringify({ narrowed: { people }, added: ['ben', 'lia'] });
  const roles = rolesOf({ owner: connection }, masterKeys(testMasterKey));
  const policy = `update policy_version set policy = '{"visibility":{"onReceipt":["core","team"]}}';`;
  const old = `update cases set state = '${narrowed}', guests = '{anna,ben}', readers = '{}' where case_id = '${one.id}';`;
  await within(roles.connections.owner, (owner) =>
    migrate(owner, roles.names, [
      ...migrations,
      { name: '9003_narrowed', sql: () => backFill('cases', old) + backFill('policy_version', policy) },
      { name: '9004_again', sql: () => backFill('cases', backFill('policy_version', narrowedBefore)) },
    ]),
  );
  await within(connection, async (client) => {
    const { rows } = await client.query('select case_id, few, guests, readers from daylight.cases');
    const of = (id: string) => rows.find((row) => row.case_id === id);
    assert.deepEqual(of(one.id).few.toSorted(), people.flatMap((name) => ['core', 'team'].map((role) => `${role} ${name}`)).toSorted());
    assert.deepEqual([of(one.id).guests, of(one.id).readers], [['ben'], []]);
    assert.deepEqual([of(other.id).few, of(other.id).guests], [[], []]);
  });
});

test('after a start nobody who runs can make anything in the database', async () => {
  const { ask } = await testDatabase();
  const rights = await ask<{ may: boolean }>(`
    select has_database_privilege(rolname, current_database(), 'create') as may from pg_roles where rolname like 'daylight\\_%' and not rolsuper`);
  assert.ok(rights.length >= 4 && rights.every((row) => !row.may));
});

test('a server that may lose what it acknowledged is named in the log', async (t) => {
  const connection = await emptyDatabase(t);
  const hasty = await within(connection, (client) => client.query(`show synchronous_commit`));
  const lines: string[] = [];
  const opened = await open(connection, { log: (line) => lines.push(line) });
  await opened.close();
  assert.equal(
    lines.some((line) => line.includes('synchronous_commit')),
    hasty.rows[0].synchronous_commit === 'off',
  );
});

test('the version of graphile-worker whose tables are made is the one that is installed', async () => {
  const { dependencies } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8'));
  assert.equal(dependencies['graphile-worker'], workerVersion);
});
