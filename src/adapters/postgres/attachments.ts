// SPDX-License-Identifier: Apache-2.0
// Files of cases: sealed in pieces of 64 KiB, in the transaction of the event that brings them, and read back piece by piece.

import type { AttachmentRef } from '../../core/model/content.ts';
import type { AttachmentId, CaseId, ParticipantId } from '../../core/model/identifiers.ts';
import type { AttachmentInfo, Cases, NewAttachment } from '../../ports/store/cases.ts';
import type { Backing } from './backing.ts';
import { checkHash } from './contents.ts';
import { type CaseKey, caseKey, openFor, sealFor } from './seal.ts';
import { type Session, withPrincipal } from './session.ts';
import { queries } from './tables.ts';

const chunkBytes = 64 * 1024;
/** Pieces per statement and transaction: 1 MiB is in memory at a time. */
const chunksAtOnce = 16;

interface Description {
  readonly name: string;
  readonly mediaType: string;
}

export async function keepAttachments(session: Session, key: CaseKey, attachments: readonly NewAttachment[]): Promise<void> {
  for (const attachment of attachments) await keepAttachment(session, key, attachment);
}

async function keepAttachment(session: Session, key: CaseKey, { ref, salt, name, mediaType, bytes }: NewAttachment): Promise<void> {
  checkHash(ref.hash, salt, bytes);
  const place = { project: key.project, case_id: key.case, attachment_id: ref.id };
  const chunks = Math.ceil(bytes.length / chunkBytes);
  const description: Description = { name, mediaType };
  await session.change(
    queries.insertInto('attachment').values({
      ...place,
      purpose: ref.purpose,
      audience: ref.audience,
      participant: ref.participant ?? null,
      salt,
      hash: ref.hash,
      bytes: bytes.length,
      chunks,
      sealed_name: sealFor(key, [ref.id, 'name'], Buffer.from(JSON.stringify(description))),
    }),
  );
  for (let from = 0; from < chunks; from += chunksAtOnce) {
    const rows = Array.from({ length: Math.min(chunksAtOnce, chunks - from) }, (_, offset) => {
      const index = from + offset;
      const piece = bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes);
      return { ...place, index, sealed: sealFor(key, [ref.id, index, chunks], piece) };
    });
    await session.change(queries.insertInto('attachment_chunk').values(rows));
  }
}

interface AttachmentRow {
  readonly attachment_id: AttachmentId;
  readonly purpose: AttachmentRef['purpose'];
  readonly audience: AttachmentRef['audience'];
  readonly participant: ParticipantId | null;
  readonly hash: string;
  readonly bytes: number;
  readonly chunks: number;
  readonly sealed_name: Uint8Array;
  readonly wrapped: Uint8Array;
}

export function attachmentsOf(session: Session, { pools, keys }: Backing): Pick<Cases, 'attachments' | 'attachment'> {
  const { project } = session.principal;
  const rowsOf = (id: CaseId) =>
    queries
      .selectFrom('attachment')
      .innerJoin('case_key', (join) =>
        join.onRef('case_key.project', '=', 'attachment.project').onRef('case_key.case_id', '=', 'attachment.case_id'),
      )
      .select(['attachment_id', 'purpose', 'audience', 'participant', 'hash', 'bytes', 'chunks', 'sealed_name', 'wrapped'])
      .where('attachment.project', '=', project)
      .where('attachment.case_id', '=', id);
  return {
    async attachments(id) {
      const rows = await session.rows(rowsOf(id).orderBy('attachment_id'));
      return rows.map((row) => infoOf(caseKey(keys, project, id, row.wrapped), row));
    },
    async attachment(id, attachment) {
      const row = await session.row(rowsOf(id).where('attachment_id', '=', attachment));
      if (row === undefined) return undefined;
      const key = caseKey(keys, project, id, row.wrapped);
      return { info: infoOf(key, row), bytes: pieces(session, pools, key, row) };
    },
  };
}

function infoOf(key: CaseKey, row: AttachmentRow): AttachmentInfo {
  const { attachment_id: id, purpose, audience, participant, bytes, hash } = row;
  const ref: AttachmentRef = { id, purpose, audience, bytes, hash, ...(participant === null ? {} : { participant }) };
  const description: Description = JSON.parse(Buffer.from(openFor(key, [id, 'name'], row.sealed_name)).toString());
  return { ref, ...description };
}

/**
 * In the transaction at hand while it lasts; later each read is a transaction of its own, authorised anew:
 * whoever loses the right in the middle of a download gets no further (L-11).
 */
async function* pieces(session: Session, pools: Backing['pools'], key: CaseKey, row: AttachmentRow): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < row.chunks; from += chunksAtOnce) {
    const wanted = queries
      .selectFrom('attachment_chunk')
      .select(['index', 'sealed'])
      .where('project', '=', key.project)
      .where('case_id', '=', key.case)
      .where('attachment_id', '=', row.attachment_id)
      .where('index', '>=', from)
      .where('index', '<', from + chunksAtOnce)
      .orderBy('index');
    const chunks = session.ended
      ? await withPrincipal(pools, session.principal, (later) => later.rows(wanted))
      : await session.rows(wanted);
    if (chunks.length !== Math.min(chunksAtOnce, row.chunks - from)) throw new Error('the file can no longer be read');
    for (const { index, sealed } of chunks) yield openFor(key, [row.attachment_id, index, row.chunks], sealed);
  }
}
