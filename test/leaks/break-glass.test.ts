// SPDX-License-Identifier: Apache-2.0
// Breaking the glass is loud, bounded and on record: whoever runs the system reads no case but so, and nobody who reads it fails to hear of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breakGlass } from '../../src/app/break-glass.ts';
import { changeMember, mendOwners } from '../../src/app/owners.ts';
import { makeApiToken } from '../../src/app/sign-in/api-tokens.ts';
import { sessionActor } from '../../src/app/sign-in/sessions.ts';
import type { PersonActor } from '../../src/core/model/actor.ts';
import type { PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
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
});

test('SAFETY 4.8 L-13 L-25 the rule itself refuses whoever may not, a token, and a proof of too long ago, whatever stands before it', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', say);
  await here.settle();
  const asked = { case: sent.codename, reason, hours: 1 };
  const actorOf = async (person: string) =>
    (await sessionActor(here.world, 'alpha' as ProjectId, await here.signIn('alpha', person))) as PersonActor;
  assert.equal(await breakGlass(here.world, await actorOf('anna'), asked), undefined);
  const ada: PersonActor = { ...(await actorOf('ada')), proof: { by: 'passkey', credential: 'hers' }, provenAt: here.now() };
  const answered = async (actor: PersonActor) => {
    const outcome = await breakGlass(here.world, actor, asked);
    return outcome !== undefined && 'refusal' in outcome ? outcome.refusal.kind : outcome;
  };
  const token: PersonActor['proof'] = { by: 'token', token: 'ci' };
  assert.equal(await answered({ ...ada, proof: token }), 'not_permitted');
  here.later(1 / 6);
  assert.equal(await answered(ada), 'prove_again');
  assert.deepEqual(await answered({ ...ada, provenAt: here.now() }), { case: sent.case });
});

test('SAFETY 4.8 L-18 I8 a narrowed case whose readers leave calls those who run the system, never widens by itself, and two people let another one in', async (t) => {
  const people = {
    anna: ['team'],
    viktor: ['team'],
    tom: ['team'],
    zoe: ['team'],
    ada: ['administrator'],
    alan: ['administrator'],
    cleo: [],
  };
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: minimalAnd(''), members: people }]);
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', say);
  await here.settle();
  const { anna } = stepsOf(here, 'alpha', sent);
  await anna('take-up-case');
  await anna('narrow-access', { people: ['anna', 'viktor'], reason: 'Tom works for the vendor concerned.' });
  const call = async (person: string, path: string, body?: object) =>
    here.call(`/api/v1/alpha/${path}`, { token: await here.signIn('alpha', person), ...(body === undefined ? {} : { body }) });
  const sees = async (person: string) => (await call(person, `cases/${sent.case}`)).status;
  const word = async (person: string, named: string, more: object = {}) =>
    call(person, 'break-glass/readers', { case: sent.codename, person: named, reason, ...more });
  const stranded = async () => (await call('alan', 'break-glass')).json.narrowed;
  const leaves = (person: string) =>
    changeMember(here.world, 'alpha' as ProjectId, { person: person as PersonId, name: person, address: null, roles: [] });
  const joins = (person: string) =>
    changeMember(here.world, 'alpha' as ProjectId, { person: person as PersonId, name: person, address: null, roles: ['team' as Role] });
  const told = (words: string) =>
    [...new Set(here.relay.sent.filter(({ subject }) => subject.includes(words)).map(({ to }) => to.address.split('@')[0]))].sort();

  assert.equal((await word('ada', 'zoe')).status, 422, 'two who read it can act: it is theirs');
  assert.deepEqual(
    [await stranded(), (await call('cleo', 'break-glass')).status, (await call('tom', 'break-glass')).status],
    [[], 404, 404],
  );

  await leaves('viktor');
  await here.settle();
  assert.deepEqual(told('Nobody is left'), [], 'one is left, who knows of it');
  assert.deepEqual(
    (await stranded()).map((one: { left: number; codename: string }) => [one.left, one.codename]),
    [[1, sent.codename]],
  );
  await anna('name-reader', { person: 'zoe', reason: 'I am alone with this.' });
  assert.equal(await sees('zoe'), 404, 'one word lets nobody in');
  assert.equal(
    (await call('anna', `cases/${sent.case}/name-reader`, { person: 'zoe', reason: 'Again.' })).status,
    422,
    'one person is not two',
  );
  assert.equal((await word('cleo', 'zoe')).status, 404);
  assert.deepEqual((await word('ada', 'zoe')).json, { case: sent.case, named: true });
  await here.settle();
  assert.deepEqual([await sees('zoe'), await sees('tom'), await sees('ada')], [200, 404, 404], 'it stays narrowed');
  assert.deepEqual(told('Somebody was let in'), ['ada', 'alan', 'anna', 'tom', 'zoe'], 'nobody fails to hear of it');

  await leaves('anna');
  assert.equal((await call('zoe', `cases/${sent.case}`)).json.state.owner, 'zoe', 'who was let in looks after it');
  await leaves('zoe');
  await here.settle();
  assert.deepEqual(told('Nobody is left'), ['ada', 'alan']);
  for (const { subject, text } of here.relay.sent.filter((mail) => /Nobody is left|narrowed/.test(mail.subject)))
    assert.ok(!`${subject}${text}`.includes(sent.codename) && !text.includes('Canary') && !text.includes(reason), text);
  const called = here.lines.filter((line) => line.includes('narrowed-unread')).length;
  await mendOwners(here.world, 'alpha' as ProjectId);
  assert.equal(here.lines.filter((line) => line.includes('narrowed-unread')).length, called, 'a start calls for no case twice');
  assert.deepEqual([await sees('tom'), await sees('ada'), await sees('alan')], [404, 404, 404], 'it does not widen by itself');

  await joins('zoe');
  await leaves('zoe');
  for (const [named, why] of [
    ['nobody', 'no member'],
    ['alan', 'who runs the system reads no case'],
    ['cleo', 'no role that would read it'],
    ['ada', 'nobody lets themselves in'],
  ] as const)
    assert.equal((await word('ada', named)).status, 422, why);
  assert.equal((await word('ada', 'tom', { reason: 'So.' })).status, 422);
  assert.deepEqual((await word('ada', 'tom')).json, { case: sent.case, named: false });
  assert.equal((await word('ada', 'tom')).status, 422, 'one administrator is not two');
  const page = await here.request('/alpha/break-glass', {
    headers: { Cookie: `__Host-daylight-alpha=${await here.signIn('alpha', 'alan')}` },
  });
  assert.match(page.body.toString(), new RegExp(`Narrowed: ${sent.codename}[^]*ada named <strong>tom</strong>[^]*Say the second word`));
  const cookie = await here.signIn('alpha', 'alan');
  const posted = await here.request('/alpha/break-glass/readers', {
    method: 'POST',
    headers: { Cookie: `__Host-daylight-alpha=${cookie}`, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrf: csrfToken(here.world.derive('csrf'), cookie), case: sent.case, person: 'tom', reason }).toString(),
  });
  assert.deepEqual([posted.status, posted.headers['location']], [303, '/alpha/break-glass?done=named']);
  assert.deepEqual([await sees('tom'), await sees('ada'), await sees('alan')], [200, 404, 404]);
  const view = (await call('tom', `cases/${sent.case}`)).json;
  assert.equal(view.state.owner, 'tom');
  const named = view.log.filter(({ kind }: { kind: string }) => kind === 'reader-named' || kind === 'reader-proposed');
  assert.deepEqual(
    named.map(({ kind, person, voice }: { kind: string; person: string; voice?: string }) => [kind, person, voice ?? null]),
    [
      ['reader-proposed', 'zoe', null],
      ['reader-named', 'zoe', 'ada'],
      ['reader-proposed', 'tom', 'ada'],
      ['reader-named', 'tom', 'alan'],
    ],
  );
  const access = await call('tom', `cases/${sent.case}/access`);
  assert.match(access.body.toString(), /let into the narrowed case by two people/);
});
