// SPDX-License-Identifier: Apache-2.0
// The presets: they load, they say what their projects say, and nothing depends on their names.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Policy } from '../../src/core/policy/policy.ts';
import { humanSteps } from '../../src/policy/human-steps.ts';
import { isFatal } from '../../src/policy/problem.ts';
import { examinePolicy, readPolicy } from '../../src/policy/read-policy.ts';
import { presetNames, presetText, renamed } from '../support/policies.ts';

function read(text: string): Policy {
  const result = readPolicy('preset.yaml', text);
  assert.ok('policy' in result, JSON.stringify(result));
  return result.policy;
}

function undecided(name: string, kind: 'gap' | 'note'): readonly string[] {
  return examinePolicy(name, presetText(name)).problems.flatMap((problem) => (problem.kind === kind ? [problem.key] : []));
}

for (const name of presetNames) {
  test(`the preset ${name} has neither errors nor contradictions`, () => {
    const { problems } = examinePolicy(`${name}.yaml`, presetText(name));
    assert.deepEqual(problems.filter(isFatal), []);
  });

  test(`the preset ${name} is named as its file`, () => assert.equal(read(presetText(name)).name, name));

  test(`the resolved policy ${name} survives JSON unchanged`, () => {
    const policy = read(presetText(name));
    assert.deepEqual(JSON.parse(JSON.stringify(policy)), policy);
  });

  test(`every section of ${name} that cites a source cites a declared one`, () => {
    const policy = read(presetText(name));
    const cited = Object.values(policy.origins).flatMap(({ source }) => source.map((citation) => citation.name));
    assert.deepEqual(
      cited.filter((source) => !Object.hasOwn(policy.sources, source)),
      [],
    );
  });

  test(`renaming ${name} and each of its roles changes nothing but the names`, () => {
    const policy = read(presetText(name));
    const names = [name, ...Object.keys(policy.roles)];
    const text = names.reduce((renaming, from, number) => renamed(renaming, from, `renamed-${number}`), presetText(name));
    const back = names.reduceRight((json, to, number) => json.replaceAll(`"renamed-${number}"`, `"${to}"`), JSON.stringify(read(text)));
    assert.notEqual(text, presetText(name));
    assert.deepEqual(JSON.parse(back), policy);
  });
}

test('LIBVIRT-43 the linter shows exactly the gaps of the libvirt process', () => {
  assert.deepEqual(undecided('libvirt-2023', 'gap'), ['embargo.at_end_without_fix', 'publication.credit', 'clocks.acknowledge']);
});

test('LIBVIRT-43 the first text of libvirt leaves the same gaps', () => {
  assert.deepEqual(undecided('libvirt-2012', 'gap'), ['embargo.at_end_without_fix', 'publication.credit', 'clocks.acknowledge']);
});

test('the gaps of the QEMU process are the end of an embargo and credit', () => {
  assert.deepEqual(undecided('qemu-2026', 'gap'), ['embargo.at_end_without_fix', 'publication.credit']);
});

test('the gap of the OpenStack process is the time of the first answer', () => {
  assert.deepEqual(undecided('openstack-vmt', 'gap'), ['clocks.acknowledge']);
});

test('the smallest preset leaves nothing unspecified', () => assert.deepEqual(read(presetText('minimal')).unspecified, []));

const qemu = read(presetText('qemu-2026'));
const libvirt = read(presetText('libvirt-2023'));
const openstack = read(presetText('openstack-vmt'));
const draft = read(presetText('qemu-2026-draft'));
const libvirt2012 = read(presetText('libvirt-2012'));
const minimal = read(presetText('minimal'));

/** What each project says, with the row of its process that says so. */
const said: readonly (readonly [row: string, actual: unknown, expected: unknown])[] = [
  ['QEMU-2 no embargo but by exception', qemu.embargo.mode, 'by_exception'],
  ['QEMU-4 reports are GitLab issues', qemu.intake.channels[0]?.kind, 'gitlab'],
  ['QEMU-9 mail is redirected', qemu.intake.channels.find(({ kind }) => kind === 'mail')?.accepts, 'redirect'],
  ['QEMU-10 the web form exists under every policy', qemu.intake.channels.at(-1)?.kind, 'web'],
  ['QEMU-12 an issue starts private', qemu.intake.channels[0]?.starts, 'private'],
  ['QEMU-14 when unsure, private', qemu.intake.unsure, 'private'],
  ['QEMU-15 every maintainer sees a report', qemu.visibility.onReceipt, ['maintainer']],
  [
    'QEMU-17 members come from the project',
    qemu.roles['maintainer']?.from,
    { kind: 'gitlab_project', project: 'qemu-project/qemu', leastRole: 'Reporter' },
  ],
  ['QEMU-20 eligibility is decided first', qemu.eligibility.decided, 'first'],
  ['QEMU-22 what is out of scope becomes a public bug', qemu.eligibility.outOfScope, 'public_bug'],
  ['QEMU-27 everything is published', [qemu.publication.scope, qemu.publication.reports], ['issue', 'every_report']],
  ['QEMU-32 the CNA sees its queue alone', qemu.visibility.cveQueue, ['cna']],
  ['QEMU-38 the number stands in the last commit', qemu.commits.cve, 'last_commit'],
  ['QEMU-43 posting the patch discloses', [qemu.disclosure.trigger, qemu.disclosure.postedTo], ['patch_posted', 'qemu-devel@nongnu.org']],
  ['QEMU-50 an embargo needs high severity', qemu.embargo.length[0]?.must[0], { kind: 'severity_at_least', level: 'high' }],
  ['QEMU-52 an unfixed flaw is published when low', qemu.disclosure.unfixed.should, [{ kind: 'severity_at_most', level: 'low' }]],
  ['QEMU-M1 no time of response is promised', qemu.clocks.acknowledge, null],
  ['QEMU-M9 the latest release counts', qemu.intake.shownOn, { kind: 'latest_release' }],
  [
    'QEMU-37 the draft has three labels for the number',
    draft.labels.cve,
    { required: ['cve::required'], requested: ['cve::requested'], assigned: ['cve::assigned'] },
  ],
  ['QEMU-M4 the adopted page has two', new Set(Object.values(qemu.labels.cve).flat()), new Set(['CVE::Required', 'CVE::Assigned'])],
  ['QEMU-35 the draft wants the address in all commits', draft.commits.issueUrl, 'all_commits'],
  ['QEMU-M7 the adopted page wants it in the last', qemu.commits.issueUrl, 'last_commit'],
  ['QEMU-35 the draft is checked before the posting', draft.commits.checked, 'before_posting'],
  ['QEMU-M7 the adopted page before the pull request', qemu.commits.checked, 'before_pull_request'],
  ['QEMU-48 the draft asks for the origin', draft.intake.form.required.includes('found_with'), true],
  ['QEMU-54 the draft knows no security team', Object.keys(draft.roles), ['maintainer', 'cna']],
  ['QEMU-M6 the draft closes without a record of the number', draft.closing.must, [{ kind: 'fix_merged', groups: ['development'] }]],
  [
    'LIBVIRT-19 the first text announces on two lists',
    libvirt2012.disclosure.channels,
    [{ kind: 'mail', lists: ['libvir-list@redhat.com', 'libvirt-announce@redhat.com'], rules: null, readFirst: null }],
  ],
  [
    'LIBVIRT-19 the text of 2023 on one',
    libvirt.disclosure.channels.flatMap((one) => (one.kind === 'mail' ? one.lists : [])),
    ['announce@lists.libvirt.org'],
  ],
  [
    'LIBVIRT-7 the first address still works',
    libvirt.intake.channels[0]?.kind === 'mail' && libvirt.intake.channels[0].former,
    ['libvirt-security@redhat.com'],
  ],
  [
    'LIBVIRT-39 the first text aims at the stable branches',
    [libvirt2012.branches.must, libvirt2012.branches.should],
    [['development'], ['stable']],
  ],
  ['LIBVIRT-4 a mailbox takes reports', libvirt.intake.channels[0]?.kind, 'mail'],
  ['LIBVIRT-10 mail of strangers is held', libvirt.intake.moderation, 'non_members'],
  ['LIBVIRT-17 two weeks, announced on the date', libvirt.disclosure.trigger, 'date_reached'],
  ['LIBVIRT-23 severity is given', libvirt.severity.required, 'at_confirmation'],
  ['LIBVIRT-32 two weeks', libvirt.embargo.length[0]?.upTo, { amount: 2, unit: 'weeks' }],
  ['LIBVIRT-33 a faulty patch restarts the clock', libvirt.embargo.restartFor, ['patch_problem']],
  ['LIBVIRT-34 longer only at the start', libvirt.embargo.length[1]?.granted, 'at_start'],
  ['LIBVIRT-35 a month with consent', libvirt.embargo.length[1]?.upTo, { amount: 1, unit: 'months' }],
  ['LIBVIRT-37 a vendor assigns the number', [libvirt.cve.assigner.kind, libvirt.cve.assigner.role], ['member', 'vendor']],
  ['LIBVIRT-40 master must be fixed', libvirt.branches.must, ['development']],
  ['LIBVIRT-44 stable branches are an aim', libvirt.branches.aim, ['stable']],
  [
    'VMT-18 Tuesday to Thursday at 15:00 UTC',
    [openstack.disclosure.days, openstack.disclosure.hour],
    [['Tuesday', 'Wednesday', 'Thursday'], { hour: 15, minute: 0, zone: 'UTC' }],
  ],
  ['VMT-19 two parties are told', openstack.downstream.parties.map(({ name }) => name), ['embargo-notice', 'linux-distros']],
  ['VMT-19 told when patches and numbers are there', openstack.downstream.must, [{ kind: 'patches_approved' }, { kind: 'cve_assigned' }]],
  [
    'VMT-27 five to ten business days ahead',
    openstack.downstream.leadTime,
    { least: { amount: 5, unit: 'business days' }, most: { amount: 10, unit: 'business days' } },
  ],
  ['VMT-30 ninety days in all', openstack.embargo.length[1]?.upTo, { amount: 90, unit: 'days' }],
  ['VMT-30 the reporter has the last word', openstack.embargo.reporterMay, 'decide'],
  ['VMT-34 no severity', openstack.severity.required, 'never'],
  ['VMT-36 the whole record is published', openstack.publication.scope, 'full_record'],
  ['an unspecified rung doubles the one before', openstack.embargo.length[2]?.upTo, { amount: 180, unit: 'days' }],
  ['after a short rung it is 90 days', libvirt.embargo.length[2]?.upTo, { amount: 90, unit: 'days' }],
  ['late changes are for those who set embargoes', libvirt.embargo.lateChangesBy, ['core', 'vendor']],
  ['a class without branches takes those of the policy', openstack.eligibility.classes['A']?.branches, ['development', 'stable']],
  [
    'a review without names is for those with the right',
    libvirt.reviews.advisory,
    { kind: 'approvals', approvals: 1, by: ['core', 'vendor'] },
  ],
  ['formats are added to the defaults', libvirt.advisory.formats, ['text', 'html', 'csaf', 'osv', 'cve', 'lsn_xml']],
  ['the default cap holds where no embargo runs', minimal.disclosure.atLatest?.applies, 'without_embargo'],
  ['the fallback is the first to read', minimal.ownership.fallback, 'team'],
];

for (const [row, actual, expected] of said) test(row, () => assert.deepEqual(actual, expected));

test('QEMU-23 the straight path of the QEMU process asks people for eight things', () => {
  assert.deepEqual(humanSteps(qemu), [
    'ownership',
    'eligibility.decided',
    'confirmation',
    'cve.assigner',
    'patch',
    'reviews.patch',
    'publication.credit',
    'disclosure.trigger',
  ]);
});
