// SPDX-License-Identifier: Apache-2.0
// A resolved policy: every key of the policy language with its default applied. It is plain JSON; a case keeps the one it was opened under.

import type { Role } from '../model/identifiers.ts';
import type { Conditions } from './conditions.ts';
import type { AdvisoryRules, Agents, Clocks, Disclosure, Labels, Publication } from './disclosure-rules.ts';
import type { Branches, Commits, CveRules, Downstream, EmbargoRules, Reviews } from './embargo-rules.ts';
import type { Days, Duration, ZonedInstant } from './quantities.ts';
import type { Duplicates, Eligibility, Intake, Ownership, Severity, Visibility } from './report-rules.ts';
import type { ApplicantStatement, GitlabRole, Right, Section, TextName, Weekday } from './words.ts';

type Named<T> = Readonly<Record<string, T>>;

/**
 * Keys are those of the YAML file in camelCase, section by section; the keys of its section `policy` stand at the top: `policy.name`, `policy.embargo.mode`.
 * `none` is null, or an empty list; a default that follows from another key (`embargo.late_changes_by`) is already worked out.
 */
export interface Policy {
  /** The number of the language (`daylight: 1`). */
  readonly language: 1;
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly validFrom: ZonedInstant;
  readonly replaces: string | null;
  readonly contact: Contact;
  readonly humanStepsAtMost: number | null;
  readonly boundBy: readonly ('eu_cra_manufacturer' | 'eu_cra_steward')[];
  readonly licence: string | null;
  /** The documents cited by `source`, by their short names. */
  readonly sources: Named<string>;
  readonly calendar: Calendar;
  readonly roles: Named<RoleRules>;
  readonly intake: Intake;
  readonly visibility: Visibility;
  readonly ownership: Ownership;
  readonly duplicates: Duplicates;
  readonly eligibility: Eligibility;
  readonly severity: Severity;
  readonly embargo: EmbargoRules;
  readonly cve: CveRules;
  readonly branches: Branches;
  readonly commits: Commits;
  readonly reviews: Reviews;
  readonly downstream: Downstream;
  readonly disclosure: Disclosure;
  readonly advisory: AdvisoryRules;
  readonly publication: Publication;
  readonly closing: Conditions;
  readonly clocks: Clocks;
  readonly agents: Agents;
  /** An absent text is Daylight's own; null is deliberately none. */
  readonly texts: Readonly<Partial<Record<TextName, string | null>>>;
  readonly labels: Labels;
  /** Where each section comes from and why; shown on the public page. */
  readonly origins: Readonly<Record<Section, Origin>>;
  /** Key paths as the file spells them (`embargo.length[1].up_to`) of which nobody has decided: the default acts, and everybody sees that it does. */
  readonly unspecified: readonly string[];
}

export interface Origin {
  /** `process, Security team`: a name of `policy.sources` and, after the comma, the clause. */
  readonly source: readonly { readonly name: string; readonly clause: string | null }[];
  /** One sentence for a value that is not obvious, by the value's key. */
  readonly because: Named<string>;
}

export type Contact = { readonly kind: 'mail'; readonly address: string } | { readonly kind: 'url'; readonly url: string };

export interface Calendar {
  /** IANA zone in which days are counted. */
  readonly zone: string;
  readonly businessDays: readonly Weekday[];
  readonly holidays: readonly Days[];
}

interface RoleRules {
  readonly from: Membership;
  readonly per: 'project' | 'component' | 'distribution';
  readonly may: readonly Right[];
  /** Null where the file has none: then people belong by `from` alone. */
  readonly admission: Admission | null;
}

export type Membership =
  /** Invited by someone with `admit`. */
  | { readonly kind: 'invited' }
  /** Members of a GitLab project, synced; `leastRole` null means any. */
  | { readonly kind: 'gitlab_project'; readonly project: string; readonly leastRole: GitlabRole | null }
  | { readonly kind: 'oidc_group'; readonly group: string };

interface Admission extends Conditions {
  readonly applyTo: string | null;
  readonly states: readonly ApplicantStatement[];
  readonly renewedEvery: Duration | null;
  readonly listed: 'publicly' | 'privately';
}

/** The roles that hold `right`, in the order of the file. */
export function rolesWith(policy: Policy, right: Right): readonly Role[] {
  return Object.entries(policy.roles).flatMap(([role, rules]) => (rules.may.includes(right) ? [role as Role] : []));
}
