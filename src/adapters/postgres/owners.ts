// SPDX-License-Identifier: Apache-2.0
// Who owns the open cases, who alone reads the narrowed ones, and who was invited to any, for the process that keeps every case in somebody's hands (I8).

import { sql } from 'kysely';
import type { CaseId, PersonId } from '../../core/model/identifiers.ts';
import type { Cases } from '../../ports/store/cases.ts';
import type { Session } from './session.ts';

export function ownersOf(session: Session): Pick<Cases, 'owners' | 'ownedBy' | 'narrowedTo' | 'invitedTo'> {
  const { project, kind } = session.principal;
  return {
    async owners() {
      if (kind !== 'process') throw new Error('only the process asks who owns');
      const rows = await session.rows(
        sql<{ owner: PersonId | null }>`select distinct owner from cases where project = ${project} and open`,
      );
      return rows.map((row) => row.owner);
    },
    async ownedBy(owner) {
      if (kind !== 'process') throw new Error('only the process asks who owns');
      const rows = await session.rows(sql<{ case_id: CaseId }>`
        select case_id from cases where project = ${project} and open and owner is not distinct from ${owner} order by opened_at, case_id`);
      return rows.map((row) => row.case_id);
    },
    async narrowedTo(person) {
      if (kind !== 'process') throw new Error('only the process asks who is left');
      const rows = await session.rows(sql<{ case_id: CaseId }>`
        select case_id from cases
        where project = ${project} and not public and json_typeof(state -> 'narrowed') = 'object'
          and (${person}::text is null or ${person} in (select json_array_elements_text(state -> 'narrowed' -> 'people')))
        order by opened_at, case_id`);
      return rows.map((row) => row.case_id);
    },
    async invitedTo(person) {
      if (kind !== 'process') throw new Error('only the process asks who was invited');
      const rows = await session.rows(sql<{ case_id: CaseId }>`
        select case_id from cases where project = ${project} and ${person} = any (guests) order by opened_at, case_id`);
      return rows.map((row) => row.case_id);
    },
  };
}
