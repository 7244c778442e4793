// SPDX-License-Identifier: Apache-2.0
// The four roles: one that owns the schema and never runs, three that run and own nothing in it. None is above a policy.

import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { Client, type ClientConfig, escapeIdentifier, escapeLiteral } from 'pg';
import { OutsideFailure } from '../../ports/failure.ts';
import { translatedAtConnect } from './failures.ts';
import type { MasterKeys } from './seal.ts';

const roleKinds = ['owner', 'app', 'jobs', 'publisher'] as const;
type RoleKind = (typeof roleKinds)[number];

/** Names of the roles in the cluster, quoted for SQL. */
export type RoleNames = Readonly<Record<RoleKind, string>>;

export interface Roles {
  readonly names: RoleNames;
  readonly connections: Readonly<Record<RoleKind, ClientConfig>>;
  /** Roles for which no connection was given: they are made when missing. */
  readonly ours: readonly RoleKind[];
}

export interface RoleSources {
  /** Connection of a role with CREATEROLE that owns the database: a URL or its parts. Unused when every role has its own. */
  readonly owner: string | ClientConfig;
  readonly roles?: Readonly<Partial<Record<RoleKind, string | ClientConfig>>>;
  readonly rolePrefix?: string;
}

export function rolesOf(sources: RoleSources, keys: MasterKeys): Roles {
  const bootstrap = parts(sources.owner);
  const connections = Object.fromEntries(
    roleKinds.map((kind) => {
      const given = sources.roles?.[kind];
      if (given !== undefined) return [kind, parts(given)];
      const user = `${sources.rolePrefix ?? 'daylight'}_${kind}`;
      return [kind, { ...bootstrap, user, password: keys.password(user) }];
    }),
  ) as Record<RoleKind, ClientConfig>;
  const names = Object.fromEntries(roleKinds.map((kind) => [kind, escapeIdentifier(connections[kind].user ?? '')])) as Record<
    RoleKind,
    string
  >;
  if (new Set(Object.values(names)).size < roleKinds.length) throw new OutsideFailure('permanent', 'The four database roles must be four.');
  return { names, connections, ours: roleKinds.filter((kind) => sources.roles?.[kind] === undefined) };
}

/** Reads a URL as pg reads it, and fills in what the environment of libpq says. */
function parts(connection: string | ClientConfig): ClientConfig {
  const { host, port, user, password, database, ssl } = new Client(connection);
  return {
    host,
    port,
    ssl,
    ...(user === undefined ? {} : { user }),
    ...(password ? { password } : {}),
    ...(database === undefined ? {} : { database }),
  };
}

/** A connection of its own, beside the pools. The caller ends it. */
export async function connected(config: string | ClientConfig): Promise<Client> {
  const client = new Client(typeof config === 'string' ? { connectionString: config } : config);
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw translatedAtConnect(error);
  }
  return client;
}

/** Makes the roles that are missing. Several nodes may do so at once. @throws OutsideFailure permanent when a role is above the policies. */
export async function ensureRoles(bootstrap: Client, roles: Roles): Promise<void> {
  const { rows } = await bootstrap.query<{ rolname: string }>('select rolname from pg_roles');
  const present = new Set(rows.map((row) => row.rolname));
  for (const kind of roles.ours) {
    const { user = '', password } = roles.connections[kind];
    if (!present.has(user)) await createRole(bootstrap, roles.names[kind], typeof password === 'string' ? password : '');
  }
}

async function createRole(bootstrap: Client, name: string, password: string): Promise<void> {
  const attributes = 'login nosuperuser nobypassrls nocreatedb nocreaterole noreplication';
  try {
    await bootstrap.query(`create role ${name} ${attributes} password ${escapeLiteral(scramVerifier(password))}`);
  } catch (error) {
    if (isSameRole(error)) return;
    if (error instanceof Error && 'code' in error && error.code === '42501')
      throw new OutsideFailure(
        'permanent',
        `The database user may not create the role ${name}: it needs CREATEROLE, or each role its own URL.`,
      );
    throw translatedAtConnect(error);
  }
}

/** What PostgreSQL keeps of a password (RFC 5803), worked out here, so that the password itself is in no statement and no log. */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const iterations = 4096;
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest('base64');
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}

/** Another node was quicker: duplicate_object, or a unique violation in pg_authid. */
function isSameRole(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '42710' || error.code === '23505');
}

/** @throws OutsideFailure permanent when one of the roles could see rows that no policy shows it. */
export async function checkRoles(client: Client, roles: Roles): Promise<void> {
  const users = roleKinds.map((kind) => roles.connections[kind].user);
  const { rows } = await client.query<{ rolname: string }>(
    'select rolname from pg_roles where rolname = any ($1) and (rolsuper or rolbypassrls or rolcreaterole)',
    [users],
  );
  const [above] = rows;
  if (above !== undefined)
    throw new OutsideFailure(
      'permanent',
      `The database role ${above.rolname} stands above row-level security; Daylight does not run with it.`,
    );
}
