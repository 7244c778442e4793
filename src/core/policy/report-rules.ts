// SPDX-License-Identifier: Apache-2.0
// The sections of a resolved policy that govern a report until it is judged: intake, visibility, ownership, duplicates, eligibility, severity.

import type { Role } from '../model/identifiers.ts';
import type { Duration, ZonedInstant } from './quantities.ts';
import type { MayWait, Score } from './words.ts';

type Named<T> = Readonly<Record<string, T>>;

export interface Intake {
  /** As declared and in that order; the program's own web form is always among them, last and with `declared: false` where the file does not name it. */
  readonly channels: readonly IntakeChannel[];
  readonly unsure: 'private' | 'public';
  readonly oneFlawEach: 'required' | 'encouraged';
  readonly shownOn:
    | { readonly kind: 'any_release' | 'latest_release' | 'supported_release' }
    | { readonly kind: 'no_older_than'; readonly age: Duration };
  readonly foundByAi: 'private' | 'public' | 'public_without_reproducer' | 'ask';
  readonly exposedByMistake: 'hide' | 'leave';
  readonly moderation: 'none' | 'non_members' | 'everyone';
  readonly form: {
    readonly required: readonly string[];
    readonly asked: readonly string[];
    readonly choices: Named<readonly string[]>;
    readonly help: Named<string>;
  };
  readonly attachments: {
    /** File endings without the dot, lower case. */
    readonly discouraged: readonly string[];
    readonly refused: readonly string[];
    readonly files: number;
    readonly megabytes: number;
  };
  readonly reportsPerDay: number | null;
  readonly closed: readonly ClosedSeason[];
}

export type IntakeChannel = ChannelRules &
  (
    | { readonly kind: 'web'; readonly declared: boolean }
    | { readonly kind: 'mail'; readonly address: string }
    | { readonly kind: 'member_mail'; readonly role: Role }
    | { readonly kind: 'gitlab'; readonly project: string }
    | { readonly kind: 'tracker'; readonly name: string }
  );

interface ChannelRules {
  readonly starts: 'private' | 'public' | 'as_marked';
  readonly accepts: 'reports' | 'redirect';
  readonly former: readonly string[];
  readonly account: 'required' | 'optional';
  readonly encryption: 'required' | 'encouraged' | 'optional';
}

export interface ClosedSeason {
  readonly from: ZonedInstant;
  readonly until: ZonedInstant;
  readonly except: readonly ('exploited' | 'already_public')[];
}

export interface Visibility {
  readonly onReceipt: readonly Role[];
  readonly whenAdded: readonly Role[];
  readonly cveQueue: readonly Role[];
  /** Least protection of mail to members; each may choose more. */
  readonly mail: 'no_content' | 'encrypted_content';
  /** A reporter without a key who wrote in clear is answered in clear, or with a link alone. */
  readonly mailToReporter: 'as_they_wrote' | 'link_only';
}

export interface Ownership {
  readonly routedBy: 'rota' | 'maintainers_file' | 'codeowners' | 'components';
  readonly coverage: 'none' | 'warn' | 'block';
  readonly fallback: Role;
  readonly unclaimed: 'rota' | 'fallback';
  readonly escalation: readonly Role[];
  /** A person's name; null is the first administrator. */
  readonly lastResort: string | null;
  readonly mailsTo: 'owner' | 'those_asked' | 'all_with_access';
  /** Mail that waits for the digest of who chose one; absent in policies that were kept before there was this key. */
  readonly mayWait?: readonly MayWait[];
  /** Whether what calls people goes through their quiet hours; absent likewise. */
  readonly quietHours?: 'kept' | 'broken_by_calls';
}

export interface Duplicates {
  readonly reporterLearns: 'that_it_is_known' | 'the_outcome' | 'the_case';
  readonly credit: 'every_reporter' | 'first_reporter';
  readonly rediscovery: 'note' | 'ask' | 'publish';
}

export interface Eligibility {
  readonly decided: 'first' | 'with_assessment';
  readonly scope: readonly ScopeRow[];
  readonly outOfScope: 'public_bug' | 'close_publicly';
  readonly notExploitable: 'public_bug' | 'hardening' | 'close_publicly';
  readonly classes: Named<FlawClass>;
}

/** One row of the scope table, read from the top; the first that fits proposes, a person decides. */
export interface ScopeRow {
  readonly rule: string;
  /** Form field to accepted values, `*` standing for any letters; all fields must fit. Null fits anything else. */
  readonly when: Named<readonly string[]> | null;
  readonly proposes: 'in' | 'out' | 'elsewhere';
  readonly say: string;
}

export interface FlawClass {
  readonly means: string;
  readonly handled: 'in_confidence' | 'in_the_open';
  readonly publishes: 'advisory' | 'notice' | 'note' | 'note_if_useful' | 'nothing';
  /** Branch groups that must be fixed. */
  readonly branches: readonly string[];
}

export interface Severity {
  readonly required: 'at_confirmation' | 'when_a_rule_asks' | 'never';
  /** From least to most. */
  readonly scale: readonly string[];
  readonly scores: readonly Score[];
}
