// SPDX-License-Identifier: Apache-2.0
// Cases: opened, locked, found and appended to.

import { sql } from 'kysely';
import type { CaseState } from '../../core/model/case.ts';
import type { CaseId, ContentId, PersonId, Role } from '../../core/model/identifiers.ts';
import type { Instant } from '../../core/model/time.ts';
import type { Membership, Principal } from '../../core/policy/access.ts';
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
import { readsOn } from './reads.ts';
import type { Held, Session } from './session.ts';

export function casesOf(session: Session, backing: Backing): Cases {
  const { keys } = backing;
  return {
    open: (id, policyVersion, first) => open(session, keys, id, policyVersion, first),
    append: (id, addition) => append(session, keys, id, addition),
    lock: async (id) => (await lock(session, backing, [id]))[0],
    lockAll: (ids) => lock(session, backing, ids),
    find: async (id) => (await find(session, backing, [id]))[0],
    findAll: (ids) => find(session, backing, ids),
    ...readsOn(session),
    ...queuesOf(session, backing),
    ...ownersOf(session),
    ...logOf(session),
    ...textsOf(session, keys),
    ...attachmentsOf(session, backing),
    ...numbersOf(session),
  };
}

/**
 * Asks the roster before the row is looked for. The policies ask it only of a row that is there, and the first asking takes longer than all the rest:
 * without this a hidden case would take longer than none (L-22). Visitors and the process are asked for nothing by the policies.
 */
function rosterFirst({ kind }: Principal) {
  return kind === 'anonymous' || kind === 'process' ? sql`true` : sql`(select acting_capacities()) is not null`;
}

interface CaseRow {
  readonly state: CaseState;
  readonly public: boolean;
  readonly opening: CaseRecord['guarded']['opening'];
  readonly readers: CaseRecord['guarded']['readers'];
  readonly cve_readers: CaseRecord['guarded']['cveReaders'];
  readonly guests: CaseRecord['guarded']['guests'];
  readonly few: readonly string[];
  readonly parties: CaseRecord['guarded']['parties'];
  readonly party_members: readonly string[];
  readonly party_notices: readonly string[];
  readonly proofs: CaseRecord['guarded']['proofs'];
  readonly opened_at: Instant;
}

/**
 * The rows are locked and the transaction told so in one statement, which finds nothing where the principal sees nothing. Always in the order of the
 * ids: two transactions never hold what the other waits for. Not for their keys: a message that is at the relay has written rows that refer to its case,
 * and whoever acts on it meanwhile does not wait for the relay.
 */
async function lock(session: Session, backing: Backing, ids: readonly CaseId[]): Promise<readonly CaseRecord[]> {
  const { project, kind } = session.principal;
  // The publisher changes nothing; it may not even lock.
  if (kind === 'anonymous') return [];
  const rows = await session.rows(sql<CaseRow & Held & { readonly case_id: CaseId }>`
    with locked as materialized (select * from cases
        where ${rosterFirst(session.principal)} and project = ${project} and case_id = any (${ids}) order by case_id collate "C" for no key update),
      told as materialized (select set_config('daylight.acting_cases', array_to_string(${[...session.held.keys()]}::text[] || array_agg(case_id), ','), true) from locked)
    select case_id, state, public, opening, readers, cve_readers, guests, few, parties, party_members, party_notices, proofs, opened_at, version, head, wrapped
    from locked left join case_key using (project, case_id) cross join told order by case_id collate "C"`);
  const records: CaseRecord[] = [];
  for (const { version, head, wrapped, ...row } of rows) {
    session.held.set(row.case_id, { version, head, wrapped });
    records.push(await record(session, backing, row.case_id, row));
  }
  return records;
}

/** The public learns that a case is open, and not who could read it before. */
async function find(session: Session, backing: Backing, ids: readonly CaseId[]): Promise<readonly CaseRecord[]> {
  const { project, kind } = session.principal;
  const lists = sql`readers, cve_readers, guests, few, parties, party_members, party_notices`;
  const none = sql`'{}'::text[]`;
  const nobody = sql`${none} as readers, ${none} as cve_readers, ${none} as guests, ${none} as few, ${none} as parties, ${none} as party_members, ${none} as party_notices`;
  const rows = await session.rows(sql<CaseRow & { readonly case_id: CaseId }>`
    select case_id, state, public, opening, proofs, opened_at, ${kind === 'anonymous' ? nobody : lists}
    from cases where ${rosterFirst(session.principal)} and project = ${project} and case_id = any (${ids})`);
  const records: CaseRecord[] = [];
  for (const row of rows) records.push(await record(session, backing, row.case_id, row));
  return records;
}

/** A role and what stands behind the first blank. */
function parted(pair: string): readonly [string, string] {
  const blank = pair.indexOf(' ');
  return [pair.slice(0, blank), pair.slice(blank + 1)];
}

function membership(pair: string): Membership {
  const [role, person] = parted(pair);
  return { role: role as Role, person: person as PersonId };
}

async function record(session: Session, backing: Backing, id: CaseId, row: CaseRow): Promise<CaseRecord> {
  const { project } = session.principal;
  const { state, opening, readers, cve_readers: cveReaders, guests, parties, proofs, opened_at: openedAt } = row;
  const policy = await policyOf(session, backing.policies, state.policy);
  const partyMembers = row.party_members.map(membership);
  const partyNotices = row.party_notices.map(parted).map(([role, content]) => ({ role: role as Role, content: content as ContentId }));
  const guarded = {
    project,
    case: id,
    public: row.public,
    opening,
    readers,
    cveReaders,
    guests,
    few: row.few.map(membership),
    parties,
    partyMembers,
    partyNotices,
    proofs,
  };
  return { state, policy, guarded, openedAt };
}
