// SPDX-License-Identifier: Apache-2.0
// The second wall, as PostgreSQL's own catalogs describe it: every table guarded, no role above a policy, no way round a principal.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client } from 'pg';
import { workerSchema } from '../../src/adapters/postgres/jobs-schema.ts';
import { rolesOf } from '../../src/adapters/postgres/roles.ts';
import { masterKeys } from '../../src/adapters/postgres/seal.ts';
import { add, anna, content, file, libvirt, personOf, processOf, receive, report, settle } from '../contract/store-material.ts';
import { testDatabase, testMasterKey } from '../support/database.ts';
import { projectRoot } from '../support/embedded.ts';

const { store, ask, connection } = await testDatabase();
const running = ['daylight_app', 'daylight_jobs', 'daylight_publisher'];
const ours = `('daylight', 'daylight_jobs')`;

async function column(query: string, values: readonly unknown[] = []): Promise<readonly string[]> {
  return (await ask<{ value: string }>(query, values)).map((row) => row.value);
}

test('row-level security is enabled and forced on every table but those of the job queue, which one role alone can use', async () => {
  const open = await column(`
    select format('%s.%s', n.nspname, c.relname) as value from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema', '${workerSchema}') and n.nspname not like 'pg\\_%'
      and not (c.relrowsecurity and c.relforcerowsecurity)`);
  assert.deepEqual(open, []);
  const users = await column(`
    select distinct grantee as value from information_schema.usage_privileges where object_schema = '${workerSchema}'
    union select rolname from pg_roles where has_schema_privilege(oid, '${workerSchema}', 'usage') and not rolsuper and rolname not like 'pg\\_%'`);
  assert.deepEqual(users, ['daylight_jobs']);
});

test('there are no views, and so none that reads with its owner’s rights', async () => {
  assert.deepEqual(
    await column(`select relname as value from pg_class where relkind in ('v', 'm') and relnamespace::regnamespace::text in ${ours}`),
    [],
  );
});

test('the roles that run are ordinary, belong to no other role, and own nothing but the job queue', async () => {
  const above = await column(
    `select rolname as value from pg_roles where rolname = any ($1) and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
    [running],
  );
  assert.deepEqual(above, []);
  const memberships = await column(
    `select format('%s in %s', member::regrole, roleid::regrole) as value from pg_auth_members where member::regrole::text = any ($1)`,
    [running],
  );
  assert.deepEqual(memberships, []);
  const owned = await column(
    `select format('%s %s.%s', relkind, n.nspname, relname) as value from pg_class c join pg_namespace n on n.oid = relnamespace
     where relowner::regrole::text = any ($1) and n.nspname not like 'pg_toast%' and n.nspname <> '${workerSchema}'
     union all select format('f %s', oid::regprocedure) from pg_proc where proowner::regrole::text = any ($1) and pronamespace::regnamespace::text <> '${workerSchema}'`,
    [running],
  );
  assert.deepEqual(owned, ['f daylight_jobs.enqueue_job(text,jsonb,text)']);
  const creators = await column(
    `select rolname as value from pg_roles where rolname = any ($1) and has_database_privilege(oid, current_database(), 'create')`,
    [[...running, 'daylight_owner']],
  );
  assert.deepEqual(creators, []);
});

test('nothing is granted to everybody', async () => {
  const tables = await column(
    `select table_name as value from information_schema.role_table_grants where grantee = 'PUBLIC' and table_schema in ${ours}`,
  );
  const functions = await column(
    `select oid::regprocedure::text as value from pg_proc where pronamespace::regnamespace::text in ${ours} and has_function_privilege('public', oid, 'execute')`,
  );
  assert.deepEqual([...tables, ...functions], []);
});

test('functions that act with their owner’s rights are these seven, each with a search path that nobody can change', async () => {
  const definers = await ask<{ name: string; config: readonly string[] }>(`
    select proname as name, proconfig as config from pg_proc where prosecdef and pronamespace::regnamespace::text in ${ours} order by proname`);
  assert.deepEqual(
    definers.map((one) => one.name),
    ['acting_person', 'acting_roles', 'claim_numbers', 'close_session', 'enqueue_job', 'find_case_link', 'find_session'],
  );
  for (const { name, config } of definers) assert.match(config.join(), /^search_path=(daylight|graphile_worker), pg_temp$/, name);
});

test('whoever runs can change or delete only what the process has to: of contents and files whether they are closed, and nothing of events', async () => {
  const changes = await column(
    `select distinct format('%s may %s %s', grantee, lower(privilege_type), table_name) as value from information_schema.role_column_grants
       where table_schema = 'daylight' and grantee = any ($1) and privilege_type = 'UPDATE'
     union select format('%s may delete %s', grantee, table_name) from information_schema.role_table_grants
       where table_schema = 'daylight' and grantee = any ($1) and privilege_type in ('DELETE', 'TRUNCATE') order by value`,
    [running],
  );
  assert.deepEqual(changes, [
    'daylight_app may delete attachment',
    'daylight_app may delete attachment_chunk',
    'daylight_app may delete content',
    'daylight_app may update attachment',
    'daylight_app may update cases',
    'daylight_app may update content',
    'daylight_app may update outbox',
    'daylight_app may update running_number',
    'daylight_app may update title_shown',
    'daylight_jobs may delete api_token',
    'daylight_jobs may delete attachment',
    'daylight_jobs may delete attachment_chunk',
    'daylight_jobs may delete attempt',
    'daylight_jobs may delete case_link',
    'daylight_jobs may delete content',
    'daylight_jobs may delete document',
    'daylight_jobs may delete identity',
    'daylight_jobs may delete membership',
    'daylight_jobs may delete one_time',
    'daylight_jobs may delete passkey',
    'daylight_jobs may delete session',
    'daylight_jobs may update api_token',
    'daylight_jobs may update attachment',
    'daylight_jobs may update attempt',
    'daylight_jobs may update cases',
    'daylight_jobs may update content',
    'daylight_jobs may update mail_hours',
    'daylight_jobs may update maintainers_file',
    'daylight_jobs may update member',
    'daylight_jobs may update membership',
    'daylight_jobs may update outbox',
    'daylight_jobs may update passkey',
    'daylight_jobs may update policy_version',
    'daylight_jobs may update project',
    'daylight_jobs may update project_mail',
    'daylight_jobs may update read_log',
    'daylight_jobs may update roster_head',
    'daylight_jobs may update running_number',
    'daylight_jobs may update session',
    'daylight_jobs may update sign_in_log',
  ]);
  const narrow = ['attachment', 'content', 'member', 'membership', 'project', 'roster_head'];
  const columns = await column(
    `select distinct format('%s of %s', column_name, table_name) as value from information_schema.role_column_grants
       where table_schema = 'daylight' and grantee = any ($1) and privilege_type = 'UPDATE' and table_name = any ($2) order by value`,
    [running, narrow],
  );
  assert.deepEqual(columns, [
    'address of member',
    'closed of attachment',
    'closed of content',
    'covers of member',
    'events of roster_head',
    'head of roster_head',
    'in_force of membership',
    'name of member',
    'next_deadline of member',
    'nominated_by of member',
    'organisation of member',
    'roster of member',
    'roster_readers of project',
    'standing of member',
    'title of project',
  ]);
});

test('L-14 the role of the anonymous reads what can be public and writes nothing', async () => {
  const grants = await column(
    `select distinct format('%s %s', lower(privilege_type), table_name) as value from information_schema.role_column_grants
     where table_schema = 'daylight' and grantee = 'daylight_publisher' order by value`,
  );
  const readable = ['attachment', 'attachment_chunk', 'case_key', 'cases', 'content', 'document', 'event', 'policy_version', 'project'];
  assert.deepEqual(
    grants,
    readable.map((table) => `select ${table}`),
  );
  const columns = await column(
    `select column_name as value from information_schema.columns where table_schema = 'daylight' and table_name = 'cases'
     and not has_column_privilege('daylight_publisher', 'daylight.cases', column_name, 'select') order by value`,
  );
  assert.deepEqual(columns, [
    'cve_readers',
    'few',
    'guests',
    'next_deadline',
    'open',
    'owner',
    'parties',
    'party_members',
    'party_notices',
    'patches',
    'readers',
  ]);
});

test('a connection without a principal sees no row of any table', async () => {
  await settle(store);
  const note = content({ kind: 'note', audience: 'team' }, 'note');
  const one = await receive(store, report(libvirt, { files: [file({ purpose: 'evidence', audience: 'shared' }, 'a', Buffer.from('a'))] }));
  await add(store, personOf(libvirt, anna), one.id, [{ kind: 'note-added', body: note.ref }], { contents: [note] });
  await receive(store, report(libvirt), { guarded: { public: true, opening: 'full_record' } });
  await store.as(processOf(libvirt), ({ cases }) => cases.recordRead(one.id, 'case'));
  const tables = await column(`select relname as value from pg_class where relkind = 'r' and relnamespace = 'daylight'::regnamespace`);
  const { connections } = rolesOf({ owner: connection }, masterKeys(testMasterKey));
  let asked = 0;
  for (const role of ['app', 'jobs', 'publisher'] as const) {
    const client = new Client(connections[role]);
    await client.connect();
    for (const table of tables) {
      // The list of projects is no secret to the process (007).
      if (role === 'jobs' && table === 'project') continue;
      if (!(await client.query(`select has_any_column_privilege('daylight.${table}', 'select') as may`)).rows[0].may) continue;
      assert.equal((await client.query(`select from daylight.${table}`)).rowCount, 0, `${role} sees ${table}`);
      asked += 1;
    }
    await client.end();
  }
  assert.ok(asked > 30, `${asked} tables asked`);
});

test('the schema’s owner does not go round a policy either', async () => {
  const { connections } = rolesOf({ owner: connection }, masterKeys(testMasterKey));
  const owner = new Client(connections.owner);
  await owner.connect();
  assert.equal((await owner.query('select from daylight.cases')).rowCount, 0);
  await owner.query('set row_security = off');
  await assert.rejects(owner.query('select from daylight.cases'), /row-level security/);
  await owner.end();
});

test('a query reaches the database in a session, or at start-up before there is a store, or as the anchor of a benchmark', async () => {
  const folder = join(projectRoot, 'src', 'adapters', 'postgres');
  // bare.ts is the anchor of a benchmark: it asks as the owner, and the program that serves never opens it.
  const allowed = ['bare.ts', 'jobs-schema.ts', 'migrate.ts', 'prepare.ts', 'roles.ts', 'session.ts'];
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.startsWith('embedded'));
  const asking: string[] = [];
  for (const name of files) if (/\.query\b|\.execute\(|\.connect\(/.test(await readFile(join(folder, name), 'utf8'))) asking.push(name);
  assert.ok(files.length > 20);
  assert.deepEqual(asking.sort(), allowed);
});

test('L-23 every key and every uniqueness begins with the project, or is random; every reference carries the project', async () => {
  const constraints = await ask<{ name: string; type: string; columns: readonly string[] }>(`
    select format('%s.%s', conrelid::regclass, conname) as name, contype as type,
      array(select attname::text from unnest(conkey) with ordinality as k(n, i) join pg_attribute on attrelid = conrelid and attnum = n order by i) as columns
    from pg_constraint where connamespace = 'daylight'::regnamespace and contype in ('p', 'u', 'f', 'x')`);
  const withoutProject = constraints.filter(({ columns }) => columns[0] !== 'project').map(({ name, columns }) => `${name} (${columns})`);
  assert.deepEqual(
    withoutProject.sort(),
    [
      // Hashes of random tokens.
      'daylight.api_token.api_token_pkey (token_hash)',
      'daylight.case_link.case_link_pkey (token_hash)',
      'daylight.one_time.one_time_pkey (token_hash)',
      'daylight.session.session_pkey (token_hash)',
      // Of no project and seen by nobody who runs.
      'daylight.installation.installation_pkey (id)',
      'daylight.migration.migration_pkey (name)',
      'daylight.migration_lock.migration_lock_pkey (id)',
    ].sort(),
  );
  const ofCases = constraints.filter(({ name, type }) => type === 'u' && name.startsWith('daylight.outbox'));
  assert.deepEqual(ofCases[0]?.columns, ['project', 'case_id', 'key']);
});

test('L-23 whoever uses an id of a hidden case learns nothing: no error tells that it is taken', async () => {
  const hidden = await receive(store, report(libvirt), { guarded: { readers: [] } });
  const own = report(libvirt);
  const contents = own.first.contents.map((one, index) => ({
    ...one,
    ref: { ...one.ref, id: hidden.first.contents[index]?.ref.id ?? one.ref.id },
  }));
  await receive(store, own, { contents });
  const texts = await store.as(own.reporter, ({ cases }) => cases.texts(own.id));
  assert.equal(texts.size, 3);
});
