// SPDX-License-Identifier: Apache-2.0
// Texts of cases: each sealed with the case's key in its own place, and opened for those whom a policy lets see the row.

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { CaseId, ContentId } from '../../core/model/identifiers.ts';
import type { Cases, NewContent } from '../../ports/store/cases.ts';
import { type CaseKey, caseKey, type MasterKeys, openFor, sealFor } from './seal.ts';
import type { Session } from './session.ts';

interface ContentRow {
  readonly content: NewContent;
  readonly sealed: Uint8Array;
}

export function contentRows(key: CaseKey, contents: readonly NewContent[]): readonly ContentRow[] {
  return contents.map((content) => {
    const bytes = Buffer.from(content.text);
    checkHash(content.ref.hash, content.salt, bytes);
    return { content, sealed: sealFor(key, [content.ref.id], bytes) };
  });
}

/** Arrays and not rows, so that the statement is the same for any number of contents. */
export function newContentRows(project: string, id: CaseId, rows: readonly ContentRow[]) {
  const of = <Value>(column: (content: NewContent) => Value) => rows.map((row) => column(row.content));
  return sql`
    insert into content (project, case_id, content_id, kind, audience, participant, salt, hash, sealed)
    select ${project}, ${id}, * from unnest(
      ${of(({ ref }) => ref.id)}::text[], ${of(({ ref }) => ref.kind)}::text[], ${of(({ ref }) => ref.audience)}::text[],
      ${of(({ ref }) => ref.participant ?? null)}::text[], ${of(({ salt }) => salt)}::bytea[], ${of(({ ref }) => ref.hash)}::text[],
      ${rows.map((row) => row.sealed)}::bytea[])`;
}

/** What the log says of a content must be true of it: afterwards nobody could tell which of the two is wrong. */
export function checkHash(hash: string, salt: Uint8Array, bytes: Uint8Array): void {
  if (createHash('sha256').update(salt).update(bytes).digest('hex') !== hash)
    throw new Error('a content does not have the hash that its event gives');
}

export function textsOf(session: Session, keys: MasterKeys): Pick<Cases, 'texts' | 'textsOfAll'> {
  const { project } = session.principal;
  const texts = async (cases: readonly CaseId[], ids: readonly ContentId[] | undefined) => {
    const among = ids === undefined ? sql`true` : sql`content_id = any (${ids})`;
    const rows = await session.rows(sql<{ case_id: CaseId; content_id: ContentId; sealed: Buffer; wrapped: Buffer }>`
      select case_id, content_id, sealed, wrapped from content join case_key using (project, case_id)
      where project = ${project} and case_id = any (${cases}) and ${among}
      order by content_id`);
    const opened = rows.map(({ case_id: id, content_id: content, sealed, wrapped }) => {
      const key = caseKey(keys, project, id, wrapped);
      return [content, contentText(key, content, sealed)] as const;
    });
    return new Map(opened);
  };
  return { texts: (id, ids) => texts([id], ids), textsOfAll: texts };
}

export function contentText(key: CaseKey, id: ContentId, sealed: Uint8Array): string {
  return Buffer.from(openFor(key, [id], sealed)).toString();
}
