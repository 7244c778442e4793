// SPDX-License-Identifier: Apache-2.0
// One Daylight process's share in an embedded server: a connection that holds a shared lock. The last one to leave may stop the server.

import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, DatabaseError, escapeIdentifier } from 'pg';
import { OutsideFailure } from '../../../ports/failure.ts';
import { superuser } from './cluster.ts';
import { port } from './place.ts';

export interface Lease {
  /** Settles when the connection is no more, whoever ended it. */
  readonly lost: Promise<void>;
  /** Makes the database when it is missing. */
  ensureDatabase(name: string): Promise<void>;
  /** True when no other Daylight process uses the server; then nobody joins until it has stopped or `leave` is called. */
  isLast(): Promise<boolean>;
  leave(): Promise<void>;
}

/** `absent`: nobody listens. `not-yet`: a server says that it starts or stops. `silent`: somebody listens and says nothing. */
export type Answer = Lease | 'absent' | 'not-yet' | 'silent';

/** Any number that nobody else takes in the database `postgres`, which holds nothing. */
const lockNumber = 20_261_122;

/** Asks the server behind `socketFolder` for a lease. @throws OutsideFailure permanent when it refuses for a lasting reason. */
export async function knock(socketFolder: string, patience: number): Promise<Answer> {
  const socket = new Socket();
  const client = new Client({
    host: socketFolder,
    port,
    user: superuser,
    database: 'postgres',
    application_name: 'daylight lease',
    stream: () => socket,
  });
  const lost = new Promise<void>((settle) => {
    client.once('end', settle);
  });
  client.on('error', () => socket.destroy());
  try {
    const silence = pause(patience, 'silent' as const, { ref: false });
    const entered = await Promise.race([enter(client), silence]);
    if (entered === 'silent') socket.destroy();
    if (entered !== 'joined') return entered;
  } catch (error) {
    socket.destroy();
    return understood(error);
  }
  // The lease alone keeps no process alive.
  socket.unref();
  return leaseOn(client, socket, lost);
}

async function enter(client: Client): Promise<'joined'> {
  await client.connect();
  await client.query('select pg_advisory_lock_shared($1)', [lockNumber]);
  return 'joined';
}

function understood(error: unknown): Answer {
  if (error instanceof DatabaseError) {
    // 57P03 cannot_connect_now, 57P01 and 57P02 shutdown while waiting for the lock, 53300 too_many_connections.
    if (['57P03', '57P01', '57P02', '53300'].includes(error.code ?? '')) return 'not-yet';
    throw new OutsideFailure('permanent', `The embedded PostgreSQL refuses its own superuser: ${error.message}`, { cause: error });
  }
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ECONNREFUSED' ? 'absent' : 'not-yet';
}

function leaseOn(client: Client, socket: Socket, lost: Promise<void>): Lease {
  return {
    lost,
    async ensureDatabase(name) {
      socket.ref();
      await makeDatabase(client, name);
      socket.unref();
    },
    async isLast() {
      socket.ref();
      await client.query('select pg_advisory_unlock_shared($1)', [lockNumber]);
      const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [lockNumber]);
      return rows[0]?.alone === true;
    },
    async leave() {
      socket.ref();
      await client.end().catch(() => socket.destroy());
    },
  };
}

async function makeDatabase(client: Client, name: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
  if (rowCount !== 0) return;
  await client.query(`create database ${escapeIdentifier(name)} template template0`).catch((error: unknown) => {
    // 42P04 duplicate_database, 23505 unique_violation: another process made it at the same time.
    if (!(error instanceof DatabaseError && ['42P04', '23505'].includes(error.code ?? ''))) throw error;
  });
}
