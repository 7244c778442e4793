// SPDX-License-Identifier: Apache-2.0
// Jobs go into the worker's queue through one function, in the transaction at hand.

import { sql } from 'kysely';
import type { Jobs } from '../../ports/store/jobs.ts';
import type { Session } from './session.ts';

export function jobsOf(session: Session): Jobs {
  /** What this transaction asked for last under a key is what the queue gets: to ask the same again would be a round trip for nothing. */
  const asked = new Map<string, string>();
  return {
    async enqueue(job, key) {
      const payload = JSON.stringify(job);
      if (asked.get(key) === payload) return;
      asked.set(key, payload);
      await session.rows(sql`select daylight_jobs.enqueue_job(${job.task}, ${payload}::jsonb, ${key})`);
    },
  };
}
