// SPDX-License-Identifier: Apache-2.0
// What happened to a report on its way in, until somebody had it in hand.

import type { Channel, Origin, PolicyRef } from './case.ts';
import type { AttachmentRef, ContentRef } from './content.ts';
import type { CaseId, ParticipantId, PersonId, ProjectId } from './identifiers.ts';
import type { OwnerHow } from './ownership.ts';
import type { Handling } from './regions.ts';
import type { Instant } from './time.ts';

/** What a scan of the text found before it was sent, by kind; the reporter saw it and sent all the same (QEMU-28). */
export interface ScanResult {
  readonly tokens: number;
  readonly keys: number;
  readonly addresses: number;
}

export interface Consent {
  /** SHA-256 of the consent text that was shown, hexadecimal. */
  readonly text: string;
  readonly at: Instant;
}

export type IntakeEvent =
  | {
      readonly kind: 'report-submitted';
      readonly project: ProjectId;
      readonly case: CaseId;
      readonly codename: string;
      readonly policy: PolicyRef;
      readonly handling: Extract<Handling, 'held' | 'received'>;
      readonly public: boolean;
      readonly participant: ParticipantId;
      readonly channel: Channel;
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
      /** Held, and public once a moderator lets it through. */
      readonly opensOnRelease?: true;
      /** Beyond what one reporter may send in a day: nobody is called before then (QEMU-1). */
      readonly queuedUntil?: Instant;
      /** How many separate flaws the reporter named, where it was more than one. */
      readonly flaws?: number;
    }
  | { readonly kind: 'report-released' }
  | { readonly kind: 'report-discarded'; readonly reason: ContentRef | null }
  | { readonly kind: 'report-acknowledged' }
  /** Without `how` a person took the case or gave it. */
  | { readonly kind: 'owner-assigned'; readonly person: PersonId; readonly how?: OwnerHow }
  | { readonly kind: 'case-taken-up' };
