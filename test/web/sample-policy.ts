// SPDX-License-Identifier: Apache-2.0
// A policy for the pages' tests, invented: every section filled, with a form that asks for everything the form knows.

import type { Role } from '../../src/core/model/identifiers.ts';
import { instant } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { type Section, sections, weekdays } from '../../src/core/policy/words.ts';

const maintainer = 'maintainer' as Role;
const coordinator = 'coordinator' as Role;
const cna = 'cna' as Role;
const nothing = { must: [], should: [] } as const;
const origins = Object.fromEntries(sections.map((section) => [section, { source: [], because: {} }])) as unknown as Policy['origins'];

function withReason(section: Section, key: string, because: string): Partial<Policy['origins']> {
  return { [section]: { source: [{ name: 'process', clause: null }], because: { [key]: because } } };
}

export const samplePolicy: Policy = {
  language: 1,
  name: 'harbour-2026',
  version: 4,
  title: 'Harbour security process',
  validFrom: { at: instant('2026-01-05T00:00Z'), zone: 'UTC' },
  replaces: null,
  contact: { kind: 'mail', address: 'security@harbour.example' },
  humanStepsAtMost: 12,
  boundBy: [],
  licence: 'CC-BY-4.0',
  sources: { process: 'Harbour website, page “Security”, text of 5 January 2026' },
  calendar: { zone: 'Europe/Prague', businessDays: weekdays.slice(0, 5), holidays: [{ from: '2026-12-24', to: '2026-12-26' }] },
  roles: {
    maintainer: {
      from: { kind: 'gitlab_project', project: 'harbour/harbour', leastRole: 'Reporter' },
      per: 'component',
      may: ['handle', 'fix', 'review', 'write_advisory'],
      admission: null,
    },
    coordinator: {
      from: { kind: 'invited' },
      per: 'project',
      may: [
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
        'disclose',
        'change_policy',
      ],
      admission: null,
    },
    cna: { from: { kind: 'invited' }, per: 'project', may: ['record_cve'], admission: null },
  },
  intake: {
    channels: [
      {
        kind: 'mail',
        address: 'security@harbour.example',
        starts: 'private',
        accepts: 'reports',
        former: [],
        account: 'optional',
        encryption: 'encouraged',
      },
      { kind: 'web', declared: true, starts: 'as_marked', accepts: 'reports', former: [], account: 'optional', encryption: 'optional' },
    ],
    unsure: 'private',
    oneFlawEach: 'required',
    shownOn: { kind: 'latest_release' },
    foundByAi: 'private',
    exposedByMistake: 'hide',
    moderation: 'non_members',
    form: {
      required: ['description', 'version', 'steps', 'found_with', 'findings_checked'],
      asked: [
        'impact',
        'component',
        'exploited',
        'mitigation',
        'build',
        'command_line',
        'reproducer',
        'patch',
        'credit_name',
        'deadline',
        'shared_with',
      ],
      choices: { build: ['upstream', 'distribution'] },
      help: {
        command_line: 'The smallest command line that shows it.',
        findings_checked: 'I have checked the finding and its reproducer myself.',
      },
    },
    attachments: { discouraged: ['zip'], refused: ['exe'], files: 10, megabytes: 25 },
    reportsPerDay: null,
    closed: [],
  },
  visibility: { onReceipt: [maintainer, coordinator], whenAdded: [], cveQueue: [cna], mail: 'no_content', mailToReporter: 'as_they_wrote' },
  ownership: {
    routedBy: 'rota',
    coverage: 'warn',
    fallback: coordinator,
    unclaimed: 'rota',
    escalation: [],
    lastResort: null,
    mailsTo: 'owner',
  },
  duplicates: { reporterLearns: 'that_it_is_known', credit: 'every_reporter', rediscovery: 'ask' },
  eligibility: {
    decided: 'first',
    scope: [
      {
        rule: 'distribution-build',
        when: { build: ['distribution'] },
        proposes: 'elsewhere',
        say: 'Shown only with a distribution’s package; please tell that vendor.',
      },
      { rule: 'daemon', when: null, proposes: 'in', say: 'The daemon must withstand whoever can reach its socket.' },
    ],
    outOfScope: 'public_bug',
    notExploitable: 'hardening',
    classes: {
      A: { means: 'a fix and an advisory', handled: 'in_confidence', publishes: 'advisory', branches: ['development', 'stable'] },
      D: { means: 'hardening', handled: 'in_the_open', publishes: 'nothing', branches: ['development'] },
    },
  },
  severity: { required: 'at_confirmation', scale: ['low', 'moderate', 'high', 'critical'], scores: ['cvss_3.1'] },
  embargo: {
    mode: 'by_default',
    countedFrom: 'confirmation',
    length: [
      { upTo: { amount: 14, unit: 'days' }, granted: 'at_start', must: [], should: [] },
      { upTo: { amount: 90, unit: 'days' }, granted: 'any_time', must: [], should: [{ kind: 'reason_recorded' }] },
    ],
    datesAgreedBy: [coordinator],
    restartFor: ['patch_problem'],
    reporterMay: 'refuse',
    lateChangesBy: [coordinator],
    atEndWithoutFix: 'ask',
    endsEarlyOn: { leaked: 'publish', exploited: 'publish', rediscovered: 'ask' },
  },
  cve: {
    requiredFor: 'every_flaw',
    requested: 'by_hand',
    assigner: { kind: 'external', name: 'Example CNA', role: null, askedBy: 'web_form' },
    recordedIn: 'advisory',
  },
  branches: {
    groups: { development: ['main'], stable: ['stable-9.2', 'stable-9.1'] },
    must: ['development', 'stable'],
    should: [],
    aim: [],
    leftTo: null,
  },
  commits: { checked: 'before_posting', cve: 'last_commit', issueUrl: 'last_commit', trailers: [], placedBefore: [], patchFile: null },
  reviews: {
    patch: { kind: 'approvals', approvals: 1, by: [maintainer, coordinator], before: 'disclosure' },
    backport: null,
    impact: { kind: 'approvals', approvals: 1, by: [maintainer] },
    advisory: { kind: 'approvals', approvals: 1, by: [coordinator] },
    publication: { kind: 'approvals', approvals: 1, by: [coordinator] },
    redaction: null,
    policyChange: null,
    tests: 'expected',
  },
  downstream: {
    parties: [],
    leadTime: null,
    toldWithin: null,
    maySay: [],
    mayDeploy: 'after_disclosure',
    mayShareWith: 'nobody',
    screening: 'none',
    ...nothing,
  },
  disclosure: {
    trigger: 'date_reached',
    postedTo: null,
    whenAlreadyPublic: 'on_confirmation',
    atLatest: { duration: { amount: 90, unit: 'days' }, from: 'receipt', applies: 'always' },
    promised: null,
    days: [...weekdays],
    hour: { hour: 15, minute: 0, zone: 'UTC' },
    togetherWith: [],
    channels: [
      { kind: 'site', url: null },
      { kind: 'mail', lists: ['announce@harbour.example', 'oss-security@lists.example'], rules: null },
    ],
    signed: 'openpgp',
    unfixed: { allowed: 'never', warned: null, ...nothing },
    must: [{ kind: 'cve_assigned' }],
    should: [{ kind: 'on_call', roles: [coordinator] }],
  },
  advisory: {
    kind: 'notice',
    id: 'HSN-YYYY-NNNN',
    numbered: 'at_confirmation',
    formats: ['text', 'html', 'csaf', 'osv'],
    mustContain: ['summary', 'conditions', 'affected_versions', 'workaround'],
  },
  publication: {
    scope: 'full_record',
    reports: 'every_report',
    proofOfConcept: { kind: 'with_record' },
    credit: ['reporter', 'patcher'],
    withheld: ['personal_data', 'tokens'],
    statistics: 'public',
  },
  closing: { must: [{ kind: 'announced' }], should: [] },
  clocks: {
    moderation: { amount: 1, unit: 'business days' },
    acknowledge: { amount: 3, unit: 'business days' },
    claim: { amount: 2, unit: 'days' },
    verdict: { amount: 10, unit: 'days' },
    updateReporter: { amount: 14, unit: 'days' },
    fix: null,
    noReasonLeft: null,
    postedButPrivate: null,
    mergedButOpen: null,
    cveAnswer: null,
    cveRecordAim: null,
    cveRecord: null,
    warnBeforeEnd: [
      { amount: 7, unit: 'days' },
      { amount: 1, unit: 'days' },
    ],
  },
  agents: { allowed: 'nobody', may: [], underEmbargo: 'nothing', grantLasts: null },
  texts: {},
  labels: { handling: {}, cve: {}, fix: {}, publicTitle: '{title}' },
  origins: { ...origins, ...withReason('embargo', 'mode', 'What one finds, others find soon; two weeks are enough for a patch.') },
  unspecified: ['embargo.at_end_without_fix', 'ownership.last_resort'],
};
