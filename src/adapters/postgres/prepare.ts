// SPDX-License-Identifier: Apache-2.0
// Prepares a database at start-up: roles, schema, job queue, and the proof that the master key is the one it was made with.

import { timingSafeEqual } from 'node:crypto';
import { type Client, escapeIdentifier, type Pool } from 'pg';
import { OutsideFailure } from '../../ports/failure.ts';
import { translated } from './failures.ts';
import { installedWorker, installJobQueue, queueVersion } from './jobs-schema.ts';
import { migrate } from './migrate.ts';
import { checkRoles, connected, ensureRoles, type RoleSources, type Roles } from './roles.ts';
import type { MasterKeys } from './seal.ts';

/** Any 64-bit number, the same in every Daylight: who holds this lock prepares, the others wait. */
const preparationLock = '5060180437018463111';

/** PostgreSQL 15, as the server numbers it. */
const oldestVersion = 150_000;

/**
 * Several nodes may start at once: one prepares, the others find it done.
 * @throws OutsideFailure with a text for the person who runs Daylight.
 */
export async function prepare(
  sources: RoleSources,
  roles: Roles,
  keys: MasterKeys,
  jobs: Pool,
  log: (line: string) => void,
): Promise<void> {
  const bootstrap = await connected(roles.ours.length > 0 ? sources.owner : roles.connections.owner);
  try {
    await checkVersion(bootstrap);
    await bootstrap.query(`select pg_advisory_lock(${preparationLock})`);
    if (roles.ours.length > 0) await ensureRoles(bootstrap, roles);
    await checkRoles(bootstrap, roles);
    await warnOfHaste(bootstrap, log);
    await withRightToCreate(bootstrap, roles, () => asOwner(roles, keys, jobs));
  } catch (error) {
    throw translated(error);
  } finally {
    await bootstrap.end().catch(() => {});
  }
}

/** A schema can be made while this runs, and not after: the roles that run create nothing in the database. */
async function withRightToCreate(bootstrap: Client, roles: Roles, work: () => Promise<void>): Promise<void> {
  if (roles.ours.length === 0) return work();
  const { owner, jobs } = roles.names;
  const { rows } = await bootstrap.query<{ database: string }>('select current_database() as database');
  const database = escapeIdentifier(rows[0]?.database ?? '');
  await bootstrap.query(`grant create on database ${database} to ${owner}, ${jobs}`);
  await work();
  await bootstrap.query(`revoke create on database ${database} from ${owner}, ${jobs}`);
}

async function asOwner(roles: Roles, keys: MasterKeys, jobs: Pool): Promise<void> {
  const owner = await connected(roles.connections.owner);
  try {
    await migrate(owner, roles.names);
    await checkMasterKey(owner, keys);
    if ((await installedWorker(owner)) === queueVersion) return;
    await installJobQueue(jobs, roles.names);
    await owner.query('update installation set worker = $1', [queueVersion]);
  } finally {
    await owner.end().catch(() => {});
  }
}

async function checkMasterKey(owner: Client, keys: MasterKeys): Promise<void> {
  const { fingerprint } = keys;
  await owner.query('insert into installation (key_fingerprint) values ($1) on conflict do nothing', [fingerprint]);
  const { rows } = await owner.query<{ key_fingerprint: Buffer }>('select key_fingerprint from installation');
  if (!timingSafeEqual(rows[0]?.key_fingerprint ?? Buffer.alloc(fingerprint.length), fingerprint))
    throw new OutsideFailure('permanent', 'The master key is not the one this database was made with; nothing in it could be read.');
}

async function checkVersion(bootstrap: Client): Promise<void> {
  const { rows } = await bootstrap.query<{ number: number; name: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
  );
  const [version] = rows;
  if (version === undefined || version.number < oldestVersion)
    throw new OutsideFailure('permanent', `Daylight needs PostgreSQL 15 or later; this is ${version?.name}.`);
}

/** Tests run on such servers; a report must not. */
async function warnOfHaste(bootstrap: Client, log: (line: string) => void): Promise<void> {
  const { rows } = await bootstrap.query<{ name: string }>(
    `select name from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes') and setting = 'off'`,
  );
  if (rows.length > 0) log(`The database may lose what it acknowledged: ${rows.map((row) => row.name).join(', ')} is off.`);
}
