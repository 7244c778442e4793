// SPDX-License-Identifier: Apache-2.0
// PostgreSQL that Daylight brings along: the same engine as at scale, on one machine, behind a private Unix socket.

import { setTimeout as pause } from 'node:timers/promises';
import { OutsideFailure } from '../../ports/failure.ts';
import { clusterIdentity, ensureCluster, serverEnvironment, superuser } from './embedded/cluster.ts';
import type { Lease } from './embedded/lease.ts';
import { port, preparePlace, socketFolder } from './embedded/place.ts';
import { endServer, readPostmaster } from './embedded/postmaster.ts';
import { findPrograms } from './embedded/programs.ts';
import { type Reached, reachServer, type Wanted } from './embedded/server.ts';

export interface EmbeddedPostgres {
  /** `host` is the socket's folder. Who can enter it is the superuser: it has mode 0700. */
  readonly connection: { readonly host: string; readonly port: number; readonly user: string; readonly database: string };
  /** Ends this process's use. The server stops when no other Daylight process uses it. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Folder of everything: made with mode 0700 when missing. */
  readonly dataDir: string;
  /** Made when missing; `daylight` by default. */
  readonly database?: string;
  /** PostgreSQL settings beside ours. They count for the process that starts the server; one that joins takes what it finds. */
  readonly settings?: Readonly<Record<string, string>>;
  /** `stop` leaves the server running even when nobody else uses it. */
  readonly leaveRunning?: boolean;
  /** How long recovery after a crash, or a silent server, is waited for; 120 by default. */
  readonly patienceSeconds?: number;
  /** Folder with `bin`, `lib` and `share` of PostgreSQL; the installed platform package by default. */
  readonly native?: string;
  readonly log: (line: string) => void;
}

/**
 * Joins the server of `dataDir`, or starts it, and keeps it up until `stop`: when it dies it is started again.
 * Any number of processes may do so with one folder; they share one server.
 * @throws OutsideFailure with a text for the person who runs Daylight.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const wanted = await prepare(options).catch((error: unknown) => {
    throw unusable(options.dataDir, error);
  });
  const first = await reachServer(wanted);
  const database = options.database ?? 'daylight';
  await first.lease.ensureDatabase(database);
  const care = keepUp({ ...wanted, socketFolder: first.socketFolder }, first);
  let stopped: Promise<void> | undefined;
  return {
    connection: { host: first.socketFolder, port, user: superuser, database },
    stop() {
      stopped ??= care.end().then((lease) => (options.leaveRunning === true ? lease?.leave() : leave(wanted, lease)));
      return stopped;
    },
  };
}

async function prepare(options: EmbeddedOptions): Promise<Wanted> {
  const settings = options.settings ?? {};
  const place = await preparePlace(options.dataDir);
  const programs = await findPrograms(options.native);
  const environment = await serverEnvironment(place, programs);
  if ((await clusterIdentity(place.cluster)) === undefined) options.log(`A new database is made in ${place.dataDir}.`);
  await ensureCluster(place, programs, environment, settings['fsync'] !== 'off');
  return {
    place,
    programs,
    environment,
    settings,
    socketFolder: socketFolder(place, (await clusterIdentity(place.cluster)) ?? ''),
    patience: (options.patienceSeconds ?? 120) * 1000,
    log: options.log,
  };
}

function unusable(dataDir: string, error: unknown): unknown {
  if (!(error instanceof Error && 'syscall' in error)) return error;
  return new OutsideFailure('permanent', `The data folder ${dataDir} cannot be used: ${error.message}`, { cause: error });
}

/** How long a server that has fallen silent is given once more, in milliseconds, before it is ended. */
const lastChance = 2_000;

/** Watches the lease, and reaches the server anew whenever it is lost or silent. `end` stops watching and hands over the lease there is. */
function keepUp(wanted: Wanted, first: Reached): { end(): Promise<Lease | undefined> } {
  const ended = Promise.withResolvers<'ended'>();
  const watch = async (): Promise<Lease | undefined> => {
    let lease: Lease | undefined = first.lease;
    let silent = false;
    for (let wait = 0; ; wait = Math.min(30_000, wait * 2 + 500)) {
      if (lease !== undefined) {
        const what: 'lost' | 'silent' | 'ended' = await Promise.race([lease.end, ended.promise]);
        if (what === 'ended') return lease;
        silent = what === 'silent';
        wanted.log(silent ? 'The embedded PostgreSQL has fallen silent.' : 'The embedded PostgreSQL is gone; it is started again.');
        if (silent) void lease.leave();
        wait = 0;
      }
      if ((await Promise.race([pause(wait, 'go on', { ref: false }), ended.promise])) === 'ended') return undefined;
      lease = await reachServer(silent ? { ...wanted, patience: lastChance } : wanted).then(
        (reached) => reached.lease,
        (error: Error) => {
          wanted.log(error.message);
          return undefined;
        },
      );
      silent = false;
    }
  };
  const watching = watch();
  return {
    end() {
      ended.resolve('ended');
      return watching;
    },
  };
}

async function leave(wanted: Wanted, held: Lease | undefined): Promise<void> {
  const last = await held?.isLast().catch(() => undefined);
  // The connection was lost a moment ago, but the server may have recovered since.
  if (held === undefined || last === undefined) return leaveAnew(wanted);
  if (last) await stopServer(wanted);
  await held.leave();
}

async function leaveAnew(wanted: Wanted): Promise<void> {
  if ((await readPostmaster(wanted.place.cluster))?.process !== 'ours') return;
  const { lease } = await reachServer(wanted);
  if (await lease.isLast()) await stopServer(wanted);
  await lease.leave();
}

async function stopServer(wanted: Wanted): Promise<void> {
  const gone = await endServer(wanted.place.cluster, [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ]);
  if (!gone) wanted.log('PostgreSQL did not stop in 40 seconds; it is left to itself.');
}
