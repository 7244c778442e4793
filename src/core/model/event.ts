// SPDX-License-Identifier: Apache-2.0
// Events: what happened, in the past tense. An envelope holds ids, enums, instants and hashes; what was said is content.

import type { ScopeProposal } from '../policy/scope.ts';
import type { ActorMark } from './actor.ts';
import type { AuthorityReport } from './authority.ts';
import type { BackportVote } from './backport.ts';
import type { AdvisoryPart, Channel, ContributorRole, CreditDecision, Origin, PolicyRef } from './case.ts';
import type { AttachmentRef, ContentRef } from './content.ts';
import type { Asked, Voice } from './embargo.ts';
import type { CaseId, CveId, FlawId, ParticipantId, PersonId, PieceId, ProjectId, Role } from './identifiers.ts';
import type { ImpactField } from './impact.ts';
import type { OwnerHow } from './ownership.ts';
import type { PartyEvent } from './party-event.ts';
import type { PatchCheck } from './patches.ts';
import type { PublicationEvent } from './publication-event.ts';
import type { RecordEvent } from './record-event.ts';
import type { BranchEnd, EmbargoExit, FactName, Handling, Opening, ReopeningCause } from './regions.ts';
import type { Told } from './relations.ts';
import type { Judgement } from './severity.ts';
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

interface BranchName {
  readonly branch: string;
  readonly component: string | null;
}

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

/** One union member per kind. A kind whose data change gets a new `v` and an upcaster (core/process/upcast.ts). */
export type EventData =
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
  /** Right after the report of a part, and apart from it: the record of the part can be opened without a word of a case that is not (L-05). */
  | { readonly kind: 'case-split-off'; readonly from: CaseId; readonly shared: readonly PieceId[] }
  | { readonly kind: 'report-released' }
  | { readonly kind: 'report-discarded'; readonly reason: ContentRef | null }
  | { readonly kind: 'report-acknowledged' }
  | { readonly kind: 'person-added'; readonly person: PersonId; readonly until?: Instant; readonly emergency?: ContentRef }
  | { readonly kind: 'access-narrowed'; readonly people: readonly PersonId[]; readonly reason: ContentRef | null }
  | { readonly kind: 'widening-proposed'; readonly reason: ContentRef }
  | { readonly kind: 'access-widened' }
  | { readonly kind: 'person-removed'; readonly person: PersonId }
  /** Without `how` a person took the case or gave it. */
  | { readonly kind: 'owner-assigned'; readonly person: PersonId; readonly how?: OwnerHow }
  | { readonly kind: 'case-taken-up' }
  | {
      readonly kind: 'eligibility-decided';
      readonly verdict: 'in' | 'out' | 'elsewhere';
      readonly rule: string | null;
      readonly reason: ContentRef;
      readonly target?: ContentRef;
      /** What the scope table proposed then, and the version of the policy that both were made under. */
      readonly proposed?: ScopeProposal | null;
      readonly policyVersion?: number;
    }
  | { readonly kind: 'eligibility-proposed'; readonly proposal: ScopeProposal | null; readonly policyVersion: number }
  | { readonly kind: 'answers-corrected'; readonly answers: readonly ContentRef[] }
  | { readonly kind: 'forwarding-answered'; readonly agreed: boolean }
  | { readonly kind: 'report-forwarded'; readonly evidence: ContentRef }
  | { readonly kind: 'withdrawal-asked'; readonly participant: ParticipantId; readonly reason: ContentRef }
  | { readonly kind: 'withdrawal-declined'; readonly reason: ContentRef }
  | { readonly kind: 'report-withdrawn'; readonly reason: ContentRef }
  | { readonly kind: 'flaw-confirmed'; readonly flaws: readonly FlawId[]; readonly reason: ContentRef; readonly class: string | null }
  | {
      readonly kind: 'flaw-dismissed';
      readonly to: Extract<Handling, 'public_bug' | 'hardening' | 'closed'>;
      readonly reason: ContentRef;
      readonly class?: string;
    }
  | ({ readonly kind: 'severity-assessed'; readonly level: string; readonly vector: string | null } & Judgement)
  | { readonly kind: 'class-set'; readonly class: string; readonly requires: readonly string[] }
  | {
      readonly kind: 'fact-recorded';
      readonly fact: FactName;
      readonly since: Instant;
      readonly evidence: ContentRef;
      /** Whose report says so, where one was attached. */
      readonly participant?: ParticipantId;
    }
  | ({ readonly kind: 'embargo-proposed' } & Asked)
  | { readonly kind: 'embargo-agreed'; readonly as: Voice }
  | { readonly kind: 'embargo-refused'; readonly as: Voice; readonly reason: ContentRef | null; readonly missing: readonly string[] }
  | { readonly kind: 'embargo-kept'; readonly fact: FactName; readonly reason: ContentRef }
  | { readonly kind: 'embargo-activated'; readonly from: Instant; readonly until: Instant; readonly zone: string }
  | { readonly kind: 'embargo-moved'; readonly until: Instant; readonly zone: string; readonly restarted: boolean }
  /** Somebody wants it to end early; as many others have to say so as beside a publication. */
  | { readonly kind: 'embargo-end-proposed'; readonly reason: ContentRef }
  | { readonly kind: 'embargo-exited'; readonly exit: EmbargoExit; readonly reason?: ContentRef }
  | PartyEvent
  | { readonly kind: 'report-filed'; readonly report: AuthorityReport; readonly evidence: ContentRef }
  | { readonly kind: 'bundle-proposed'; readonly summary: ContentRef }
  | { readonly kind: 'bundle-agreed'; readonly complete: boolean }
  | { readonly kind: 'fixing-started' }
  | { readonly kind: 'fix-completed' }
  | ({ readonly kind: 'branch-judged'; readonly group: string; readonly required: boolean; readonly affected: boolean } & BranchName)
  | ({ readonly kind: 'patch-added'; readonly patch: AttachmentRef } & BranchName)
  | { readonly kind: 'patch-checked'; readonly check: PatchCheck }
  | ({ readonly kind: 'patch-approved'; readonly complete: boolean } & BranchName)
  | ({ readonly kind: 'backport-judged' } & Pick<BackportVote, 'as' | 'verdict' | 'reason'> & BranchName)
  | ({
      readonly kind: 'test-recorded';
      readonly passed: boolean;
      readonly reproducer: boolean;
      readonly statement: ContentRef;
    } & BranchName)
  | ({ readonly kind: 'patch-posted'; readonly messageId: string } & BranchName)
  | ({ readonly kind: 'fix-merged'; readonly commit: string; readonly fastTrack?: true } & BranchName)
  | ({ readonly kind: 'fix-released'; readonly tag: string } & BranchName)
  /** A branch that nobody has judged yet, which the policy would like to see fixed. */
  | ({ readonly kind: 'branch-retired' } & BranchName)
  | ({ readonly kind: 'branch-listed'; readonly group: string } & BranchName)
  | ({ readonly kind: 'branch-ended'; readonly end: BranchEnd; readonly reason: ContentRef | null } & BranchName)
  | { readonly kind: 'cve-required'; readonly flaw: FlawId }
  | { readonly kind: 'cve-waived'; readonly flaw: FlawId; readonly reason: ContentRef }
  | { readonly kind: 'cve-requested'; readonly flaw: FlawId; readonly assigner?: ContentRef; readonly embargoedUntil?: Instant | 'undated' }
  | { readonly kind: 'cve-refused'; readonly flaw: FlawId; readonly reason: ContentRef }
  | { readonly kind: 'cve-record-published'; readonly flaw: FlawId; readonly evidence: ContentRef | null }
  | { readonly kind: 'cve-rejected'; readonly flaw: FlawId; readonly reason: ContentRef }
  | { readonly kind: 'cve-disputed'; readonly flaw: FlawId; readonly reason: ContentRef }
  | { readonly kind: 'cve-assigned'; readonly flaw: FlawId; readonly number: CveId }
  | {
      readonly kind: 'impact-described';
      readonly impact: ContentRef;
      readonly frame?: readonly ImpactField[];
      readonly places?: ContentRef;
    }
  | { readonly kind: 'impact-approved'; readonly as: 'reporter' | 'member' | Role }
  | { readonly kind: 'advisory-numbered'; readonly number: string }
  | { readonly kind: 'advisory-written'; readonly advisory: ContentRef; readonly parts: readonly AdvisoryPart[] }
  | { readonly kind: 'advisory-submitted' }
  | { readonly kind: 'advisory-approved'; readonly complete: boolean }
  | { readonly kind: 'advisory-returned'; readonly reason: ContentRef }
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
  | { readonly kind: 'release-approved'; readonly armed: boolean }
  /** `found`: something was said since people said go that has to be decided on before it is opened. */
  | { readonly kind: 'release-stopped'; readonly reason: ContentRef | null; readonly found?: true }
  | PublicationEvent
  | { readonly kind: 'case-opened' }
  | { readonly kind: 'channel-confirmed'; readonly channel: string; readonly evidence: ContentRef | null }
  | { readonly kind: 'case-disclosed' }
  | { readonly kind: 'case-closed' }
  | { readonly kind: 'case-reopened'; readonly cause: ReopeningCause; readonly newFlaw: FlawId | null; readonly reason: ContentRef }
  /** One of several people who have to say so. */
  | { readonly kind: 'unfixed-proposed'; readonly reason: ContentRef }
  /** The day is set; until then it can be called off. */
  | { readonly kind: 'unfixed-announced'; readonly reason: ContentRef; readonly on: Instant }
  | { readonly kind: 'unfixed-called-off'; readonly reason: ContentRef }
  | { readonly kind: 'unfixed-published' }
  /** A new version of a published advisory begins; `numberOnly`: its text is the one that is out, and only a number joins it. */
  | { readonly kind: 'correction-begun'; readonly reason: ContentRef; readonly numberOnly: boolean }
  | { readonly kind: 'version-published'; readonly version: number; readonly channels: readonly string[] }
  | { readonly kind: 'message-sent'; readonly body: ContentRef; readonly to: readonly ParticipantId[] }
  /** The message with this `seq` was taken back before it left for this reporter. */
  | { readonly kind: 'message-withdrawn'; readonly message: number; readonly to: ParticipantId }
  | { readonly kind: 'message-received'; readonly body: ContentRef; readonly attachments: readonly AttachmentRef[] }
  | { readonly kind: 'note-added'; readonly body: ContentRef; readonly attachments?: readonly AttachmentRef[] }
  | RecordEvent
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
  | { readonly kind: 'component-dropped'; readonly component: string; readonly reason: ContentRef }
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
