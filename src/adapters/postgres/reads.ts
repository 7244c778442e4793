// SPDX-License-Identifier: Apache-2.0
// The log of reads: who saw what of a confidential case (L-33). Entries are written at once and unchained; audit.ts binds them together.

import { sql } from 'kysely';
import type { CaseId } from '../../core/model/identifiers.ts';
import type { Session } from './session.ts';

/** A public case has no log of readers, and the anonymous see no other. */
export async function recordRead(session: Session, id: CaseId, what: string): Promise<void> {
  const { project, kind } = session.principal;
  if (kind === 'anonymous') return;
  await session.change(sql`
    insert into read_log (project, case_id, principal, what)
    select project, case_id, acting_mark(), ${what} from cases where project = ${project} and case_id = ${id} and not public`);
}
