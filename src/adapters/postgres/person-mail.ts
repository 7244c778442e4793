// SPDX-License-Identifier: Apache-2.0
// Mail about people: put in with the event that asks for it, taken by one worker at a time.

import { sql } from 'kysely';
import type { PersonMail, PersonMessage } from '../../ports/store/roster.ts';
import type { Session } from './session.ts';

export function personMailOf(session: Session): PersonMail {
  const { project } = session.principal;
  return {
    async put({ id, person, notice, at }) {
      await session.change(sql`
        insert into person_mail (project, id, person, notice, state, due_at, attempts) values (${project}, ${id}, ${person}, ${notice}, 'waiting', ${at}, 0)`);
    },
    async due(now, limit) {
      const rows = await session.rows(sql<{ id: string }>`
        select id from person_mail where project = ${project} and state = 'waiting' and due_at <= ${now} order by due_at, id limit ${limit}`);
      return rows.map(({ id }) => id);
    },
    take: (id) =>
      session.row(sql<PersonMessage>`
        select id, person, notice, attempts from person_mail where project = ${project} and id = ${id} and state = 'waiting' for update skip locked`),
    async finish(id, state, at, outcome) {
      const sent = state === 'sent' ? at : null;
      await session.change(sql`
        update person_mail set state = ${state}, outcome = ${outcome}, sent_at = ${sent}, attempts = attempts + 1 where project = ${project} and id = ${id}`);
    },
    async postpone(id, next, outcome) {
      await session.change(sql`
        update person_mail set due_at = ${next}, outcome = ${outcome}, attempts = attempts + 1 where project = ${project} and id = ${id}`);
    },
  };
}
