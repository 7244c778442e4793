// SPDX-License-Identifier: Apache-2.0
// The public page says everything that a reporter or a party needs: each key of the language is said there, or stands here with the reason why not.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from 'yaml';
import { markdownPage } from '../../src/app/policy-text/documents.ts';
import { examinePolicy } from '../../src/policy/read-policy.ts';
import { keyRows } from '../support/language-page.ts';
import { presetText } from '../support/policies.ts';

/** A key with two values between which the page has to differ, and where in the sample it stands when the key names a row or a name. */
type Told = readonly [one: unknown, other: unknown, at?: string];

const class1 = 'eligibility.classes.A';
const party = 'downstream.parties.0';
const channel = 'intake.channels.1';

const told: Readonly<Record<string, Told>> = {
  'policy.name': ['one', 'two'],
  'policy.version': [1, 2],
  'policy.title': ['One', 'Two'],
  'policy.valid_from': ['2026-01-01 00:00 UTC', '2026-02-01 00:00 UTC'],
  'policy.contact': ['a@example.org', 'b@example.org'],
  'policy.bound_by': [['eu_cra_steward'], ['eu_cra_manufacturer']],
  'policy.licence': ['CC0', 'CC-BY'],
  'policy.sources.<name>': ['one page', 'another', 'policy.sources.process'],
  'calendar.zone': ['UTC', 'Europe/Prague'],
  'calendar.business_days': [['Monday'], ['Monday', 'Tuesday']],
  'calendar.holidays': [['2026-12-25'], ['2026-12-26']],
  'roles.<role>.from.gitlab_project': [{ gitlab_project: 'a/b' }, { gitlab_project: 'a/c' }, 'roles.liaison.from'],
  'roles.<role>.from.role': [{ gitlab_project: 'a/b', role: 'Guest' }, { gitlab_project: 'a/b', role: 'Owner' }, 'roles.liaison.from'],
  'roles.<role>.from.oidc_group': [{ oidc_group: 'a' }, { oidc_group: 'b' }, 'roles.liaison.from'],
  'roles.<role>.from': ['invited', { oidc_group: 'b' }, 'roles.liaison.from'],
  'roles.<role>.per': ['project', 'component', 'roles.liaison.per'],
  'roles.<role>.may': [['handle'], ['handle', 'fix'], 'roles.liaison.may'],
  'roles.<role>.admission.apply_to': [{ apply_to: 'a@example.org' }, { apply_to: 'b@example.org' }, 'roles.liaison.admission'],
  'roles.<role>.admission.listed': [{ listed: 'publicly' }, { listed: 'privately' }, 'roles.liaison.admission'],
  'roles.<role>.admission.must': [{ must: ['approved'] }, { must: ['vouched'] }, 'roles.liaison.admission'],
  'roles.<role>.admission.should': [{ should: ['approved'] }, { should: ['vouched'] }, 'roles.liaison.admission'],
  'roles.<role>.admission.states': [{ states: ['organisation'] }, { states: ['keys'] }, 'roles.liaison.admission'],
  'roles.<role>.admission.renewed_every': [{ renewed_every: '1 month' }, { renewed_every: '2 months' }, 'roles.liaison.admission'],
  'intake.channels[]': [[{ web: 'form' }], [{ web: 'form' }, { mail: 'a@example.org' }], 'intake.channels'],
  'intake.channels[].web': [[{ web: 'form', starts: 'private' }], [{ web: 'form', starts: 'public' }], 'intake.channels'],
  'intake.channels[].mail': [{ mail: 'a@example.org' }, { mail: 'b@example.org' }, channel],
  'intake.channels[].member_mail': [{ member_mail: 'coordinator' }, { member_mail: 'liaison' }, channel],
  'intake.channels[].gitlab': [{ gitlab: 'a/b' }, { gitlab: 'a/c' }, channel],
  'intake.channels[].tracker': [{ tracker: 'One' }, { tracker: 'Two' }, channel],
  'intake.channels[].starts': [{ mail: 'a@example.org', starts: 'private' }, { mail: 'a@example.org', starts: 'public' }, channel],
  'intake.channels[].accepts': [{ mail: 'a@example.org', accepts: 'reports' }, { mail: 'a@example.org', accepts: 'redirect' }, channel],
  'intake.channels[].encryption': [
    { mail: 'a@example.org', encryption: 'required' },
    { mail: 'a@example.org', encryption: 'optional' },
    channel,
  ],
  'intake.channels[].account': [{ tracker: 'One', account: 'required' }, { tracker: 'One', account: 'optional' }, channel],
  'intake.unsure': ['private', 'public'],
  'intake.one_flaw_each': ['required', 'encouraged'],
  'intake.shown_on': ['any_release', '3 months'],
  'intake.found_by_ai': ['private', 'public'],
  'intake.exposed_by_mistake': ['hide', 'leave'],
  'intake.moderation': ['none', 'everyone'],
  'intake.form.required': [['description'], ['description', 'version']],
  'intake.form.asked': [['steps'], ['version']],
  'intake.form.choices.<field>': [['a'], ['b'], 'intake.form.choices.release'],
  'intake.attachments.discouraged': [['pdf'], ['doc']],
  'intake.attachments.refused': [['zip'], ['exe']],
  'intake.attachments.files': [1, 2],
  'intake.attachments.megabytes': [1, 2],
  'intake.reports_per_day': [1, 2],
  'intake.closed[]': ['none', [{ from: '2026-07-01 00:00 UTC', until: '2026-08-01 00:00 UTC' }], 'intake.closed'],
  'intake.closed[].from': [season('2026-07-01'), season('2026-07-02'), 'intake.closed'],
  'intake.closed[].until': [season('2026-07-01', '2026-08-01'), season('2026-07-01', '2026-08-02'), 'intake.closed'],
  'intake.closed[].except': [
    season('2026-07-01', '2026-08-01', 'exploited'),
    season('2026-07-01', '2026-08-01', 'already_public'),
    'intake.closed',
  ],
  'visibility.on_receipt': [['coordinator'], ['coordinator', 'liaison']],
  'visibility.when_added': [['guest'], ['guest', 'party']],
  'visibility.cve_queue': [['liaison'], 'none'],
  'visibility.mail': ['no_content', 'encrypted_content'],
  'visibility.mail_to_reporter': ['as_they_wrote', 'link_only'],
  'ownership.routed_by': ['rota', 'components'],
  'ownership.fallback': ['coordinator', 'liaison'],
  'ownership.unclaimed': ['rota', 'fallback'],
  'ownership.escalation': [['liaison'], 'none'],
  'ownership.last_resort': ['Ada', 'Ben'],
  'duplicates.reporter_learns': ['the_outcome', 'the_case'],
  'duplicates.credit': ['every_reporter', 'first_reporter'],
  'duplicates.rediscovery': ['note', 'publish'],
  'eligibility.decided': ['first', 'with_assessment'],
  'eligibility.scope[]': ['none', scope({}), 'eligibility.scope'],
  'eligibility.scope[].rule': [scope({ rule: 'x' }), scope({ rule: 'y' }), 'eligibility.scope'],
  'eligibility.scope[].say': [scope({ say: 'One.' }), scope({ say: 'Two.' }), 'eligibility.scope'],
  'eligibility.scope[].then': [scope({}, 'in'), scope({}, 'out'), 'eligibility.scope'],
  'eligibility.out_of_scope': ['public_bug', 'close_publicly'],
  'eligibility.not_exploitable': ['public_bug', 'hardening'],
  'eligibility.classes.<class>.means': ['One', 'Two', `${class1}.means`],
  'eligibility.classes.<class>.handled': ['in_the_open', 'in_confidence', `${class1}.handled`],
  'eligibility.classes.<class>.publishes': ['note', 'advisory', `${class1}.publishes`],
  'eligibility.classes.<class>.branches': [['development'], ['development', 'stable'], `${class1}.branches`],
  'severity.required': ['never', 'at_confirmation'],
  'severity.scale': [{ scale: ['a', 'b'] }, { scale: ['a', 'c'] }, 'severity'],
  'severity.scores': [['cvss_3.1'], 'none'],
  'embargo.mode': ['by_default', 'by_exception'],
  'embargo.counted_from': ['receipt', 'confirmation'],
  'embargo.length[]': [[{ up_to: '5 days' }], [{ up_to: '6 days' }], 'embargo.length'],
  'embargo.length[].up_to': [[{ up_to: '5 days' }, { up_to: '9 days' }], [{ up_to: '6 days' }, { up_to: '9 days' }], 'embargo.length'],
  'embargo.length[].must': [['reason_recorded'], 'none', 'embargo.length.1.must'],
  'embargo.length[].should': [['reason_recorded'], 'none', 'embargo.length.1.should'],
  'embargo.length[].granted': ['at_start', 'any_time', 'embargo.length.1.granted'],
  'embargo.dates_agreed_by': [['liaison'], 'none'],
  'embargo.restart_for': [['patch_problem'], 'none'],
  'embargo.reporter_may': ['ask', 'refuse'],
  'embargo.late_changes_by': [['liaison'], ['coordinator']],
  'embargo.at_end_without_fix': ['publish', 'ask'],
  'embargo.ends_early_on.<fact>': ['publish', 'ask', 'embargo.ends_early_on.exploited'],
  'cve.required_for': ['every_flaw', 'nothing'],
  'cve.requested': ['by_hand', 'on_confirmation'],
  'cve.assigner.kind': ['own_cna', 'external'],
  'cve.assigner.name': ['One', 'Two'],
  'cve.assigner.role': [{ kind: 'member', role: 'liaison' }, { kind: 'member', role: 'coordinator' }, 'cve.assigner'],
  'cve.recorded_in': ['issue_comment', 'advisory'],
  'branches.groups.<group>': [['a'], ['b'], 'branches.groups.stable'],
  'branches.must': [['development'], ['development', 'stable']],
  'branches.should': [['stable'], 'none'],
  'branches.aim': [['unmaintained'], 'none'],
  'branches.left_to': ['others', 'none'],
  'branches.maintained[]': [[{ branch: 'a', until: '2027-01-01 00:00 UTC' }], 'none', 'branches.maintained'],
  'branches.maintained[].branch': [dates({ branch: 'a' }), dates({ branch: 'b' }), 'branches.maintained'],
  'branches.maintained[].from': [dates({ from: '2025-01-01 00:00 UTC' }), dates({}), 'branches.maintained'],
  'branches.maintained[].until': [
    dates({ until: '2027-01-01 00:00 UTC' }),
    dates({ until: '2028-01-01 00:00 UTC' }),
    'branches.maintained',
  ],
  'reviews.patch': [{ approvals: 1 }, 'none'],
  'reviews.patch.before': ['posting', 'notice'],
  'reviews.backport': [{ approvals: 1, by: ['liaison'] }, 'none'],
  'reviews.impact': [{ approvals: 1, by: ['liaison'] }, 'none'],
  'reviews.advisory': [{ approvals: 1 }, { approvals: 2 }],
  'reviews.publication': [{ approvals: 1 }, 'none'],
  'reviews.redaction': [{ approvals: 1 }, 'none'],
  'reviews.policy_change': [{ approvals: 1 }, 'none'],
  'reviews.tests': ['required', 'optional'],
  'reviews.<review>.approvals': [1, 2, 'reviews.advisory.approvals'],
  'reviews.<review>.by': [{ by: ['liaison'] }, { by: ['coordinator'] }, 'reviews.advisory'],
  'reviews.<review>.each_of': [{ each_of: ['liaison'] }, { each_of: ['coordinator'] }, 'reviews.advisory'],
  'downstream.parties[]': [[{ name: 'a', list: 'a@example.org' }], 'none', 'downstream.parties'],
  'downstream.parties[].name': ['a', 'b', `${party}.name`],
  'downstream.parties[].list': ['a@example.org', 'b@example.org', `${party}.list`],
  'downstream.parties[].role': [[{ name: 'a', role: 'liaison' }], [{ name: 'a', role: 'coordinator' }], 'downstream.parties'],
  'downstream.parties[].sent': ['signed', 'signed_and_encrypted', `${party}.sent`],
  'downstream.parties[].limit': ['3 days', 'none', `${party}.limit`],
  'downstream.parties[].duties': [['public_post'], 'none', `${party}.duties`],
  'downstream.lead_time': ['1 to 2 days', '2 days'],
  'downstream.must': [['cve_assigned'], 'none'],
  'downstream.should': [['cve_assigned'], 'none'],
  'downstream.told_within': ['1 day from receipt', 'none'],
  'downstream.may_say': [['date'], 'none'],
  'downstream.may_deploy': ['before_disclosure', 'after_disclosure'],
  'downstream.may_share_with': ['nobody', 'other_parties'],
  'downstream.screening': ['none', 'recorded'],
  'downstream.proposal': ['none', 'recorded'],
  'disclosure.trigger': ['by_hand', 'date_reached'],
  'disclosure.posted_to': ['a@example.org', 'none'],
  'disclosure.when_already_public': ['on_receipt', 'on_fix'],
  'disclosure.at_latest': ['1 day from receipt', 'none'],
  'disclosure.promised': ['1 day from receipt', 'none'],
  'disclosure.days': [['Monday'], ['Tuesday']],
  'disclosure.hour': ['15:00 UTC', 'none'],
  'disclosure.together_with': [['liaison'], 'none'],
  'disclosure.must': [['cve_assigned'], 'none'],
  'disclosure.should': [['cve_assigned'], 'none'],
  'disclosure.channels[]': [['site'], ['issue'], 'disclosure.channels'],
  'disclosure.channels[].site': [[{ site: 'https://a.example' }], [{ site: 'https://b.example' }], 'disclosure.channels'],
  'disclosure.channels[].git': [[{ git: 'https://a.example' }], [{ git: 'https://b.example' }], 'disclosure.channels'],
  'disclosure.channels[].mail': [[{ mail: ['a@example.org'] }], [{ mail: ['b@example.org'] }], 'disclosure.channels'],
  'disclosure.signed': ['openpgp', 'none'],
  'disclosure.signing_keys': [['-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxjMEAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n'], 'none'],
  'disclosure.unfixed.allowed': ['never', 'by_choice'],
  'disclosure.unfixed.must': [['cve_assigned'], 'none'],
  'disclosure.unfixed.should': [['cve_assigned'], 'none'],
  'disclosure.unfixed.warned': [{ warned: '1 day' }, { warned: '2 days' }, 'disclosure.unfixed'],
  'advisory.kind': ['advisory', 'none'],
  'advisory.id': ['A-YYYY-NN', 'B-YYYY-NN'],
  'advisory.formats': [
    ['text', 'markdown'],
    ['text', 'openvex'],
  ],
  'advisory.must_contain': [['summary'], ['credit']],
  'publication.scope': ['notice', 'full_record'],
  'publication.reports': ['every_report', 'confirmed_flaws'],
  'publication.proof_of_concept': ['withheld', '7 days'],
  'publication.credit': [['reporter'], ['patcher']],
  'publication.withheld': [['tokens'], 'none'],
  'publication.findings': ['decided', 'shown'],
  'publication.statistics': ['public', 'none'],
  'closing.must': [['announced'], 'none'],
  'closing.should': [['announced'], 'none'],
  'clocks.acknowledge': ['1 day', 'none'],
  'clocks.claim': ['1 day', '2 days'],
  'clocks.verdict': ['1 day', '2 days'],
  'clocks.update_reporter': ['1 day', '2 days'],
  'clocks.fix': ['1 day', '2 days'],
  'clocks.merged_but_open': ['1 day', '2 days'],
  'clocks.cve_record': ['1 day', '2 days'],
  'clocks.warn_before_end': [['1 day'], ['2 days']],
  'agents.allowed': ['nobody', 'by_grant'],
  'agents.may': [{ allowed: 'by_grant', may: ['label'] }, { allowed: 'by_grant', may: ['comment'] }, 'agents'],
  'agents.under_embargo': [
    { allowed: 'by_grant', under_embargo: 'nothing' },
    { allowed: 'by_grant', under_embargo: 'as_granted' },
    'agents',
  ],
  'agents.grant_lasts': [{ allowed: 'by_grant', grant_lasts: '1 day' }, { allowed: 'by_grant', grant_lasts: '2 days' }, 'agents'],
};

/** Keys that the page does not say, and why nobody outside misses them. */
const silent: Readonly<Record<string, string>> = {
  'policy.replaces': 'the archive shows every version with its days',
  'policy.human_steps_at_most': 'a limit that the linter holds the policy to',
  'intake.channels[].former': 'an address of the past is not to be written to',
  'intake.form.help.<field>': 'stands beside the field in the form',
  'eligibility.scope[].when': 'what is tested follows from the answers; its sentence says what it means',
  'ownership.coverage': 'whether a gap among the people warns or blocks',
  'ownership.mails_to': 'who of the team gets mail',
  'ownership.may_wait': 'how soon the team gets mail',
  'ownership.quiet_hours': 'the same',
  'cve.assigner.asked_by': 'how the team asks',
  'cve.assigner.organisation': 'stands in the CVE record, beside the name that the page gives',
  'commits.checked': 'for those who write patches; the check says it',
  'commits.cve': 'the same',
  'commits.issue_url': 'the same',
  'commits.trailers': 'the same',
  'commits.placed_before': 'the same',
  'commits.patch_file': 'the same',
  'downstream.parties[].prefix': 'the beginning of a subject',
  'downstream.parties[].read_first': 'rules of the party, shown to whoever tells it',
  'disclosure.channels[].rules': 'rules of form of the list',
  'disclosure.channels[].read_first': 'the same of the list',
  'reviews.enough': 'a hint on the case',
  'reviews.complex_from': 'a hint on the case',
  'advisory.numbered': 'outside a number is shown from the disclosure on',
  'clocks.moderation': 'calls the moderators',
  'clocks.cra_early': 'a duty by law; `policy.bound_by` says whom it binds',
  'clocks.cra_notify': 'the same',
  'clocks.cra_final': 'the same',
  'clocks.no_reason_left': 'an alarm for the team',
  'clocks.posted_but_private': 'an alarm for the team',
  'clocks.cve_answer': 'calls the team',
  'clocks.cve_record_aim': 'an aim; the promise is clocks.cve_record',
  'texts.<text>': 'read by whom it is sent to',
  'labels.handling.<state>': 'seen on the case',
  'labels.cve.<state>': 'seen on the case',
  'labels.fix.<state>': 'seen on the case',
  'labels.public_title': 'seen on the issue',
};

function season(from: string, until = '2026-09-01', except = 'exploited') {
  return [{ from: `${from} 00:00 UTC`, until: `${until} 00:00 UTC`, except: [except] }];
}

/** A row of the scope table; its key is written as a string, because an object with a method of that name is taken for a promise. */
function dates(row: object) {
  return [{ branch: 'a', ...row }];
}

function scope(row: object, proposes = 'in') {
  return [Object.fromEntries([...Object.entries({ rule: 'x', when: 'anything_else', say: 'Yes.', ...row }), ['then', proposes]])];
}

/** The page without what is listed for being undecided, and without reasons and sources. */
function pageWith(at: string, value: unknown): string {
  const document = parseDocument(presetText('openstack-vmt'));
  document.setIn(
    at.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
    document.createNode(value),
  );
  const { policy, problems } = examinePolicy('p.yaml', document.toString());
  assert.ok(policy !== null, `${at}: ${JSON.stringify(value)}: ${problems.map((one) => one.message).join(' ')}`);
  return markdownPage({ ...policy, unspecified: [] });
}

for (const [key, [one, other, at]] of Object.entries(told))
  test(`LIBVIRT-2 the public page says ${key}`, () => {
    assert.ok(pageWith(at ?? key, one) !== pageWith(at ?? key, other), 'the page is the same for both values');
  });

test('every key of the language is said on the page, or has its reason not to be', () => {
  const known = [...Object.keys(told), ...Object.keys(silent)].toSorted();
  assert.deepEqual(known, [...new Set(keyRows().map(({ key }) => key))].toSorted());
});
