// SPDX-License-Identifier: Apache-2.0
// Each preset beside what its project's documents say, parameter by parameter: the value that acts, or that nobody has decided.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPolicy } from '../../src/policy/read-policy.ts';
import { valueText } from '../../src/policy/spelling.ts';
import { presetText } from '../support/policies.ts';

const names = ['qemu-2026-draft', 'qemu-2026', 'libvirt-2012', 'libvirt-2023', 'openstack-vmt'] as const;

/** The project's document is silent, and the file says so. */
const silent = 'unspecified';

type Expected = string;
type Row = readonly [key: string, draft: Expected, qemu: Expected, libvirt2012: Expected, libvirt2023: Expected, openstack: Expected];

const rows: readonly Row[] = [
  ['intake.moderation', 'none', 'none', 'non_members', 'non_members', 'none'],
  ['intake.one_flaw_each', 'required', 'required', silent, silent, 'required'],
  ['intake.unsure', 'private', 'private', 'private', 'private', 'private'],
  ['intake.found_by_ai', 'private', 'private', silent, silent, silent],
  ['intake.shown_on', silent, 'latest_release', silent, silent, 'supported_release'],
  ['intake.attachments.discouraged', 'none', 'zip, tar, 7z', 'none', 'none', 'none'],
  ['visibility.on_receipt', 'maintainer', 'maintainer', 'core, vendor', 'core, vendor', 'coordinator'],
  ['clocks.acknowledge', 'none', 'none', silent, silent, silent],
  ['agents.allowed', 'by_grant', 'by_grant', silent, silent, silent],
  ['eligibility.decided', 'first', 'first', 'with_assessment', 'with_assessment', 'with_assessment'],
  ['severity.required', 'when_a_rule_asks', 'when_a_rule_asks', 'at_confirmation', 'at_confirmation', 'never'],
  ['duplicates.rediscovery', 'ask', 'ask', silent, silent, 'ask'],
  ['embargo.mode', 'by_exception', 'by_exception', 'by_default', 'by_default', 'by_default'],
  ['embargo.counted_from', silent, silent, silent, silent, 'acceptance'],
  ['embargo.length[0].up_to', silent, silent, '2 weeks', '2 weeks', '2 weeks'],
  ['embargo.length[1].up_to', '-', '-', '1 month', '1 month', '90 days'],
  ['embargo.restart_for', 'none', 'none', 'patch_problem', 'patch_problem', 'none'],
  ['embargo.reporter_may', 'ask', 'ask', 'refuse', 'refuse', 'decide'],
  ['embargo.at_end_without_fix', silent, silent, silent, silent, 'publish'],
  ['embargo.ends_early_on.leaked', silent, silent, silent, silent, 'publish'],
  ['disclosure.unfixed.allowed', 'by_choice', 'by_choice', silent, silent, 'by_choice'],
  ['disclosure.trigger', 'patch_posted', 'patch_posted', 'date_reached', 'date_reached', 'date_reached'],
  ['disclosure.when_already_public', 'on_confirmation', 'on_confirmation', silent, 'on_confirmation', 'on_fix'],
  ['disclosure.hour', 'none', 'none', silent, silent, '15:00 UTC'],
  ['disclosure.together_with', 'none', 'none', 'vendor', 'vendor', 'none'],
  ['disclosure.should', 'none', 'none', 'cve_assigned', 'cve_assigned', 'cve_assigned'],
  ['disclosure.signed', 'none', 'none', silent, silent, 'openpgp'],
  ['cve.required_for', 'every_flaw', 'every_flaw', 'every_flaw', 'every_flaw', 'advisories'],
  ['cve.requested', 'on_confirmation', 'on_confirmation', silent, silent, 'when_impact_approved'],
  ['cve.assigner.kind', 'external', 'external', 'member', 'member', 'external'],
  ['cve.recorded_in', 'issue_comment', 'issue_comment', 'advisory', 'advisory', 'advisory'],
  ['branches.must', 'development', 'development', 'development', 'development', 'development, stable'],
  ['branches.should', 'none', 'none', 'stable', 'none', 'none'],
  ['branches.aim', 'none', 'none', 'none', 'stable', 'unmaintained'],
  ['reviews.patch.before', 'posting', 'posting', silent, silent, 'notice'],
  ['commits.checked', 'before_posting', 'before_pull_request', 'never', 'never', 'at_disclosure'],
  ['commits.issue_url', 'all_commits', 'last_commit', 'none', 'none', 'all_commits'],
  ['commits.cve', 'last_commit', 'last_commit', silent, silent, silent],
  [
    'downstream.lead_time',
    '5 to 10 business days',
    '5 to 10 business days',
    '5 to 10 business days',
    '5 to 10 business days',
    '5 to 10 business days',
  ],
  ['downstream.must', 'patches_approved', 'patches_approved', 'patches_approved', 'patches_approved', 'patches_approved, cve_assigned'],
  ['advisory.kind', 'none', 'none', silent, 'notice', 'advisory'],
  ['advisory.id', 'YYYY-NNNN', 'YYYY-NNNN', silent, 'LSN-YYYY-NNNN', 'OSSA-YYYY-NNN'],
  ['publication.credit', silent, silent, silent, silent, 'reporter'],
  ['publication.scope', 'issue', 'issue', 'notice', 'notice', 'full_record'],
  ['ownership.escalation', 'none', 'none', 'none', 'none', 'liaison'],
];

for (const [position, name] of names.entries())
  test(`LIBVIRT-43 the preset ${name} says what its project's documents say, and where they are silent says so`, () => {
    const read = readPolicy(`${name}.yaml`, presetText(name));
    assert.ok('policy' in read);
    const { policy } = read;
    const found = rows.map(([key]) => {
      const undecided = policy.unspecified.some((one) => key === one || key.startsWith(`${one}.`));
      return [key, undecided ? silent : (valueText(policy, key) ?? '-')] as const;
    });
    assert.deepEqual(
      found,
      rows.map((row) => [row[0], row[position + 1] ?? '']),
    );
  });

test('VMT-20 the labels of the OpenStack preset are the eight states of its task, and its tag', () => {
  const read = readPolicy('openstack-vmt.yaml', presetText('openstack-vmt'));
  assert.ok('policy' in read);
  const worn = new Set(Object.values(read.policy.labels.handling).flat());
  const states = ['Incomplete', 'Confirmed', 'Triaged', 'In progress', 'Fix committed', 'Fix released', 'Invalid', "Won't fix"];
  assert.deepEqual([...worn].toSorted(), [...states.map((state) => `ossa::${state}`), 'security'].toSorted());
});
