// SPDX-License-Identifier: Apache-2.0
// What happened with parties, and with those who disclose at the same hour.

import type { AttachmentRef, ContentRef } from './content.ts';
import type { ContentId, Role } from './identifiers.ts';
import type { PartyAnswer, PartyDuty, Vendor } from './party.ts';
import type { Instant } from './time.ts';

export type PartyEvent =
  | { readonly kind: 'party-proposed'; readonly party: string; readonly reason: ContentRef }
  | { readonly kind: 'rules-acknowledged'; readonly rules: string; readonly text: string }
  | { readonly kind: 'agents-decided'; readonly allowed: boolean; readonly reason: ContentRef }
  | { readonly kind: 'party-screened'; readonly party: string; readonly cleared: boolean; readonly reason: ContentRef }
  | { readonly kind: 'party-notified'; readonly party: string; readonly role: Role; readonly text: ContentRef | null }
  | {
      readonly kind: 'notice-recorded';
      readonly party: string;
      readonly since: Instant;
      readonly evidence: ContentRef;
      /** The date and hour that the message named. */
      readonly dated?: Instant;
    }
  | { readonly kind: 'answer-recorded'; readonly party: string; readonly answer: PartyAnswer; readonly evidence: ContentRef }
  | { readonly kind: 'party-message-withdrawn'; readonly party: string; readonly message: number; readonly closes: ContentId }
  | { readonly kind: 'party-written-to'; readonly party: string; readonly body: ContentRef }
  | {
      readonly kind: 'party-wrote';
      readonly party: string;
      readonly body: ContentRef;
      readonly attachments: readonly AttachmentRef[];
    }
  | { readonly kind: 'terms-accepted'; readonly party: string; readonly version: number }
  | { readonly kind: 'notice-acknowledged'; readonly party: string }
  | { readonly kind: 'party-ready'; readonly party: string }
  /** Who is asked to say ready for the common hour, as the roster stands. */
  | { readonly kind: 'vendors-asked'; readonly vendors: readonly Vendor[] }
  | { readonly kind: 'readiness-said'; readonly role: Role }
  | { readonly kind: 'objection-raised'; readonly party: string; readonly reason: ContentRef }
  | { readonly kind: 'party-left'; readonly party: string; readonly cause: 'breach' | 'removed'; readonly reason: ContentRef }
  | { readonly kind: 'duty-done'; readonly party: string; readonly duty: PartyDuty; readonly evidence: ContentRef };
