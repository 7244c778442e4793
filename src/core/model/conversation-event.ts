// SPDX-License-Identifier: Apache-2.0
// What was said in a case, between those inside and with the reporter.

import type { AttachmentRef, ContentRef } from './content.ts';
import type { ParticipantId } from './identifiers.ts';
import type { StillSaid } from './said.ts';

export type ConversationEvent =
  | { readonly kind: 'message-sent'; readonly body: ContentRef; readonly to: readonly ParticipantId[] }
  /** The message with this `seq` was taken back before it left for this reporter. Without `still`, of a log before it was asked, nothing else changed. */
  | { readonly kind: 'message-withdrawn'; readonly message: number; readonly to: ParticipantId; readonly still?: StillSaid }
  | { readonly kind: 'message-received'; readonly body: ContentRef; readonly attachments: readonly AttachmentRef[] }
  | { readonly kind: 'note-added'; readonly body: ContentRef; readonly attachments?: readonly AttachmentRef[] };
