// SPDX-License-Identifier: Apache-2.0
// Mail of a project that belongs to no case: put in once, taken by one worker at a time.

import { sql } from 'kysely';
import type { ProjectMail } from '../../ports/store/project-mail.ts';
import type { Session } from './session.ts';
import { queries } from './tables.ts';

export function projectMailOf(session: Session): ProjectMail {
  const { project } = session.principal;
  const waiting = (key: string) =>
    queries.updateTable('project_mail').where('project', '=', project).where('key', '=', key).where('state', '=', 'waiting');
  return {
    async put({ key, notice, person, askedAt }) {
      const row = { project, key, notice, person, state: 'waiting', due_at: askedAt, attempts: 0, outcome: null } as const;
      await session.change(
        queries
          .insertInto('project_mail')
          .values(row)
          .onConflict((conflict) => conflict.doNothing()),
      );
    },
    async due(now, limit) {
      const rows = await session.rows(sql<{ key: string }>`
        select key from project_mail where project = ${project} and state = 'waiting' and due_at <= ${now} order by due_at, key limit ${sql.lit(limit)}`);
      return rows.map((row) => row.key);
    },
    take: (key) =>
      session.row(
        queries
          .selectFrom('project_mail')
          .select(['key', 'notice', 'person', 'attempts'])
          .where('project', '=', project)
          .where('key', '=', key)
          .where('state', '=', 'waiting')
          .forUpdate()
          .skipLocked(),
      ),
    async finish(key, state, outcome) {
      await session.change(waiting(key).set((row) => ({ state, outcome, attempts: row('attempts', '+', 1) })));
    },
    async postpone(key, next, outcome) {
      await session.change(waiting(key).set((row) => ({ due_at: next, outcome, attempts: row('attempts', '+', 1) })));
    },
  };
}
