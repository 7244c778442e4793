// SPDX-License-Identifier: Apache-2.0
// The story of a way in: a link that is good once, a passkey, sessions that end, and every wrong answer the same.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shifted } from '../../src/core/model/time.ts';
import { authenticator } from '../support/authenticator.ts';
import { browserAt, csrfIn, enrol, enrolmentLink, signInWith } from '../support/sign-in.ts';
import { type Town, town } from '../support/town.ts';

const people = [{ project: 'libvirt', policy: 'libvirt-2023', members: { anna: ['core'], ben: ['core'], cara: ['administrator'] } }];

function minutes(here: Town, count: number): void {
  here.set(shifted(here.now(), { minutes: count }));
}

async function settled(here: Town, person = 'anna') {
  const browser = browserAt(here.base, 'libvirt');
  const device = authenticator(here.base);
  const { url } = await enrolmentLink(here.world, 'libvirt', person);
  const { session } = await enrol(browser, url, device);
  assert.match(session, /^dls[0-9a-z]{35}$/);
  return { browser, device, session, url };
}

test('a member comes in by a link that is good once, and by their passkey ever after', async (t) => {
  const here = await town(t, people);
  const browser = browserAt(here.base, 'libvirt');
  const device = authenticator(here.base);
  const { url } = await enrolmentLink(here.world, 'libvirt', 'anna');
  const path = new URL(url).pathname;
  assert.match((await browser.look(path)).text, /For anna/);
  assert.match((await browser.look(path)).text, /For anna/, 'L-13 to look at a link does not spend it');
  const first = await enrol(browser, url, device);
  assert.equal(first.status, 303);
  assert.equal((await browser.look('/libvirt/queue', first.session)).status, 200);
  assert.match((await browser.look(path)).text, /not good any more/);
  assert.equal((await enrol(browser, url, authenticator(here.base))).status, 403, 'the link is spent');
  const again = await signInWith(browser, 'libvirt', device);
  assert.equal(again.status, 303);
  assert.notEqual(again.session, first.session, 'each sign-in has a token of its own');
  assert.equal((await browser.look('/libvirt/queue', again.session)).status, 200);
});

test('a link ends after its hours, and when a newer one is made', async (t) => {
  const here = await town(t, people);
  const browser = browserAt(here.base, 'libvirt');
  const older = await enrolmentLink(here.world, 'libvirt', 'anna');
  const newer = await enrolmentLink(here.world, 'libvirt', 'anna', 1);
  assert.match((await browser.look(new URL(older.url).pathname)).text, /not good any more/);
  here.later(1);
  assert.match((await browser.look(new URL(newer.url).pathname)).text, /not good any more/);
  assert.equal((await enrol(browser, newer.url, authenticator(here.base))).status, 403);
});

test('L-22 whatever is wrong with a passkey, the answer is the same, and nobody is signed in', async (t) => {
  const here = await town(t, people);
  const { browser, device } = await settled(here);
  const twists = {
    'another site': { origin: 'https://evil.example' },
    'another relying party': { host: 'evil.example' },
    'nobody verified': { unverified: true },
    'nobody there': { absent: true },
    'a forged signature': { forged: true },
    'another ceremony': { type: 'webauthn.create' },
    'an invented challenge': { challenge: Buffer.from('7'.repeat(32)).toString('base64url') },
    'a counter that went back': { counter: 1 },
  } as const;
  const stranger = authenticator(here.base);
  stranger.create({ challenge: 'AAAA', user: { id: 'AAAA' }, rp: { id: '127.0.0.1' } });
  const answers = new Map([['a passkey of nobody', await signInWith(browser, 'libvirt', stranger)]]);
  for (const [name, twist] of Object.entries(twists)) answers.set(name, await signInWith(browser, 'libvirt', device, twist));
  answers.set('no answer', await browser.post('/libvirt/sign-in/passkey', { response: '{' }));
  answers.set('a list', await browser.post('/libvirt/sign-in/passkey', { response: '[1]' }));
  for (const [name, { status, session, text }] of answers) {
    assert.deepEqual([status, session], [403, ''], name);
    assert.equal(text, answers.get('no answer')?.text, name);
  }
  assert.equal((await signInWith(browser, 'libvirt', device)).status, 303, 'the right answer still is right');
});

test('a passkey whose counter went back is refused and written down', async (t) => {
  const here = await town(t, people);
  const { browser, device } = await settled(here);
  assert.equal((await signInWith(browser, 'libvirt', device, { counter: 900 })).status, 303);
  assert.equal((await signInWith(browser, 'libvirt', device, { counter: 900 })).status, 403);
  const logged = await here.world.store.as({ kind: 'process', project: 'libvirt' as never }, ({ signIn }) =>
    signIn.logged('anna' as never, 10),
  );
  assert.equal(logged.filter(({ kind }) => kind === 'counter-went-back').length, 1);
});

test('a passkey that does not count is good again and again', async (t) => {
  const here = await town(t, people);
  const browser = browserAt(here.base, 'libvirt');
  const device = authenticator(here.base, false);
  assert.equal((await enrol(browser, (await enrolmentLink(here.world, 'libvirt', 'anna')).url, device)).status, 303);
  for (const _ of [1, 2]) assert.equal((await signInWith(browser, 'libvirt', device)).status, 303);
});

test('a challenge is good once, and for five minutes', async (t) => {
  const here = await town(t, people);
  const { browser, device } = await settled(here);
  const begin = async () => JSON.parse((await browser.post('/libvirt/sign-in/passkey/begin', {})).text) as object;
  const response = JSON.stringify(device.get(await begin()));
  assert.equal((await browser.post('/libvirt/sign-in/passkey', { response })).status, 303);
  assert.equal((await browser.post('/libvirt/sign-in/passkey', { response })).status, 403, 'the same answer again');
  const slow = JSON.stringify(device.get(await begin()));
  minutes(here, 5);
  assert.equal((await browser.post('/libvirt/sign-in/passkey', { response: slow })).status, 403, 'five minutes later');
});

test('a session ends after half an hour without use, and after twelve hours whatever is done with it', async (t) => {
  const here = await town(t, people);
  const { browser, session } = await settled(here);
  const alive = async () => (await browser.look('/libvirt/queue', session)).status === 200;
  for (let passed = 20; passed < 12 * 60; passed += 20) {
    minutes(here, 20);
    assert.ok(await alive(), `after ${passed} minutes`);
  }
  minutes(here, 20);
  assert.ok(!(await alive()), 'twelve hours');
  const other = await settled(here, 'ben');
  minutes(here, 30);
  assert.equal((await other.browser.look('/libvirt/queue', other.session)).status, 404, 'half an hour');
});

test('one’s own sessions are listed and ended, one or all others, and nobody else’s', async (t) => {
  const here = await town(t, people);
  const { browser, device, session } = await settled(here);
  const second = await signInWith(browser, 'libvirt', device);
  const third = await signInWith(browser, 'libvirt', device);
  const ben = await settled(here, 'ben');
  const page = (await browser.look('/libvirt/account', session)).text;
  const ids = [...page.matchAll(/name="session" value="([0-9a-f]{16})"/g)].map(([, id = '']) => id);
  assert.equal(ids.length, 2, 'the others of hers, and none of his');
  for (const token of [session, second.session, third.session]) assert.ok(!page.includes(token), 'no page shows a token');
  const csrf = csrfIn(page);
  const foreign = csrfIn((await browser.look('/libvirt/account', ben.session)).text);
  assert.equal((await browser.post('/libvirt/account/end-session', { csrf: foreign, session: ids[0] ?? '' }, ben.session)).status, 404);
  assert.equal((await browser.post('/libvirt/account/end-session', { csrf, session: ids[0] ?? '' }, session)).status, 303);
  const open = async () =>
    (await Promise.all([second, third].map((one) => browser.look('/libvirt/queue', one.session)))).filter(({ status }) => status === 200);
  assert.equal((await open()).length, 1);
  await browser.post('/libvirt/account/end-other-sessions', { csrf }, session);
  assert.equal((await open()).length, 0);
  assert.equal((await browser.look('/libvirt/queue', session)).status, 200);
  assert.equal((await browser.look('/libvirt/queue', ben.session)).status, 200);
  await browser.post('/libvirt/sign-out', { csrf }, session);
  assert.equal((await browser.look('/libvirt/queue', session)).status, 404, 'signed out is signed out on the server');
});

test('passkeys are added after a fresh proof only, and the last one stays', async (t) => {
  const here = await town(t, people);
  const { browser, device, session } = await settled(here);
  const csrf = csrfIn((await browser.look('/libvirt/account', session)).text);
  const credential = async (token: string) =>
    /name="passkey" value="([^"]+)"/.exec((await browser.look('/libvirt/account', token)).text)?.[1] ?? '';
  const removed = await browser.post('/libvirt/account/remove-passkey', { csrf, passkey: await credential(session) }, session);
  assert.match(removed.location, /said=last/);
  minutes(here, 6);
  assert.equal((await browser.post('/libvirt/account/passkey/begin', { csrf }, session)).status, 404, 'six minutes after the proof');
  const begun = await browser.post('/libvirt/account/prove/begin', { csrf }, session);
  const proven = await browser.post(
    '/libvirt/account/prove',
    { csrf, response: JSON.stringify(device.get(JSON.parse(begun.text))) },
    session,
  );
  assert.match(proven.location, /said=proven/);
  assert.notEqual(proven.session, session);
  assert.equal((await browser.look('/libvirt/queue', session)).status, 404, 'the token before the proof is good no more');
  const again = csrfIn((await browser.look('/libvirt/account', proven.session)).text);
  const options = await browser.post('/libvirt/account/passkey/begin', { csrf: again }, proven.session);
  const spare = authenticator(here.base);
  const response = JSON.stringify(spare.create(JSON.parse(options.text)));
  assert.match(
    (await browser.post('/libvirt/account/add-passkey', { csrf: again, response, name: 'spare' }, proven.session)).location,
    /said=added/,
  );
  assert.equal((await signInWith(browser, 'libvirt', spare)).status, 303);
  const gone = await browser.post(
    '/libvirt/account/remove-passkey',
    { csrf: again, passkey: await credential(proven.session) },
    proven.session,
  );
  assert.match(gone.location, /said=removed/);
  assert.equal((await signInWith(browser, 'libvirt', device)).status, 403, 'a removed passkey opens nothing');
});

test('a token is made after a fresh proof, shown once, used by the API alone, and revoked', async (t) => {
  const here = await town(t, people);
  const { browser, session } = await settled(here);
  const csrf = csrfIn((await browser.look('/libvirt/account', session)).text);
  const wish = { csrf, name: 'robot', scopes: 'member:read', days: '30' };
  const made = await browser.post('/libvirt/account/make-token', wish, session);
  const token = /value="(dlp_[0-9A-Za-z]{29})"/.exec(made.text)?.[1] ?? '';
  assert.match(token, /^dlp_/);
  assert.ok(!(await browser.look('/libvirt/account', session)).text.includes(token), 'shown once');
  assert.equal((await here.call('/api/v1/libvirt/cases', { token })).status, 200);
  assert.equal((await browser.look('/libvirt/queue', token)).status, 404, 'no token opens a page');
  assert.equal((await browser.post('/libvirt/account/make-token', { ...wish, days: '91' }, session)).status, 422);
  minutes(here, 6);
  assert.equal((await browser.post('/libvirt/account/make-token', wish, session)).status, 422, 'six minutes after the proof');
  const id = /name="token" value="([0-9a-f]{16})"/.exec((await browser.look('/libvirt/account', session)).text)?.[1] ?? '';
  await browser.post('/libvirt/account/revoke-token', { csrf, token: id }, session);
  assert.equal((await here.call('/api/v1/libvirt/cases', { token })).status, 404);
});

test('a passkey of one person proves nothing for another', async (t) => {
  const here = await town(t, people);
  const { browser, session } = await settled(here);
  const ben = await settled(here, 'ben');
  const csrf = csrfIn((await browser.look('/libvirt/account', session)).text);
  const begun = JSON.parse((await browser.post('/libvirt/account/prove/begin', { csrf }, session)).text) as object;
  const response = JSON.stringify(ben.device.get(begun));
  assert.match((await browser.post('/libvirt/account/prove', { csrf, response }, session)).location, /not-proven/);
});
