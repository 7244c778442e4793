// SPDX-License-Identifier: Apache-2.0
// Running numbers of a project's schemes: each is used once and none is left out, whoever asks at the same time.

import { sql } from 'kysely';
import type { CaseId } from '../../core/model/identifiers.ts';
import type { Cases, Naming } from '../../ports/store/cases.ts';
import type { Session } from './session.ts';
import { queries } from './tables.ts';

export function numbersOf(
  session: Session,
): Pick<Cases, 'nextNumber' | 'takeNumber' | 'claimNumbers' | 'passNumber' | 'numbered' | 'naming'> {
  const { project } = session.principal;
  return {
    async nextNumber(scheme, year) {
      const first = queries.insertInto('running_number').values({ project, scheme, year, next: 1 });
      await session.change(first.onConflict((conflict) => conflict.doNothing()));
      const row = await session.row(sql<{ next: number }>`
        select next from running_number where project = ${project} and scheme = ${scheme} and year = ${year} for update`);
      if (row === undefined) throw new Error('this principal gives no numbers');
      return row.next;
    },
    async claimNumbers(id, numbers, recorded) {
      const row = await session.row(sql<{ claimed: boolean }>`select claim_numbers(${id}, ${numbers}, ${recorded}) as claimed`);
      return row?.claimed ?? false;
    },
    async passNumber(scheme, year, number) {
      await session.change(sql`
        insert into running_number (project, scheme, year, next) values (${project}, ${scheme}, ${year}, ${number + 1})
        on conflict (project, scheme, year) do update set next = greatest(running_number.next, excluded.next)`);
    },
    async numbered(numbers) {
      const rows = await session.rows(sql<{ number: string; case_id: CaseId }>`
        select state #>> '{advisory,number}' as number, case_id from cases
        where project = ${project} and state #>> '{advisory,number}' = any (${numbers})`);
      return new Map(rows.map((row) => [row.number, row.case_id]));
    },
    naming(numbers) {
      return session.rows(sql<Naming>`
        select flaw ->> 'number' as cve, case_id as case,
          case when public and (state #>> '{advisory,published}')::int > 0 then state #>> '{advisory,number}' end as advisory
        from cases, json_array_elements(state -> 'flaws') as flaw
        where project = ${project} and flaw ->> 'number' = any (${numbers}) order by case_id`);
    },
    async takeNumber(scheme, year, number) {
      const taken = queries
        .updateTable('running_number')
        .set({ next: number + 1 })
        .where('project', '=', project)
        .where('scheme', '=', scheme)
        .where('year', '=', year)
        .where('next', '=', number);
      if ((await session.change(taken)) !== 1) throw new Error(`number ${number} of ${scheme} is not the next one`);
    },
  };
}
