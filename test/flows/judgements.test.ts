// SPDX-License-Identifier: Apache-2.0
// Judgements through the front door: OpenStack's class C is open at once, libvirt wants a severity, and a name that changes while the release is armed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { town } from '../support/town.ts';
import { asTheyAre } from './names.ts';
import { tale } from './tale.ts';
import { libvirtConfirmed, libvirtOut, libvirtReleased, libvirtWritten } from './tale-libvirt.ts';

const vector = 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H';

test('VMT-31 VMT-32 VMT-33 class C: opened at once when the class is set, no embargo is offered, no number is asked for', async (t) => {
  const members = { ola: ['coordinator'], cora: ['core_reviewer'], ida: ['liaison'] };
  const told = await tale(t, asTheyAre, { project: 'openstack', policy: 'openstack-vmt', members, insider: 'ola' });
  await told.report({
    title: 'Canary-title: the console prints a token',
    fields: { description: 'Canary-description: with debugging on.', component: 'nova', release: 'supported' },
    address: 'rita@reporters.example',
    consent: true,
  });
  await told.take('ola', 'take-up-case');
  await told.take('ola', 'decide-eligibility', { verdict: 'in', reason: 'Nova is overseen.' });
  assert.equal((await told.see('anyone')).status, 404);
  await told.take('ola', 'set-class', { class: 'C1' });
  const visitor = await told.see('anyone');
  assert.equal(visitor.status, 200, 'everybody reads it from the moment on');
  assert.ok(JSON.stringify(visitor.body).includes('Canary-description'));
  const refused = await told.try('ola', 'propose-embargo', { until: '2026-11-12 15:00 UTC', reason: 'Vendors.' });
  assert.equal(refused.status, 409, `on a Thursday, at the hour of the project: ${JSON.stringify(refused.body)}`);
  await told.take('ola', 'confirm-flaw', { reason: 'It can be seen, and hardly used.' });
  const { state } = (await told.see('ola')).body;
  assert.deepEqual([state.class, state.visibility, state.embargo.state], ['C1', 'public', 'exited']);
  assert.deepEqual(
    state.flaws.map((flaw: { cve: string }) => flaw.cve),
    ['undecided'],
  );
});

test('LIBVIRT-22 LIBVIRT-23 VMT-34 libvirt wants a severity with the verdict; a vector is scored, and what contradicts it is told', async (t) => {
  const here = await town(t, [{ project: 'libvirt', policy: 'libvirt-2023', members: { anna: ['core'], mo: ['moderator'] } }]);
  const sent = await here.call('/api/v1/libvirt/reports', { body: { title: 'x', fields: { description: 'y' }, consent: true } });
  const take = async (who: string, action: string, body: object = {}) =>
    here.call(`/api/v1/libvirt/cases/${sent.body.case}/${action}`, { token: await here.signIn('libvirt', who), body });
  assert.equal((await take('mo', 'release-report')).status, 200);
  assert.equal((await take('anna', 'take-up-case')).status, 200);
  const without = await take('anna', 'confirm-flaw', { reason: 'Seen.' });
  assert.equal(without.status, 422);
  assert.match(JSON.stringify(without.body), /severity_recorded/);
  const broken = await take('anna', 'confirm-flaw', { reason: 'Seen.', severity: { level: 'low', vector: 'CVSS:3.1/AV:N' } });
  assert.equal(broken.status, 422);
  assert.match(JSON.stringify(broken.body), /whole CVSS vector/);
  const done = await take('anna', 'confirm-flaw', { reason: 'Seen.', severity: { level: 'low', vector, cwes: 'CWE-787 CWE-125' } });
  assert.equal(done.status, 200, JSON.stringify(done.body));
  const token = await here.signIn('libvirt', 'anna');
  const { severity } = (await here.call(`/api/v1/libvirt/cases/${sent.body.case}`, { token })).body.state;
  assert.deepEqual(
    [severity.by, severity.score.score, severity.score.rating, severity.cwes],
    ['anna', 7.8, 'high', ['CWE-787', 'CWE-125']],
  );
  const page = await (
    await fetch(`${here.base}/libvirt/cases/${sent.body.case}`, { headers: { Cookie: `daylight-libvirt=${token}` } })
  ).text();
  assert.match(page, /The vector comes to 7\.8, which is high; the level on record is low\./);
});

test('VMT-42 a name that changes while the release is armed waits, the owner is told at once, and a name that is taken out is not published', async (t) => {
  const told = await libvirtConfirmed(t, asTheyAre);
  await libvirtWritten(told);
  await libvirtReleased(told);
  const before = (await told.state()).disclosure;
  const mails = told.here.relay.sent.length;
  await told.mine('decide-credit', { decision: 'pseudonym', name: 'Canary-pseudonym' });
  const asked = await told.state();
  assert.deepEqual([asked.disclosure.armed, asked.disclosure.prepared], [true, before.prepared], 'nobody has to say go again');
  assert.equal(asked.reporters[0].creditRequest.decision, 'pseudonym');
  await told.here.until('the owner was told', () =>
    told.here.relay.sent
      .slice(mails)
      .some((mail) => /asks for another credit/.test(mail.subject) && !mail.text.includes('Canary-pseudonym')),
  );
  await told.mine('decide-credit', { decision: 'declined' });
  await told.until('the documents are made anew', ({ disclosure }) => disclosure.prepared !== null);
  const { disclosure } = await told.state();
  assert.ok(disclosure.armed);
  assert.notDeepEqual(disclosure.prepared, before.prepared);
  told.here.set((await told.state()).embargo.until);
  await told.until('the case is public', (state) => state.visibility === 'public');
  await libvirtOut(told);
  const notice = (await told.here.call('/libvirt/advisories/LSN-2026-0001.txt')).body;
  assert.match(notice, /LSN-2026-0001/);
  assert.doesNotMatch(notice, /R\. E\. Porter|Canary-pseudonym/);
});
