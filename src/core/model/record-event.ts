// SPDX-License-Identifier: Apache-2.0
// What can happen to the record itself: texts and files closed, struck out and opened again, proofs of concept, a reporter's yes to the opening.

import type { WithheldKind } from '../policy/words.ts';
import type { ContentRef } from './content.ts';
import type { CaseId, ParticipantId, PersonId, PieceId, RedactionId } from './identifiers.ts';
import type { SpokenAs } from './word.ts';

export type RecordEvent =
  /** Null: it becomes public with the record, as everything does. */
  | { readonly kind: 'content-classified'; readonly piece: PieceId; readonly never: WithheldKind | null }
  | {
      readonly kind: 'redaction-proposed';
      readonly redaction: RedactionId;
      readonly piece: PieceId;
      readonly span: ContentRef | null;
      readonly why: WithheldKind;
      readonly destroys: boolean;
      /** Everybody could read the piece already. */
      readonly wasOpen?: true;
      /** Of what other cases share: without the passage the rest opens with this case. */
      readonly opens?: true;
      /** Who proposed it in the case from which this part was split; absent: whoever this event is by. */
      readonly proposedBy?: PersonId;
    }
  | ({
      readonly kind: 'redaction-approved';
      readonly redaction: RedactionId;
      readonly complete: boolean;
      readonly copy: ContentRef | null;
    } & SpokenAs)
  | { readonly kind: 'redaction-declined'; readonly redaction: RedactionId }
  /** What was found stays: where it stands is sealed, and the salted hash says in which text it was looked at. */
  | {
      readonly kind: 'finding-kept';
      readonly piece: PieceId;
      readonly hash: string;
      readonly span: ContentRef | null;
      readonly reason: ContentRef;
    }
  | { readonly kind: 'proof-decided'; readonly participant: ParticipantId; readonly open: boolean }
  | { readonly kind: 'proofs-opened' }
  | { readonly kind: 'opening-agreed'; readonly participant: ParticipantId }
  /** What stays in a case that was split; apart from the split, which names cases that may stay private longer. */
  | { readonly kind: 'title-given'; readonly title: ContentRef }
  /** The case that this report belongs to was split: what was said here until then may tell of any of its parts. */
  | { readonly kind: 'report-shared'; readonly with: CaseId; readonly shared: readonly PieceId[] }
  | { readonly kind: 'shared-opened' };
