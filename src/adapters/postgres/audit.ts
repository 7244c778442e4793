// SPDX-License-Identifier: Apache-2.0
// The chain of reads: each batch is a digest of the entries it binds, and a hash over all batches before it.

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { ProjectId } from '../../core/model/identifiers.ts';
import type { Audit, Read } from '../../ports/store/audit.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Session } from './session.ts';

export function auditOf(session: Session): Audit {
  const { project, kind } = session.principal;
  const processOnly = () => {
    if (kind !== 'process') throw new Error('only the process binds and checks the log of reads');
  };
  return {
    readsOf: (id, limit) =>
      session.rows(sql<Read>`
        select at, principal as by, what from read_log where project = ${project} and case_id = ${id} order by at desc, id desc limit ${limit}`),
    async seal(limit) {
      processOnly();
      return seal(session, limit);
    },
    async verify() {
      processOnly();
      return verify(session);
    },
  };
}

interface Entry {
  readonly id: string;
  readonly [column: string]: unknown;
}

interface Batch {
  readonly batch: number;
  readonly reads: number;
  readonly digest: Buffer;
  readonly hash: Buffer;
}

/** Columns that a digest covers. */
const entry = sql`id, case_id, at, principal, what`;

/** One node at a time in a project: the lock is held until the batch is committed. */
async function seal(session: Session, limit: number): Promise<number> {
  const { project } = session.principal;
  await session.rows(sql`select pg_advisory_xact_lock(hashtextextended('read_batch ' || ${project}, 0))`);
  const entries = await session.rows(
    sql<Entry>`select ${entry} from read_log where project = ${project} and batch is null order by id limit ${limit}`,
  );
  if (entries.length === 0) return 0;
  const last = await session.row(sql<Batch>`select batch, hash from read_batch where project = ${project} order by batch desc limit 1`);
  const batch = (last?.batch ?? 0) + 1;
  const digest = digestOf(entries);
  const hash = batchHash(last?.hash ?? start(project), batch, entries.length, digest);
  await session.change(
    sql`insert into read_batch (project, batch, reads, digest, hash) values (${project}, ${batch}, ${entries.length}, ${digest}, ${hash})`,
  );
  await session.change(sql`
    update read_log set batch = ${batch} where project = ${project} and batch is null and id = any (${entries.map((one) => one.id)}::bigint[])`);
  return entries.length;
}

async function verify(session: Session): Promise<Awaited<ReturnType<Audit['verify']>>> {
  const { project } = session.principal;
  const batches = await session.rows(
    sql<Batch>`select batch, reads, digest, hash from read_batch where project = ${project} order by batch`,
  );
  let head = start(project);
  for (const [index, { batch, reads, digest, hash }] of batches.entries()) {
    const entries = await session.rows(
      sql<Entry>`select ${entry} from read_log where project = ${project} and batch = ${batch} order by id`,
    );
    head = batchHash(head, index + 1, reads, digest);
    const whole = batch === index + 1 && entries.length === reads && digestOf(entries).equals(digest) && head.equals(hash);
    if (!whole) return { batches: batches.length, brokenAt: index + 1, head: head.toString('hex') };
  }
  return { batches: batches.length, brokenAt: null, head: head.toString('hex') };
}

function digestOf(entries: readonly Entry[]): Buffer {
  const lines = entries.map((one) => `${canonicalJson(one)}\n`);
  return createHash('sha256').update(lines.join('')).digest();
}

function start(project: ProjectId): Buffer {
  return createHash('sha256').update(`${project}/reads`).digest();
}

function batchHash(before: Buffer, batch: number, reads: number, digest: Buffer): Buffer {
  return createHash('sha256').update(before).update(`${batch} ${reads} `).update(digest).digest();
}
