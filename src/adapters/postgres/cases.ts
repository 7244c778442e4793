// SPDX-License-Identifier: Apache-2.0
// Cases: opened, locked, found and appended to.

import { sql } from 'kysely';
import type { CaseState } from '../../core/model/case.ts';
import type { CaseId } from '../../core/model/identifiers.ts';
import type { Instant } from '../../core/model/time.ts';
import type { CaseRecord, Cases } from '../../ports/store/cases.ts';
import { append, open } from './append.ts';
import { attachmentsOf } from './attachments.ts';
import type { Backing } from './backing.ts';
import { textsOf } from './contents.ts';
import { logOf } from './log.ts';
import { numbersOf } from './numbers.ts';
import { ownersOf } from './owners.ts';
import { policyOf } from './policies.ts';
import { queuesOf } from './queues.ts';
import { recordRead } from './reads.ts';
import type { Held, Session } from './session.ts';

export function casesOf(session: Session, backing: Backing): Cases {
  const { keys } = backing;
  return {
    open: (id, policyVersion, first) => open(session, keys, id, policyVersion, first),
    append: (id, addition) => append(session, keys, id, addition),
    lock: (id) => lock(session, backing, id),
    find: (id) => find(session, backing, id),
    recordRead: (id, what) => recordRead(session, id, what),
    ...queuesOf(session, backing),
    ...ownersOf(session),
    ...logOf(session),
    ...textsOf(session, keys),
    ...attachmentsOf(session, backing),
    ...numbersOf(session),
  };
}

interface CaseRow {
  readonly state: CaseState;
  readonly public: boolean;
  readonly opening: CaseRecord['guarded']['opening'];
  readonly readers: CaseRecord['guarded']['readers'];
  readonly cve_readers: CaseRecord['guarded']['cveReaders'];
  readonly guests: CaseRecord['guarded']['guests'];
  readonly proofs: CaseRecord['guarded']['proofs'];
  readonly opened_at: Instant;
}

/** The row is locked and the transaction told so in one statement, which finds nothing where the principal sees nothing. */
async function lock(session: Session, backing: Backing, id: CaseId): Promise<CaseRecord | undefined> {
  const { project, kind } = session.principal;
  // The publisher changes nothing; it may not even lock.
  if (kind === 'anonymous') return undefined;
  const row = await session.row(sql<CaseRow & Held>`
    with locked as materialized (select * from cases where project = ${project} and case_id = ${id} for update)
    select state, public, opening, readers, cve_readers, guests, proofs, opened_at, version, head, wrapped,
      set_config('daylight.acting_cases', ${[...session.held.keys(), id].join(',')}, true)
    from locked left join case_key using (project, case_id)`);
  if (row === undefined) return undefined;
  const { version, head, wrapped } = row;
  session.held.set(id, { version, head, wrapped });
  return record(session, backing, id, row);
}

/** The public learns that a case is open, and not who could read it before. */
async function find(session: Session, backing: Backing, id: CaseId): Promise<CaseRecord | undefined> {
  const { project, kind } = session.principal;
  const nobody = sql`'{}'::text[] as readers, '{}'::text[] as cve_readers, '{}'::text[] as guests`;
  const row = await session.row(sql<CaseRow>`
    select state, public, opening, proofs, opened_at, ${kind === 'anonymous' ? nobody : sql`readers, cve_readers, guests`}
    from cases where project = ${project} and case_id = ${id}`);
  return row === undefined ? undefined : record(session, backing, id, row);
}

async function record(session: Session, backing: Backing, id: CaseId, row: CaseRow): Promise<CaseRecord> {
  const { project } = session.principal;
  const { state, opening, readers, cve_readers: cveReaders, guests, proofs, opened_at: openedAt } = row;
  const policy = await policyOf(session, backing.policies, state.policy);
  return { state, policy, guarded: { project, case: id, public: row.public, opening, readers, cveReaders, guests, proofs }, openedAt };
}
