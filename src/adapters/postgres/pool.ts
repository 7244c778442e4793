// SPDX-License-Identifier: Apache-2.0
// The pools of the three roles that run, and how PostgreSQL's values become ours.

import { type ClientConfig, Pool, types } from 'pg';
import type { Roles } from './roles.ts';

export type RunningRole = 'app' | 'publisher' | 'jobs';
export type Pools = Readonly<Record<RunningRole, Pool>>;

const sizes: Readonly<Record<RunningRole, number>> = { app: 8, publisher: 4, jobs: 4 };

export function openPools(roles: Roles, log: (line: string) => void): Pools {
  return {
    app: openPool(roles.connections.app, 'app', log),
    publisher: openPool(roles.connections.publisher, 'publisher', log),
    jobs: openPool(roles.connections.jobs, 'jobs', log),
  };
}

export function openPool(connection: ClientConfig, role: RunningRole, log: (line: string) => void): Pool {
  const pool = new Pool({
    ...connection,
    max: sizes[role],
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 10_000,
    application_name: `daylight ${role}`,
    types: { getTypeParser: typeParser },
  });
  // An idle connection that breaks leaves the pool; the next query makes another.
  pool.on('error', () => log(`A database connection of the role ${role} was lost.`));
  return pool;
}

/** `timestamptz` becomes an `Instant`; everything else is as pg reads it. */
function typeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === types.builtins.TIMESTAMPTZ && format !== 'binary') return instantOf;
  return types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text');
}

/** `2026-03-01 12:00:00.5+00`, as PostgreSQL writes it in UTC, as `2026-03-01T12:00:00.500Z`. */
function instantOf(text: string): string {
  const form = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?\+00$/.exec(text);
  if (form === null) throw new Error('a time in the database is not in UTC or not in the years 1 to 9999');
  const [, day, time, fraction = ''] = form;
  return `${day}T${time}.${fraction.padEnd(3, '0')}Z`;
}
