// SPDX-License-Identifier: Apache-2.0
// The worker: takes jobs from the queue and lets the clock tick for every project. Any number of workers may run on one database.

import { Logger, type RunnerOptions, run } from 'graphile-worker';
import { runJob } from '../app/jobs.ts';
import { jobRules } from '../app/registry.ts';
import { resumePublications } from '../app/resume.ts';
import { tick } from '../app/tick.ts';
import type { World } from '../app/world.ts';
import type { ProjectId } from '../core/model/identifiers.ts';

export interface RunningWorker {
  /** Finishes what it is doing and takes nothing new. */
  stop(): Promise<void>;
}

export interface WorkerOptions {
  readonly pool: NonNullable<RunnerOptions['pgPool']>;
  readonly projects: () => Promise<readonly ProjectId[]>;
  /** How often the clock is looked at, in milliseconds. */
  readonly tickEvery: number;
}

/** Attempts of a job before it is given up; with graphile-worker's back-off they span about three days. */
const attempts = 25;

/** How often what a dead worker left behind is looked for, in milliseconds; the first time at the start. */
const resumeEvery = 60_000;

export async function startWorker(world: World, options: WorkerOptions): Promise<RunningWorker> {
  const perform = (payload: unknown) => runJob(world, payload as Parameters<typeof runJob>[1]);
  const runner = await run({
    pgPool: options.pool,
    concurrency: 2,
    pollInterval: 2000,
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
    taskList: Object.fromEntries(Object.keys(jobRules).map((task) => [task, perform])),
  });
  runner.events.on('job:error', ({ job, error }) =>
    world.log('job-failed', { task: job.task_identifier, attempt: job.attempts, of: attempts, error: nameOf(error) }),
  );
  const clock = startClock(world, options);
  return {
    async stop() {
      await clock.stop();
      await runner.stop();
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
  let resumed = Number.NEGATIVE_INFINITY;
  const turn = async () => {
    const again = performance.now() - resumed >= resumeEvery;
    for (const project of await projects()) {
      if (again) await resumePublications(world, project);
      await tick(world, project);
    }
    if (again) resumed = performance.now();
  };
  const loop = (async () => {
    while (!stopped) {
      try {
        await turn();
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
