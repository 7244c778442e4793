// SPDX-License-Identifier: Apache-2.0
// What a case keeps of its ends: passing on, taking back, a publication without a fix, and the versions of an advisory.

import type { ContentRef } from './content.ts';
import type { ParticipantId, PersonId } from './identifiers.ts';
import type { Instant } from './time.ts';
import type { HeldAs } from './word.ts';

/** A report that belongs to another project: whose it is, and whether its reporter lets us pass it on. */
export interface Referral {
  readonly target: ContentRef | null;
  readonly consent: 'asked' | 'given' | 'refused';
  readonly forwardedAt: Instant | null;
}

/** The reporters who ask to take their reports back, while nobody has decided. */
export interface Withdrawal {
  readonly askedBy: readonly ParticipantId[];
  readonly at: Instant;
}

/** A publication without a fix, as people have announced it; null until enough of them have said so. */
export interface Unfixed {
  readonly approvedBy: readonly PersonId[];
  readonly heldAs?: HeldAs;
  readonly on: Instant | null;
  /** Something was said since that would be opened and has to be decided on: the day stands, and nothing is published before people have said so again. */
  readonly stopped?: true;
}

/** A version of an advisory after the first, and why it was made. */
export interface Correction {
  readonly version: number;
  readonly at: Instant;
  readonly reason: ContentRef;
}

/** A rendered document, kept apart: once it is signed, what goes out is what these hashes name. */
export interface PreparedDocument {
  readonly format: string;
  readonly file: string;
  readonly sha256: string;
}

/** A signature as somebody handed it in, not looked at yet. `name`: of its file, `LSN-2026-0003.xml.asc`. */
export interface HandedIn {
  readonly name: string;
  readonly armored: string;
}

/** The documents of one publication, and what they tell. */
export interface Preparation {
  readonly documents: readonly PreparedDocument[];
  /** Files that wait for the signature of a person's own key; absent where the program signs, or nobody does (VMT-44). */
  readonly unsigned?: readonly string[];
  /** The instant of publication that they carry. */
  readonly published?: Instant;
  /** Hash of all that they say beside their dates. */
  readonly text?: string;
}

/** What the documents say that were made last. */
export interface Carried {
  /** The instant of publication that the documents carry. */
  readonly published: Instant;
  /** Hash of all that they say beside their dates. */
  readonly text: string;
  /** Since when they are made anew, because they go out at another instant. */
  readonly timedAt: Instant | null;
}
