// SPDX-License-Identifier: Apache-2.0
// The sections of a resolved policy that govern what becomes public and when: disclosure, advisory, publication, clocks, agents, labels.

import type { Role } from '../model/identifiers.ts';
import type { Conditions } from './conditions.ts';
import type { Deadline, Duration, HourOfDay } from './quantities.ts';
import type {
  AdvisoryFormat,
  AdvisoryPart,
  AgentAction,
  CreditRole,
  CveLabel,
  FixLabel,
  HandlingLabel,
  Weekday,
  WithheldKind,
} from './words.ts';

export interface Disclosure extends Conditions {
  readonly trigger: 'patch_posted' | 'fix_merged' | 'fix_released' | 'date_reached' | 'by_hand';
  readonly postedTo: string | null;
  readonly whenAlreadyPublic: 'on_receipt' | 'on_confirmation' | 'on_fix';
  /** Hard end of a private case. `applies`: the default acts only where no embargo runs; what a policy sets acts always. */
  readonly atLatest: (Deadline & { readonly applies: 'always' | 'without_embargo' }) | null;
  readonly promised: Deadline | null;
  /** All seven where any day will do. */
  readonly days: readonly Weekday[];
  readonly hour: HourOfDay | null;
  readonly togetherWith: readonly Role[];
  readonly channels: readonly DisclosureChannel[];
  readonly signed: 'openpgp' | null;
  /** Public keys of people, each one armoured block (RFC 9580 section 6.2): one of them signs in the place of the program’s own. Empty: the program signs. */
  readonly signingKeys: readonly string[];
  readonly unfixed: Conditions & {
    readonly allowed: 'never' | 'by_choice';
    readonly warned: Duration | null;
  };
}

export type DisclosureChannel =
  /** The forge issue is opened. */
  | { readonly kind: 'issue' }
  /** Approved patches are pushed to public review. */
  | { readonly kind: 'public_review' }
  /** Null: the program's own public site. */
  | { readonly kind: 'site'; readonly url: string | null }
  | { readonly kind: 'git'; readonly url: string }
  /** One mail to these lists. */
  | {
      readonly kind: 'mail';
      readonly lists: readonly string[];
      readonly rules: 'oss_security' | null;
      /** The lists’ rules, read by whoever says go. */
      readonly readFirst: string | null;
    };

export interface AdvisoryRules {
  readonly kind: 'advisory' | 'notice' | 'none';
  /** `LSN-YYYY-NNNN`: Y the year, N a running number. */
  readonly id: string;
  /** When the number is given; outside it is shown from disclosure on. */
  readonly numbered: 'at_receipt' | 'at_confirmation' | 'at_disclosure';
  readonly formats: readonly AdvisoryFormat[];
  readonly mustContain: readonly AdvisoryPart[];
}

export interface Publication {
  readonly scope: 'fix_only' | 'notice' | 'issue' | 'full_record';
  readonly reports: 'every_report' | 'confirmed_flaws';
  readonly proofOfConcept:
    | { readonly kind: 'with_record' | 'reporter_decides' | 'withheld' }
    | { readonly kind: 'after_disclosure'; readonly delay: Duration };
  readonly credit: readonly CreditRole[];
  readonly withheld: readonly WithheldKind[];
  /** `decided`: nobody says go while something that was found is neither struck out nor kept with a reason. */
  readonly findings: 'shown' | 'decided';
  readonly statistics: 'public' | 'none';
}

/** Null: no such clock runs. */
export interface Clocks {
  readonly moderation: Duration | null;
  readonly acknowledge: Duration | null;
  readonly claim: Duration | null;
  readonly verdict: Duration | null;
  readonly updateReporter: Duration | null;
  readonly fix: Duration | null;
  readonly noReasonLeft: Duration | null;
  readonly postedButPrivate: Duration | null;
  readonly mergedButOpen: Duration | null;
  readonly cveAnswer: Duration | null;
  readonly cveRecordAim: Duration | null;
  readonly cveRecord: Duration | null;
  /** Reports to an authority about an exploited flaw: early warning, notification, final report (F14). */
  readonly craEarly: Duration | null;
  readonly craNotify: Duration | null;
  readonly craFinal: Duration | null;
  readonly warnBeforeEnd: readonly Duration[];
}

export interface Agents {
  readonly allowed: 'nobody' | 'by_grant';
  readonly may: readonly AgentAction[];
  readonly underEmbargo: 'nothing' | 'as_granted';
  readonly grantLasts: Duration | null;
}

export interface Labels {
  readonly handling: Readonly<Partial<Record<HandlingLabel, readonly string[]>>>;
  readonly cve: Readonly<Partial<Record<CveLabel, readonly string[]>>>;
  readonly fix: Readonly<Partial<Record<FixLabel, readonly string[]>>>;
  /** The title after disclosure, with `{title}` and other fields. */
  readonly publicTitle: string;
}
