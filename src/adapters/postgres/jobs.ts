// SPDX-License-Identifier: Apache-2.0
// Jobs go into the worker's queue through one function, in the transaction at hand.

import { sql } from 'kysely';
import type { Jobs } from '../../ports/store/jobs.ts';
import type { Session } from './session.ts';

export function jobsOf(session: Session): Jobs {
  return {
    async enqueue(job, key) {
      await session.rows(sql`select daylight_jobs.enqueue_job(${job.task}, ${JSON.stringify(job)}::jsonb, ${key})`);
    },
  };
}
