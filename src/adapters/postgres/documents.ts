// SPDX-License-Identifier: Apache-2.0
// Documents: kept sealed like everything that is said, so that what is prepared early does not lie open before its day.

import { sql } from 'kysely';
import type { CaseId } from '../../core/model/identifiers.ts';
import type { Instant } from '../../core/model/time.ts';
import type { Documents, KeptDocument } from '../../ports/store/documents.ts';
import { type CaseKey, caseKey, type MasterKeys, openFor, sealFor } from './seal.ts';
import type { Session } from './session.ts';
import { queries } from './tables.ts';

interface DocumentRow {
  readonly case_id: CaseId;
  readonly number: string;
  readonly version: number;
  readonly format: string;
  readonly file: string;
  readonly media_type: string;
  readonly sealed_bytes: Buffer;
  readonly sealed_title: Buffer;
  readonly sha256: string;
  readonly signature: string | null;
  readonly prepared_at: Instant;
  readonly wrapped: Buffer;
}

export function documentsOf(session: Session, keys: MasterKeys): Documents {
  const { project } = session.principal;
  const found = async (also: ReturnType<typeof sql>) => {
    const rows = await session.rows(sql<DocumentRow>`
      select d.*, wrapped from document d join case_key using (project, case_id) join cases c using (project, case_id)
      where project = ${project} and ${also} order by d.number, d.version, d.file`);
    const opened = new Map<CaseId, CaseKey>();
    return rows.map((row) => {
      const key = opened.get(row.case_id) ?? caseKey(keys, project, row.case_id, row.wrapped);
      opened.set(row.case_id, key);
      return documentOf(key, row);
    });
  };
  const published = sql`c.public and d.version <= c.published_version`;
  return {
    keep: (documents) => keep(session, keys, documents),
    of: (id) => found(sql`case_id = ${id}`),
    published: () => found(published),
    async publishedNumbers() {
      return session.rows(sql<{ number: string; case: CaseId }>`
        select distinct d.number, d.case_id as case from document d join cases c using (project, case_id) where project = ${project} and ${published} order by 1`);
    },
    publishedOf: (numbers) => found(sql`d.number = any (${numbers}) and ${published}`),
    publishedFile: async (number, file) => (await found(sql`d.number = ${number} and d.file = ${file} and ${published}`)).at(-1),
  };
}

async function keep(session: Session, keys: MasterKeys, documents: readonly KeptDocument[]): Promise<void> {
  const { project } = session.principal;
  const [first] = documents;
  if (first === undefined) return;
  const { case: id, version } = first;
  if (documents.some((one) => one.case !== id || one.version !== version))
    throw new Error('documents are kept for one version of one case at a time');
  const row = await session.row(sql<{ wrapped: Buffer; published_version: number }>`
    select wrapped, published_version from cases join case_key using (project, case_id) where project = ${project} and case_id = ${id}`);
  if (row === undefined) throw new Error('the case is not there, or its key was destroyed');
  if (version <= row.published_version) throw new Error(`version ${version} is published; its documents do not change`);
  await session.change(
    queries.deleteFrom('document').where('project', '=', project).where('case_id', '=', id).where('version', '>', row.published_version),
  );
  const key = caseKey(keys, project, id, row.wrapped);
  await session.change(queries.insertInto('document').values(documents.map((document) => rowOf(key, document))));
}

function rowOf(key: CaseKey, document: KeptDocument) {
  const { number, version, format, file, mediaType, bytes, sha256, signature, title, preparedAt } = document;
  return {
    project: key.project,
    case_id: key.case,
    version,
    file,
    number,
    format,
    media_type: mediaType,
    sealed_bytes: sealFor(key, ['document', version, file], bytes),
    sealed_title: sealFor(key, ['document', version, file, 'title'], Buffer.from(title)),
    sha256,
    signature,
    prepared_at: preparedAt,
  };
}

function documentOf(key: CaseKey, row: DocumentRow): KeptDocument {
  const { number, version, format, file, sha256, signature } = row;
  return {
    case: row.case_id,
    number,
    version,
    format,
    file,
    mediaType: row.media_type,
    bytes: openFor(key, ['document', version, file], row.sealed_bytes),
    sha256,
    signature,
    title: Buffer.from(openFor(key, ['document', version, file, 'title'], row.sealed_title)).toString(),
    preparedAt: row.prepared_at,
  };
}
