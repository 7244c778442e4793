// SPDX-License-Identifier: Apache-2.0
// Actions on a report that arrives, until somebody has it in hand.

import type { ScopeProposal } from '../policy/scope.ts';
import type { Channel, Origin } from './case.ts';
import type { AttachmentRef, ContentRef } from './content.ts';
import type { CaseId, ParticipantId, PersonId } from './identifiers.ts';
import type { Consent, ScanResult } from './intake-event.ts';
import type { OwnerHow } from './ownership.ts';
import type { Instant } from './time.ts';

export type IntakeAction =
  | {
      readonly kind: 'submit-report';
      /** Drawn by the door, so that a repeated submission is the same case. */
      readonly case: CaseId;
      readonly codename: string;
      readonly participant: ParticipantId;
      readonly channel: Channel;
      /** The address that received it, when mail did. */
      readonly mailbox: string | null;
      readonly member: boolean;
      readonly sensitive: 'yes' | 'unsure' | 'no';
      /** Names of the form fields that carry an answer. */
      readonly answered: readonly string[];
      readonly title: ContentRef;
      readonly report: readonly ContentRef[];
      readonly attachments: readonly AttachmentRef[];
      readonly name: ContentRef | null;
      readonly address: ContentRef | null;
      readonly creditName: ContentRef | null;
      readonly origin: Origin;
      readonly deadline: Instant | null;
      readonly component: string | null;
      readonly consent: Consent | null;
      readonly scan: ScanResult;
      /** What the scope table says to the answers; whoever opened them asked it. */
      readonly proposal?: ScopeProposal;
      /** Its sender is known by an account, not by an address alone. */
      readonly identified?: boolean;
      /** Answers to fields with a meaning for intake alone: `exploited`, `already_public`. */
      readonly claims?: Readonly<Record<string, string>>;
      /** The report stood in public, by mistake, since then (QEMU-13). */
      readonly exposedSince?: Instant;
      /** Beyond what one reporter may send in a day: when it gets its turn (QEMU-1). */
      readonly queuedUntil?: Instant;
      /** How many separate flaws the reporter says there are; absent: one. */
      readonly flaws?: number;
    }
  | { readonly kind: 'release-report' }
  | { readonly kind: 'discard-report'; readonly reason: ContentRef | null }
  | { readonly kind: 'take-up-case' }
  | { readonly kind: 'assign-owner'; readonly person: PersonId }
  /** The process passes the case on: what the clock `clock` asked for, or because its owner can own it no more (null). */
  | { readonly kind: 'pass-on-case'; readonly person: PersonId; readonly how: OwnerHow; readonly clock: string | null };
