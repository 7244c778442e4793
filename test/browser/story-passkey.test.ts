// SPDX-License-Identifier: Apache-2.0
// Ways in, in a browser with an authenticator in software: a passkey is made by a link, signs in, proves anew and is removed; and a reporter comes back by a mail.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CDPSession } from 'playwright-core';
import { enrolmentLink } from '../support/sign-in.ts';
import { town } from '../support/town.ts';
import { launched, noBrowser } from './chromium.ts';
import { look } from './support-look.ts';
import { fill, visitor } from './support-people.ts';
import { stepsOf } from './support-steps.ts';

/** An authenticator that says yes; Web Authentication level 3, section 11. @returns its id. */
async function authenticator(tools: CDPSession, transport: 'internal' | 'usb'): Promise<string> {
  const options = {
    protocol: 'ctap2',
    transport,
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  } as const;
  return (await tools.send('WebAuthn.addVirtualAuthenticator', { options })).authenticatorId;
}

const people = [{ project: 'libvirt', policy: 'libvirt-2023', members: { anna: ['core'], ben: ['core'], mo: ['moderator'] } }];

test('a member and a reporter come in', { skip: noBrowser, timeout: 180_000 }, async (t) => {
  // A passkey belongs to a name and never to a bare address (Web Authentication level 3, section 5.1.2).
  const here = await town(t, people, undefined, null, 'localhost');
  const browser = await launched();
  t.after(() => browser.close());
  const step = stepsOf(t);
  const page = await visitor(browser);
  const tools = await page.context().newCDPSession(page);
  await tools.send('WebAuthn.enable');
  const first = await authenticator(tools, 'internal');
  /** In a window beside: whatever else speaks to a page's tools takes its authenticator away when it goes. */
  const seen = async (address: string, name: string) => {
    const beside = await page.context().newPage();
    await beside.goto(address);
    await look(beside, name);
    await beside.close();
  };
  const at = (path: string) => `${here.base}/libvirt/${path}`;
  const heard = async (subject: string) =>
    here.until(subject, () => here.relay.sent.some((mail) => mail.to.address === 'anna@members.example' && mail.subject.endsWith(subject)));

  await step('by their link a member makes a passkey and is in', async () => {
    const { url } = await enrolmentLink(here.world, 'libvirt', 'anna');
    await seen(url, 'enrol');
    await page.goto(url);
    await fill(page, { 'Name of this passkey': 'blue key' });
    await page.getByRole('button', { name: 'Add a passkey and sign in' }).click();
    await page.waitForURL(at('account'));
    await page.getByText('blue key').first().waitFor();
    await heard('A way in was added');
    await page.goto(url);
    await page.getByText('This link is not good any more').waitFor();
  });

  await step('they sign out, and in again with the passkey', async () => {
    await page.goto(at('account'));
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.goto(at('queue'));
    assert.equal(await page.locator('h1').textContent(), 'Not found');
    await seen(at('sign-in'), 'sign-in');
    await page.goto(at('sign-in'));
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL(at('queue'));
  });

  await step('after some minutes what changes who sees cases asks for the passkey once more, and goes on with what was typed', async () => {
    here.later(0.25);
    await page.goto(at('people/mo'));
    await page.locator('#end-role summary').click();
    await page.locator('#end-role').getByLabel(/^Why/).fill('Moderation ends this year.');
    await page.locator('#end-role').getByRole('button').click();
    await page.getByRole('button', { name: 'Prove it, then: End the role' }).click();
    await page.getByText('Moderation ends this year.').waitFor();
    assert.match(page.url(), /\/people\/mo$/);
  });

  await step('a second passkey takes the place of the first, which opens nothing any more', async () => {
    await tools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: first, enabled: false });
    await authenticator(tools, 'usb');
    await seen(at('account'), 'account');
    await page.goto(at('account'));
    await fill(page, { 'Name of the new passkey': 'red key' });
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('button', { name: 'Remove red key' }).waitFor();
    await page.getByRole('button', { name: 'Remove blue key' }).click();
    await page.getByRole('button', { name: 'Remove blue key' }).waitFor({ state: 'detached' });
    await heard('A way in was removed');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.goto(at('sign-in'));
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL(at('queue'));
  });

  await step('without scripts the page of sign-in says what else there is', async () => {
    const plain = await visitor(browser, { javaScriptEnabled: false });
    await plain.goto(at('sign-in'));
    await plain.locator('noscript p').waitFor();
    assert.match((await plain.locator('noscript p').textContent()) ?? '', /scripts are off here/);
    await plain.context().close();
  });

  await step('without scripts a reporter comes back by the link of the mail, leaves, and asks for another', async () => {
    const sent = await here.call('/api/v1/libvirt/reports', {
      body: { title: 'Crash in the driver', fields: { description: 'It crashes.' }, address: 'rita@reporters.example', consent: true },
    });
    assert.equal(sent.status, 201);
    const letters = () => here.relay.sent.filter(({ to }) => to.address === 'rita@reporters.example');
    await here.until('the mail to the reporter', () => letters().length > 0);
    const link = /http:\/\/\S+\/return\/[0-9a-z]+/.exec(letters()[0]?.text ?? '')?.[0] ?? '';
    const reporter = await visitor(browser, { javaScriptEnabled: false });
    await seen(link, 'come-back');
    await reporter.goto(link);
    await reporter.getByRole('button', { name: 'Open my report' }).click();
    assert.equal(await reporter.locator('h1').textContent(), sent.body.codename);
    const beside = await visitor(browser, { storageState: await reporter.context().storageState() });
    await beside.goto(at('my-report'));
    await look(beside, 'own-report');
    await beside.context().close();
    await reporter.getByRole('button', { name: 'Leave this page' }).click();
    await reporter.getByText('You have the key').waitFor();
    await seen(at('my-report'), 'own-report-closed');
    await reporter.goto(link);
    await reporter.getByRole('button', { name: 'Open my report' }).click();
    await reporter.getByText('This link does not open anything any more').waitFor();
    await reporter.getByRole('button', { name: 'Send me another link' }).click();
    await reporter.getByText('Look into your mail').waitFor();
    await here.until('another mail', () => letters().some(({ subject }) => subject.endsWith('Another link to your page')));
    await reporter.context().close();
  });
});
