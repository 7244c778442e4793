// SPDX-License-Identifier: Apache-2.0
// The worker: takes jobs from the queue and lets the clock tick for every project. Any number of workers may run on one database.

import { runJob } from '../app/jobs.ts';
import { tick } from '../app/tick.ts';
import type { World } from '../app/world.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
import { type JobsPool, type Queue, startQueue } from './queue.ts';

export type RunningWorker = Queue;

export interface WorkerOptions {
  readonly pool: JobsPool;
  readonly projects: () => Promise<readonly ProjectId[]>;
  /** How often the clock is looked at, in milliseconds. */
  readonly tickEvery: number;
}

export async function startWorker(world: World, options: WorkerOptions): Promise<RunningWorker> {
  const queue = await startQueue(world, options.pool, (payload) => runJob(world, payload as Parameters<typeof runJob>[1]));
  const clock = startClock(world, options);
  return {
    async stop() {
      await clock.stop();
      await queue.stop();
    },
  };
}

/** Ticks one after the other, never two at once in one process; a failure is logged and the next tick tries again. */
function startClock(world: World, { projects, tickEvery }: WorkerOptions): RunningWorker {
  let stopped = false;
  let wake: () => void = () => undefined;
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, tickEvery);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = (async () => {
    while (!stopped) {
      try {
        for (const project of await projects()) await tick(world, project);
      } catch (error) {
        world.log('tick-failed', { error: nameOf(error) });
      }
      if (!stopped) await pause();
    }
  })();
  return {
    async stop() {
      stopped = true;
      wake();
      await loop;
    },
  };
}

/** The kind of a failure only: its message may quote what must not be logged (L-29). */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
