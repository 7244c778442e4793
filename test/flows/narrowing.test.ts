// SPDX-License-Identifier: Apache-2.0
// A case that only a few may read: narrowed by one, widened by two, and its parts as narrow as it is.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { town } from '../support/town.ts';

const project = 'libvirt';
const report = { title: 'A guest reads host memory', fields: { description: 'Two flaws in one function.' }, consent: true };

test('L-18 a narrowed case is there for those few and for nobody else, its parts too, until two people widen it', async (t) => {
  const here = await town(t, [
    { project, policy: 'libvirt-2023', members: { anna: ['core'], ben: ['core'], cleo: ['core'], carl: ['moderator'] } },
  ]);
  const sent = await here.call(`/api/v1/${project}/reports`, { body: report });
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  const queue = await here.call(`/api/v1/${project}/cases`, { token: await here.signIn(project, 'carl') });
  const id = queue.body.rows[0].case as string;
  const see = async (name: string, which = id) =>
    (await here.call(`/api/v1/${project}/cases/${which}`, { token: await here.signIn(project, name) })).status;
  const act = async (name: string, action: string, body: object = {}) =>
    here.call(`/api/v1/${project}/cases/${id}/${action}`, { token: await here.signIn(project, name), body });
  const take = async (name: string, action: string, body: object = {}) => {
    const answer = await act(name, action, body);
    assert.equal(answer.status, 200, `${action}: ${JSON.stringify(answer.body)}`);
  };
  await take('carl', 'release-report');
  await take('anna', 'assign-owner', { person: 'anna' });
  assert.equal(await see('cleo'), 200);
  const reason = 'Somebody of the team works for the vendor concerned.';
  assert.equal((await act('anna', 'narrow-access', { people: ['anna', 'carl'], reason })).status, 422, 'nobody is let in by narrowing');
  await take('anna', 'narrow-access', { people: ['anna', 'ben'], reason });
  assert.deepEqual([await see('anna'), await see('ben'), await see('cleo')], [200, 200, 404]);
  assert.equal((await here.call(`/api/v1/${project}/cases`, { token: await here.signIn(project, 'cleo') })).body.rows.length, 0);
  assert.equal((await act('anna', 'add-person', { person: 'cleo' })).status, 422, 'a narrowed case lets nobody in by one word');

  await take('anna', 'split-case', { parts: ['The second flaw'], reason: 'Fixed apart.' });
  const rows = (await here.call(`/api/v1/${project}/cases`, { token: await here.signIn(project, 'ben') })).body.rows as { case: string }[];
  const part = rows.map((one) => one.case).find((one) => one !== id);
  assert.ok(part !== undefined);
  assert.deepEqual([await see('ben', part), await see('cleo', part)], [200, 404]);

  await take('ben', 'propose-widening', { reason: 'The conflict is gone.' });
  assert.equal((await act('ben', 'widen-access')).status, 422);
  await take('anna', 'widen-access');
  assert.equal(await see('cleo'), 200);

  // Whoever was let in by name goes with that, and the case has another owner at once (I8).
  await take('anna', 'add-person', { person: 'ben', until: '2100-01-01 09:00 UTC' });
  await take('anna', 'assign-owner', { person: 'ben' });
  await take('anna', 'narrow-access', { people: ['anna', 'ben'], reason });
  assert.equal(await see('ben'), 200);
  await take('anna', 'remove-person', { person: 'ben' });
  assert.equal(await see('ben'), 404);
  const left = await here.call(`/api/v1/${project}/cases/${id}`, { token: await here.signIn(project, 'anna') });
  assert.equal(left.body.state.owner, 'anna');
});
