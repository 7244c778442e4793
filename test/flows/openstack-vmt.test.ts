// SPDX-License-Identifier: Apache-2.0
// The story of the OpenStack VMT through the API: people added in tiers, an impact that reporter and liaison approve, an agreed hour, and everything public in the end.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Town } from '../support/town.ts';
import { town } from '../support/town.ts';

const advisory = {
  title: 'Deleting an attachment hands a volume to another tenant',
  description: 'The connection of the compute host stays as it was, and its number is used again.',
  conditions: ['You use iSCSI or Fibre Channel volumes.'],
  workarounds: 'none-known',
  products: [{ name: 'nova', component: 'nova', branches: [{ name: 'master', status: 'fixed', fixedBy: ['c'.repeat(40)] }] }],
  references: [
    { kind: 'patch', url: 'https://review.example.org/1' },
    { kind: 'report', url: 'https://bugs.example.org/1' },
  ],
};
const patch = 'Subject: close it\n\nSigned-off-by: cora <cora@members.example>\n---\n';
const members = {
  mei: ['coordinator'],
  ola: ['coordinator'],
  cora: ['core_reviewer', 'stable_maintainer'],
  rea: ['core_reviewer'],
  lia: ['liaison'],
};

test('VMT-9 VMT-12 VMT-18 VMT-21 VMT-36 VMT-42 VMT-44 an embargoed report is published at the agreed hour, and the whole record opens but for what is withheld', async (t) => {
  const here = await town(t, [{ project: 'openstack', policy: 'openstack-vmt', members }]);
  const sent = await here.call('/api/v1/openstack/reports', {
    body: {
      title: 'Volume of another tenant',
      fields: { description: 'An attachment that is deleted behind the back of Nova …', component: 'cinder' },
      address: 'jw@reporters.example',
      name: 'J. W.',
      consent: true,
    },
  });
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  const story = new Story(here, sent.body.case, sent.body.link.slice(sent.body.link.lastIndexOf('/') + 1));

  assert.equal((await story.seenBy('cora')).status, 404, 'VMT-14 a reviewer sees nothing before being added');
  await story.take('mei', 'take-up-case');
  await story.take('mei', 'decide-eligibility', { verdict: 'in', reason: 'Supported releases are affected.' });
  await story.take('mei', 'confirm-flaw', {
    reason: 'Reproduced.',
    class: 'A',
    summary: 'A volume may change hands.',
    branches: [{ branch: 'master', group: 'development' }],
  });
  for (const person of ['cora', 'rea', 'lia']) await story.take('mei', 'add-person', { person });
  assert.equal((await story.seenBy('cora')).status, 200);
  await story.take('cora', 'add-note', { body: 'canary-note: the remedy needs a service token.' });

  const monday = await story.try('mei', 'propose-embargo', { until: '2026-11-23 15:00 UTC', reason: 'The backports need a week.' });
  assert.equal(monday.status, 422, 'a Monday is refused');
  const dateOnly = await story.try('mei', 'propose-embargo', { until: '2026-11-19', reason: 'x' });
  assert.equal(dateOnly.status, 422, 'a date without hour and zone is refused');
  await story.take('mei', 'propose-embargo', { until: '2026-11-19 15:00 UTC', reason: 'The backports need a week.' });
  await story.reporter('agree-embargo');
  assert.equal((await story.state()).embargo.until, '2026-11-19T15:00:00.000Z');

  await story.take('cora', 'add-patch', { branch: 'master', patch: { name: 'fix.patch', text: patch } });
  await story.take('rea', 'approve-patch', { branch: 'master' });
  const [flaw] = (await story.state()).flaws;
  await story.take('mei', 'describe-impact', { impact: 'J. W. reported a vulnerability in the detaching of volumes.' });
  assert.equal((await story.try('mei', 'request-cve', { flaw: flaw.flaw })).status, 422, 'nobody has approved the description yet');
  await story.reporter('approve-impact');
  await story.take('lia', 'approve-impact');
  await story.take('mei', 'request-cve', { flaw: flaw.flaw });
  await story.take('mei', 'record-cve', { flaw: flaw.flaw, number: 'CVE-1900-10002' });
  await story.reporter('decide-credit', { decision: 'named', name: 'J. W.' });
  await story.take('mei', 'write-advisory', { advisory });
  await story.take('mei', 'submit-advisory');
  assert.equal((await story.try('mei', 'approve-advisory')).status, 422, 'VMT-12 self-approval is refused');
  await story.take('ola', 'approve-advisory');
  const alone = await story.try('mei', 'approve-release');
  assert.match(JSON.stringify(alone.body), /on_call/, 'nobody has agreed to be there at the hour');
  for (const role of ['core_reviewer', 'stable_maintainer']) await story.take('cora', 'go-on-call', { role });
  await story.take('mei', 'approve-release');
  await story.take('ola', 'approve-release');
  await here.until('the documents are prepared', async () => (await story.state()).disclosure.prepared !== null);

  here.set('2026-11-19T14:59:59Z');
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal((await here.call(`/api/v1/openstack/cases/${story.id}`)).status, 404, 'nothing before the hour');
  here.set('2026-11-19T15:00:00Z');
  await here.until('the case is public', async () => (await here.call(`/api/v1/openstack/cases/${story.id}`)).status === 200);
  await here.until('both announcements left', () => lists(here).length === 3);
  assert.deepEqual(lists(here).sort(), [
    'openstack-announce@lists.openstack.org',
    'openstack-discuss@lists.openstack.org',
    'oss-security@lists.openwall.com',
  ]);
  await story.take('mei', 'confirm-channel', { channel: '1:public_review', evidence: 'Pushed to review.' });
  await here.until('the case is disclosed', async () => (await story.state()).handling === 'disclosed');

  const record = JSON.stringify((await here.call(`/api/v1/openstack/cases/${story.id}`)).body);
  assert.match(record, /canary-note/, 'VMT-36 the discussion is open, notes included');
  assert.doesNotMatch(record, /jw@reporters\.example/, 'an address is withheld for ever');
});

class Story {
  readonly here: Town;
  readonly id: string;
  readonly link: string;

  constructor(here: Town, id: string, link: string) {
    this.here = here;
    this.id = id;
    this.link = link;
  }

  async try(name: string, action: string, body: object = {}) {
    return this.here.call(`/api/v1/openstack/cases/${this.id}/${action}`, { token: await this.here.signIn('openstack', name), body });
  }

  async take(name: string, action: string, body: object = {}): Promise<void> {
    const answer = await this.try(name, action, body);
    assert.equal(answer.status, 200, `${action}: ${JSON.stringify(answer.body)}`);
  }

  async reporter(action: string, body: object = {}): Promise<void> {
    const answer = await this.here.call(`/api/v1/openstack/my-report/${this.link}/${action}`, { body });
    assert.equal(answer.status, 200, `${action}: ${JSON.stringify(answer.body)}`);
  }

  async seenBy(name: string) {
    return this.here.call(`/api/v1/openstack/cases/${this.id}`, { token: await this.here.signIn('openstack', name) });
  }

  async state() {
    return (await this.seenBy('ola')).body.state;
  }
}

function lists(here: Town): string[] {
  return here.relay.sent.filter((mail) => /^-----BEGIN PGP SIGNED MESSAGE-----/.test(mail.text)).map((mail) => mail.to.address);
}
