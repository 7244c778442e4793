// SPDX-License-Identifier: Apache-2.0
// Whoever signs in anew in a browser that has a session: the old one ends, in that browser only, whoever's it was.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authenticator } from '../support/authenticator.ts';
import { type Browser, browserAt, enrol, enrolmentLink } from '../support/sign-in.ts';
import { type Town, town } from '../support/town.ts';

const people = [{ project: 'libvirt', policy: 'libvirt-2023', members: { anna: ['core'], ben: ['core'] } }];

async function settled(here: Town, browser: Browser, person: string) {
  const device = authenticator(here.base);
  const { url } = await enrolmentLink(here.world, 'libvirt', person);
  return { device, ...(await enrol(browser, url, device)) };
}

/** Signs in with the cookie of a session, as a browser does that has one. */
async function again(browser: Browser, device: ReturnType<typeof authenticator>, session: string) {
  const begun = await browser.post('/libvirt/sign-in/passkey/begin', {}, session);
  return browser.post('/libvirt/sign-in/passkey', { response: JSON.stringify(device.get(JSON.parse(begun.text))) }, session);
}

test('who signs in anew where they are signed in has one session there, and keeps those of other browsers', async (t) => {
  const here = await town(t, people);
  const browser = browserAt(here.base, 'libvirt');
  const first = await settled(here, browser, 'anna');
  const elsewhere = await again(browser, first.device, '');
  const second = await again(browser, first.device, first.session);
  assert.equal(second.status, 303);
  assert.notEqual(second.session, first.session);
  const open = async (session: string) => (await browser.look('/libvirt/queue', session)).status;
  assert.deepEqual([await open(first.session), await open(second.session), await open(elsewhere.session)], [404, 200, 200]);
  const wrong = await browser.post('/libvirt/sign-in/passkey', { response: '{}' }, second.session);
  assert.deepEqual([wrong.status, await open(second.session)], [403, 200], 'an attempt that fails ends nothing');
});

test('who signs in where somebody else is signed in ends the session of that other, by passkey as by link', async (t) => {
  const here = await town(t, people);
  const browser = browserAt(here.base, 'libvirt');
  const anna = await settled(here, browser, 'anna');
  const ben = await settled(here, browser, 'ben');
  const taken = await again(browser, ben.device, anna.session);
  assert.equal(taken.status, 303);
  assert.equal((await browser.look('/libvirt/queue', anna.session)).status, 404);
  const { url } = await enrolmentLink(here.world, 'libvirt', 'anna');
  const path = new URL(url).pathname;
  const begun = await browser.post(`${path}/begin`, {}, taken.session);
  const response = JSON.stringify(authenticator(here.base).create(JSON.parse(begun.text)));
  assert.equal((await browser.post(path, { response, name: 'a key' }, taken.session)).status, 303);
  assert.equal((await browser.look('/libvirt/queue', taken.session)).status, 404);
});
