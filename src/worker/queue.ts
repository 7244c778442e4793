// SPDX-License-Identifier: Apache-2.0
// The job queue's runner, kept running: after the database was away it begins anew, and jobs whose runner was killed are free again at once.

import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger, type Runner, type RunnerOptions, run, type WorkerEvents } from 'graphile-worker';
import { jobRules } from '../app/registry.ts';
import type { World } from '../app/world.ts';

export type JobsPool = NonNullable<RunnerOptions['pgPool']>;

export interface Queue {
  /** Finishes what it is doing and takes nothing new. */
  stop(): Promise<void>;
}

/** Attempts of a job before it is given up; with graphile-worker's back-off they span about three days. */
const attempts = 25;

/** How long the database is left alone after it failed, and how often jobs of the dead are looked for; milliseconds. */
const beginAgainAfter = 500;
const lookEvery = 10_000;

/** First key of the locks that say who lives; any number that nobody else takes. */
const living = 20_261_123;

export async function startQueue(world: World, pool: JobsPool, perform: (payload: unknown) => Promise<void>): Promise<Queue> {
  const ending = new AbortController();
  const mine: string[] = [];
  const begin = async () => {
    // Whatever ran here before has ended.
    await freeJobsOfTheDead(pool, mine);
    return run({
      pgPool: pool,
      concurrency: 2,
      pollInterval: 2000,
      noHandleSignals: true,
      logger: new Logger(() => () => undefined),
      events: watched(world, mine),
      taskList: Object.fromEntries(Object.keys(jobRules).map((task) => [task, perform])),
      // In batches, however short, a job that cannot be ticked off ends the runner; otherwise it would end the process.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    });
  };
  const looking = setInterval(() => void freeJobsOfTheDead(pool, []).catch(() => undefined), lookEvery);
  const kept = keep(world, await begin(), begin, ending.signal);
  return {
    async stop() {
      clearInterval(looking);
      ending.abort();
      await kept;
    },
  };
}

/** A runner that loses the database in the midst of a job gives up for good; another takes its place. */
async function keep(world: World, first: Runner, begin: () => Promise<Runner>, ending: AbortSignal): Promise<void> {
  const asked = new Promise<void>((resolve) => ending.addEventListener('abort', () => resolve(), { once: true }));
  let runner: Runner | undefined = first;
  while (!ending.aborted) {
    if (runner !== undefined) {
      await Promise.race([runner.promise.catch(() => undefined), asked]);
      if (ending.aborted) break;
      world.log('queue-interrupted', {});
    }
    await pause(beginAgainAfter, undefined, { signal: ending }).catch(() => undefined);
    runner = ending.aborted ? undefined : await begin().catch(() => undefined);
  }
  // It refuses when it has just ended by itself.
  await runner?.stop().catch(() => undefined);
}

function watched(world: World, mine: string[]): WorkerEvents {
  const events: WorkerEvents = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => void mine.push(workerPool.id));
  events.on('job:error', ({ job, error }) =>
    world.log('job-failed', {
      task: job.task_identifier,
      attempt: job.attempts,
      of: attempts,
      // The kind of a failure only: its message may quote what must not be logged (L-29).
      error: error instanceof Error ? error.name : 'unknown',
    }),
  );
  // The connection that listens for jobs also says that this runner lives: PostgreSQL takes the lock back when either dies.
  events.on('pool:listen:success', ({ workerPool, client }) => {
    const say = () => client.query('select pg_advisory_lock($1, hashtext($2))', [living, workerPool.id]).catch(() => undefined);
    client.once('drain', () => void say());
  });
  return events;
}

/**
 * graphile-worker itself waits four hours for a runner that was killed, and a publication cannot. A runner is taken for dead when it is one
 * of `ended`, or when nobody holds its lock. That may be wrong for the moment of a lost connection; then a job runs twice, which every job allows.
 */
async function freeJobsOfTheDead(pool: JobsPool, ended: readonly string[]): Promise<void> {
  await pool.query(
    `select graphile_worker.force_unlock_workers(array_agg(holder))
     from (select distinct locked_by as holder from graphile_worker._private_jobs where locked_by is not null) held
     where holder = any($1) or pg_try_advisory_xact_lock($2, hashtext(holder))`,
    [ended, living],
  );
  // One of these was ordered anew while its runner still had it (same key), and the newer one does its work.
  await pool.query(
    `delete from graphile_worker._private_jobs where locked_by is null and key is null and attempts = max_attempts and last_error is null`,
  );
}
