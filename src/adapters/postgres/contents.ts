// SPDX-License-Identifier: Apache-2.0
// Texts of cases: each sealed with the case's key in its own place, and opened for those whom a policy lets see the row.

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { ContentId } from '../../core/model/identifiers.ts';
import type { Cases, NewContent } from '../../ports/store/cases.ts';
import { type CaseKey, caseKey, type MasterKeys, openFor, sealFor } from './seal.ts';
import type { Session } from './session.ts';
import { queries } from './tables.ts';

export async function keepContents(session: Session, key: CaseKey, contents: readonly NewContent[]): Promise<void> {
  if (contents.length === 0) return;
  const rows = contents.map(({ ref, salt, text }) => {
    const bytes = Buffer.from(text);
    checkHash(ref.hash, salt, bytes);
    return {
      project: key.project,
      case_id: key.case,
      content_id: ref.id,
      kind: ref.kind,
      audience: ref.audience,
      participant: ref.participant ?? null,
      salt,
      hash: ref.hash,
      sealed: sealFor(key, [ref.id], bytes),
    };
  });
  await session.change(queries.insertInto('content').values(rows));
}

/** What the log says of a content must be true of it: afterwards nobody could tell which of the two is wrong. */
export function checkHash(hash: string, salt: Uint8Array, bytes: Uint8Array): void {
  if (createHash('sha256').update(salt).update(bytes).digest('hex') !== hash)
    throw new Error('a content does not have the hash that its event gives');
}

export function textsOf(session: Session, keys: MasterKeys): Pick<Cases, 'texts'> {
  const { project } = session.principal;
  return {
    async texts(id, ids) {
      const among = ids === undefined ? sql`true` : sql`content_id = any (${ids})`;
      const rows = await session.rows(sql<{ content_id: ContentId; sealed: Buffer; wrapped: Buffer }>`
        select content_id, sealed, wrapped from content join case_key using (project, case_id)
        where project = ${project} and case_id = ${id} and ${among}`);
      const [first] = rows;
      if (first === undefined) return new Map();
      const key = caseKey(keys, project, id, first.wrapped);
      return new Map(rows.map((row) => [row.content_id, contentText(key, row.content_id, row.sealed)]));
    },
  };
}

export function contentText(key: CaseKey, id: ContentId, sealed: Uint8Array): string {
  return Buffer.from(openFor(key, [id], sealed)).toString();
}
