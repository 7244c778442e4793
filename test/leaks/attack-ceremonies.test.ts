// SPDX-License-Identifier: Apache-2.0
// An attack by a member who was removed or suspended, with every ceremony of signing in that they had begun: links, passkeys, the sign-in service, a form that waits for a proof.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { actOnPerson } from '../../src/app/roster.ts';
import { makeApiTokenIn } from '../../src/app/sign-in/api-tokens.ts';
import { askRecovery, confirmRecovery, makeEnrolmentLink } from '../../src/app/sign-in/enrolment.ts';
import type { PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { csrfToken } from '../../src/web/cross-site.ts';
import { authenticator } from '../support/authenticator.ts';
import { courseOf, driveSecret } from './secret.ts';
import type { Answer, Village } from './village.ts';
import { village } from './village.ts';

const alpha = 'alpha' as ProjectId;
const preset = 'openstack-vmt';
const leavers = ['rhea', 'rob', 'ron'] as const;
const members = { ...courseOf(preset).members, rob: ['coordinator'], ron: ['coordinator'], vic: ['coordinator'] };
const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `said: ${field}`);
const site = 'https://security.example.org';
const anna = { kind: 'person', person: 'anna' as PersonId, roles: ['coordinator' as Role] } as const;
const process = { kind: 'process', project: alpha } as const;
const typed = 'What was typed before the proof was asked for';

/** What is sent, with everything that its browser kept. */
type Send = (path: string, fields?: Readonly<Record<string, string>>, cookies?: Readonly<Record<string, string>>) => Promise<Answer>;

const sending =
  (here: Village, kept: Readonly<Record<string, string>>): Send =>
  (path, fields, cookies = {}) => {
    const jar = Object.entries({ ...kept, ...cookies }).map(([name, value]) => `__Host-daylight-${name}=${value}`);
    const headers = { Cookie: jar.join('; '), 'Sec-Fetch-Site': 'same-origin' };
    if (fields === undefined) return here.request(path, { headers });
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
    return here.request(path, { method: 'POST', headers: { ...headers, ...type }, body: new URLSearchParams(fields).toString() });
  };

/** Value of a cookie that an answer sets. */
const cookieOf = ({ headers }: Answer, name: string) =>
  new RegExp(`__Host-daylight-${name}=([^;]+)`).exec(headers['set-cookie'] ?? '')?.[1] ?? '';

interface Begun {
  readonly name: string;
  finish(): Promise<Answer>;
}

/** A service that confirms whoever is asked for: what it says is not what is tried here. */
function serviceFor(here: Village, subject: string): void {
  let ceremonies = 0;
  const provider = {
    issuer: 'https://id.example',
    memberships: null,
    begin: async () => {
      const state = `state-${ceremonies++}`;
      return { url: `https://id.example/authorize?state=${state}`, state, nonce: 'nonce', verifier: 'verifier' };
    },
    finish: async () => ({ subject, groups: [], multiFactor: true }),
  };
  Object.assign(here.world, { provider });
}

/** Links of one's own and of recovery, and a recovery that was asked for and waits for the second person. */
async function links(here: Village): Promise<readonly [string, string]> {
  const made = await here.world.store.as(process, (transaction) => makeEnrolmentLink(here.world, transaction, alpha, 'rhea' as PersonId));
  const console = { kind: 'console', project: alpha } as const;
  const admitter = { ...anna, project: alpha, proof: { by: 'demo_link' } } as const;
  for (const one of ['rob', 'ron']) assert.equal(await askRecovery(here.world, console, one as PersonId), 'asked');
  const recovery = await confirmRecovery(here.world, admitter, 'rob' as PersonId);
  assert.ok('url' in recovery, JSON.stringify(recovery));
  return [new URL(made.url).pathname, new URL(recovery.url).pathname];
}

/** Every ceremony, led to the moment before its last request. */
async function begun(here: Village, session: string): Promise<readonly Begun[]> {
  serviceFor(here, 'subject-of-rhea');
  const own = sending(here, { alpha: session });
  const stranger = sending(here, {});
  const csrf = csrfToken(here.world.derive('csrf'), session);
  const device = authenticator(site);
  const added = authenticator(site);
  const add = await own('/alpha/account/passkey/begin', { csrf });
  const first = await own('/alpha/account/add-passkey', { csrf, response: JSON.stringify(device.create(add.json)), name: 'blue' });
  assert.match(first.headers['location'] ?? '', /said=added/);
  await here.world.store.as(process, ({ signIn }) =>
    signIn.bindIdentity({ issuer: 'https://id.example', subject: 'subject-of-rhea', person: 'rhea' as PersonId }, here.now()),
  );
  const [link, recovery] = await links(here);
  const shown = async (path: string, send: Send, fields: Readonly<Record<string, string>>) =>
    JSON.stringify(device.get((await send(path, fields)).json));
  const made = async (path: string) => JSON.stringify(authenticator(site).create((await stranger(`${path}/begin`, {})).json));
  const left = async (send: Send, path: string, fields: Readonly<Record<string, string>>) => {
    const answer = await send(path, fields);
    assert.equal(answer.status, 303, path);
    return answer;
  };
  const back = (send: Send, from: Answer) => () => {
    const cookies = { leaving: cookieOf(from, 'leaving'), parked: cookieOf(from, 'parked') };
    return send(`/alpha/sign-in/return${new URL(from.headers['location'] ?? '').search}&code=x`, undefined, cookies);
  };
  const signIn = await shown('/alpha/sign-in/passkey/begin', stranger, {});
  const proof = await shown('/alpha/account/prove/begin', own, { csrf });
  const withAction = await shown('/alpha/account/prove/begin', own, { csrf });
  const another = JSON.stringify(added.create((await own('/alpha/account/passkey/begin', { csrf })).json));
  const [byLink, byRecovery] = [await made(link), await made(recovery)];
  const form = { label: 'Note', action: '/alpha/cases/x/add-note', back: '/alpha/cases/x', fields: [['body', typed]] };
  const service = await left(stranger, '/alpha/sign-in/service', {});
  const proving = await left(own, '/alpha/account/prove/service', { csrf, parked: JSON.stringify(form) });
  assert.notEqual(cookieOf(proving, 'parked'), '');
  const binding = await left(stranger, `${link}/service`, {});
  return [
    { name: 'a passkey shown to a challenge of before', finish: () => stranger('/alpha/sign-in/passkey', { response: signIn }) },
    {
      name: 'a passkey of before',
      finish: async () => stranger('/alpha/sign-in/passkey', { response: await shown('/alpha/sign-in/passkey/begin', stranger, {}) }),
    },
    { name: 'a proof', finish: () => own('/alpha/account/prove', { csrf, response: proof }) },
    {
      name: 'a proof with a deed',
      finish: () => own('/alpha/people/vic/remove', { csrf, response: withAction, note: 'It was mine to say.' }),
    },
    { name: 'another passkey', finish: () => own('/alpha/account/add-passkey', { csrf, response: another, name: 'red' }) },
    { name: 'a link', finish: () => stranger(link, { response: byLink, name: 'green' }) },
    { name: 'a link of recovery', finish: () => stranger(recovery, { response: byRecovery, name: 'green' }) },
    { name: 'the sign-in service', finish: back(stranger, service) },
    { name: 'the sign-in service anew', finish: async () => back(stranger, await left(stranger, '/alpha/sign-in/service', {}))() },
    { name: 'a form that waits', finish: back(own, proving) },
    { name: 'an account bound by a link', finish: back(stranger, binding) },
  ];
}

/** By the roster, as those who admit do it. */
async function leave(here: Village, how: 'remove' | 'suspend' | 'reinstate'): Promise<void> {
  for (const person of leavers) {
    const done = await actOnPerson(here.world, alpha, anna, { person: person as PersonId, action: { kind: how }, note: 'A reason.' });
    assert.ok(!isRefusal(done), JSON.stringify(done));
  }
}

/** They are members again, as if nothing had been: what was kept is what is tried. */
async function comeBack(here: Village, how: 'remove' | 'suspend'): Promise<void> {
  if (how === 'suspend') return leave(here, 'reinstate');
  const client = new pg.Client(here.connection);
  await client.connect();
  await client.query("update daylight.member set standing = 'active' where project = 'alpha' and standing = 'removed'");
  await client.end();
  for (const person of leavers) await here.appoint('alpha', person, ['coordinator']);
}

/** Ways in that somebody who was suspended has again once they are taken back. */
const ownAgain: readonly string[] = ['a passkey of before', 'the sign-in service anew'];

const ways = (here: Village) =>
  here.world.store.as(process, async ({ signIn }) =>
    Promise.all(
      leavers.map(async (one) => {
        const person = one as PersonId;
        const [sessions, tokens] = [await signIn.sessionsOf(person, here.now()), await signIn.apiTokensOf(person, here.now())];
        const links = await signIn.oneTimes('enrolment', here.now());
        return [sessions.length, tokens.length, links.length];
      }),
    ),
  );

for (const how of ['remove', 'suspend'] as const)
  test(`L-11 L-13 L-31 no ceremony that was begun before opens anything after it, nor when they come back: ${how}`, async (t) => {
    const here = await village((done) => t.after(done), [{ project: 'alpha', policy: preset, members }]);
    const secret = await driveSecret(here, 'alpha', preset, say);
    const session = await here.signIn('alpha', 'rhea');
    const made = await here.world.store.as(process, (transaction) =>
      makeApiTokenIn(here.world, transaction, 'rhea' as PersonId, { name: 'robot', scopes: ['case:read'], days: 7 }),
    );
    assert.ok('token' in made);
    const all = await begun(here, session);
    await leave(here, how);
    for (const { name, finish } of all) {
      const answer = await finish();
      assert.ok(answer.status >= 400, `${name}: ${answer.status} ${answer.headers['location']}`);
      assert.equal(cookieOf(answer, 'alpha'), '', name);
      for (const words of [typed, secret.codename, 'said: ', 'For rhea', 'For rob'])
        assert.ok(!answer.body.includes(words), `${name}: ${words}`);
    }
    const admitter = { ...anna, project: alpha, proof: { by: 'demo_link' } } as const;
    assert.ok(isRefusal(await confirmRecovery(here.world, admitter, 'ron' as PersonId)), 'a recovery that waits is confirmed no more');
    assert.deepEqual(
      await ways(here),
      leavers.map(() => [0, 0, 0]),
    );
    await comeBack(here, how);
    assert.deepEqual(
      await ways(here),
      leavers.map(() => [0, 0, 0]),
      'what ended does not come back with them',
    );
    for (const key of [session, made.token])
      assert.equal((await here.call(`/api/v1/alpha/cases/${secret.case}`, { token: key })).status, 404);
    // Whoever was removed is given every way in anew; whoever was suspended has kept those.
    for (const { name, finish } of all.filter((one) => how === 'remove' || !ownAgain.includes(one.name)))
      assert.ok((await finish()).status >= 400, name);
    const waiting = all.find(({ name }) => name === 'a form that waits');
    const again = await waiting?.finish();
    assert.ok(again !== undefined && !again.body.includes(typed), 'nor does what they had typed');
    const anew = await here.call(`/api/v1/alpha/cases/${secret.case}`, { token: await here.signIn('alpha', 'rhea') });
    assert.equal(anew.status, 200, 'they are members again, so this test can tell');
    assert.match((await here.call('/api/v1/alpha/people/vic', { token: await here.signIn('alpha', 'anna') })).body.toString(), /"active"/);
  });
