// SPDX-License-Identifier: Apache-2.0
// Events: what happened, in the past tense. An envelope holds ids, enums, instants and hashes; what was said is content.

import type { AccessEvent } from './access-event.ts';
import type { ActorMark } from './actor.ts';
import type { AuthorityReport } from './authority.ts';
import type { BranchEvent, BranchName } from './branch-event.ts';
import type { AdvisoryPart, PolicyRef } from './case.ts';
import type { ContentRef } from './content.ts';
import type { ConversationEvent } from './conversation-event.ts';
import type { ContributorRole, CreditDecision } from './credit.ts';
import type { EmbargoEvent } from './embargo-event.ts';
import type { CveId, FlawId, ParticipantId, Role } from './identifiers.ts';
import type { ImpactField } from './impact.ts';
import type { ImportEvent } from './import-event.ts';
import type { IntakeEvent } from './intake-event.ts';
import type { PartyEvent } from './party-event.ts';
import type { PublicationEvent } from './publication-event.ts';
import type { RecordEvent } from './record-event.ts';
import type { ReopeningCause } from './regions.ts';
import type { RelationEvent } from './relation-event.ts';
import type { Instant } from './time.ts';
import type { TriageEvent } from './triage-event.ts';
import type { SpokenAs } from './word.ts';

/** One union member per kind. A kind whose data change gets a new `v` and an upcaster (core/process/upcast.ts). */
export type EventData =
  | IntakeEvent
  | ImportEvent
  | RelationEvent
  | AccessEvent
  | TriageEvent
  | { readonly kind: 'forwarding-answered'; readonly agreed: boolean }
  | { readonly kind: 'report-forwarded'; readonly evidence: ContentRef }
  | { readonly kind: 'withdrawal-asked'; readonly participant: ParticipantId; readonly reason: ContentRef }
  | { readonly kind: 'withdrawal-declined'; readonly reason: ContentRef }
  | { readonly kind: 'report-withdrawn'; readonly reason: ContentRef }
  | EmbargoEvent
  | PartyEvent
  | { readonly kind: 'report-filed'; readonly report: AuthorityReport; readonly evidence: ContentRef }
  | BranchEvent
  | { readonly kind: 'cve-required'; readonly flaw: FlawId }
  /** Another class, or another policy, asks for none by itself. */
  | { readonly kind: 'cve-not-required'; readonly flaw: FlawId }
  | { readonly kind: 'cve-waived'; readonly flaw: FlawId; readonly reason: ContentRef }
  | { readonly kind: 'cve-requested'; readonly flaw: FlawId; readonly assigner?: ContentRef; readonly embargoedUntil?: Instant | 'undated' }
  | { readonly kind: 'cve-refused'; readonly flaw: FlawId; readonly reason: ContentRef }
  | { readonly kind: 'cve-record-published'; readonly flaw: FlawId; readonly evidence: ContentRef | null }
  | { readonly kind: 'cve-rejected'; readonly flaw: FlawId; readonly reason: ContentRef }
  | { readonly kind: 'cve-disputed'; readonly flaw: FlawId; readonly reason: ContentRef }
  /** With the roles of its author where a version is out: they are the first of the two who send the number after it. */
  | ({ readonly kind: 'cve-assigned'; readonly flaw: FlawId; readonly number: CveId } & SpokenAs)
  | {
      readonly kind: 'impact-described';
      readonly impact: ContentRef;
      readonly frame?: readonly ImpactField[];
      readonly places?: ContentRef;
    }
  /** `held`: every asked role that they held, where there were several. */
  | { readonly kind: 'impact-approved'; readonly as: 'reporter' | 'member' | Role; readonly held?: readonly Role[] }
  | { readonly kind: 'advisory-numbered'; readonly number: string }
  | { readonly kind: 'advisory-written'; readonly advisory: ContentRef; readonly parts: readonly AdvisoryPart[] }
  | { readonly kind: 'advisory-submitted' }
  | ({ readonly kind: 'advisory-approved'; readonly complete: boolean } & SpokenAs)
  /** Without a reason: the case has a class that gets no advisory. */
  | { readonly kind: 'advisory-returned'; readonly reason: ContentRef | null }
  | {
      readonly kind: 'credit-decided';
      readonly participant: ParticipantId;
      readonly decision: Exclude<CreditDecision, 'undecided'>;
      readonly name: ContentRef | null;
    }
  | {
      /** Kept until the release is armed anew: what people said go to stays as it is. */
      readonly kind: 'credit-requested';
      readonly participant: ParticipantId;
      readonly decision: Exclude<CreditDecision, 'undecided' | 'declined'>;
      readonly name: ContentRef;
    }
  | {
      readonly kind: 'contributor-credited';
      readonly as: ContributorRole;
      readonly decision: Exclude<CreditDecision, 'undecided'>;
      readonly name: ContentRef | null;
    }
  | { readonly kind: 'on-call-agreed'; readonly role: Role }
  | ({ readonly kind: 'release-approved'; readonly armed: boolean } & SpokenAs)
  /** `found`: something was said since people said go that has to be decided on before it is opened. */
  | { readonly kind: 'release-stopped'; readonly reason: ContentRef | null; readonly found?: true }
  | PublicationEvent
  | { readonly kind: 'case-opened' }
  | { readonly kind: 'channel-confirmed'; readonly channel: string; readonly evidence: ContentRef | null }
  | { readonly kind: 'case-disclosed' }
  | { readonly kind: 'case-closed' }
  | { readonly kind: 'case-reopened'; readonly cause: ReopeningCause; readonly newFlaw: FlawId | null; readonly reason: ContentRef }
  /** One of several people who have to say so. */
  | ({ readonly kind: 'unfixed-proposed'; readonly reason: ContentRef } & SpokenAs)
  /** The day is set; until then it can be called off. */
  | ({ readonly kind: 'unfixed-announced'; readonly reason: ContentRef; readonly on: Instant } & SpokenAs)
  | { readonly kind: 'unfixed-called-off'; readonly reason: ContentRef }
  | { readonly kind: 'unfixed-published' }
  /** A new version of a published advisory begins; `numberOnly`: its text is the one that is out, and only a number joins it. */
  | { readonly kind: 'correction-begun'; readonly reason: ContentRef; readonly numberOnly: boolean }
  | { readonly kind: 'version-published'; readonly version: number; readonly channels: readonly string[] }
  | ConversationEvent
  | RecordEvent
  | {
      readonly kind: 'policy-migrated';
      /** The version that governs the case from now on. */
      readonly policy: PolicyRef;
      readonly reason: ContentRef;
      /** Keys in which it acts differently, as a file spells them. */
      readonly changed: readonly string[];
      /** Branches that have to be fixed under it. */
      readonly required: readonly BranchName[];
      /** Whether the latest lawful date of the case became another. */
      readonly moved: boolean;
    }
  | { readonly kind: 'deviation-recorded'; readonly gate: string; readonly reason: ContentRef }
  /** One call for everything that is due to the same people; `also` names the other clocks. */
  | { readonly kind: 'reminder-due'; readonly clock: string; readonly also?: readonly string[] };

export type EventKind = EventData['kind'];
export type EventOf<Kind extends EventKind> = Extract<EventData, { readonly kind: Kind }>;

/** Current version of every event's data. */
export const eventVersion = 1;

export interface Envelope {
  /** 1 for the first event of the case. */
  readonly seq: number;
  readonly at: Instant;
  readonly by: ActorMark;
  readonly v: number;
}

export type Event = Envelope & EventData;
