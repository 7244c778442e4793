// SPDX-License-Identifier: Apache-2.0
// The tables of the job queue: graphile-worker's own, in a schema of the role jobs, and the one door through which others put in a job.

import type { Client, Pool } from 'pg';
import type { RoleNames } from './roles.ts';

/** Schema of graphile-worker, exempt by name from the check of row-level security: nobody but the role jobs can use it. */
export const workerSchema = 'graphile_worker';

/** The version in package.json, pinned. */
export const workerVersion = '0.18.0';

/** A database that knows this is not looked at again: graphile-worker's version, and the number of changes to `enqueue_job`. */
export const queueVersion = `${workerVersion}+1`;

/** The project is the principal's own, in the payload and in the key: nobody orders work in another project's name. */
const enqueueJob = (roles: RoleNames) => `
create schema if not exists daylight_jobs;
create or replace function daylight_jobs.enqueue_job(task text, payload jsonb, key text) returns void
  language plpgsql volatile security definer set search_path = ${workerSchema}, pg_temp
  as $$
  declare
    project text := nullif(current_setting('daylight.project', true), '');
  begin
    if project is null then raise exception 'a job belongs to a project'; end if;
    perform add_job(task, (payload || jsonb_build_object('project', project))::json, job_key => project || ':' || key);
  end $$;
revoke all on function daylight_jobs.enqueue_job(text, jsonb, text) from public;
grant execute on function daylight_jobs.enqueue_job(text, jsonb, text) to ${roles.app};
grant usage on schema daylight_jobs to ${roles.app};
`;

/** Run by the role jobs. Loads graphile-worker, which a process that finds its tables in place need not do. */
export async function installJobQueue(jobs: Pool, roles: RoleNames): Promise<void> {
  const { Logger, runMigrations } = await import('graphile-worker');
  await runMigrations({ pgPool: jobs, schema: workerSchema, logger: new Logger(() => () => {}) });
  await jobs.query(enqueueJob(roles));
}

export async function installedWorker(owner: Client): Promise<string | null> {
  const { rows } = await owner.query<{ worker: string | null }>('select worker from installation');
  return rows[0]?.worker ?? null;
}
