// SPDX-License-Identifier: Apache-2.0
// The pools of the three roles that run, and how PostgreSQL's values become ours.

import { type ClientConfig, Pool, types } from 'pg';
import type { Roles } from './roles.ts';

export type RunningRole = 'app' | 'publisher' | 'jobs';
export type Pools = Readonly<Record<RunningRole, Pool>>;

const sizes: Readonly<Record<RunningRole, number>> = { app: 8, publisher: 4, jobs: 4 };

/** The same for every transaction of a role; who is asking is said in each (session.ts). */
const settings = {
  search_path: 'daylight,pg_temp',
  timezone: 'UTC',
  // A plan is kept for each statement; planning anew for each value would take longer than any of them runs.
  plan_cache_mode: 'force_generic_plan',
  // Nothing here runs long enough to be worth compiling.
  jit: 'off',
  statement_timeout: '30s',
  lock_timeout: '10s',
};

/** The process holds a message's row while the mail server takes its time; nobody else waits for anything outside. */
const idleTimeouts: Readonly<Record<RunningRole, string>> = { app: '60s', publisher: '60s', jobs: '15min' };

export function openPools(roles: Roles, log: (line: string) => void): Pools {
  return {
    app: openPool(roles.connections.app, 'app', log),
    publisher: openPool(roles.connections.publisher, 'publisher', log),
    jobs: openPool(roles.connections.jobs, 'jobs', log),
  };
}

function openPool(connection: ClientConfig, role: RunningRole, log: (line: string) => void): Pool {
  const pool = new Pool({
    ...connection,
    max: sizes[role],
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 10_000,
    application_name: `daylight ${role}`,
    options: Object.entries({ ...settings, idle_in_transaction_session_timeout: idleTimeouts[role] })
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    types: { getTypeParser: typeParser },
    // Statements that do not wait for each other's rows travel together; the server runs them in the order in which they were sent.
    pipeline: true,
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
