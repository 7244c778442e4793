// SPDX-License-Identifier: Apache-2.0
// What happened to what belongs together: duplicates, parts, flaws and components.

import type { Channel, Origin } from './case.ts';
import type { AttachmentRef, ContentRef } from './content.ts';
import type { CreditDecision } from './credit.ts';
import type { CaseId, FlawId, ParticipantId, PersonId, PieceId } from './identifiers.ts';
import type { Opening } from './regions.ts';
import type { Told } from './relations.ts';
import type { Instant } from './time.ts';

/** What a duplicate takes over from the case that it belongs to. */
interface FromTarget {
  readonly owner: PersonId | null;
  /** People who read this case because they were added to that one. */
  readonly people: readonly PersonId[];
  /** How much of the other case everybody may read; null while it is private. */
  readonly opening: Opening | null;
  /** What the policy lets this case's reporter know of the other; null: that it is known, and no more. */
  readonly told: Told | null;
  readonly credited: boolean;
}

export type RelationEvent =
  /** Right after the report of a part, and apart from it: the record of the part can be opened without a word of a case that is not (L-05). */
  | { readonly kind: 'case-split-off'; readonly from: CaseId; readonly shared: readonly PieceId[] }
  | ({ readonly kind: 'duplicate-marked'; readonly of: CaseId; readonly reason: ContentRef | null } & FromTarget)
  /** `news`: what the reporter may know has changed. */
  | ({ readonly kind: 'target-followed'; readonly news: boolean } & FromTarget)
  | { readonly kind: 'duplicate-undone'; readonly reason: ContentRef | null }
  | {
      readonly kind: 'report-attached';
      readonly from: CaseId;
      readonly participant: ParticipantId;
      readonly since: Instant;
      readonly channel: Channel;
      readonly name: ContentRef | null;
      readonly address: ContentRef | null;
      readonly credit: CreditDecision;
      readonly creditName: ContentRef | null;
      readonly origin: Origin;
      readonly deadline: Instant | null;
      readonly report: readonly ContentRef[];
      readonly attachments: readonly AttachmentRef[];
      /** Reporters who are not credited under the policy, now that this one is among them. */
      readonly uncredited: readonly ParticipantId[];
    }
  | { readonly kind: 'report-detached'; readonly from: CaseId; readonly uncredited: readonly ParticipantId[] }
  | { readonly kind: 'relations-updated' }
  | { readonly kind: 'rediscovery-asked' }
  | { readonly kind: 'rediscovery-answered'; readonly publish: boolean; readonly reason: ContentRef }
  | {
      readonly kind: 'case-split';
      readonly parts: readonly { readonly case: CaseId; readonly title: ContentRef }[];
      readonly reason: ContentRef;
      /** What stays closed until the parts are public as well. */
      readonly shared: readonly PieceId[];
    }
  | { readonly kind: 'flaw-added'; readonly flaw: FlawId; readonly title: ContentRef | null }
  | { readonly kind: 'flaw-dropped'; readonly flaw: FlawId; readonly reason: ContentRef }
  | { readonly kind: 'component-added'; readonly component: string; readonly person: PersonId | null }
  | { readonly kind: 'component-assigned'; readonly component: string; readonly person: PersonId }
  | { readonly kind: 'component-finished'; readonly component: string }
  | { readonly kind: 'component-dropped'; readonly component: string; readonly reason: ContentRef };
