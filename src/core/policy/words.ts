// SPDX-License-Identifier: Apache-2.0
// The closed words of the policy language: each list is the only place where its words stand; types, schema and linter are made from it.

/** The sections of a policy file, in the order of a case's life. */
export const sections = [
  'policy',
  'calendar',
  'roles',
  'intake',
  'visibility',
  'ownership',
  'duplicates',
  'eligibility',
  'severity',
  'embargo',
  'cve',
  'branches',
  'commits',
  'reviews',
  'downstream',
  'disclosure',
  'advisory',
  'publication',
  'closing',
  'clocks',
  'agents',
  'texts',
  'labels',
] as const;
export type Section = (typeof sections)[number];

/** Roles that every policy has without declaring them. */
export const reservedRoles = ['reporter', 'guest', 'party', 'agent', 'auditor', 'administrator'] as const;

/** Who may do what stands only in `roles`; in which state each is possible is the process table's matter. */
export const rights = [
  'moderate',
  'handle',
  'fix',
  'review',
  'add_people',
  'set_embargo',
  'request_cve',
  'record_cve',
  'write_advisory',
  'approve_advisory',
  'notify_parties',
  'disclose',
  'admit',
  'change_policy',
] as const;
export type Right = (typeof rights)[number];

const units = ['minutes', 'hours', 'days', 'weeks', 'months', 'business days'] as const;
export type Unit = (typeof units)[number];

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
export type Weekday = (typeof weekdays)[number];

/** What a deadline or the length of an embargo can be counted from. */
export const clockEvents = ['receipt', 'acknowledgement', 'acceptance', 'confirmation', 'fix_ready', 'notice', 'disclosure'] as const;
export type ClockEvent = (typeof clockEvents)[number];

/** An embargo cannot be counted from the disclosure that ends it. */
export const embargoStarts = ['receipt', 'acknowledgement', 'acceptance', 'confirmation', 'fix_ready', 'notice'] as const;
export type EmbargoStart = (typeof embargoStarts)[number];

/** Facts that may end an embargo early; `already_public` and `exploit_public` always do. */
export const endingFacts = ['leaked', 'exploited', 'rediscovered'] as const;
export type EndingFact = (typeof endingFacts)[number];

export const purposes = ['qa', 'rollout', 'vendor_packages', 'other_project'] as const;
export type Purpose = (typeof purposes)[number];

/** Conditions that are a word alone. */
export const plainConditions = [
  'circumstances_shown',
  'reason_recorded',
  'deviation_recorded',
  'found_by_hand',
  'kept_private',
  'reproducer_given',
  'patches_approved',
  'tests_recorded',
  'backports_judged',
  'commits_pass',
  'cve_requested',
  'cve_assigned',
  'cve_recorded',
  'impact_approved',
  'parties_notified',
  'parties_ready',
  'announced',
  'approved',
  'vouched',
  'terms_accepted',
  'role_address',
] as const;
export type PlainCondition = (typeof plainConditions)[number];

/** Conditions that are a word with one value. */
export const valuedConditions = [
  'severity_at_least',
  'severity_at_most',
  'asked_by',
  'agreed_by',
  'purpose',
  'fix_merged',
  'fix_released',
  'on_call',
] as const;

export const gitlabRoles = ['Guest', 'Reporter', 'Developer', 'Maintainer', 'Owner'] as const;
export type GitlabRole = (typeof gitlabRoles)[number];

export const applicantStatements = ['organisation', 'nominated_by', 'distribution', 'keys', 'valid_until'] as const;
export type ApplicantStatement = (typeof applicantStatements)[number];

export const scores = ['cvss_2.0', 'cvss_3.1', 'cvss_4.0', 'ssvc'] as const;
export type Score = (typeof scores)[number];

export const advisoryFormats = ['text', 'html', 'markdown', 'lsn_xml', 'ossa_yaml', 'csaf', 'osv', 'cve', 'openvex'] as const;
export type AdvisoryFormat = (typeof advisoryFormats)[number];

export const advisoryParts = [
  'summary',
  'description',
  'impact',
  'affected_versions',
  'conditions',
  'workaround',
  'patch_links',
  'report_link',
  'severity',
  'credit',
] as const;
export type AdvisoryPart = (typeof advisoryParts)[number];

export const creditRoles = ['reporter', 'patcher', 'reviewer', 'coordinator'] as const;
export type CreditRole = (typeof creditRoles)[number];

/** How soon a member has to know: at any hour, today, or with the digest of the day. */
export type Urgency = 'page' | 'today' | 'digest';

/** Mail to members that a policy may let wait for their digest, by the names of the notices. */
export const mayWaitNames = [
  'report_arrived',
  'answer_arrived',
  'credit_requested',
  'found_again',
  'component_assigned',
  'redaction_proposed',
  'date_stands',
  'party_answered',
  'party_wrote',
] as const;
export type MayWait = (typeof mayWaitNames)[number];

export const withheldKinds = ['personal_data', 'third_party_secrets', 'tokens'] as const;
export type WithheldKind = (typeof withheldKinds)[number];

export const agentActions = ['label', 'comment', 'propose_duplicate', 'propose_verdict', 'propose_severity', 'propose_text'] as const;
export type AgentAction = (typeof agentActions)[number];

export const partyStatements = ['existence', 'advisory_id', 'date', 'severity', 'workaround'] as const;
export type PartyStatement = (typeof partyStatements)[number];

export const texts = [
  'consent',
  'redirect',
  'held',
  'acknowledgement',
  'receipt_code',
  'closed_season',
  'embargo_reminder',
  'incomplete',
  'out_of_scope',
  'elsewhere',
  'not_exploitable',
  'duplicate',
  'embargo_refused',
  'unfixed_warning',
  'impact',
  'notice',
  'notice_subject',
  'advisory_subject',
  'cve_request',
  'terms',
] as const;
export type TextName = (typeof texts)[number];

export const handlingLabels = [
  'received',
  'eligibility',
  'assessing',
  'confirmed',
  'fixing',
  'fix_ready',
  'disclosed',
  'closed',
  'public_bug',
  'hardening',
  'duplicate',
  'not_ours',
  'unfixed_public',
] as const;
export type HandlingLabel = (typeof handlingLabels)[number];

export const cveLabels = ['required', 'requested', 'assigned', 'published'] as const;
export type CveLabel = (typeof cveLabels)[number];

export const fixLabels = ['posted', 'merged', 'released'] as const;
export type FixLabel = (typeof fixLabels)[number];

/** Fields of the report form with a meaning of their own; any other name is a text field of the project. */
export const formFields = [
  'description',
  'component',
  'version',
  'steps',
  'reproducer',
  'patch',
  'found_with',
  'findings_checked',
  'credit_name',
  'deadline',
  'shared_with',
  'exploited',
  'impact',
  'mitigation',
] as const;
