// SPDX-License-Identifier: Apache-2.0
// The sections of a resolved policy that govern work in confidence: embargo, CVE, branches, commits, reviews, downstream parties.

import type { Role } from '../model/identifiers.ts';
import type { Conditions } from './conditions.ts';
import type { Deadline, Duration, Range, ZonedInstant } from './quantities.ts';
import type { EmbargoStart, EndingFact, PartyStatement } from './words.ts';

type Named<T> = Readonly<Record<string, T>>;

export interface EmbargoRules {
  readonly mode: 'never' | 'by_exception' | 'by_default';
  readonly countedFrom: EmbargoStart;
  /** A ladder, shortest first: an end within a rung needs the conditions of that rung and of those before it. Empty when `mode` is never. */
  readonly length: readonly Rung[];
  readonly datesAgreedBy: readonly Role[];
  readonly restartFor: readonly ('patch_problem' | 'wider_impact' | 'new_party')[];
  readonly reporterMay: 'ask' | 'refuse' | 'decide';
  readonly lateChangesBy: readonly Role[];
  readonly atEndWithoutFix: 'publish' | 'ask';
  readonly endsEarlyOn: Readonly<Record<EndingFact, 'publish' | 'ask'>>;
}

export interface Rung extends Conditions {
  readonly upTo: Duration;
  readonly granted: 'at_start' | 'any_time';
}

export interface CveRules {
  readonly requiredFor: 'every_flaw' | 'advisories' | 'on_request' | 'nothing';
  readonly requested: 'on_confirmation' | 'when_impact_approved' | 'by_hand';
  readonly assigner: {
    readonly kind: 'external' | 'member' | 'own_cna';
    readonly name: string | null;
    /** Its id in the CVE program, a UUID. */
    readonly organisation: string | null;
    readonly role: Role | null;
    readonly askedBy: 'label' | 'mail' | 'web_form' | 'api';
  };
  readonly recordedIn: 'issue_comment' | 'advisory';
}

export interface Branches {
  /** Branch names or patterns (`stable/*`) by group; the empty list of the group `development` is the default branch. */
  readonly groups: Named<readonly string[]>;
  readonly must: readonly string[];
  readonly should: readonly string[];
  readonly aim: readonly string[];
  readonly leftTo: string | null;
  /** Since when and until when a branch is maintained; one without a row always is. */
  readonly maintained: readonly Maintained[];
}

export interface Maintained {
  /** A name or a pattern, as in the groups. */
  readonly branch: string;
  readonly from: ZonedInstant | null;
  readonly until: ZonedInstant | null;
}

export interface Commits {
  readonly checked: 'before_posting' | 'before_pull_request' | 'at_disclosure' | 'never';
  readonly cve: 'last_commit' | 'all_commits' | null;
  readonly issueUrl: 'last_commit' | 'all_commits' | null;
  readonly trailers: readonly string[];
  readonly placedBefore: readonly string[];
  readonly patchFile: string | null;
}

/** The author never counts; two approvals are two people. */
export type Review =
  | { readonly kind: 'approvals'; readonly approvals: number; readonly by: readonly Role[] }
  /** One person of each role. */
  | { readonly kind: 'each_of'; readonly eachOf: readonly Role[] };

export interface Reviews {
  readonly patch: (Review & { readonly before: 'posting' | 'notice' | 'disclosure' }) | null;
  readonly backport: Review | null;
  readonly impact: Review | null;
  readonly advisory: Review | null;
  readonly publication: Review | null;
  readonly redaction: Review | null;
  readonly policyChange: Review | null;
  readonly tests: 'required' | 'expected' | 'optional';
  /** With fewer reviewers of a private patch, more are suggested. */
  readonly enough: number | null;
  /** From so many commits on a branch a fix counts as complex. */
  readonly complexFrom: number | null;
}

export interface Downstream extends Conditions {
  readonly parties: readonly PartyRules[];
  readonly leadTime: Range | null;
  readonly toldWithin: Deadline | null;
  readonly maySay: readonly PartyStatement[];
  readonly mayDeploy: 'after_disclosure' | 'before_disclosure' | 'as_the_notice_says';
  readonly mayShareWith: 'nobody' | 'other_parties';
  readonly screening: 'none' | 'recorded';
  /** Whether somebody says why a party is told, before it is; a recorded screening says it, too. */
  readonly proposal: 'none' | 'recorded';
}

export interface PartyRules {
  readonly name: string;
  readonly to: { readonly kind: 'list'; readonly address: string } | { readonly kind: 'role'; readonly role: Role };
  readonly sent: 'signed' | 'signed_and_encrypted';
  readonly prefix: string | null;
  /** Longest embargo that the party accepts, from its first mail: a cap on the case. */
  readonly limit: Duration | null;
  readonly duties: readonly ('public_post' | 'exploit_post')[];
  /** Its rules, read by whoever tells it. */
  readonly readFirst: string | null;
}
