// SPDX-License-Identifier: Apache-2.0
// Content: what is said, kept apart from the event that says it. The fold never reads it; the chain knows only its salted hash.

import type { AttachmentId, ContentId, ParticipantId } from './identifiers.ts';

/**
 * Who reads a content while the case is private, and what becomes of it when the record opens:
 * `shared` with the reporters, opened with the issue; `team` inside, opened with the full record; `withheld` inside, never opened (personal data).
 */
export type Audience = 'shared' | 'team' | 'withheld';

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
  | 'advisory'
  | 'credit_name'
  | 'sender_name'
  | 'sender_address';

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
