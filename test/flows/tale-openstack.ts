// SPDX-License-Identifier: Apache-2.0
// OpenStack, told through the API: the embargoed path with its agreed description, its people on call and its hour, and the public path without them.

import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Names } from './names.ts';
import type { Tale } from './tale.ts';
import { tale } from './tale.ts';

export const openstackReport = {
  title: 'Canary-title: a deleted attachment leaves the volume connected',
  fields: {
    description: 'Canary-description: delete the attachment by the other service, and the host stays connected.',
    component: 'nova',
    version: 'all supported releases',
  },
  sensitive: 'yes',
  name: 'Rita E. Porter',
  address: 'canary-address@reporters.example',
  consent: true,
};

export const openstackAdvisory = {
  title: 'A deleted attachment leaves the volume connected',
  description: 'Whoever deletes an attachment by the other service leaves the connection of the host as it was.',
  conditions: ['The deployment uses volumes over iSCSI.'],
  workarounds: 'none-known',
  products: [{ name: 'nova', branches: [{ name: 'master', status: 'fixed', fixedBy: ['b'.repeat(40)] }] }],
  references: [{ kind: 'bug', url: 'https://bugs.example/nova/1' }],
};

const patch = 'Subject: disconnect first\n\nSigned-off-by: cora <cora@members.example>\n---\n';
export const theHour = '2026-11-19T15:00:00.000Z';

export function openstack(t: TestContext, names: Names): Promise<Tale> {
  const members = {
    ola: ['coordinator'],
    kim: ['coordinator'],
    cora: ['core_reviewer', 'stable_maintainer'],
    rea: ['core_reviewer'],
    lia: ['liaison'],
  };
  return tale(t, names, { project: 'openstack', policy: 'openstack-vmt', members, insider: 'kim' });
}

/** From the report to two approvals of the release, with the date moved to the third Thursday of November. */
export function openstackEmbargoed(t: TestContext, names: Names): Promise<Tale> {
  return openstackPublishable(t, names, openstackReport, async () => undefined);
}

/** The same with another report, and with something that happens before people say go. */
export async function openstackPublishable(
  t: TestContext,
  names: Names,
  report: object,
  before: (told: Tale) => Promise<void>,
): Promise<Tale> {
  const told = await openstack(t, names);
  await told.report(report);
  assert.equal((await told.see('cora')).status, 404, 'VMT-14 experts see nothing before they were added');
  await told.take('ola', 'take-up-case');
  await told.take('ola', 'decide-eligibility', { verdict: 'in', reason: 'Nova is overseen.' });
  assert.equal((await told.state()).embargo.until, '2026-11-12T15:00:00.000Z');
  for (const person of ['cora', 'rea', 'lia']) await told.take('ola', 'add-person', { person });
  await told.take('ola', 'confirm-flaw', { reason: 'Shown.', class: 'A' });
  await schedules(told);
  await told.take('cora', 'add-patch', { branch: 'master', patch: { name: 'fix.patch', text: patch } });
  await told.take('rea', 'approve-patch', { branch: 'master' });
  await describes(told);
  await advises(told);
  await told.take('ola', 'add-note', { body: 'Canary-note: the other driver looks alike.' });
  await told.take('ola', 'send-message', { body: 'Canary-message: this is the date.' });
  await before(told);
  await releases(told);
  return told;
}

async function schedules(told: Tale): Promise<void> {
  for (const [until, why] of [
    ['2026-11-16 15:00 UTC', 'VMT-18 a Monday'],
    ['2026-11-20 15:00 UTC', 'VMT-18 a Friday'],
    ['2026-11-19 14:00 UTC', 'VMT-18 another hour'],
  ] as const) {
    const refused = await told.try('ola', 'propose-embargo', { until, reason: 'The patch is complex.' });
    assert.deepEqual([refused.status, refused.body.errors[0].pointer], [422, '#/until'], why);
  }
  const silent = await told.try('ola', 'propose-embargo', { until: '2026-11-19 15:00 UTC' });
  assert.deepEqual([silent.status, silent.body.unmet[0].gate], [422, 'reason_recorded'], 'past two weeks a reason is asked for');
  await told.take('ola', 'propose-embargo', { until: '2026-11-19 16:00 Europe/Prague', reason: 'The patch is complex.' });
  assert.equal((await told.state()).embargo.state, 'revising');
  await told.mine('agree-embargo');
  const { until, zone } = (await told.state()).embargo;
  assert.deepEqual([until, zone], [theHour, 'Europe/Prague'], 'the instant, and the zone in which it was agreed');
}

/** Every field of the project's sentence. */
export const openstackImpact = {
  feature: 'the volume driver',
  action: 'detaching a volume twice',
  actor: 'member of another project',
  gain: 'read the volume of another tenant',
  consequence: 'a leak of data',
  deployments: 'setups with the LVM driver',
};

/** VMT-9: the description is approved by the reporter and by the liaison, and nobody stands in for them; only then is a number asked for. */
async function describes(told: Tale): Promise<void> {
  const [{ flaw }] = (await told.state()).flaws;
  const { gain, ...gaps } = openstackImpact;
  await told.take('ola', 'describe-impact', gaps);
  const early = await told.tryMine('approve-impact');
  assert.deepEqual([early.status, early.body.unmet[0].gate], [422, 'impact_framed'], 'VMT-2 a field of the sentence is empty');
  await told.take('ola', 'describe-impact', { ...gaps, gain });
  assert.equal((await told.try('ola', 'request-cve', { flaw })).status, 422);
  assert.equal((await told.try('rea', 'approve-impact')).status, 403, 'a reviewer is neither');
  await told.mine('approve-impact');
  assert.equal((await told.tryMine('approve-impact')).status, 422, 'nobody approves twice');
  assert.equal((await told.try('ola', 'request-cve', { flaw })).status, 422);
  await told.take('lia', 'approve-impact');
  await told.take('ola', 'request-cve', { flaw });
  await told.take('ola', 'record-cve', { flaw, number: 'CVE-1900-30001' });
}

export async function advises(told: Tale): Promise<void> {
  await told.mine('decide-credit', { decision: 'named', name: 'R. E. Porter' });
  const bare = { ...openstackAdvisory, references: [] };
  await told.take('ola', 'write-advisory', { advisory: bare });
  const lacking = await told.try('ola', 'submit-advisory');
  assert.deepEqual([lacking.status, lacking.body.unmet[0].gate], [422, 'advisory_complete'], 'VMT-41 a report link is missing');
  await told.take('ola', 'write-advisory', { advisory: openstackAdvisory });
  await told.take('ola', 'submit-advisory');
  const own = await told.try('ola', 'approve-advisory');
  assert.deepEqual([own.status, own.body.unmet[0].gate], [422, 'not_the_author'], 'VMT-12 VMT-21 nobody approves their own');
  await told.take('kim', 'approve-advisory');
}

export async function releases(told: Tale): Promise<void> {
  const unstaffed = await told.try('ola', 'approve-release');
  assert.deepEqual(
    unstaffed.body.unmet.map((gate: { gate: string }) => gate.gate.split(':')[0]),
    ['on_call'],
    'VMT-20 nobody said that they will be there',
  );
  assert.equal((await told.try('cora', 'go-on-call', { role: 'liaison' })).status, 403, 'a role that one has not');
  const [first, second] = unstaffed.body.unmet[0].gate.slice('on_call: '.length).split(', ');
  for (const role of [first, second]) await told.take('cora', 'go-on-call', { role });
  await told.take('ola', 'approve-release');
  const again = await told.try('ola', 'approve-release');
  assert.deepEqual([again.status, again.body.unmet[0].gate], [422, 'second_person'], 'one person is not two');
  await told.take('kim', 'approve-release');
  await told.until('the documents are prepared', (state) => state.disclosure.prepared !== null);
}

/** What stays to be done by hand once the case is public. */
export async function confirmsByHand(told: Tale): Promise<void> {
  await told.until('the mails to the lists left', ({ disclosure: { channels } }) => {
    const open = channels.filter((one: { state: string }) => one.state !== 'confirmed');
    return channels.length > 1 && open.every((one: { channel: string }) => one.channel.endsWith(':public_review'));
  });
  await told.take('ola', 'confirm-channel', { channel: '1:public_review', evidence: 'https://review.example/1' });
  assert.equal((await told.state()).handling, 'disclosed');
}
