// SPDX-License-Identifier: Apache-2.0
// Around a release, through the API: two people say go, one stops it, a fact ends the embargo early, what is public already waits for nothing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asTheyAre } from './names.ts';
import type { Tale } from './tale.ts';
import { libvirtConfirmed, libvirtOut, libvirtReleased, libvirtWritten } from './tale-libvirt.ts';

async function quiet(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 400));
}

/** A word by API that names no version is not taken, nor one that names what stood before. */
async function namesWhatItSeconds(told: Tale): Promise<void> {
  const read = (await told.see('viktor')).body.version;
  const path = `${told.here.base}/api/v1/libvirt/cases/${(await told.state()).case}/approve-release`;
  const said = async (headers: Record<string, string>) => {
    const bearer = `Bearer ${await told.here.signIn('libvirt', 'viktor')}`;
    return fetch(path, { method: 'POST', body: '{}', headers: { Authorization: bearer, 'Content-Type': 'application/json', ...headers } });
  };
  for (const blind of [{}, { 'If-Match': '*' }]) {
    const answer = await said(blind);
    assert.deepEqual([answer.status, answer.headers.get('ETag')], [428, `"${read}"`]);
    assert.equal(((await answer.json()) as { type: string }).type, '/problems/name-what-you-read');
  }
  assert.equal((await said({ 'If-Match': `"${read - 1}"` })).status, 412, 'what anna said go to is not what stood before');
  assert.deepEqual((await told.state()).disclosure.approvedBy, ['anna']);
  assert.equal((await told.see('viktor')).body.version, read, 'nothing was done');
}

test('SAFETY 4.8 L-25 two persons are two people, anybody who may publish stops the release, and then the hour passes without it', async (t) => {
  const told = await libvirtConfirmed(t, asTheyAre);
  await libvirtWritten(told);
  await told.take('anna', 'approve-release');
  await namesWhatItSeconds(told);
  const again = await told.try('anna', 'approve-release');
  assert.deepEqual([again.status, again.body.unmet[0].gate], [422, 'second_person']);
  assert.equal((await told.try('mo', 'approve-release')).status, 404, 'a moderator does not see the case any more');
  assert.equal((await told.tryMine('approve-release')).status, 403);
  assert.equal((await told.state()).disclosure.armed, false);
  await told.take('viktor', 'approve-release');
  await told.until('the documents are prepared', (state) => state.disclosure.prepared !== null);
  await told.take('carl', 'stop-release', { reason: 'The patch breaks the build on FreeBSD.' });
  const { disclosure, embargo } = await told.state();
  assert.deepEqual([disclosure.armed, disclosure.approvedBy, disclosure.prepared], [false, [], null]);
  told.here.set(embargo.until);
  await quiet();
  assert.equal((await told.see('anyone')).status, 404, 'nothing is published at the hour');
  await told.here.until('its owner is called', () => told.here.relay.sent.some((mail) => mail.to.address === 'anna@members.example'));
  await libvirtReleased(told);
  await told.until('it goes out when it is released again', (state) => state.visibility === 'public');
  await libvirtOut(told);
});

test('I5 LIBVIRT-18 an embargo ends the moment that everybody knows, and a prepared notice goes out at once', async (t) => {
  const told = await libvirtConfirmed(t, asTheyAre);
  await libvirtWritten(told);
  await libvirtReleased(told);
  const fact = { fact: 'exploit_public', since: '2026-11-02 08:30 UTC', evidence: 'https://paste.example/exploit' };
  const naked = await told.try('carl', 'record-fact', { fact: 'exploit_public', since: '2026-11-02', evidence: 'x' });
  assert.deepEqual([naked.status, naked.body.errors[0].pointer], [422, '#/since'], 'L-73 a date without an hour is refused');
  await told.take('carl', 'record-fact', fact);
  await told.until('the case is public', (state) => state.visibility === 'public');
  await libvirtOut(told);
  const { embargo, facts } = await told.state();
  assert.deepEqual([embargo.state, embargo.exit, facts[0].since], ['exited', 'already_public', '2026-11-02T08:30:00.000Z']);
  const text = await told.here.call('/libvirt/advisories/LSN-2026-0001.txt');
  assert.match(text.body, /2026-11-02|2 November 2026|20261102/, 'the documents carry the day on which it came out, not the one agreed');
  assert.doesNotMatch(text.body, /2026-11-16|16 November 2026|20261116/);
});

test('LIBVIRT-18 LIBVIRT-30 what is public already gets no embargo, and its notice is due as soon as it is confirmed and ready', async (t) => {
  const told = await libvirtConfirmed(t, asTheyAre);
  await told.take('anna', 'record-fact', { fact: 'already_public', since: '2026-11-01 10:00 UTC', evidence: 'https://lists.example/1' });
  const refused = await told.try('anna', 'propose-embargo', { until: '2026-11-12 10:00 UTC', reason: 'Please.' });
  assert.ok([409, 422].includes(refused.status), 'LIBVIRT-30 nothing that is public is embargoed');
  await libvirtWritten(told);
  assert.equal((await told.state()).visibility, 'private');
  await libvirtReleased(told);
  await told.until('it goes out without a date', (state) => state.visibility === 'public');
  await libvirtOut(told);
  assert.equal((await told.state()).handling, 'disclosed');
});

test('SAFETY 4.8 a reporter who declines after people said go is not named: the documents are made anew, and their word holds', async (t) => {
  const told = await libvirtConfirmed(t, asTheyAre);
  await libvirtWritten(told);
  await libvirtReleased(told);
  await told.mine('decide-credit', { decision: 'declined' });
  await told.until('the documents are made anew', ({ disclosure }) => disclosure.prepared !== null);
  const { disclosure, embargo } = await told.state();
  assert.equal(disclosure.armed, true);
  told.here.set(embargo.until);
  await told.until('the case is public', (state) => state.visibility === 'public');
  await libvirtOut(told);
  const page = await told.here.call('/libvirt/advisories/LSN-2026-0001.html');
  assert.equal(page.status, 200);
  assert.doesNotMatch(page.body, /Porter/);
});
