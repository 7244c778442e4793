// SPDX-License-Identifier: Apache-2.0
// One Daylight process's share in an embedded server: a connection that holds a shared lock. The last one to leave may stop the server.

import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, DatabaseError, escapeIdentifier } from 'pg';
import { OutsideFailure } from '../../../ports/failure.ts';
import { superuser } from './cluster.ts';
import { port } from './place.ts';

export interface Lease {
  /**
   * `lost` when the connection is no more, whoever ended it. `silent` when the server leaves a question without an answer for `silenceSeconds`:
   * it runs, and is stuck or stopped.
   */
  readonly end: Promise<'lost' | 'silent'>;
  /** Makes the database when it is missing. */
  ensureDatabase(name: string): Promise<void>;
  /** True when no other Daylight process uses the server; then nobody joins until it has stopped or `leave` is called. */
  isLast(): Promise<boolean>;
  leave(): Promise<void>;
}

/** `absent`: nobody listens. `not-yet`: a server says that it starts or stops. `silent`: somebody listens and says nothing. */
export type Answer = Lease | 'absent' | 'not-yet' | 'silent';

/** How long an answer to nothing much is waited for. A busy machine takes milliseconds; what takes this long does not come back by itself. */
const silenceSeconds = 10;

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
  const lost = new Promise<'lost'>((settle) => {
    client.once('end', () => settle('lost'));
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

function leaseOn(client: Client, socket: Socket, lost: Promise<'lost'>): Lease {
  let last: Promise<unknown> = Promise.resolve();
  // One question at a time on the one connection.
  const ask = <Answered>(question: () => Promise<Answered>): Promise<Answered> => {
    const answer = last.then(question, question);
    last = answer;
    return answer;
  };
  return {
    end: Promise.race([lost, silence(() => ask(() => client.query('select')))]),
    async ensureDatabase(name) {
      socket.ref();
      await ask(() => makeDatabase(client, name));
      socket.unref();
    },
    async isLast() {
      socket.ref();
      await ask(() => client.query('select pg_advisory_unlock_shared($1)', [lockNumber]));
      const { rows } = await ask(() => client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [lockNumber]));
      return rows[0]?.alone === true;
    },
    async leave() {
      socket.ref();
      await client.end().catch(() => socket.destroy());
    },
  };
}

/** Asks again and again; settles when no answer comes, and never when the connection ends. */
async function silence(ask: () => Promise<unknown>): Promise<'silent'> {
  const parts = 5;
  const part = () => pause((silenceSeconds * 1000) / parts, 'wait' as const, { ref: false });
  for (;;) {
    await part();
    const answer = ask().then(
      () => 'said' as const,
      () => new Promise<never>(() => undefined),
    );
    let heard: 'said' | 'wait' = 'wait';
    // Several short waits and not a long one: whoever was held up himself finds the answer after the first of them.
    for (let waited = 0; waited < parts && heard === 'wait'; waited++) heard = await Promise.race([answer, part()]);
    if (heard === 'wait') return 'silent';
  }
}

async function makeDatabase(client: Client, name: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
  if (rowCount !== 0) return;
  await client.query(`create database ${escapeIdentifier(name)} template template0`).catch((error: unknown) => {
    // 42P04 duplicate_database, 23505 unique_violation: another process made it at the same time.
    if (!(error instanceof DatabaseError && ['42P04', '23505'].includes(error.code ?? ''))) throw error;
  });
}
