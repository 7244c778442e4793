// SPDX-License-Identifier: Apache-2.0
// What somebody asks for that concerns parties, and those who disclose at the same hour.

import type { WithheldKind } from '../policy/words.ts';
import type { AttachmentRef, ContentRef } from './content.ts';
import type { ContentId } from './identifiers.ts';
import type { PartyAnswer, PartyDuty } from './party.ts';
import type { Instant } from './time.ts';

export type PartyAction =
  /** Somebody says why this party is to be told; nobody is told because it is on a list (P24). */
  | { readonly kind: 'propose-party'; readonly party: string; readonly reason: ContentRef }
  /** `text`: SHA-256 of the rules that were shown, hexadecimal. */
  | { readonly kind: 'acknowledge-rules'; readonly rules: string; readonly text: string }
  /** Whether agents may be given anything of this case (P21). */
  | { readonly kind: 'decide-agents'; readonly allowed: boolean; readonly reason: ContentRef }
  | { readonly kind: 'screen-party'; readonly party: string; readonly cleared: boolean; readonly reason: ContentRef }
  | { readonly kind: 'notify-party'; readonly party: string; readonly text: ContentRef | null }
  /** A list was told outside Daylight: what a person has done and writes down. */
  | {
      readonly kind: 'record-notice';
      readonly party: string;
      readonly since: Instant;
      readonly evidence: ContentRef;
      readonly dated?: Instant | null;
    }
  | { readonly kind: 'record-answer'; readonly party: string; readonly answer: PartyAnswer; readonly evidence: ContentRef }
  /** From the team to one party, and to no other. */
  /** Before it leaves; `message` is the `seq` of its `party-written-to`. */
  | { readonly kind: 'withdraw-party-message'; readonly party: string; readonly message: number; readonly closes: ContentId }
  | { readonly kind: 'write-to-party'; readonly party: string; readonly body: ContentRef; readonly never?: WithheldKind }
  /** `as`: for which party, where somebody belongs to several. */
  | {
      readonly kind: 'write-to-team';
      readonly as?: string;
      readonly body: ContentRef;
      readonly attachments: readonly AttachmentRef[];
      readonly never?: WithheldKind;
    }
  | { readonly kind: 'accept-terms' }
  | { readonly kind: 'acknowledge-notice' }
  | { readonly kind: 'say-ready' }
  | { readonly kind: 'raise-objection'; readonly reason: ContentRef }
  | { readonly kind: 'remove-party'; readonly party: string; readonly reason: ContentRef }
  | { readonly kind: 'record-breach'; readonly party: string; readonly since: Instant; readonly evidence: ContentRef }
  | { readonly kind: 'record-duty'; readonly party: string; readonly duty: PartyDuty; readonly evidence: ContentRef };
