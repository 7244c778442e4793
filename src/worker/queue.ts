// SPDX-License-Identifier: Apache-2.0
// The job queue's runner, kept running: one that lost the database in the midst of a job gives up for good, and another takes its place.

import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger, type Runner, type RunnerOptions, run, type WorkerEvents } from 'graphile-worker';
import { jobRules } from '../app/registry.ts';
import type { World } from '../app/world.ts';

export interface Queue {
  /** Finishes what it is doing and takes nothing new. */
  stop(): Promise<void>;
}

export interface QueueOptions {
  readonly pool: NonNullable<RunnerOptions['pgPool']>;
  readonly perform: (payload: unknown) => Promise<void>;
  /**
   * Called when jobs may have been left behind: another runner begins, or the answer to one that asked for a job was lost, which the database may have
   * given all the same. Such jobs stay locked, so what they were for is to be ordered anew.
   */
  readonly leftBehind: () => void;
}

/** Attempts of a job before it is given up; with graphile-worker's back-off they span about three days. */
const attempts = 25;

/** How long the database is left alone after it failed, in milliseconds. */
const patience = 500;

export async function startQueue(world: World, options: QueueOptions): Promise<Queue> {
  const ending = new AbortController();
  const kept = keep(world, options, await begin(world, options), ending.signal);
  return {
    async stop() {
      ending.abort();
      await kept;
    },
  };
}

async function begin(world: World, { pool, perform, leftBehind }: QueueOptions): Promise<Runner> {
  const events: WorkerEvents = new EventEmitter();
  events.on('worker:getJob:error', leftBehind);
  events.on('job:error', ({ job, error }) =>
    world.log('job-failed', { task: job.task_identifier, attempt: job.attempts, of: attempts, error: nameOf(error) }),
  );
  return run({
    events,
    pgPool: pool,
    concurrency: 2,
    pollInterval: 2000,
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
    taskList: Object.fromEntries(Object.keys(jobRules).map((task) => [task, perform])),
    // In batches, however short, a job that cannot be ticked off ends the runner; otherwise its rejection ends the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  });
}

async function keep(world: World, options: QueueOptions, first: Runner, ending: AbortSignal): Promise<void> {
  const asked = new Promise<void>((resolve) => ending.addEventListener('abort', () => resolve(), { once: true }));
  let runner: Runner | undefined = first;
  for (;;) {
    if (runner !== undefined) await Promise.race([runner.promise.catch(() => undefined), asked]);
    if (ending.aborted) break;
    world.log('queue-interrupted', {});
    await pause(patience, undefined, { signal: ending }).catch(() => undefined);
    runner = ending.aborted ? undefined : await begin(world, options).catch(() => undefined);
    if (runner !== undefined) options.leftBehind();
  }
  // It refuses when it has just ended by itself.
  await runner?.stop().catch(() => undefined);
}

/** The kind of a failure only: its message may quote what must not be logged (L-29). */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
