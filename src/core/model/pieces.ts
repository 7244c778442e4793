// SPDX-License-Identifier: Apache-2.0
// The texts and files that a log refers to, each with who brought it: what can be classified, struck out, and checked.

import type { ActorMark } from './actor.ts';
import type { AttachmentRef, ContentRef, Piece } from './content.ts';
import type { Event } from './event.ts';
import type { ParticipantId, PersonId, PieceId } from './identifiers.ts';

/** References in the order of the log; the first mention of a piece is the one that brought it. */
export function refsOf(event: Event): readonly (ContentRef | AttachmentRef)[] {
  return within(event);
}

export function piecesOf(log: readonly Event[]): readonly Piece[] {
  const pieces = new Map<string, Piece>();
  // What is attached is kept, struck out and opened in its own case.
  for (const event of log.filter(({ kind }) => kind !== 'report-attached'))
    for (const ref of refsOf(event)) if (!pieces.has(ref.id)) pieces.set(ref.id, pieceOf(ref, event.by));
  return [...pieces.values()];
}

/** Salted hash of a text or file, as the log first refers to it; null where it does not. */
export function hashOf(log: readonly Event[], piece: PieceId): string | null {
  for (const event of log) for (const ref of refsOf(event)) if (ref.id === piece) return ref.hash;
  return null;
}

function pieceOf(ref: ContentRef | AttachmentRef, by: ActorMark): Piece {
  const { id, audience, participant } = ref;
  const kind = 'purpose' in ref ? 'attachment' : ref.kind;
  return { id, kind, audience, ...(participant === undefined ? {} : { participant }), writer: writerOf(by) };
}

function writerOf(by: ActorMark): PersonId | ParticipantId | null {
  switch (by.kind) {
    case 'person':
      return by.person;
    case 'reporter':
      return by.participant;
    case 'agent':
      return by.agent;
    case 'process':
      return null;
  }
}

/** A reference is known by what it must have: an id, an audience and a salted hash. */
function within(value: unknown): readonly (ContentRef | AttachmentRef)[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(within);
  if ('id' in value && 'audience' in value && 'hash' in value) return [value as ContentRef | AttachmentRef];
  return Object.values(value).flatMap(within);
}
