// SPDX-License-Identifier: Apache-2.0
// The log of a case: read in order, and checked against its chain and against the state that is kept (I13).

import { sql } from 'kysely';
import type { CaseState } from '../../core/model/case.ts';
import type { Event } from '../../core/model/event.ts';
import type { CaseId, ProjectId } from '../../core/model/identifiers.ts';
import { replay } from '../../core/process/evolve.ts';
import { type StoredEvent, upcast } from '../../core/process/upcast.ts';
import type { Cases, Verifiable } from '../../ports/store/cases.ts';
import { canonicalJson } from './canonical-json.ts';
import { chained, chainStart } from './chain.ts';
import type { Session } from './session.ts';
import { queries } from './tables.ts';

export function logOf(session: Session): Pick<Cases, 'log' | 'verify' | 'head' | 'verifiable'> {
  const { project } = session.principal;
  return {
    async log(id) {
      const envelopes = queries
        .selectFrom('event')
        .select('envelope')
        .where('project', '=', project)
        .where('case_id', '=', id)
        .orderBy('seq');
      const rows = await session.rows(envelopes);
      return rows.map((row) => upcast(row.envelope as StoredEvent));
    },
    verify: (id) => verify(session, id),
    async head(id) {
      const row = await session.row(queries.selectFrom('cases').select('head').where('project', '=', project).where('case_id', '=', id));
      return row === undefined ? '' : Buffer.from(row.head).toString('hex');
    },
    verifiable: (id) => verifiable(session, id),
  };
}

async function verifiable(session: Session, id: CaseId): Promise<Verifiable> {
  const { project } = session.principal;
  const events = await session.rows(sql<{ seq: number; envelope: string; hash: string }>`
    select seq, envelope::text as envelope, encode(hash, 'hex') as hash from event where project = ${project} and case_id = ${id} order by seq`);
  const salts = await session.rows(sql<{ id: string; salt: string }>`
    select content_id as id, encode(salt, 'hex') as salt from content where project = ${project} and case_id = ${id}
    union all
    select attachment_id, encode(salt, 'hex') from attachment where project = ${project} and case_id = ${id}`);
  const start = Buffer.from(chainStart(project, id)).toString('hex');
  return { start, events, salts: new Map(salts.map((row) => [row.id, row.salt])) };
}

interface Kept {
  readonly envelope: string | null;
  readonly hash: Buffer | null;
  /** Null but in the first row: a case with a cluster has a large state, and one event for each report of it. */
  readonly state: CaseState | null;
  readonly head: Buffer;
}

/** One statement, so that log and case are of one moment. */
async function verify(session: Session, id: CaseId): Promise<Awaited<ReturnType<Cases['verify']>>> {
  const { project } = session.principal;
  const rows = await session.rows(sql<Kept>`
    select envelope::text as envelope, hash, case when seq is null or seq = 1 then c.state end as state, c.head
    from cases c left join event using (project, case_id)
    where project = ${project} and case_id = ${id} order by seq`);
  const [first] = rows;
  if (first === undefined) return { events: 0, brokenAt: null, head: '' };
  const links = rows.filter((row): row is Kept & Link => row.envelope !== null && row.hash !== null);
  const head = first.head.toString('hex');
  const brokenAt = brokenLink(project, id, links) ?? brokenEnd(links, first);
  return { events: links.length, brokenAt, head };
}

interface Link {
  readonly envelope: string;
  readonly hash: Buffer;
}

/** Number of the first event that does not fit to those before it. */
function brokenLink(project: ProjectId, id: CaseId, links: readonly Link[]): number | null {
  let head = chainStart(project, id);
  for (const [index, { envelope, hash }] of links.entries()) {
    head = chained(head, envelope);
    if (!hash.equals(head) || (JSON.parse(envelope) as StoredEvent).seq !== index + 1) return index + 1;
  }
  return null;
}

/** The last event's number when the log is shorter or longer than the case says, or folds to another state. */
function brokenEnd(links: readonly Link[], kept: Kept): number | null {
  const last = links.at(-1);
  if (last === undefined) return 0;
  const events: readonly Event[] = links.map((link) => upcast(JSON.parse(link.envelope)));
  const whole = last.hash.equals(kept.head) && canonicalJson(replay(events)) === canonicalJson(kept.state);
  return whole ? null : links.length;
}
