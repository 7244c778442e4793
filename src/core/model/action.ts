// SPDX-License-Identifier: Apache-2.0
// Actions: what somebody asks for, in the imperative. The same words stand in the URL, the API, the command line and the log.

import type { AccessAction } from './access-action.ts';
import type { AuthorityReport } from './authority.ts';
import type { BranchAction } from './branch-action.ts';
import type { AdvisoryPart } from './case.ts';
import type { ContentRef } from './content.ts';
import type { ConversationAction } from './conversation-action.ts';
import type { ContributorRole, CreditDecision } from './credit.ts';
import type { EmbargoAction } from './embargo-action.ts';
import type { HandedIn, Preparation, PreparedDocument } from './ends.ts';
import type { CveId, FlawId, ParticipantId, Role } from './identifiers.ts';
import type { DescribedImpact } from './impact.ts';
import type { IntakeAction } from './intake-action.ts';
import type { PartyAction } from './party-action.ts';
import type { RecordAction } from './record-action.ts';
import type { ReopeningCause } from './regions.ts';
import type { RelationAction } from './relation-action.ts';
import type { TriageAction } from './triage-action.ts';

export type ActionData =
  | IntakeAction
  | AccessAction
  | TriageAction
  | EmbargoAction
  | PartyAction
  | { readonly kind: 'record-filing'; readonly report: AuthorityReport; readonly evidence: ContentRef }
  | BranchAction
  /** `assigner`: who was asked, where it is not the one that the policy names. */
  | { readonly kind: 'request-cve'; readonly flaw: FlawId; readonly assigner?: ContentRef }
  | { readonly kind: 'record-cve'; readonly flaw: FlawId; readonly number: CveId }
  | { readonly kind: 'waive-cve'; readonly flaw: FlawId; readonly reason: ContentRef }
  | { readonly kind: 'record-cve-refusal'; readonly flaw: FlawId; readonly reason: ContentRef }
  | { readonly kind: 'record-cve-publication'; readonly flaw: FlawId; readonly evidence: ContentRef | null }
  | { readonly kind: 'reject-cve'; readonly flaw: FlawId; readonly reason: ContentRef }
  | { readonly kind: 'dispute-cve'; readonly flaw: FlawId; readonly reason: ContentRef }
  /** `frame`: fields of the policy's sentence that the text fills. */
  | ({ readonly kind: 'describe-impact' } & DescribedImpact)
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
  | {
      readonly kind: 'decide-own-credit';
      readonly as: ContributorRole;
      readonly decision: Exclude<CreditDecision, 'undecided'>;
      readonly name: ContentRef | null;
    }
  | { readonly kind: 'go-on-call'; readonly role: Role }
  | { readonly kind: 'approve-release' }
  | { readonly kind: 'stop-release'; readonly reason: ContentRef | null }
  | ({ readonly kind: 'record-preparation' } & Preparation)
  /** `signatures`: as they came in, looked at by the door; `documents` and `keys`: what they proved to be. */
  | {
      readonly kind: 'sign-documents';
      readonly signatures: readonly HandedIn[];
      readonly documents: readonly PreparedDocument[];
      readonly keys: readonly string[];
    }
  | { readonly kind: 'complete-import' }
  | { readonly kind: 'publish-case' }
  | { readonly kind: 'publish-bundle' }
  | { readonly kind: 'confirm-channel'; readonly channel: string; readonly evidence: ContentRef | null }
  | { readonly kind: 'close-case' }
  | { readonly kind: 'answer-forwarding'; readonly agreed: boolean }
  | { readonly kind: 'record-forwarding'; readonly evidence: ContentRef }
  | { readonly kind: 'ask-withdrawal'; readonly reason: ContentRef }
  | { readonly kind: 'decide-withdrawal'; readonly accepted: boolean; readonly reason: ContentRef }
  | { readonly kind: 'announce-unfixed'; readonly reason: ContentRef }
  | { readonly kind: 'call-off-unfixed'; readonly reason: ContentRef }
  | { readonly kind: 'publish-unfixed' }
  | { readonly kind: 'correct-advisory'; readonly reason: ContentRef }
  | { readonly kind: 'add-late-number'; readonly reason: ContentRef }
  /** `newFlaw`: drawn by the door where the cause is a new flaw. */
  | { readonly kind: 'reopen-case'; readonly cause: ReopeningCause; readonly newFlaw: FlawId | null; readonly reason: ContentRef }
  | ConversationAction
  | RecordAction
  | RelationAction
  | {
      readonly kind: 'migrate-policy';
      /** SHA-256 of the policy that was looked at: what changes was shown for it, and for no other. */
      readonly to: string;
      readonly reason: ContentRef;
    }
  | { readonly kind: 'remind'; readonly clock: string; readonly also?: readonly string[] };

export type ActionKind = ActionData['kind'];
export type ActionOf<Kind extends ActionKind> = Extract<Action, { readonly kind: Kind }>;

/** Every action may carry the reason for going past a `should`: it becomes a deviation on record. */
export type Action = ActionData & { readonly deviation?: ContentRef };

/** Every action but the first of a case; `submitReport` in process/steps/intake.ts opens it. */
export type CaseAction = Exclude<Action, { readonly kind: 'submit-report' }>;
