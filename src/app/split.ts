// SPDX-License-Identifier: Apache-2.0
// Splitting: each part of a report becomes a case of its own, with the whole report copied and sealed under its own key (QEMU-11).

import type { ActionOf } from '../core/model/action.ts';
import type { Actor } from '../core/model/actor.ts';
import type { CaseState, Reporter } from '../core/model/case.ts';
import type { AttachmentRef, ContentRef, Piece } from '../core/model/content.ts';
import type { Event, EventData } from '../core/model/event.ts';
import type { ContentId, PieceId } from '../core/model/identifiers.ts';
import { piecesOf } from '../core/model/pieces.ts';
import type { RecordState } from '../core/model/record.ts';
import { approvedOn, closedPieces, publicVersion, sharedPieces, undecidedPieces } from '../core/model/record.ts';
import type { SplitPart, Stood } from '../core/model/relation-action.ts';
import { partOpened, reportToSplit } from '../core/process/steps/flaws.ts';
import type { AttachmentInfo, CaseRecord } from '../ports/store/cases.ts';
import type { Transaction } from '../ports/store/store.ts';
import type { Contents } from './contents.ts';
import { newContents } from './contents.ts';
import { addLinks } from './intake.ts';
import { openIn } from './keep.ts';
import { whole } from './pieces.ts';
import type { World } from './world.ts';

interface Copied {
  readonly texts: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, { readonly info: AttachmentInfo; readonly bytes: Uint8Array }>;
}

type Copy = Reporter & { readonly copies: ReadonlyMap<PieceId, PieceId> };

/** Opens the parts in the transaction of the split: there is no moment at which a flaw stands in no case, or in two. */
export async function openParts(
  world: World,
  transaction: Transaction,
  actor: Actor,
  { state, policy }: CaseRecord,
  action: ActionOf<'split-case'>,
  said: Contents,
): Promise<void> {
  const report = reportToSplit(action, state);
  if (report === undefined) return;
  const copied = await read(transaction, state, report);
  for (const part of action.parts) {
    const contents = newContents(world.random);
    const copy = copyOf(report, state.record, copied, contents);
    const shared = sharedIn(copy, state);
    const opened = partOpened(part, state, { ...copy, title: titleOf(part, report, said, contents) }, shared);
    const events = [...opened, ...proposalsOn(copy, state.record, copied, contents)];
    await openIn(world, transaction, { actor, policy, policyRef: state.policy, events, contents });
    await addLinks(world, transaction, part.case, report.participant);
  }
}

/** What stands in a case and may tell of any of its flaws: all but who somebody is, places of passages, and the draft that two people read again before it goes out. */
export async function stoodIn(transaction: Transaction, records: Iterable<CaseRecord>): Promise<readonly Stood[]> {
  const all: Stood[] = [];
  for (const { state } of records) {
    all.push(stoodWithin(state, await transaction.cases.log(state.case)));
  }
  return all;
}

export function stoodWithin(state: CaseState, log: readonly Event[]): Stood {
  const pieces = piecesOf(log).filter(({ id }) => id !== state.advisory.content?.id);
  return { case: state.case, pieces: pieces.filter(({ kind }) => !personal.includes(kind)).map(({ id }) => id) };
}

const personal: readonly Piece['kind'][] = ['credit_name', 'sender_name', 'sender_address', 'span'];

/** Copies of what is not public wait for the other cases; so do those of a public case that still waits itself. */
function sharedIn({ copies, report, attachments }: Copy, state: CaseState): readonly PieceId[] {
  const waiting = sharedPieces(state.record);
  const told = new Set<PieceId>([...report, ...attachments].map(({ id }) => id));
  return [...copies].flatMap(([original, copy]) => {
    const waits = state.visibility === 'private' || waiting.has(publicVersion(state.record, original as ContentId));
    return waits && told.has(copy) ? [copy] : [];
  });
}

async function read(transaction: Transaction, state: CaseState, report: Reporter): Promise<Copied> {
  const files = new Map<string, { info: AttachmentInfo; bytes: Uint8Array }>();
  for (const { id } of report.attachments) {
    const found = await transaction.cases.attachment(state.case, id);
    if (found !== undefined) files.set(id, { info: found.info, bytes: await whole(found.bytes) });
  }
  return { texts: await transaction.cases.texts(state.case), files };
}

/**
 * The same report under new ids, salts and hashes. What its reader may not read, or was destroyed, is left out. What is closed in this case stays
 * inside in the part as well: the copy stands for a text with passages struck out, and what is never opened is withheld. What is not decided on yet
 * is not decided on in the part either: the proposal goes with it.
 */
function copyOf(report: Reporter, record: RecordState, { texts, files }: Copied, contents: Contents): Copy {
  const withheld = closedFor(record);
  const copies = new Map<PieceId, PieceId>();
  const text = ({ id, hash: _, ...about }: ContentRef): readonly ContentRef[] => {
    const standing = publicVersion(record, id);
    const words = texts.get(standing);
    if (words === undefined) return [];
    const copy = contents.text(withheld.has(standing) ? { ...about, audience: 'withheld' } : about, words);
    copies.set(id, copy.id);
    return [copy];
  };
  const one = (ref: ContentRef | null) => (ref === null ? null : (text(ref)[0] ?? null));
  const file = ({ id, hash: _, bytes: __, ...open }: AttachmentRef): readonly AttachmentRef[] => {
    const found = files.get(id);
    if (found === undefined) return [];
    const about = withheld.has(id) ? { ...open, audience: 'withheld' as const } : open;
    const copy = contents.file(about, { ...found.info, bytes: found.bytes });
    copies.set(id, copy.id);
    return [copy];
  };
  return {
    copies,
    ...report,
    report: report.report.flatMap(text),
    attachments: report.attachments.flatMap(file),
    name: one(report.name),
    address: one(report.address),
    creditName: one(report.creditName),
  };
}

/** What is withheld in a part for good: all that is closed, but for what waits for a decision and has no other passage struck out, whose places still fit. */
function closedFor(record: RecordState): ReadonlySet<PieceId> {
  const undecided = undecidedPieces(record);
  const closed = closedPieces({ ...record, shared: [] });
  const settled = (piece: PieceId) => record.never.some((one) => one.piece === piece) || approvedOn(record, piece).length > 0;
  return new Set([...closed].filter((piece) => !undecided.has(piece) || settled(piece) || isCopy(record, piece)));
}

function isCopy(record: RecordState, piece: PieceId): boolean {
  return record.redactions.some((one) => one.copy?.id === piece);
}

/** Proposals on what was copied, each in the name of who made it: the second person is still another one. */
function proposalsOn(
  { copies }: { readonly copies: ReadonlyMap<PieceId, PieceId> },
  record: RecordState,
  { texts }: Copied,
  contents: Contents,
): readonly EventData[] {
  return record.redactions.flatMap(({ redaction, piece, span, why, destroys, wasOpen, proposedBy, state }): readonly EventData[] => {
    const copy = copies.get(piece);
    if (state !== 'proposed' || copy === undefined || approvedOn(record, piece).length > 0) return [];
    const places = span === null ? null : texts.get(span.id);
    if (places === undefined) return [];
    const moved = places === null ? null : contents.text({ kind: 'span', audience: 'withheld' }, places);
    const open = wasOpen ? { wasOpen: true as const } : {};
    return [{ kind: 'redaction-proposed', redaction, piece: copy, span: moved, why, destroys, proposedBy, ...open }];
  });
}

/** The part's own title, which the reporter of the part may read as they do the first one. */
function titleOf(part: SplitPart, { participant }: Reporter, said: Contents, contents: Contents): ContentRef {
  const words = said.texts.find(({ ref }) => ref.id === part.title.id)?.text ?? '';
  return contents.text({ kind: 'title', audience: 'shared', participant }, words);
}
