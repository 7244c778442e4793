// SPDX-License-Identifier: Apache-2.0
// What the world reads in the end, and what it never reads: pieces that stay closed, passages struck out, proofs of concept, a reporter's yes to opening.

import type { WithheldKind } from '../policy/words.ts';
import type { ContentRef } from './content.ts';
import type { CaseId, ContentId, ParticipantId, PersonId, PieceId, RedactionId } from './identifiers.ts';
import type { Instant } from './time.ts';
import type { HeldAs } from './word.ts';

/** A text or file that is never opened, and the class of its reason: the mark that stands in its place. */
export interface NeverOpened {
  readonly piece: PieceId;
  readonly why: WithheldKind;
  /** A reporter's word holds: only that reporter takes it back. */
  readonly by: PersonId | ParticipantId;
  readonly at: Instant;
}

/** A passage of a text, or a whole text or file, struck out by one person and approved by another. */
export interface Redaction {
  readonly redaction: RedactionId;
  readonly piece: PieceId;
  /** Where the passage stands, sealed and never opened, since it tells the length of what is hidden; null: the whole piece. */
  readonly span: ContentRef | null;
  readonly why: WithheldKind;
  /** The sealed original is destroyed with the approval. */
  readonly destroys: boolean;
  readonly proposedBy: PersonId;
  readonly approvals: readonly PersonId[];
  readonly heldAs?: HeldAs;
  readonly state: 'proposed' | 'approved' | 'declined';
  /** Everybody could read the piece when this was proposed: one person alone takes nothing back that is public, so it stays open until it is decided (I1). */
  readonly wasOpen: boolean;
  /** Of what other cases share: with this passage gone, the rest tells nothing of theirs and opens with this case. */
  readonly opens: boolean;
  /** The text with its marks, which stands for the original from then on; null for a whole piece. */
  readonly copy: ContentRef | null;
  readonly at: Instant;
}

/** Something that looks like a secret and is none, or may be read: a person looked and said why. */
export interface KeptFinding {
  readonly piece: PieceId;
  /** Salted hash of the text or file that was looked at; another text is another matter. */
  readonly hash: string;
  /** Where it stands, sealed; null: the whole file. */
  readonly span: ContentRef | null;
  readonly reason: ContentRef;
  readonly by: PersonId;
  readonly at: Instant;
}

export interface RecordState {
  /** Everybody could read it from its first second: that is not closed again. */
  readonly startedPublic: boolean;
  readonly never: readonly NeverOpened[];
  readonly redactions: readonly Redaction[];
  readonly kept: readonly KeptFinding[];
  /** What stood here when a report with several flaws was split, or was copied from there: it tells of the other cases as well, and opens with the last of them. */
  readonly shared: readonly PieceId[];
  /** The cases next to this one that hold the same, or tell of the same; each knows its own neighbours. */
  readonly sharers: readonly CaseId[];
  /** Words that were taken back before they left; absent where none were. */
  readonly unsaid?: readonly PieceId[];
  /** When proofs of concept were opened by the clock. */
  readonly proofsOpenedAt: Instant | null;
  /** What reporters decided about their own proofs of concept, where the policy leaves it to them. */
  readonly proofs: readonly { readonly participant: ParticipantId; readonly open: boolean }[];
  /** Reporters who agreed that the discussion is opened, where the policy opens it with their consent only. */
  readonly consents: readonly ParticipantId[];
}

export const untouchedRecord: RecordState = {
  startedPublic: false,
  never: [],
  redactions: [],
  kept: [],
  shared: [],
  sharers: [],
  proofsOpenedAt: null,
  proofs: [],
  consents: [],
};

export function redactionOf({ redactions }: RecordState, id: RedactionId): Redaction | undefined {
  return redactions.find((one) => one.redaction === id);
}

/** Approved redactions of one piece, in the order of their approval. */
export function approvedOn({ redactions }: RecordState, piece: PieceId): readonly Redaction[] {
  return redactions.filter((one) => one.piece === piece && one.state === 'approved');
}

/** The text that the public reads in place of this one: the copy of its latest redaction, or itself. */
export function publicVersion(record: RecordState, piece: ContentId): ContentId {
  const copy = approvedOn(record, piece).findLast((one) => one.copy !== null)?.copy;
  return copy === null || copy === undefined ? piece : publicVersion(record, copy.id);
}

/** Pieces that are not opened before somebody has decided on a proposal to strike something out of them, with the copies that would show the same passage. */
export function undecidedPieces(record: RecordState): ReadonlyMap<PieceId, Redaction> {
  const held = new Map<PieceId, Redaction>();
  const hold = (piece: PieceId, proposal: Redaction): void => {
    if (held.has(piece)) return;
    held.set(piece, proposal);
    for (const { copy } of approvedOn(record, piece)) if (copy !== null) hold(copy.id, proposal);
  };
  for (const one of record.redactions) if (one.state === 'proposed' && !one.wasOpen) hold(one.piece, one);
  return held;
}

/** Pieces that wait for what else they tell of to be public, with the copies that would show the same: all but those made from a passage of the other flaws on. */
export function sharedPieces(record: RecordState): ReadonlySet<PieceId> {
  const held = new Set<PieceId>();
  const hold = (piece: PieceId): void => {
    if (held.has(piece)) return;
    held.add(piece);
    const approved = approvedOn(record, piece);
    const opening = approved.findIndex((one) => one.opens);
    for (const { copy } of opening === -1 ? approved : approved.slice(0, opening)) if (copy !== null) hold(copy.id);
  };
  for (const piece of record.shared) hold(piece);
  return held;
}

/** Pieces that are closed to everybody outside: those never opened, those struck out or not yet decided on, those that other cases share, what was taken back before it left, and what a newer copy replaces. */
export function closedPieces(record: RecordState): ReadonlySet<PieceId> {
  const approved = record.redactions.filter((one) => one.state === 'approved');
  const closed = new Set<PieceId>([
    ...record.never.map((one) => one.piece),
    ...approved.map((one) => one.piece),
    ...undecidedPieces(record).keys(),
    ...sharedPieces(record),
    ...(record.unsaid ?? []),
  ]);
  for (const { piece, copy } of approved) {
    if (copy === null) continue;
    const replaced = publicVersion(record, piece as ContentId) !== copy.id;
    const struckWhole = approvedOn(record, piece).some((one) => one.span === null);
    if (replaced || struckWhole || record.never.some((one) => one.piece === piece)) closed.add(copy.id);
  }
  return closed;
}

/** Pieces whose sealed bytes are gone: destroyed with a redaction, and the copies made of them before. */
export function destroyedPieces(record: RecordState): ReadonlySet<PieceId> {
  const pieces = record.redactions.filter((one) => one.state === 'approved' && one.destroys).map((one) => one.piece);
  const older = pieces.flatMap((piece) => approvedOn(record, piece).flatMap(({ copy }) => (copy === null ? [] : [copy.id])));
  const latest = new Set(pieces.map((piece) => publicVersion(record, piece as ContentId)));
  return new Set<PieceId>([...pieces, ...older.filter((copy) => !latest.has(copy))]);
}

/** Why a piece is closed as a whole, for the mark in its place; undefined where it is not. */
export function whyClosed(record: RecordState, piece: PieceId): { readonly why: WithheldKind; readonly at: Instant } | undefined {
  return record.never.find((one) => one.piece === piece) ?? approvedOn(record, piece).find((one) => one.span === null);
}
