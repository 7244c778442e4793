// SPDX-License-Identifier: Apache-2.0
// Actions: what somebody asks for, in the imperative. The same words stand in the URL, the API, the command line and the log.

import type { ScopeProposal } from '../policy/scope.ts';
import type { WithheldKind } from '../policy/words.ts';
import type { AuthorityReport } from './authority.ts';
import type { BranchAction, OnBranch } from './branch-action.ts';
import type { AdvisoryPart, Channel, ContributorRole, CreditDecision, Origin } from './case.ts';
import type { AttachmentRef, ContentRef, Piece } from './content.ts';
import type { Purpose, RestartReason } from './embargo.ts';
import type { Preparation } from './ends.ts';
import type { Consent, ScanResult } from './event.ts';
import type { CaseId, CveId, FlawId, ParticipantId, PersonId, PieceId, RedactionId, Role } from './identifiers.ts';
import type { DescribedImpact } from './impact.ts';
import type { OwnerHow } from './ownership.ts';
import type { PartyAction } from './party-action.ts';
import type { PatchCheck } from './patches.ts';
import type { EmbargoExit, FactName, ReopeningCause } from './regions.ts';
import type { Judgement } from './severity.ts';
import type { Instant } from './time.ts';

/** Texts and files of one case that may tell of any flaw that was reported in it. */
export interface Stood {
  readonly case: CaseId;
  readonly pieces: readonly PieceId[];
}

/** One part of a case that is split; its id and codename are drawn by the door. */
export interface SplitPart {
  readonly case: CaseId;
  readonly codename: string;
  readonly title: ContentRef;
}

export interface NamedBranch {
  readonly group: string;
  readonly branch: string;
}

/** What is said may be marked at once as never to be opened, with the class of the reason. */
interface Fated {
  readonly never?: WithheldKind;
}

/** A text or file as somebody looked at it. */
interface Looked {
  readonly piece: PieceId;
  readonly hash: string;
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
  /** `until`: access ends by itself then; null or absent is with no end. */
  | {
      readonly kind: 'add-person';
      readonly person: PersonId;
      readonly until?: Instant | null;
      /** Why somebody who runs the system opened the case in an emergency; the process adds them then, and nobody else does. */
      readonly emergency?: ContentRef;
    }
  /** From now on only these people read the private case, whatever roles read others (narrowing never widens). */
  | { readonly kind: 'narrow-access'; readonly people: readonly PersonId[]; readonly reason: ContentRef }
  | { readonly kind: 'propose-widening'; readonly reason: ContentRef }
  /** Back to what the policy says, by a second person. */
  | { readonly kind: 'widen-access' }
  | { readonly kind: 'remove-person'; readonly person: PersonId }
  | { readonly kind: 'assign-owner'; readonly person: PersonId }
  /** The process passes the case on: what the clock `clock` asked for, or because its owner can own it no more (null). */
  | { readonly kind: 'pass-on-case'; readonly person: PersonId; readonly how: OwnerHow; readonly clock: string | null }
  | {
      readonly kind: 'decide-eligibility';
      readonly verdict: 'in' | 'out' | 'elsewhere';
      readonly rule: string | null;
      readonly reason: ContentRef;
      /** Name of the project that it belongs to, for `elsewhere`. */
      readonly target?: ContentRef;
    }
  | {
      readonly kind: 'correct-answers';
      /** The answers that change, each a field of the form. */
      readonly answers: readonly ContentRef[];
      /** What the scope table says once they have changed. */
      readonly proposal: ScopeProposal | null;
    }
  | {
      readonly kind: 'confirm-flaw';
      readonly flaws: readonly FlawId[];
      readonly class: string | null;
      readonly severity: ({ readonly level: string; readonly vector: string | null } & Judgement) | null;
      readonly reason: ContentRef;
      /** What would be opened at the hard cap: proposed with the confirmation, agreed by a second person. */
      readonly summary: ContentRef | null;
      readonly branches: readonly (OnBranch & { readonly group: string })[];
    }
  | { readonly kind: 'dismiss-flaw'; readonly reason: ContentRef; readonly class?: string }
  | { readonly kind: 'set-class'; readonly class: string }
  | ({ readonly kind: 'assess-severity'; readonly level: string; readonly vector: string | null } & Judgement)
  | { readonly kind: 'record-fact'; readonly fact: FactName; readonly since: Instant; readonly evidence: ContentRef }
  | {
      readonly kind: 'propose-embargo';
      readonly until: Instant;
      readonly zone: string;
      readonly reason: ContentRef | null;
      /** Begins the count again, for this reason. */
      readonly restart: RestartReason | null;
      readonly circumstances: ContentRef | null;
      readonly evidence: ContentRef | null;
      readonly purposes: readonly Purpose[];
    }
  | { readonly kind: 'agree-embargo' }
  /** Without a reason the policy's own text says what the request lacks. */
  | { readonly kind: 'refuse-embargo'; readonly reason: ContentRef | null }
  | { readonly kind: 'keep-embargo'; readonly fact: FactName; readonly reason: ContentRef }
  | {
      readonly kind: 'end-embargo';
      readonly exit: Extract<EmbargoExit, 'early_agreed' | 'leak' | 'exploited'>;
      readonly reason: ContentRef;
    }
  | PartyAction
  | { readonly kind: 'record-filing'; readonly report: AuthorityReport; readonly evidence: ContentRef }
  | { readonly kind: 'propose-bundle'; readonly summary: ContentRef }
  | { readonly kind: 'agree-bundle' }
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
  | ({ readonly kind: 'send-message'; readonly body: ContentRef; readonly to: readonly ParticipantId[] } & Fated)
  /** Before it leaves; whether it has left is the outbox's to say. `message` is the `seq` of its `message-sent`. */
  | { readonly kind: 'withdraw-message'; readonly message: number; readonly to: ParticipantId }
  | ({ readonly kind: 'answer-team'; readonly body: ContentRef; readonly attachments: readonly AttachmentRef[] } & Fated)
  | ({ readonly kind: 'add-note'; readonly body: ContentRef; readonly attachments?: readonly AttachmentRef[] } & Fated)
  /** Null where the case has no such text or file, or it is not the actor's to speak of. */
  | { readonly kind: 'classify-content'; readonly piece: Piece | null; readonly why: WithheldKind | null }
  /** `finding`: null where there is no such text or file. */
  | {
      readonly kind: 'keep-finding';
      readonly finding: Looked | null;
      readonly span: ContentRef | 'nowhere' | null;
      readonly reason: ContentRef;
    }
  | {
      readonly kind: 'propose-redaction';
      readonly redaction: RedactionId;
      readonly piece: Piece | null;
      /** `nowhere`: the passage does not stand in that text; null: the whole piece. */
      readonly span: ContentRef | 'nowhere' | null;
      readonly why: WithheldKind;
      readonly destroys: boolean;
      /** Of what other cases share: the rest opens with this case. */
      readonly opens: boolean;
    }
  | {
      readonly kind: 'approve-redaction';
      readonly redaction: RedactionId;
      /** The text with the marks of `covers`; null for a whole piece, and where the text can no longer be read. */
      readonly copy: ContentRef | null;
      /** Every redaction that the copy was made for: what is approved meanwhile makes it stale. */
      readonly covers: readonly RedactionId[];
    }
  | { readonly kind: 'decline-redaction'; readonly redaction: RedactionId }
  | { readonly kind: 'decide-proof'; readonly open: boolean }
  | { readonly kind: 'open-proofs' }
  /** What the process found when it read a patch and tried it (QEMU-26). */
  | { readonly kind: 'record-patch-check'; readonly check: PatchCheck }
  | { readonly kind: 'agree-to-opening' }
  | {
      readonly kind: 'mark-duplicate';
      /** The case that the report belongs to. */
      readonly of: CaseId;
      /** Somebody else found it by themselves: it counts as found again. */
      readonly independent: boolean;
      /** Said where the other case is public: this report becomes public with it. */
      readonly opens: boolean;
      readonly reason: ContentRef | null;
      /** Goes to the other case, as evidence that the flaw was found again. */
      readonly evidence: ContentRef;
    }
  | { readonly kind: 'undo-duplicate'; readonly reason: ContentRef }
  /** What the cases that belong together have to know of each other; only the process says it. */
  | { readonly kind: 'update-relations' }
  | { readonly kind: 'retire-branches' }
  | { readonly kind: 'answer-rediscovery'; readonly publish: boolean; readonly reason: ContentRef }
  /** This case keeps the first flaw; each part becomes a case of its own. */
  | {
      readonly kind: 'split-case';
      readonly parts: readonly SplitPart[];
      /** A title for what stays here: the one that stands is shared with the parts. */
      readonly title: ContentRef | null;
      readonly reason: ContentRef;
      /** All that stands in this case and its duplicates; the application looks it up while they are locked. */
      readonly stood: readonly Stood[];
    }
  | { readonly kind: 'add-flaw'; readonly flaw: FlawId; readonly title: ContentRef | null }
  | { readonly kind: 'drop-flaw'; readonly flaw: FlawId; readonly reason: ContentRef }
  | {
      readonly kind: 'add-component';
      readonly component: string;
      readonly person: PersonId | null;
      readonly branches: readonly NamedBranch[];
    }
  | { readonly kind: 'assign-component'; readonly component: string; readonly person: PersonId }
  | { readonly kind: 'finish-component'; readonly component: string }
  | { readonly kind: 'drop-component'; readonly component: string; readonly reason: ContentRef }
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
