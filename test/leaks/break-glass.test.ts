// SPDX-License-Identifier: Apache-2.0
// Breaking the glass is loud, bounded and on record: whoever runs the system reads no case but so, and nobody who reads it fails to hear of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeApiToken } from '../../src/app/sign-in/api-tokens.ts';
import { sessionActor } from '../../src/app/sign-in/sessions.ts';
import type { PersonActor } from '../../src/core/model/actor.ts';
import type { ProjectId } from '../../src/core/model/identifiers.ts';
import { csrfToken } from '../../src/web/cross-site.ts';
import { minimalAnd } from '../support/policies.ts';
import { sendReport, stepsOf } from './secret.ts';
import { village } from './village.ts';

const policy = minimalAnd('ownership: { last_resort: lars }');
const members = { anna: ['team'], viktor: ['team'], ada: ['administrator'], alan: ['administrator'], lars: [], cleo: [] };
const projects = [
  { project: 'alpha', policy, members },
  { project: 'beta', policy: 'minimal', members: { ada: ['administrator'] } },
];
const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `Canary ${field}`);
const reason = 'The only two who handle this are on the same train without network.';

test('SAFETY 4.8 L-12 L-33 an administrator opens one case with a reason for some hours; everybody who reads it is told at once, and the log names them', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', say);
  const other = await sendReport(here, 'alpha', 'openstack-vmt', say);
  await here.settle();
  const ada = await here.signIn('alpha', 'ada');
  const look = async (id = sent.case, token = ada) => (await here.call(`/api/v1/alpha/cases/${id}`, { token })).status;
  const broken = (body: object, token = ada, project = 'alpha') => here.call(`/api/v1/${project}/break-glass`, { token, body });
  assert.equal(await look(), 404, 'whoever runs the system reads no case by that');
  for (const [what, body, status] of [
    ['no reason', { case: sent.codename, hours: 2 }, 422],
    ['a reason that says nothing', { case: sent.codename, reason: 'Because.', hours: 2 }, 422],
    ['for days', { case: sent.codename, reason, hours: 24 }, 422],
    ['no such case', { case: 'no-such', reason, hours: 2 }, 404],
    ['a case of no project', { case: '0'.repeat(26), reason, hours: 2 }, 404],
  ] as const)
    assert.equal((await broken(body)).status, status, what);
  const asked = { case: sent.codename, reason, hours: 2 };
  for (const person of ['anna', 'cleo']) assert.equal((await broken(asked, await here.signIn('alpha', person))).status, 404, person);
  assert.equal((await broken(asked, await here.signIn('beta', 'ada'), 'beta')).status, 404, 'nor from another project');
  const actor = (await sessionActor(here.world, 'alpha' as ProjectId, ada)) as PersonActor;
  const made = await makeApiToken(here.world, actor, { name: 'ci', scopes: ['case:read'], days: 7 });
  assert.ok('token' in made);
  assert.equal((await broken(asked, made.token)).status, 404, 'no token does it');
  const told = () => here.relay.sent.filter(({ subject }) => subject.includes('broke the glass'));
  assert.deepEqual([await look(), told().length], [404, 0], 'nothing has happened so far');

  const done = await broken(asked);
  assert.deepEqual([done.status, done.json], [200, { case: sent.case }]);
  assert.deepEqual([await look(), await look(other.case)], [200, 404], 'this case, and no other');
  await here.settle();
  const addresses = [...new Set(told().map(({ to }) => to.address))].sort();
  assert.deepEqual(
    addresses.filter((address) => !address.startsWith('ada@')),
    ['alan@members.example', 'anna@members.example', 'viktor@members.example'],
  );
  for (const { subject, text } of told()) assert.ok(!`${subject}${text}`.includes('Canary') && !text.includes(reason), text);
  const anna = await here.signIn('alpha', 'anna');
  const view = (await here.call(`/api/v1/alpha/cases/${sent.case}`, { token: anna })).json;
  const event = view.log.findLast(({ kind }: { kind: string }) => kind === 'person-added');
  assert.deepEqual([event.person, view.texts[event.emergency.id]], ['ada', reason]);
  const page = (await here.request(`/alpha/cases/${sent.case}`, { headers: { Cookie: `__Host-daylight-alpha=${anna}` } })).body.toString();
  assert.match(page, /ada broke the glass: reads this case until/);
  const access = await here.call(`/api/v1/alpha/cases/${sent.case}/access`, { token: anna });
  assert.match(access.body.toString(), /broke the glass, in an emergency/);
  assert.ok(here.lines.includes(JSON.stringify({ event: 'glass-broken', person: 'ada', case: sent.case })));
  const mine = await here.call(sent.mine);
  assert.ok(!mine.body.includes('emergency') && !mine.body.includes(reason), 'the reporter reads nothing of the inside');

  here.later(3);
  await here.settle();
  assert.equal(await look(sent.case, await here.signIn('alpha', 'ada')), 404, 'it ends by itself');
});

test('SAFETY 4.8 L-18 the last resort may, by the page too; a narrowed case is opened by two of those who read it, and not so', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', say);
  await here.settle();
  const lars = await here.signIn('alpha', 'lars');
  const post = (fields: Record<string, string>, session = lars) =>
    here.request('/alpha/break-glass', {
      method: 'POST',
      headers: { Cookie: `__Host-daylight-alpha=${session}`, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ csrf: csrfToken(here.world.derive('csrf'), session), ...fields }).toString(),
    });
  const cookie = (session: string) => ({ headers: { Cookie: `__Host-daylight-alpha=${session}` } });
  assert.match((await here.request('/alpha/break-glass', cookie(lars))).body.toString(), /Break the glass and tell everybody/);
  const cleo = await here.signIn('alpha', 'cleo');
  assert.equal((await here.request('/alpha/break-glass', cookie(cleo))).status, 404);
  assert.equal((await post({ case: sent.codename, reason, hours: '1' }, cleo)).status, 404);
  const { anna } = stepsOf(here, 'alpha', sent);
  await anna('take-up-case');
  await anna('narrow-access', { people: ['anna', 'viktor'], reason: 'A few only.' });
  const refused = await post({ case: sent.codename, reason, hours: '1' });
  assert.equal(refused.status, 422);
  assert.match(refused.body.toString(), /two of them widen it/);
  const second = await sendReport(here, 'alpha', 'openstack-vmt', say);
  await here.settle();
  const opened = await post({ case: second.codename, reason, hours: '1' });
  assert.deepEqual([opened.status, opened.headers['location']], [303, `/alpha/cases/${second.case}`]);
  const sees = async (id: string) => (await here.request(`/alpha/cases/${id}`, cookie(lars))).status;
  assert.deepEqual([await sees(second.case), await sees(sent.case)], [200, 404]);
  here.later(2);
  const late = await post({ case: sent.codename, reason, hours: '1' }, lars);
  assert.notEqual(late.status, 303, 'a session that was not proven of late opens nothing');
});
