// SPDX-License-Identifier: Apache-2.0
// Content: what is said, kept apart from the event that says it. The fold never reads it; the chain knows only its salted hash.

import type { AttachmentId, ContentId, ParticipantId, PersonId, PieceId } from './identifiers.ts';

/**
 * Who reads a content while the case is private, and what becomes of it when the record opens:
 * `shared` with the reporters, opened with the issue; `team` inside, opened with the full record; `withheld` inside, never opened (personal data);
 * `proof` inside and with its reporter, a proof of concept, opened when the policy says so for proofs.
 */
export type Audience = 'shared' | 'team' | 'withheld' | 'proof';

export type ContentKind =
  | 'title'
  | 'description'
  | 'field'
  | 'message'
  | 'note'
  | 'reason'
  | 'evidence'
  | 'summary'
  | 'impact'
  /** What a party is told in words, beside title, impact and patches. */
  | 'party_notice'
  /** What a party and the team say to each other; no other party reads it. */
  | 'party_message'
  | 'advisory'
  | 'credit_name'
  | 'sender_name'
  | 'sender_address'
  /** Where a passage stands that is to be struck out. */
  | 'span';

/** An event's reference to a content: enough to check it and to say what is missing when it was redacted or its key destroyed. */
export interface ContentRef {
  readonly id: ContentId;
  readonly kind: ContentKind;
  readonly audience: Audience;
  /** Only this reporter and the team read it; absent: every reporter of the case. */
  readonly participant?: ParticipantId;
  /** Name of a form field, when `kind` is `field`. */
  readonly field?: string;
  /** SHA-256 over a random salt of 16 bytes followed by the UTF-8 text, in hexadecimal. The salt is kept with the content. */
  readonly hash: string;
}

/** An event's reference to a file: the name and the bytes are content, sealed in chunks. */
export interface AttachmentRef {
  readonly id: AttachmentId;
  readonly purpose: 'original' | 'evidence' | 'reproducer' | 'patch';
  readonly audience: Audience;
  readonly participant?: ParticipantId;
  readonly bytes: number;
  /** Salted as for a content. */
  readonly hash: string;
}

/** A text or a file that somebody brought into the case: what can be classified, and struck out. */
export interface Piece {
  readonly id: PieceId;
  readonly kind: ContentKind | 'attachment';
  readonly audience: Audience;
  readonly participant?: ParticipantId;
  /** Who wrote or sent it; null for the process. */
  readonly writer: PersonId | ParticipantId | null;
}
