// SPDX-License-Identifier: Apache-2.0
// Running numbers of a project's schemes: each is used once and none is left out, whoever asks at the same time.

import { sql } from 'kysely';
import type { Cases } from '../../ports/store/cases.ts';
import type { Session } from './session.ts';
import { queries } from './tables.ts';

export function numbersOf(session: Session): Pick<Cases, 'nextNumber' | 'takeNumber' | 'claimNumbers'> {
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
    async claimNumbers(id, numbers) {
      const row = await session.row(sql<{ claimed: boolean }>`select claim_numbers(${id}, ${numbers}) as claimed`);
      return row?.claimed ?? false;
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
