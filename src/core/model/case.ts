// SPDX-License-Identifier: Apache-2.0
// The case: what the fold of its events says. Ids, enums, instants and references only; no word of content.

import type { ScopeProposal } from '../policy/scope.ts';
import type { Assessment, Severity } from './assessment.ts';
import type { Filed } from './authority.ts';
import type { BranchFix } from './branch-fix.ts';
import type { AttachmentRef, ContentRef } from './content.ts';
import type { Contributor, CreditDecision } from './credit.ts';
import type { Embargo } from './embargo.ts';
import type { Carried, Correction, PreparedDocument, Referral, Unfixed, Withdrawal } from './ends.ts';
import type { CaseId, CveId, FlawId, ParticipantId, PersonId, ProjectId, Role } from './identifiers.ts';
import type { Impact } from './impact.ts';
import type { Imported } from './imported.ts';
import type { Narrowed } from './narrowed.ts';
import type { Ownership } from './ownership.ts';
import type { AgentsDecided, Party, Readiness, RulesRead, Vendor } from './party.ts';
import type { PatchCheck } from './patches.ts';
import type { RecordState } from './record.ts';
import type { AdvisoryState, CveState, FactName, Handling, Visibility } from './regions.ts';
import type { Component, DuplicateOf } from './relations.ts';
import type { Reminder } from './reminder.ts';
import type { Instant } from './time.ts';
import type { HeldAs } from './word.ts';

export type { BranchFix } from './branch-fix.ts';
export type { ContributorRole, CreditDecision } from './credit.ts';

/** The policy that governs the case until an explicit migration (I11). */
export interface PolicyRef {
  readonly name: string;
  readonly version: number;
  /** SHA-256 of the policy file, hexadecimal. */
  readonly sha256: string;
}

export type Channel = 'web' | 'api' | 'mail' | 'member_mail' | 'gitlab' | 'tracker';
export type Origin = 'manual' | 'fuzzer' | 'static_analysis' | 'ai' | 'unknown';

export interface Reporter {
  readonly participant: ParticipantId;
  readonly channel: Channel;
  readonly since: Instant;
  readonly name: ContentRef | null;
  /** Withheld: who may write to this reporter needs it, nobody else sees it (L-27). */
  readonly address: ContentRef | null;
  readonly credit: CreditDecision;
  readonly creditName: ContentRef | null;
  /** A change asked for after the release was armed; it acts when the release is armed anew. */
  readonly creditRequest: { readonly decision: CreditDecision; readonly name: ContentRef } | null;
  readonly origin: Origin;
  /** The reporter's own latest date, a cap on the case. */
  readonly deadline: Instant | null;
  /** Where `from` is a case, the texts and files are kept there. */
  readonly report: readonly ContentRef[];
  readonly attachments: readonly AttachmentRef[];
  /** The duplicate that this reporter's report stands in, with its own thread; null for the report of this case. */
  readonly from: CaseId | null;
  /** Whether the policy credits this reporter; where it does not, nobody is asked. */
  readonly credited: boolean;
  /** The last message of the team to this reporter, and the last one from them. */
  readonly told: Instant | null;
  readonly heard: Instant | null;
}

export interface Flaw {
  readonly flaw: FlawId;
  readonly cve: CveState;
  readonly number: CveId | null;
  /** Another person sends it out. */
  readonly numberedBy: PersonId | null;
  /** The roles asked for a publication that they held, of a number that came late. */
  readonly numberedAs?: readonly Role[];
  /** What the request said of the embargo: the date agreed then, `undated` while none was; null where it was public, or not asked for. */
  readonly askedUntil?: Instant | 'undated' | null;
  readonly since: Instant;
  /** Of a flaw that was added by itself; the others go by the case's title. */
  readonly title: ContentRef | null;
}

/** What is opened at the hard cap, agreed while there is time. */
export interface Bundle {
  readonly summary: ContentRef;
  /** Whoever proposed it stands first. */
  readonly agreedBy: readonly PersonId[];
  readonly heldAs?: HeldAs;
  readonly agreed: boolean;
}

export type AdvisoryPart =
  | 'summary'
  | 'description'
  | 'impact'
  | 'affected_versions'
  | 'conditions'
  | 'workaround'
  | 'patch_links'
  | 'report_link'
  | 'severity'
  | 'credit';

export interface AdvisoryDraft {
  readonly state: AdvisoryState;
  /** Number in the project's scheme, `LSN-2026-0003`. */
  readonly number: string | null;
  readonly draft: number;
  readonly content: ContentRef | null;
  readonly parts: readonly AdvisoryPart[];
  readonly author: PersonId | null;
  readonly approvals: readonly PersonId[];
  readonly heldAs?: HeldAs;
  /** Version that the public sees; 0 before the first publication. */
  readonly published: number;
  /** CVE numbers that this version names. */
  readonly numbers: readonly CveId[];
  /** Versions 2 and later that are out, oldest first. */
  readonly errata: readonly Correction[];
  /** Why the next version is being made; null while none is. */
  readonly correction: Omit<Correction, 'version'> | null;
}

export interface Fact {
  readonly fact: FactName;
  readonly since: Instant;
  readonly recordedAt: Instant;
  readonly evidence: ContentRef;
  /** Whose attached report says so. */
  readonly participant: ParticipantId | null;
}

export interface ChannelProgress {
  readonly channel: string;
  readonly state: 'due' | 'confirmed';
  readonly at: Instant | null;
}

export interface Disclosure {
  /** People who said go; the release is armed when there are enough of them. */
  readonly approvedBy: readonly PersonId[];
  readonly heldAs?: HeldAs;
  readonly armed: boolean;
  readonly prepared: readonly PreparedDocument[] | null;
  /** Files of them that wait for a person's signature; null where no person signs. Says nothing while nothing is prepared. */
  readonly unsigned?: readonly string[] | null;
  readonly carries: Carried | null;
  readonly begunAt: Instant | null;
  /** Only the bundle agreed for the cap went out. */
  readonly bundleOnly: boolean;
  readonly channels: readonly ChannelProgress[];
}

/** Points in a case's life from which clocks count. */
export type Milestone = 'receipt' | 'acknowledgement' | 'acceptance' | 'confirmation' | 'fix_ready' | 'notice' | 'disclosure';

export interface CaseState {
  readonly project: ProjectId;
  readonly case: CaseId;
  /** Two neutral words, safe in subjects and branch names. */
  readonly codename: string;
  readonly policy: PolicyRef;
  /** Number of events folded. */
  readonly version: number;
  readonly handling: Handling;
  readonly visibility: Visibility;
  readonly publicSince: Instant | null;
  readonly title: ContentRef;
  /** Held, and public once let through. */
  readonly opensOnRelease: boolean;
  /** When its turn comes, beyond what its reporter may send in a day. */
  readonly queuedUntil: Instant | null;
  readonly class: string | null;
  readonly component: string | null;
  readonly owner: PersonId | null;
  readonly ownership: Ownership;
  /** The last action of a person of the team: silence is counted from it (QEMU-7). */
  readonly attended: Instant | null;
  /** People who were added to this case by name, beside the roles that read it (VMT-14). */
  readonly added: readonly PersonId[];
  /** When the access of some of them ends. */
  readonly guestsUntil: Readonly<Record<PersonId, Instant>>;
  /** Who alone reads the private case; null while it is as the policy says. */
  readonly narrowed: Narrowed | null;
  readonly reporters: readonly Reporter[];
  /** What members said of their own credit, the latest word for each part they had. */
  readonly contributors: readonly Contributor[];
  /** What the scope table says to the answers as they stand. */
  readonly proposal: ScopeProposal | null;
  /** Answers in place of the first report's. */
  readonly corrected: readonly ContentRef[];
  readonly eligibility: Assessment | null;
  readonly assessment: Assessment | null;
  readonly severity: Severity | null;
  readonly facts: readonly Fact[];
  readonly embargo: Embargo;
  readonly bundle: Bundle | null;
  /** Parties of which something is on record; the others of the policy are `listed` (core/process/parties.ts). */
  readonly parties: readonly Party[];
  /** Whose rules were read before sending, under the policy that governs the case now. */
  readonly rulesRead: readonly RulesRead[];
  readonly agents: AgentsDecided | null;
  /** Who is asked to say ready for the common hour; null before anybody was. */
  readonly vendors: readonly Vendor[] | null;
  /** Who has said ready for the date that stands; another date takes it back. */
  readonly readiness: readonly Readiness[];
  readonly flaws: readonly Flaw[];
  readonly branches: readonly BranchFix[];
  /** What came of reading and trying the patches that were sent, each once. */
  readonly patchChecks: readonly PatchCheck[];
  readonly advisory: AdvisoryDraft;
  readonly impact: Impact | null;
  /** Who has agreed to be there at the hour, and for which role; another date takes it back. */
  readonly onCall: readonly { readonly role: Role; readonly person: PersonId }[];
  readonly disclosure: Disclosure;
  readonly imported: Imported | null;
  readonly referral: Referral | null;
  readonly withdrawal: Withdrawal | null;
  readonly unfixed: Unfixed | null;
  readonly record: RecordState;
  /** Reports to an authority that people have filed. */
  readonly filed: readonly Filed[];
  readonly deviations: readonly string[];
  readonly marks: Readonly<Partial<Record<Milestone, Instant>>>;
  readonly reminders: Readonly<Record<string, Reminder>>;
  /** How many separate flaws the reporter said that there are. */
  readonly flawsReported: number;
  readonly duplicateOf: DuplicateOf | null;
  /** The case that this one is a part of, and those that are parts of this one. */
  readonly splitFrom: CaseId | null;
  readonly parts: readonly CaseId[];
  readonly components: readonly Component[];
  /** Since when the owner is asked whether to publish now, because somebody else found the flaw too; null while nothing is asked. */
  readonly askedSince: Instant | null;
  /** Since when a related case has to be told what happened here; null when all of them know. */
  readonly untoldSince: Instant | null;
}

/** The reporters whose reports stand in this case itself. */
export function ownReporters(state: Pick<CaseState, 'reporters'>): readonly Reporter[] {
  return state.reporters.filter((reporter) => reporter.from === null);
}

/** Duplicates whose reports are attached to this case. */
export function duplicatesOf(state: Pick<CaseState, 'reporters'>): readonly CaseId[] {
  return [...new Set(state.reporters.flatMap((reporter) => (reporter.from === null ? [] : [reporter.from])))];
}

/** How often somebody found the flaw again by themselves, as far as it is known here. */
export function rediscoveries(state: Pick<CaseState, 'facts' | 'reporters'>): number {
  return state.facts.filter(
    ({ fact, participant }) =>
      fact === 'rediscovered' && (participant === null || state.reporters.some((reporter) => reporter.participant === participant)),
  ).length;
}

export function reporterOf(state: CaseState, participant: ParticipantId): Reporter | undefined {
  return state.reporters.find((reporter) => reporter.participant === participant);
}

export function flawOf(state: CaseState, flaw: FlawId): Flaw | undefined {
  return state.flaws.find((candidate) => candidate.flaw === flaw);
}

export function branchOf(state: CaseState, branch: string, component: string | null): BranchFix | undefined {
  return state.branches.find((fix) => fix.branch === branch && fix.component === component);
}

export function hasFact(state: CaseState, ...names: readonly FactName[]): boolean {
  return state.facts.some((fact) => names.includes(fact.fact));
}

/** Whether somebody sent a patch, with a report or later. */
export function hasPatch({ branches, reporters }: CaseState): boolean {
  return (
    branches.some(({ patches }) => patches.length > 0) ||
    reporters.some(({ attachments }) => attachments.some(({ purpose }) => purpose === 'patch'))
  );
}
