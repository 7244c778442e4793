// SPDX-License-Identifier: Apache-2.0
// Lists of cases: the queue, what is public, what is due. The policies narrow them; titles are unsealed for the rows that are shown and no others.

import { type RawBuilder, sql } from 'kysely';
import type { CaseState } from '../../core/model/case.ts';
import type { CaseId, ContentId } from '../../core/model/identifiers.ts';
import { openHandling } from '../../core/model/regions.ts';
import type { Instant } from '../../core/model/time.ts';
import type { Cases, QueueEntry, QueueFilter, QueuePlace } from '../../ports/store/cases.ts';
import type { Backing } from './backing.ts';
import { contentText } from './contents.ts';
import { policyOf } from './policies.ts';
import { caseKey, type MasterKeys } from './seal.ts';
import type { Session } from './session.ts';

interface QueueRow {
  readonly case_id: CaseId;
  readonly state: CaseState;
  readonly opened_at: Instant;
  readonly next_deadline: Instant | null;
  readonly content_id: ContentId | null;
  readonly sealed: Buffer | null;
  readonly wrapped: Buffer | null;
}

/** Somebody still has to do something: a case on its way, or a report that waits for a moderator. */
export function isOpen(state: CaseState): boolean {
  return state.handling === 'held' || openHandling.includes(state.handling);
}

// A limit is written into the statement: the planner has to know that the rows are few. The callers' limits are few as well.

/** The title and its key come with each row, where the principal may read them. */
const withTitle = sql`
  left join content on content.project = c.project and content.case_id = c.case_id and content.content_id = c.title_id
  left join case_key on case_key.project = c.project and case_key.case_id = c.case_id`;

export function queuesOf(session: Session, { keys, policies }: Backing): Pick<Cases, 'queue' | 'queued' | 'published' | 'due'> {
  const { project, kind } = session.principal;
  const entries = async (rows: readonly QueueRow[]): Promise<readonly QueueEntry[]> => {
    const list: QueueEntry[] = [];
    for (const row of rows) {
      const { state, opened_at: openedAt, next_deadline: nextDeadline } = row;
      list.push({
        state,
        policy: await policyOf(session, policies, state.policy),
        openedAt,
        nextDeadline,
        title: titleOf(keys, session, row),
      });
    }
    return list;
  };
  const deadline = kind === 'anonymous' ? sql`null::timestamptz as next_deadline` : sql`next_deadline`;
  return {
    async queue(filter) {
      // The publisher has no grant on the columns that order a queue: what is public is all that the anonymous have.
      if (kind === 'anonymous') return [];
      const order = (table: string) => {
        const patches = filter.patchesFirst === true ? `${table}patches desc, ` : '';
        const clock = filter.byAge === true ? '' : `${patches}${table}next_deadline nulls last, `;
        return sql.raw(`${clock}${table}opened_at, ${table}case_id`);
      };
      const rows = await session.rows(sql<QueueRow>`
        select c.*, content.content_id, content.sealed, case_key.wrapped
        from (
          select project, case_id, state, title_id, opened_at, next_deadline, patches from cases
          where ${inQueue(session, filter)} ${filter.after === undefined ? sql`` : sql`and ${behind(filter.after, filter)}`}
          order by ${order('')} limit ${sql.lit(filter.limit)}
        ) c ${withTitle}
        order by ${order('c.')}`);
      return entries(rows);
    },
    async queued(filter) {
      if (kind === 'anonymous') return 0;
      const some = sql`select from cases where ${inQueue(session, filter)} limit ${sql.lit(filter.limit)}`;
      const row = await session.row(sql<{ count: number }>`select count(*)::int as count from (${some}) one`);
      return row?.count ?? 0;
    },
    async published(limit) {
      const rows = await session.rows(sql<QueueRow>`
        select c.*, content.content_id, content.sealed, case_key.wrapped
        from (
          select project, case_id, state, title_id, opened_at, public_since, ${deadline} from cases
          where project = ${project} and public order by public_since desc, case_id limit ${sql.lit(limit)}
        ) c ${withTitle}
        order by c.public_since desc, c.case_id`);
      return entries(rows);
    },
    async due(now, limit) {
      if (kind !== 'process') throw new Error('only the process asks what is due');
      const rows = await session.rows(sql<{ case_id: CaseId }>`
        select case_id from cases where project = ${project} and next_deadline <= ${now} order by next_deadline, case_id limit ${sql.lit(limit)}`);
      return rows.map((row) => row.case_id);
    },
  };
}

/** The same rows for the list and for its count. What is open to all is in the queue of those who would read it anyway (reach in core/policy/access.ts). */
function inQueue({ principal }: Session, { open, clocked, codename }: Omit<QueueFilter, 'limit' | 'after'>): RawBuilder<unknown> {
  const own =
    principal.kind === 'person'
      ? sql`and (not public or readers && ${[...principal.roles]}::text[] or ${principal.person} = any (guests) or few && (select acting_memberships()))`
      : sql``;
  const named = codename === undefined ? sql`` : sql`and state ->> 'codename' = ${codename}`;
  const running = clocked === true ? sql`and next_deadline is not null` : sql``;
  return sql`project = ${principal.project} and open = ${open} ${running} ${own} ${named}`;
}

/** Strictly behind a place, in the order of the queue; what has no deadline stands last. */
function behind({ patches, deadline, openedAt, case: id }: QueuePlace, { patchesFirst, byAge }: QueueFilter): RawBuilder<unknown> {
  if (byAge === true) return sql`(opened_at, case_id) > (${openedAt}, ${id})`;
  const later =
    deadline === null
      ? sql`(next_deadline is null and (opened_at, case_id) > (${openedAt}, ${id}))`
      : sql`(next_deadline is null or (next_deadline, opened_at, case_id) > (${deadline}, ${openedAt}, ${id}))`;
  if (patchesFirst !== true) return later;
  return patches ? sql`(not patches or ${later})` : sql`(not patches and ${later})`;
}

function titleOf(keys: MasterKeys, session: Session, row: QueueRow): string {
  if (row.content_id === null || row.sealed === null || row.wrapped === null) return '';
  return contentText(caseKey(keys, session.principal.project, row.case_id, row.wrapped), row.content_id, row.sealed);
}
