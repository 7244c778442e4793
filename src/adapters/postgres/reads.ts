// SPDX-License-Identifier: Apache-2.0
// The log of reads: who saw what of a confidential case (L-33). Entries are written at once and unchained; audit.ts binds them together.

import { sql } from 'kysely';
import type { CaseId } from '../../core/model/identifiers.ts';
import type { Cases } from '../../ports/store/cases.ts';
import type { Session } from './session.ts';

/** SQL: the report waits for a moderator. */
const held = (table: string) => sql.raw(`(${table}.state ->> 'handling' = 'held')`);

/** A public case has no log of readers, and the anonymous see no other. */
export function readsOn(session: Session): Pick<Cases, 'recordRead' | 'recordList' | 'mayOpen' | 'mayBeTitled'> {
  const { project, kind } = session.principal;
  return {
    async recordRead(id, what, shown = []) {
      if (kind === 'anonymous') return;
      await session.change(sql`
        insert into read_log (project, case_id, principal, what, shown, held)
        select project, case_id, acting_mark(), ${what}, ${shown}::text[], ${held('cases')} from cases
        where project = ${project} and case_id = ${id} and not public`);
    },
    async recordList(what, shown) {
      if (kind === 'anonymous' || shown.length === 0) return;
      await session.change(
        sql`insert into read_log (project, principal, what, shown) values (${project}, acting_mark(), ${what}, ${shown}::text[])`,
      );
    },
    mayOpen: (id, most) => mayOpen(session, id, most),
    mayBeTitled: (ids, most) => mayBeTitled(session, ids, most),
  };
}

/**
 * Who asks is worked out once, not once in a row, and found by the index: somebody who looks a thousand times in an hour waits no longer for that.
 * The database's own clock counts the hour, which nobody's machine moves. Requests of one person that come at once are counted one after the other:
 * the lock is held until the transaction ends, and with it the read that it is about. Reports that wait for a moderator are not counted: whoever
 * screens a flood of them has to open them.
 */
async function mayOpen(session: Session, id: CaseId, most: number): Promise<boolean> {
  const { project, kind } = session.principal;
  if (kind !== 'person') return true;
  const lock = sql`select pg_advisory_xact_lock(hashtextextended('opens ' || ${project} || ' ' || acting_mark(), 0))`;
  const count = sql<{ others: number; again: boolean }>`
    select count(distinct case_id)::integer as others,
      coalesce(bool_or(case_id = ${id}), false) or exists (select from cases where project = ${project} and case_id = ${id} and ${held('cases')}) as again
    from read_log where project = ${project} and principal = (select acting_mark()) and at > now() - interval '1 hour' and case_id is not null and not held`;
  const [, row] = await Promise.all([session.rows(lock), session.row(count)]);
  return row === undefined || row.again || row.others < most;
}

/** Counted like openings, one list after the other. A row for each title, not the log of reads: that has a row for a page, however often it is looked at. */
async function mayBeTitled(session: Session, ids: readonly CaseId[], most: number): Promise<ReadonlySet<CaseId>> {
  const { project, kind } = session.principal;
  if (kind !== 'person' || ids.length === 0) return new Set(ids);
  const lock = sql`select pg_advisory_xact_lock(hashtextextended('titles ' || ${project} || ' ' || acting_mark(), 0))`;
  const shown = sql<{ id: CaseId }>`
    select case_id as id from title_shown where project = ${project} and principal = (select acting_mark()) and at > now() - interval '1 hour'`;
  const [, rows] = await Promise.all([session.rows(lock), session.rows(shown)]);
  const known = new Set(rows.map(({ id }) => id));
  const news = ids.filter((id) => !known.has(id)).slice(0, Math.max(0, most - known.size));
  if (news.length > 0)
    await session.change(sql`
      insert into title_shown (project, principal, case_id) select ${project}, acting_mark(), unnest(${news}::text[])
      on conflict (project, principal, case_id) do update set at = now()`);
  return new Set([...ids.filter((id) => known.has(id)), ...news]);
}
