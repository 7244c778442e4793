// SPDX-License-Identifier: Apache-2.0
// Cases: opened, locked, found and appended to. The log is only ever written here.

import { sql } from 'kysely';
import type { CaseState } from '../../core/model/case.ts';
import type { Event } from '../../core/model/event.ts';
import type { CaseId } from '../../core/model/identifiers.ts';
import type { Instant } from '../../core/model/time.ts';
import { OutsideFailure } from '../../ports/failure.ts';
import type { Append, CaseRecord, Cases } from '../../ports/store/cases.ts';
import { attachmentsOf, keepAttachments } from './attachments.ts';
import { canonicalJson } from './canonical-json.ts';
import { chained, chainStart } from './chain.ts';
import { keepContents, textsOf } from './contents.ts';
import { isTaken } from './failures.ts';
import { logOf } from './log.ts';
import { numbersOf } from './numbers.ts';
import { policyOf } from './policies.ts';
import { isOpen, queuesOf } from './queues.ts';
import { recordRead } from './reads.ts';
import { type CaseKey, caseKey, type MasterKeys, newCaseKey } from './seal.ts';
import type { Session } from './session.ts';
import type { Backing } from './store.ts';
import { queries } from './tables.ts';

export function casesOf(session: Session, backing: Backing): Cases {
  const { keys } = backing;
  return {
    open: (id, policyVersion, first) => open(session, keys, id, policyVersion, first),
    lock: (id) => lock(session, backing, id),
    find: (id) => find(session, backing, id),
    append: (id, addition) => append(session, keys, id, addition),
    recordRead: (id, what) => recordRead(session, id, what),
    ...queuesOf(session, keys),
    ...logOf(session),
    ...textsOf(session, keys),
    ...attachmentsOf(session, backing),
    ...numbersOf(session),
  };
}

async function open(session: Session, keys: MasterKeys, id: CaseId, policy: Parameters<Cases['open']>[1], first: Append): Promise<void> {
  const { project } = session.principal;
  const [event] = first.events;
  if (event === undefined) throw new Error('a case opens with its first event');
  await act(session, id);
  const key = newCaseKey(keys, project, id);
  checkFold(first, 0);
  const log = envelopes(chainStart(project, id), first.events);
  const row = {
    project,
    case_id: id,
    policy_name: policy.name,
    policy_version: policy.version,
    opened_at: event.at,
    ...columns(first, log.head),
  };
  await session.change(queries.insertInto('cases').values(row)).catch((error: unknown) => {
    if (isTaken(error, 'cases_pkey')) throw new OutsideFailure('temporary', 'The same report is being taken in at this moment.');
    throw error;
  });
  await session.change(queries.insertInto('case_key').values({ project, case_id: id, wrapped: key.wrapped }));
  await keep(session, key, log.events, first);
}

/** From now to the end of the transaction this case may be written, and stays in sight of the transaction that writes it. */
async function act(session: Session, id: CaseId): Promise<void> {
  session.acting.add(id);
  await session.rows(sql`select set_config('daylight.acting_cases', ${[...session.acting].join(',')}, true)`);
}

interface CaseRow {
  readonly state: CaseState;
  readonly public: boolean;
  readonly opening: CaseRecord['guarded']['opening'];
  readonly readers: CaseRecord['guarded']['readers'];
  readonly cve_readers: CaseRecord['guarded']['cveReaders'];
  readonly guests: CaseRecord['guarded']['guests'];
  readonly opened_at: Instant;
}

/** The row is locked and the transaction told so in one statement, which finds nothing where the principal sees nothing. */
async function lock(session: Session, backing: Backing, id: CaseId): Promise<CaseRecord | undefined> {
  const { project, kind } = session.principal;
  // The publisher changes nothing; it may not even lock.
  if (kind === 'anonymous') return undefined;
  const acting = [...session.acting, id].join(',');
  const row = await session.row(sql<CaseRow>`
    with locked as materialized (
      select state, public, opening, readers, cve_readers, guests, opened_at
      from cases where project = ${project} and case_id = ${id} for update
    )
    select locked.*, set_config('daylight.acting_cases', ${acting}, true) from locked`);
  if (row === undefined) return undefined;
  session.acting.add(id);
  return record(session, backing, id, row);
}

/** The public learns that a case is open, and not who has read it before. */
async function find(session: Session, backing: Backing, id: CaseId): Promise<CaseRecord | undefined> {
  const { project, kind } = session.principal;
  const guards =
    kind === 'anonymous'
      ? sql`'{}'::text[] as readers, '{}'::text[] as cve_readers, '{}'::text[] as guests`
      : sql`readers, cve_readers, guests`;
  const row = await session.row(sql<CaseRow>`
    select state, public, opening, ${guards}, opened_at
    from cases where project = ${project} and case_id = ${id}`);
  return row === undefined ? undefined : record(session, backing, id, row);
}

async function record(session: Session, backing: Backing, id: CaseId, row: CaseRow): Promise<CaseRecord> {
  const { project } = session.principal;
  const { state, opening, readers, cve_readers: cveReaders, guests, opened_at: openedAt } = row;
  const policy = await policyOf(session, backing.policies, state.policy);
  return { state, policy, guarded: { project, case: id, public: row.public, opening, readers, cveReaders, guests }, openedAt };
}

async function append(session: Session, keys: MasterKeys, id: CaseId, addition: Append): Promise<void> {
  if (!session.acting.has(id)) throw new Error('a case is appended to in the transaction that locked it');
  const { project } = session.principal;
  const before = addition.state.version - addition.events.length;
  checkFold(addition, before);
  const row = await session.row(sql<{ head: Buffer; wrapped: Buffer | null }>`
    select head, wrapped from cases left join case_key using (project, case_id)
    where project = ${project} and case_id = ${id} and version = ${before}`);
  if (row === undefined) throw new Error(`the events do not continue the log: it does not end with event ${before}`);
  const log = envelopes(row.head, addition.events);
  await session.change(
    queries.updateTable('cases').set(columns(addition, log.head)).where('project', '=', project).where('case_id', '=', id),
  );
  if (addition.contents.length + addition.attachments.length === 0) return keepEvents(session, id, log.events);
  if (row.wrapped === null) throw new Error('the key of this case was destroyed; nothing can be added to it');
  await keep(session, caseKey(keys, project, id, row.wrapped), log.events, addition);
}

/** The events are numbered on from `before`, and the state is the one after the last of them. */
function checkFold({ events, state, guarded }: Append, before: number): void {
  if (events.some((event, index) => event.seq !== before + index + 1)) throw new Error('the events do not continue the log');
  if (state.version !== before + events.length) throw new Error('the state is not the one after these events');
  if (guarded.case !== state.case || guarded.project !== state.project) throw new Error('the access of one case was given for another');
}

/** Columns of the case that follow from what was added. */
function columns(addition: Append, head: Uint8Array) {
  const { state, guarded, nextDeadline } = addition;
  return {
    version: state.version,
    state: canonicalJson(state),
    head,
    open: isOpen(state),
    public: guarded.public,
    public_since: state.publicSince,
    opening: guarded.opening,
    readers: guarded.readers,
    cve_readers: guarded.cveReaders,
    guests: guarded.guests,
    published_version: state.advisory.published,
    next_deadline: nextDeadline,
  };
}

interface EventRow {
  readonly event: Event;
  readonly envelope: string;
  readonly hash: Uint8Array;
}

function envelopes(start: Uint8Array, events: readonly Event[]): { readonly events: readonly EventRow[]; readonly head: Uint8Array } {
  let head = start;
  const rows = events.map((event): EventRow => {
    const envelope = canonicalJson(event);
    head = chained(head, envelope);
    return { event, envelope, hash: head };
  });
  return { events: rows, head };
}

async function keep(session: Session, key: CaseKey, events: readonly EventRow[], addition: Append): Promise<void> {
  await keepEvents(session, key.case, events);
  await keepContents(session, key, addition.contents);
  await keepAttachments(session, key, addition.attachments);
}

async function keepEvents(session: Session, id: CaseId, events: readonly EventRow[]): Promise<void> {
  if (events.length === 0) return;
  const { project } = session.principal;
  const rows = events.map(({ event, envelope, hash }) => {
    const { seq, at, kind, v } = event;
    return { project, case_id: id, seq, at, kind, v, envelope, hash };
  });
  await session.change(queries.insertInto('event').values(rows));
}
