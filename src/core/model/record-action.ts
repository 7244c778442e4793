// SPDX-License-Identifier: Apache-2.0
// Actions on the record itself: what stays closed, what is struck out, and what opens with it.

import type { WithheldKind } from '../policy/words.ts';
import type { ContentRef, Piece } from './content.ts';
import type { PieceId, RedactionId } from './identifiers.ts';

/** A text or file as somebody looked at it. */
interface Looked {
  readonly piece: PieceId;
  readonly hash: string;
}

export type RecordAction =
  /** Null where the case has no such text or file, or it is not the actor's to speak of. */
  | { readonly kind: 'classify-content'; readonly piece: Piece | null; readonly why: WithheldKind | null }
  /** `finding`: null where there is no such text or file. */
  | {
      readonly kind: 'keep-finding';
      readonly finding: Looked | null;
      readonly span: ContentRef | 'nowhere' | null;
      readonly reason: ContentRef;
    }
  | {
      readonly kind: 'propose-redaction';
      readonly redaction: RedactionId;
      readonly piece: Piece | null;
      /** `nowhere`: the passage does not stand in that text; null: the whole piece. */
      readonly span: ContentRef | 'nowhere' | null;
      readonly why: WithheldKind;
      readonly destroys: boolean;
      /** Of what other cases share: the rest opens with this case. */
      readonly opens: boolean;
    }
  | {
      readonly kind: 'approve-redaction';
      readonly redaction: RedactionId;
      /** The text with the marks of `covers`; null for a whole piece, and where the text can no longer be read. */
      readonly copy: ContentRef | null;
      /** Every redaction that the copy was made for: what is approved meanwhile makes it stale. */
      readonly covers: readonly RedactionId[];
    }
  | { readonly kind: 'decline-redaction'; readonly redaction: RedactionId }
  | { readonly kind: 'decide-proof'; readonly open: boolean }
  | { readonly kind: 'open-proofs' }
  | { readonly kind: 'agree-to-opening' };
