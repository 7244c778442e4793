// SPDX-License-Identifier: Apache-2.0
// The outbox: put in with the events that ask for it, taken by one worker at a time.

import { sql } from 'kysely';
import type { Instant } from '../../core/model/time.ts';
import type { Outbox, Outgoing } from '../../ports/store/outbox.ts';
import type { Session } from './session.ts';
import { queries } from './tables.ts';

const asOutgoing = [
  'id',
  'case_id as case',
  'notice',
  'recipient as to',
  'seq',
  'state',
  'held_until as heldUntil',
  'sent_at as sentAt',
  'attempts',
  'outcome',
] as const;

export function outboxOf(session: Session): Outbox {
  const { project, kind } = session.principal;
  const kept = queries.selectFrom('outbox').select(asOutgoing).where('project', '=', project);
  const changed = (id: string) =>
    queries.updateTable('outbox').where('project', '=', project).where('id', '=', id).where('state', '=', 'waiting');
  const processOnly = () => {
    if (kind !== 'process') throw new Error('only the process sends');
  };
  return {
    ...turnsOf(session),
    // Nothing is looked up: the event may be hidden from whoever acts since a moment ago. The message is the same however often it is put in.
    async put({ id, case: caseId, key, notice, to, seq, askedAt, heldUntil }) {
      await session.change(sql`
        insert into outbox (project, case_id, id, key, notice, recipient, seq, state, held_until, due_at, attempts)
        values (${project}, ${caseId}, ${id}, ${key}, ${notice}, ${JSON.stringify(to)}, ${seq}, 'waiting', ${heldUntil}, ${heldUntil ?? askedAt}, 0)
        on conflict do nothing`);
    },
    async take(id) {
      processOnly();
      return (await session.row(kept.where('id', '=', id).where('state', '=', 'waiting').forUpdate().skipLocked())) satisfies
        | Outgoing
        | undefined;
    },
    async finish(id, state, at, outcome) {
      const sent = state === 'sent' ? at : null;
      await session.change(changed(id).set((row) => ({ state, outcome, sent_at: sent, attempts: row('attempts', '+', 1) })));
    },
    async postpone(id, next, outcome) {
      await session.change(changed(id).set((row) => ({ due_at: next, outcome, attempts: row('attempts', '+', 1) })));
    },
    withdraw: async (id) => (await session.change(changed(id).set({ state: 'withdrawn' }))) === 1,
    of: (id) => session.rows(kept.where('case_id', '=', id).orderBy('seq').orderBy('key')),
  };
}

/** Whose turn it is, and when it is next. */
function turnsOf(session: Session): Pick<Outbox, 'due' | 'defer' | 'waitingFor' | 'wake' | 'nextDue'> {
  const { project, kind } = session.principal;
  const processOnly = () => {
    if (kind !== 'process') throw new Error('only the process sends');
  };
  return {
    async due(now, limit) {
      processOnly();
      const rows = await session.rows(sql<{ id: string }>`
        select id from outbox where project = ${project} and state = 'waiting' and due_at <= ${now} order by due_at, id limit ${sql.lit(limit)}`);
      return rows.map((row) => row.id);
    },
    async defer(id, until) {
      await session.change(sql`update outbox set due_at = ${until} where project = ${project} and id = ${id} and state = 'waiting'`);
    },
    async waitingFor(person, now, limit) {
      processOnly();
      const rows = await session.rows(sql<{ id: string }>`
        select id from outbox where project = ${project} and state = 'waiting' and due_at <= ${now}
          and recipient->>'kind' = 'person' and recipient->>'person' = ${person} order by due_at, id limit ${sql.lit(limit)}`);
      return rows.map((row) => row.id);
    },
    async wake(person, now) {
      processOnly();
      await session.change(sql`
        update outbox set due_at = ${now} where project = ${project} and state = 'waiting' and attempts = 0 and due_at > ${now}
          and held_until is null and recipient->>'kind' = 'person' and recipient->>'person' = ${person}`);
    },
    async nextDue() {
      processOnly();
      const next = sql<{
        due_at: Instant;
      }>`select due_at from outbox where project = ${project} and state = 'waiting' order by due_at limit 1`;
      return (await session.row(next))?.due_at ?? null;
    },
  };
}
