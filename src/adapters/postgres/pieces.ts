// SPDX-License-Identifier: Apache-2.0
// What becomes of single texts and files: closed to everybody outside, opened again, or destroyed. The log keeps their salted hashes.

import { sql } from 'kysely';
import type { CaseId } from '../../core/model/identifiers.ts';
import type { Append } from '../../ports/store/cases.ts';
import type { Session } from './session.ts';

const homes = [
  { table: 'content', id: 'content_id' },
  { table: 'attachment', id: 'attachment_id' },
] as const;

/** Only what is closed can be destroyed, so closing comes first. */
export async function settlePieces(session: Session, id: CaseId, pieces: NonNullable<Append['pieces']>): Promise<void> {
  const { project } = session.principal;
  const { closed, opened, destroyed } = pieces;
  for (const home of homes)
    for (const [ids, value] of [
      [closed, true],
      [opened, false],
    ] as const)
      if (ids.length > 0)
        await session.change(sql`
          update ${sql.table(home.table)} set closed = ${value}
          where project = ${project} and case_id = ${id} and ${sql.ref(home.id)} = any (${ids})`);
  if (destroyed.length === 0) return;
  for (const table of ['attachment_chunk', 'attachment', 'content'] as const)
    await session.change(sql`
      delete from ${sql.table(table)}
      where project = ${project} and case_id = ${id} and ${sql.ref(table === 'content' ? 'content_id' : 'attachment_id')} = any (${destroyed})`);
}
