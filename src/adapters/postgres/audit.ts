// SPDX-License-Identifier: Apache-2.0
// The audit: the chains of reads and of sign-ins, who has read what, and where every chain of a project ends.

import { sql } from 'kysely';
import type { CaseId } from '../../core/model/identifiers.ts';
import type { Audit, Listed, Read, ReaderSum } from '../../ports/store/audit.ts';
import { type BatchedLog, seal, verify } from './batches.ts';
import { hashAt, headsOf } from './heads.ts';
import type { Session } from './session.ts';

const reads: BatchedLog = {
  name: 'reads',
  log: sql`read_log`,
  batches: sql`read_batch`,
  entry: sql`id, case_id, at, principal, what, shown`,
};
const signIns: BatchedLog = {
  name: 'sign-ins',
  log: sql`sign_in_log`,
  batches: sql`sign_in_batch`,
  entry: sql`id, at, person, kind, detail`,
};

export function auditOf(session: Session): Audit {
  const { project, kind } = session.principal;
  const asProcess = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (kind !== 'process') throw new Error('only the process binds and checks the log of reads');
    return work();
  };
  return {
    readsOf: (id, limit) =>
      session.rows(sql<Read>`
        select at, principal as by, what from read_log where project = ${project} and case_id = ${id} order by at desc, id desc limit ${limit}`),
    readersOf: (id) => readersOf(session, id),
    listedTo: (id) => asProcess(() => listedTo(session, id)),
    seal: (limit) => asProcess(() => seal(session, reads, limit)),
    sealSignIns: (limit) => asProcess(() => seal(session, signIns, limit)),
    verify: async () => {
      const { length, ...rest } = await asProcess(() => verify(session, reads));
      return { batches: length, ...rest };
    },
    verifySignIns: () => asProcess(() => verify(session, signIns)),
    heads: (until) => asProcess(() => headsOf(session, until)),
    hashAt: (chain, place) => asProcess(() => hashAt(session, chain, place)),
    cases: (after, limit) =>
      asProcess(async () => {
        const rows = await session.rows(sql<{ id: CaseId }>`
          select case_id as id from cases where project = ${project} and case_id > ${after} order by case_id limit ${limit}`);
        return rows.map(({ id }) => id);
      }),
  };
}

function readersOf(session: Session, id: CaseId): Promise<readonly ReaderSum[]> {
  const { project } = session.principal;
  const files = sql`filter (where what like 'attachment:%')`;
  return session.rows(sql<ReaderSum>`
    select principal as by, min(at) as first, max(at) as last, count(*)::integer as reads, (count(distinct what) ${files})::integer as files
    from read_log where project = ${project} and case_id = ${id} group by principal order by max(at) desc, principal`);
}

/** By the index on `shown`: a list has many cases, and each reader many lists. */
function listedTo(session: Session, id: CaseId): Promise<readonly Listed[]> {
  const { project } = session.principal;
  return session.rows(sql<Listed>`
    select principal as by, max(at) as last, count(*)::integer as times
    from read_log where project = ${project} and shown @> array[${id}::text] and cardinality(shown) > 0 group by principal order by principal`);
}
