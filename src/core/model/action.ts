// SPDX-License-Identifier: Apache-2.0
// Actions: what somebody asks for, in the imperative. The same words stand in the URL, the API, the command line and the log.

import type { AdvisoryPart, Channel, CreditDecision, Origin, PreparedDocument } from './case.ts';
import type { AttachmentRef, ContentRef } from './content.ts';
import type { Consent, ScanResult } from './event.ts';
import type { CaseId, CveId, FlawId, ParticipantId, PersonId, Role } from './identifiers.ts';
import type { EmbargoExit, FactName } from './regions.ts';
import type { Instant } from './time.ts';

interface OnBranch {
  readonly branch: string;
  readonly component: string | null;
}

export type ActionData =
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
    }
  | { readonly kind: 'release-report' }
  | { readonly kind: 'discard-report'; readonly reason: ContentRef | null }
  | { readonly kind: 'take-up-case' }
  | { readonly kind: 'add-person'; readonly person: PersonId }
  | { readonly kind: 'remove-person'; readonly person: PersonId }
  | { readonly kind: 'assign-owner'; readonly person: PersonId }
  | {
      readonly kind: 'decide-eligibility';
      readonly verdict: 'in' | 'out' | 'elsewhere';
      readonly rule: string | null;
      readonly reason: ContentRef;
    }
  | {
      readonly kind: 'confirm-flaw';
      readonly flaws: readonly FlawId[];
      readonly class: string | null;
      readonly severity: { readonly level: string; readonly vector: string | null } | null;
      readonly reason: ContentRef;
      /** What would be opened at the hard cap: proposed with the confirmation, agreed by a second person. */
      readonly summary: ContentRef | null;
      readonly branches: readonly (OnBranch & { readonly group: string })[];
    }
  | { readonly kind: 'dismiss-flaw'; readonly reason: ContentRef }
  | { readonly kind: 'assess-severity'; readonly level: string; readonly vector: string | null }
  | { readonly kind: 'record-fact'; readonly fact: FactName; readonly since: Instant; readonly evidence: ContentRef }
  | {
      readonly kind: 'propose-embargo';
      readonly until: Instant;
      readonly zone: string;
      readonly reason: ContentRef | null;
      readonly restart: boolean;
    }
  | { readonly kind: 'agree-embargo' }
  | { readonly kind: 'refuse-embargo'; readonly reason: ContentRef }
  | {
      readonly kind: 'end-embargo';
      readonly exit: Extract<EmbargoExit, 'early_agreed' | 'leak' | 'exploited'>;
      readonly reason: ContentRef;
    }
  | { readonly kind: 'propose-bundle'; readonly summary: ContentRef }
  | { readonly kind: 'agree-bundle' }
  | { readonly kind: 'start-fixing' }
  | ({ readonly kind: 'judge-branch'; readonly group: string; readonly affected: boolean } & OnBranch)
  | ({ readonly kind: 'add-patch'; readonly patch: AttachmentRef; readonly signedOff: boolean } & OnBranch)
  | ({ readonly kind: 'approve-patch' } & OnBranch)
  | ({ readonly kind: 'record-posting'; readonly messageId: string } & OnBranch)
  | ({ readonly kind: 'record-merge'; readonly commit: string } & OnBranch)
  | ({ readonly kind: 'record-release'; readonly tag: string } & OnBranch)
  | { readonly kind: 'request-cve'; readonly flaw: FlawId }
  | { readonly kind: 'record-cve'; readonly flaw: FlawId; readonly number: CveId }
  | { readonly kind: 'waive-cve'; readonly flaw: FlawId; readonly reason: ContentRef }
  | { readonly kind: 'describe-impact'; readonly impact: ContentRef }
  | { readonly kind: 'approve-impact' }
  | { readonly kind: 'write-advisory'; readonly advisory: ContentRef; readonly parts: readonly AdvisoryPart[] }
  | { readonly kind: 'submit-advisory' }
  | { readonly kind: 'approve-advisory' }
  | { readonly kind: 'return-advisory'; readonly reason: ContentRef }
  | {
      readonly kind: 'decide-credit';
      readonly participant: ParticipantId;
      readonly decision: Exclude<CreditDecision, 'undecided'>;
      readonly name: ContentRef | null;
    }
  | { readonly kind: 'go-on-call'; readonly role: Role }
  | { readonly kind: 'approve-release' }
  | { readonly kind: 'stop-release'; readonly reason: ContentRef | null }
  | { readonly kind: 'record-preparation'; readonly documents: readonly PreparedDocument[] }
  | { readonly kind: 'publish-case' }
  | { readonly kind: 'publish-bundle' }
  | { readonly kind: 'confirm-channel'; readonly channel: string; readonly evidence: ContentRef | null }
  | { readonly kind: 'close-case' }
  | { readonly kind: 'send-message'; readonly body: ContentRef; readonly to: readonly ParticipantId[] }
  /** Before it leaves; whether it has left is the outbox's to say. `message` is the `seq` of its `message-sent`. */
  | { readonly kind: 'withdraw-message'; readonly message: number; readonly to: ParticipantId }
  | { readonly kind: 'answer-team'; readonly body: ContentRef; readonly attachments: readonly AttachmentRef[] }
  | { readonly kind: 'add-note'; readonly body: ContentRef }
  | { readonly kind: 'remind'; readonly clock: string };

export type ActionKind = ActionData['kind'];
export type ActionOf<Kind extends ActionKind> = Extract<Action, { readonly kind: Kind }>;

/** Every action may carry the reason for going past a `should`: it becomes a deviation on record. */
export type Action = ActionData & { readonly deviation?: ContentRef };
