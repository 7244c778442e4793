// SPDX-License-Identifier: Apache-2.0
// Logs that are written at once and chained afterwards: each batch is a digest of the entries it binds, and a hash over all batches before it.

import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { ProjectId } from '../../core/model/identifiers.ts';
import type { Verdict } from '../../ports/store/audit.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Session } from './session.ts';

/** A log with a column `batch`, its table of batches, and the columns that a digest covers. */
export interface BatchedLog {
  readonly name: string;
  readonly log: RawBuilder<unknown>;
  readonly batches: RawBuilder<unknown>;
  readonly entry: RawBuilder<unknown>;
}

interface Entry {
  readonly id: string;
  readonly [column: string]: unknown;
}

interface Batch {
  readonly batch: number;
  readonly entries: number;
  readonly digest: Buffer;
  readonly hash: Buffer;
}

/** One node at a time in a project: the lock is held until the batch is committed. @returns how many were bound. */
export async function seal(session: Session, of: BatchedLog, limit: number): Promise<number> {
  const { project } = session.principal;
  await session.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`${of.name} `} || ${project}, 0))`);
  const entries = await session.rows(
    sql<Entry>`select ${of.entry} from ${of.log} where project = ${project} and batch is null order by id limit ${limit}`,
  );
  if (entries.length === 0) return 0;
  const last = await session.row(sql<Batch>`select batch, hash from ${of.batches} where project = ${project} order by batch desc limit 1`);
  const batch = (last?.batch ?? 0) + 1;
  const digest = digestOf(entries);
  const hash = batchHash(last?.hash ?? start(project, of), batch, entries.length, digest);
  await session.change(
    sql`insert into ${of.batches} (project, batch, entries, digest, hash) values (${project}, ${batch}, ${entries.length}, ${digest}, ${hash})`,
  );
  await session.change(sql`
    update ${of.log} set batch = ${batch} where project = ${project} and batch is null and id = any (${entries.map((one) => one.id)}::bigint[])`);
  return entries.length;
}

export async function verify(session: Session, of: BatchedLog): Promise<Verdict> {
  const { project } = session.principal;
  const batches = await session.rows(
    sql<Batch>`select batch, entries, digest, hash from ${of.batches} where project = ${project} order by batch`,
  );
  let head = start(project, of);
  for (const [index, { batch, entries: bound, digest, hash }] of batches.entries()) {
    const entries = await session.rows(
      sql<Entry>`select ${of.entry} from ${of.log} where project = ${project} and batch = ${batch} order by id`,
    );
    head = batchHash(head, index + 1, bound, digest);
    const whole = batch === index + 1 && entries.length === bound && digestOf(entries).equals(digest) && head.equals(hash);
    if (!whole) return { length: batches.length, brokenAt: index + 1, head: head.toString('hex') };
  }
  // Entries of a batch that is not there are as wrong as a batch without its entries.
  const [stray] = await session.rows(
    sql<{ batch: number }>`select batch from ${of.log} where project = ${project} and batch > ${batches.length} order by batch limit 1`,
  );
  return { length: batches.length, brokenAt: stray?.batch ?? null, head: head.toString('hex') };
}

function digestOf(entries: readonly Entry[]): Buffer {
  const lines = entries.map((one) => `${canonicalJson(one)}\n`);
  return createHash('sha256').update(lines.join('')).digest();
}

function start(project: ProjectId, { name }: BatchedLog): Buffer {
  return createHash('sha256').update(`${project}/${name}`).digest();
}

function batchHash(before: Buffer, batch: number, entries: number, digest: Buffer): Buffer {
  return createHash('sha256').update(before).update(`${batch} ${entries} `).update(digest).digest();
}
