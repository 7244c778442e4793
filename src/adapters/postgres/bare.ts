// SPDX-License-Identifier: Apache-2.0
// Bare SQL as the anchor of a benchmark: the rows of a page asked for by their owner in one round trip, with no access rule on the way.

import { Pool } from 'pg';
import type { RoleSources } from './roles.ts';

export interface BareSql {
  /** The rows of one page of the queue with their sealed titles, and how many there are. */
  queue(project: string, limit: number): Promise<void>;
  /**
   * What the page of a case shows: the case with its log, texts, files, mail and key, the members with their roles, the policy that holds; and one row
   * of a table with the columns and indexes of the log of reads, which is on disk when this resolves.
   */
  caseAndRow(project: string, id: string): Promise<void>;
  /** Whether a commit waits for the disk: it need not while the data of a benchmark is made. Counts for connections that are opened from then on. */
  waitForDisk(on: boolean): Promise<void>;
  close(): Promise<void>;
}

/** `owner` may everything; the row goes into a table of its own, which `close` drops. */
export async function bareSql({ owner }: Pick<RoleSources, 'owner'>): Promise<BareSql> {
  const pool = new Pool({ ...(typeof owner === 'string' ? { connectionString: owner } : owner), max: 1 });
  await pool.query('drop table if exists public.bench_anchor');
  await pool.query(`create table public.bench_anchor (project text, id bigint generated always as identity, case_id text, at timestamptz(3) default now(),
    principal text, what text, shown text[] default '{}', held boolean default false, batch integer, primary key (project, id));
    create index on public.bench_anchor (project, case_id, at);
    create index on public.bench_anchor (project, batch);
    create index on public.bench_anchor (project, principal, at);
    create index on public.bench_anchor using gin (shown) where cardinality(shown) > 0`);
  return {
    async queue(project, limit) {
      await pool.query({
        name: 'queue',
        text: `select c.state, t.sealed, k.wrapped, (select count(*) from daylight.cases where project = $1 and open)
          from (select * from daylight.cases where project = $1 and open order by next_deadline nulls last, opened_at, case_id limit $2) c
          left join daylight.content t on t.project = c.project and t.case_id = c.case_id and t.content_id = c.title_id
          left join daylight.case_key k on k.project = c.project and k.case_id = c.case_id`,
        values: [project, limit],
      });
    },
    async caseAndRow(project, id) {
      await pool.query({
        name: 'case',
        text: `select c.state, k.wrapped,
            ${['event', 'content', 'attachment', 'outbox']
              .map((table) => `(select json_agg(t) from daylight.${table} t where t.project = $1 and t.case_id = $2) as ${table}`)
              .join(', ')},
            (select json_agg(m) from (select person, name, covers, organisation,
              array(select role from daylight.membership r where r.project = m.project and r.person = m.person) as roles
              from daylight.member m where m.project = $1) m) as members,
            (select json_agg(p) from (select name, version, sha256, active_since from daylight.policy_version where project = $1 and active) p) as policy
          from daylight.cases c left join daylight.case_key k using (project, case_id) where c.project = $1 and c.case_id = $2`,
        values: [project, id],
      });
      await pool.query({
        name: 'row',
        text: `insert into public.bench_anchor (project, case_id, principal, what) values ($1, $2, 'person:mei', 'case')`,
        values: [project, id],
      });
    },
    async waitForDisk(on) {
      const { rows } = await pool.query<{ name: string }>('select quote_ident(current_database()) as name');
      await pool.query(`alter database ${rows[0]?.name ?? ''} ${on ? 'reset synchronous_commit' : 'set synchronous_commit = off'}`);
      if (on) await pool.query('vacuum analyze');
    },
    async close() {
      await pool.query('drop table public.bench_anchor');
      await pool.end();
    },
  };
}
