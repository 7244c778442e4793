// SPDX-License-Identifier: Apache-2.0
// The worker: takes jobs from the queue and lets the clock tick for every project. Any number of workers may run on one database.

import { runJob } from '../app/jobs.ts';
import { mendOwners } from '../app/owners.ts';
import { resumeJobs } from '../app/resume.ts';
import { tickClocks, tickMail } from '../app/tick.ts';
import type { World } from '../app/world.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
import { nameOf, type Queue, type QueueOptions, startQueue } from './queue.ts';

export type RunningWorker = Queue;

export interface WorkerOptions {
  readonly pool: QueueOptions['pool'];
  readonly projects: () => Promise<readonly ProjectId[]>;
  /** How often the clock is looked at, in milliseconds. */
  readonly tickEvery: number;
}

/** How often what a dead worker left behind is looked for, in milliseconds; besides at the start, and after anything went wrong here. */
const resumeEvery = 60_000;

export async function startWorker(world: World, options: WorkerOptions): Promise<RunningWorker> {
  const resumed = { at: Number.NEGATIVE_INFINITY };
  const queue = await startQueue(world, {
    pool: options.pool,
    perform: (payload) => runJob(world, payload as Parameters<typeof runJob>[1]),
    leftBehind: () => {
      resumed.at = Number.NEGATIVE_INFINITY;
    },
  });
  const clocks = [startClock(world, options, resumed), startMail(world, options)];
  return {
    async stop() {
      await Promise.all(clocks.map((clock) => clock.stop()));
      await queue.stop();
    },
  };
}

/** What ends or falls due by the clock; and what a dead worker left behind. */
function startClock(world: World, { projects, tickEvery }: WorkerOptions, resumed: { at: number }): RunningWorker {
  const turn = async () => {
    const again = performance.now() - resumed.at >= resumeEvery;
    if (again) resumed.at = performance.now();
    for (const project of await projects()) {
      if (again) {
        await resumeJobs(world, project);
        await mendOwners(world, project);
      }
      await tickClocks(world, project);
    }
  };
  return turnByTurn(world, tickEvery, turn, () => {
    resumed.at = Number.NEGATIVE_INFINITY;
  });
}

/** Mail has turns of its own: a relay that takes minutes for each message lengthens nobody's access (L-11). */
function startMail(world: World, { projects, tickEvery }: WorkerOptions): RunningWorker {
  const turn = async () => {
    for (const project of await projects()) await tickMail(world, project);
  };
  return turnByTurn(world, tickEvery, turn, () => undefined);
}

/** One turn after the other, never two at once in one process; a failure is logged and the next turn tries again. */
function turnByTurn(world: World, tickEvery: number, turn: () => Promise<void>, failed: () => void): RunningWorker {
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
        await turn();
      } catch (error) {
        failed();
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
