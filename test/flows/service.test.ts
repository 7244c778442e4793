// SPDX-License-Identifier: Apache-2.0
// The story of a sign-in service: bound by a link, believed only when all is right, and its groups and projects give and take roles.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gitlabMemberships } from '../../src/adapters/oidc/gitlab.ts';
import { openidProvider } from '../../src/adapters/oidc/provider.ts';
import { instant } from '../../src/core/model/time.ts';
import { OutsideFailure } from '../../src/ports/failure.ts';
import { projectRoot } from '../support/embedded.ts';
import { client, forge, type OpenidService, openidService, type Speech } from '../support/openid-provider.ts';
import { browserAt, csrfIn, enrolmentLink } from '../support/sign-in.ts';
import { type Town, town } from '../support/town.ts';

const policy = readFileSync(join(projectRoot, 'policies', 'libvirt-2023.yaml'), 'utf8');
const people = { anna: ['core'], ben: [] };
const strong = ['pwd', 'otp'];

async function settled(
  t: Parameters<typeof town>[0],
  text: string = policy,
  members: Readonly<Record<string, readonly string[]>> = people,
) {
  const service = await openidService(t);
  const clock = { now: () => instant('2026-11-02T09:00:00Z') };
  const memberships = gitlabMemberships({ issuer: service.issuer, token: forge.token, clock });
  const provider = openidProvider({ issuer: service.issuer, ...client, acr: ['urn:strong'], memberships });
  const here = await town(t, [{ project: 'libvirt', policy: text, members }], undefined, provider);
  return { here, service };
}

interface Ended {
  readonly status: number;
  readonly session: string;
  readonly text: string;
}

/** Leaves for the service and comes back, as a browser does. `other`: comes back without the cookie with which one left. */
async function journey(here: Town, path: string, fields: Record<string, string> = {}, session = '', other = false): Promise<Ended> {
  const cookie = session === '' ? '' : `daylight-libvirt=${session}`;
  const left = await fetch(here.base + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: cookie },
    body: new URLSearchParams(fields),
  });
  if (left.status !== 303) return { status: left.status, session: '', text: await left.text() };
  const kept = left.headers
    .getSetCookie()
    .filter((one) => /^daylight-(?:leaving|parked)=/.test(one))
    .map((one) => one.split(';')[0] ?? '')
    .join('; ');
  const consented = await fetch(left.headers.get('location') ?? '', { redirect: 'manual' });
  const back = await fetch(consented.headers.get('location') ?? '', {
    redirect: 'manual',
    headers: { Cookie: [cookie, other ? '' : kept].filter((one) => one !== '').join('; ') },
  });
  const set = back.headers.getSetCookie().find((one) => one.startsWith('daylight-libvirt=')) ?? '';
  return { status: back.status, session: /=([^;]*)/.exec(set)?.[1] ?? '', text: await back.text() };
}

const signIn = (here: Town, other = false) => journey(here, '/libvirt/sign-in/service', {}, '', other);

async function bound(here: Town, service: OpenidService, speech: Speech, person = 'anna'): Promise<Ended> {
  service.say(speech);
  const { url } = await enrolmentLink(here.world, 'libvirt', person);
  return journey(here, `${new URL(url).pathname}/service`);
}

test('L-26 an identity is bound by a link, never by an address or a name, and signs in ever after', async (t) => {
  const { here, service } = await settled(t);
  service.say({ sub: '17', amr: strong, email: 'anna@members.example' });
  assert.equal((await signIn(here)).status, 403, 'the right address alone is nobody');
  const first = await bound(here, service, { sub: '17', amr: strong });
  assert.equal(first.status, 303);
  assert.equal((await browserAt(here.base, 'libvirt').look('/libvirt/queue', first.session)).status, 200);
  const again = await signIn(here);
  assert.equal(again.status, 303);
  assert.notEqual(again.session, first.session);
  for (const sub of ['18', 'anna', '17 ', '１７', '0x11']) {
    service.say({ sub, amr: strong, email: 'anna@members.example' });
    assert.deepEqual([(await signIn(here)).status, (await signIn(here)).session], [403, ''], sub);
  }
});

test('L-22 L-31 whatever the service says wrongly, nobody is signed in, by the same answer', async (t) => {
  const { here, service } = await settled(t);
  await bound(here, service, { sub: '17', amr: strong });
  service.say({ sub: 'unknown', amr: strong });
  const { text: plain } = await signIn(here);
  const twists = [
    'nonce',
    'audience',
    'expired',
    'alg none',
    'issuer',
    'state',
    'no auth_time',
    'old auth_time',
    'foreign key',
    'other subject',
  ] as const;
  for (const twist of twists) {
    service.say({ sub: '17', amr: strong, twist });
    const { status, session, text } = await signIn(here);
    assert.deepEqual([status, session], [403, ''], twist);
    assert.equal(text, plain, twist);
  }
  service.say({ sub: '17', amr: strong });
  assert.equal((await signIn(here, true)).status, 403, 'another browser than the one that left');
  assert.equal((await signIn(here)).status, 303, 'and the right answer is right');
});

test('L-31 a service that does not speak of a second factor opens nothing; acr or amr does', async (t) => {
  const { here, service } = await settled(t);
  const weak = await bound(here, service, { sub: '17' });
  assert.deepEqual([weak.status, weak.session], [403, '']);
  assert.match(weak.text, /Your account is bound/);
  for (const speech of [{}, { amr: ['pwd'] }, { amr: ['otp'] }, { acr: 'urn:weak' }]) {
    service.say({ sub: '17', ...speech });
    assert.match((await signIn(here)).text, /second factor/, JSON.stringify(speech));
  }
  const asked = new URL((await here.world.provider?.begin(`${here.base}/libvirt/sign-in/return`))?.url ?? 'http://no.example').searchParams;
  assert.deepEqual([asked.get('acr_values'), asked.get('max_age')], ['urn:strong', '0'], 'and is asked for it, signed in anew');
  for (const speech of [{ amr: strong }, { amr: ['mfa'] }, { amr: ['hwk'] }, { acr: 'urn:strong' }]) {
    service.say({ sub: '17', ...speech });
    assert.equal((await signIn(here)).status, 303, JSON.stringify(speech));
  }
});

test('a group of the service gives the role that the policy names, and its loss takes it at the next sign-in', async (t) => {
  const text = policy.replace(/^roles:\n/m, 'roles:\n  watcher: { from: { oidc_group: virt/security }, may: [review] }\n');
  const { here, service } = await settled(t, text);
  await bound(here, service, { sub: '17', amr: strong, groups: ['virt/security', 'virt/other'] });
  const roles = () => rolesOf(here);
  assert.deepEqual(await roles(), ['core', 'watcher']);
  service.say({ sub: '17', amr: strong, groups: ['virt/other', 'virt/security/sub'] });
  assert.equal((await signIn(here)).status, 303);
  assert.deepEqual(await roles(), ['core'], 'what was given otherwise stays');
});

test('L-11 a sign-in or a proof by which somebody loses their last role opens no session, and ends those that were open', async (t) => {
  const text = policy.replace(/^roles:\n/m, 'roles:\n  watcher: { from: { oidc_group: virt/security }, may: [review] }\n');
  const inGroup = { sub: '17', amr: strong, groups: ['virt/security'] };
  const outOfIt = { sub: '17', amr: strong, groups: ['virt/other'] };
  for (const way of ['sign-in', 'proof'] as const) {
    const { here, service } = await settled(t, text, { ben: [] });
    const at = browserAt(here.base, 'libvirt');
    const account = async (session: string) => (await at.look('/libvirt/account', session)).status;
    service.say(inGroup);
    const first = await bound(here, service, inGroup, 'ben');
    assert.deepEqual([first.status, await account(first.session)], [303, 200], way);
    assert.deepEqual(await rolesOf(here, 'ben'), ['watcher']);
    const csrf = csrfIn((await at.look('/libvirt/account', first.session)).text);
    service.say(outOfIt);
    const again = way === 'sign-in' ? await signIn(here) : await journey(here, '/libvirt/account/prove/service', { csrf }, first.session);
    assert.deepEqual([again.status, again.session], [403, ''], way);
    assert.deepEqual(await rolesOf(here, 'ben'), [], way);
    assert.equal(await account(first.session), 404, `${way}: what was open has ended`);
    const process = { kind: 'process', project: 'libvirt' as never } as const;
    const left = await here.world.store.as(process, ({ signIn: ways }) => ways.sessionsOf('ben' as never, here.now()));
    assert.deepEqual(left, [], way);
    service.say(inGroup);
    assert.equal((await signIn(here)).status, 303, `${way}: whoever is in the group again comes in again`);
  }
});

async function rolesOf(here: Town, person = 'anna'): Promise<readonly string[] | undefined> {
  const process = { kind: 'process', project: 'libvirt' as never } as const;
  return (await here.world.store.as(process, ({ accounts }) => accounts.member(person as never)))?.roles;
}

test('QEMU-17 a project of the forge gives the role that the policy names, and is asked again; one that does not answer changes nothing', async (t) => {
  const text = policy.replace(
    /^roles:\n/m,
    `roles:\n  watcher: { from: { gitlab_project: ${forge.project}, role: Reporter }, may: [review] }\n`,
  );
  const { here, service } = await settled(t, text);
  service.members({ 17: { access_level: 10 } });
  await bound(here, service, { sub: '17', amr: strong });
  assert.deepEqual(await rolesOf(here), ['core'], 'a guest is no reporter');
  service.members({ 17: { access_level: 30 }, 18: { access_level: 50 } });
  here.later(1);
  await here.until('the role came', async () => (await rolesOf(here))?.join() === 'core,watcher');
  service.members(undefined);
  here.later(1);
  assert.equal((await signIn(here)).status, 303, 'a forge that is out of order keeps nobody out');
  assert.deepEqual(await rolesOf(here), ['core', 'watcher']);
  service.members({ 17: { access_level: 30, state: 'blocked' } });
  here.later(1);
  await here.until('the role ended', async () => (await rolesOf(here))?.join() === 'core');
});

test('QEMU-17 who belongs to a project is who the forge names today, and a project that it does not show is no answer', async (t) => {
  const service = await openidService(t);
  const at = (day: string, token = forge.token) =>
    gitlabMemberships({ issuer: service.issuer, token, clock: { now: () => instant(`${day}T12:00:00Z`) } });
  service.members({ 17: { access_level: 30, expires_at: '2026-11-10' }, 18: { access_level: 40, state: 'awaiting' } });
  assert.equal(await at('2026-11-09').levelOf(forge.project, '17'), 30);
  assert.equal(await at('2026-11-10').levelOf(forge.project, '17'), 0, 'on that day it has ended');
  assert.equal(await at('2026-11-09').levelOf(forge.project, '18'), 0);
  assert.equal(await at('2026-11-09').levelOf(forge.project, '19'), 0);
  for (const subject of ['17/..', '17?', '', 'anna']) assert.equal(await at('2026-11-09').levelOf(forge.project, subject), 0, subject);
  await assert.rejects(at('2026-11-09').levelOf('virt/other', '17'), OutsideFailure);
  await assert.rejects(at('2026-11-09', 'another token').levelOf(forge.project, '17'), OutsideFailure);
  service.members(undefined);
  await assert.rejects(at('2026-11-09').levelOf(forge.project, '17'), OutsideFailure);
});

test('the service proves anew who one is, in the session that asked', async (t) => {
  const { here, service } = await settled(t);
  const { session } = await bound(here, service, { sub: '17', amr: strong });
  const browser = browserAt(here.base, 'libvirt');
  here.set(new Date(Date.parse(here.now()) + 6 * 60_000).toISOString());
  const csrf = csrfIn((await browser.look('/libvirt/account', session)).text);
  assert.match((await browser.look('/libvirt/account', session)).text, /Prove it at/);
  service.say({ sub: '18', amr: strong });
  assert.equal((await journey(here, '/libvirt/account/prove/service', { csrf }, session)).status, 403, 'somebody else');
  service.say({ sub: '17', amr: strong });
  const proven = await journey(here, '/libvirt/account/prove/service', { csrf }, session);
  assert.equal(proven.status, 303);
  assert.equal((await browser.look('/libvirt/queue', session)).status, 404);
  assert.doesNotMatch((await browser.look('/libvirt/account', proven.session)).text, /Prove it at/);
});

test('what was typed waits while the service proves who one is: one press goes on, and without a second factor a passkey does', async (t) => {
  const { here, service } = await settled(t);
  const { session } = await bound(here, service, { sub: '17', amr: strong });
  const browser = browserAt(here.base, 'libvirt');
  here.set(new Date(Date.parse(here.now()) + 6 * 60_000).toISOString());
  const csrf = csrfIn((await browser.look('/libvirt/people/anna', session)).text);
  const typed = { role: 'moderator', name: 'vera', address: 'vera@vendor.example', note: 'Canary-why: she reads them all.' };
  const asked = await browser.post('/libvirt/people/invite', { ...typed, csrf }, session);
  assert.equal(asked.status, 403);
  const parked = inputOf(asked.text, 'parked');
  assert.match(parked, /Canary-why/);
  const leave = (more: object) => journey(here, '/libvirt/account/prove/service', { csrf, parked, ...more }, session);
  service.say({ sub: '17' });
  const weak = await leave({});
  assert.equal(weak.status, 403);
  assert.match(weak.text, /second factor[\s\S]*Canary-why[\s\S]*Prove it, then: Invite/, 'the passkey finishes');
  service.say({ sub: '18', amr: strong });
  assert.match((await leave({})).text, /Canary-why/, 'somebody else, and nothing is lost');
  service.say({ sub: '17', amr: strong });
  const proven = await leave({});
  assert.equal(proven.status, 200);
  assert.match(proven.text, /was not done yet/);
  const fields = Object.fromEntries(
    [...proven.text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
  assert.equal(fields['note'], typed.note);
  const pressed = await browser.post('/libvirt/people/invite', fields, proven.session);
  assert.equal(pressed.status, 303);
  assert.match(pressed.location, /^\/libvirt\/people\/\w+$/);
  let current = proven.session;
  for (const action of ['https://elsewhere.example/x', '//elsewhere.example/libvirt/', '/other/people/invite']) {
    const stray = JSON.stringify({ label: 'x', action, back: '/libvirt/people', fields: [] });
    const again = csrfIn((await browser.look('/libvirt/account', current)).text);
    const back = await journey(here, '/libvirt/account/prove/service', { csrf: again, parked: stray }, current);
    assert.equal(back.status, 303, 'a form that goes elsewhere is not kept');
    current = back.session;
  }
});

function inputOf(page: string, name: string): string {
  const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
  return value.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}
