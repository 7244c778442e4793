// SPDX-License-Identifier: Apache-2.0
// What people say to each other in a case.

import type { WithheldKind } from '../policy/words.ts';
import type { AttachmentRef, ContentRef } from './content.ts';
import type { ParticipantId } from './identifiers.ts';
import type { StillSaid } from './said.ts';

/** What is said may be marked at once as never to be opened, with the class of the reason. */
interface Fated {
  readonly never?: WithheldKind;
}

export type ConversationAction =
  | ({ readonly kind: 'send-message'; readonly body: ContentRef; readonly to: readonly ParticipantId[] } & Fated)
  /** Before it leaves; whether it has left is the outbox's to say. `message` is the `seq` of its `message-sent`, `still` what the log says without it. */
  | { readonly kind: 'withdraw-message'; readonly message: number; readonly to: ParticipantId; readonly still: StillSaid }
  | ({ readonly kind: 'answer-team'; readonly body: ContentRef; readonly attachments: readonly AttachmentRef[] } & Fated)
  | ({ readonly kind: 'add-note'; readonly body: ContentRef; readonly attachments?: readonly AttachmentRef[] } & Fated);
