// SPDX-License-Identifier: Apache-2.0
// The report form in a browser: what is missing is named and nothing is lost, what looks secret is marked, consent is asked for and kept; with scripts and without.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type Demo, demoProcess } from '../support/demo-process.ts';
import { launched, noBrowser } from './chromium.ts';
import { look } from './support-look.ts';
import { fill, signedIn, take, visitor } from './support-people.ts';
import { stepsOf } from './support-steps.ts';

const token = `glpat-${'A1b2C3d4E5'.repeat(2)}`;
const description = `The daemon hangs up on a malformed header.
It answers ${token} to everybody.
-----BEGIN RSA PRIVATE KEY-----
Ask operator@hosting.example for the log.`;

test('a report by form', { skip: noBrowser, timeout: 180_000 }, async (t) => {
  const demo = await demoProcess({ after: (done) => after(done) });
  const browser = await launched();
  t.after(() => browser.close());
  const page = await visitor(browser);
  const step = stepsOf(t);

  await step('what is missing is named, each with a link to its field, and nothing that was typed is lost', async () => {
    await page.goto(`${demo.base}/libvirt/report`);
    await look(page, 'report');
    await fill(page, { 'Steps, and what happens': 'Send a header\nof 4 kB.', 'Your own latest date': '2026-12-24', 'Your name': 'Ada' });
    await check(page);
    assert.equal(await page.getByRole('alert').getByRole('link').count(), 3);
    for (const label of ['Title', 'What is wrong'])
      await page
        .getByRole('alert')
        .getByRole('link', { name: `“${label}”` })
        .waitFor();
    assert.equal(await page.getByLabel(/^Steps, and what happens/).inputValue(), 'Send a header\nof 4 kB.');
    assert.equal(await page.getByLabel(/^Your name/).inputValue(), 'Ada');
    await page.getByRole('alert').getByRole('link').first().click();
    assert.equal(await page.evaluate('document.activeElement.name'), 'title');
    await look(page, 'report-mend');
  });

  await step('L-73 a date without an hour and a zone is refused', async () => {
    await fill(page, { Title: 'Daemon hangs up', 'What is wrong': description });
    await check(page);
    assert.match((await page.getByRole('alert').textContent()) ?? '', /^ ?One thing to mend ?Give date, hour and zone/);
    await fill(page, { 'Your own latest date': '2026-12-24 15:00 Europe/Prague' });
    await check(page);
    assert.equal(await page.locator('h1').textContent(), 'Check your report');
  });

  await step('QEMU-28 tokens, keys and addresses are marked in their lines before anything is sent', async () => {
    const marked = await page.locator('mark').allTextContents();
    assert.deepEqual(marked, [token, '-----BEGIN RSA PRIVATE KEY-----', 'operator@hosting.example']);
    assert.match((await page.getByRole('alert').textContent()) ?? '', /3 lines to look at before you send/);
    assert.equal(await page.getByRole('alert').getByRole('link').count(), 3);
    await look(page, 'report-check');
    await page.getByRole('button', { name: 'Change answers' }).click();
    assert.equal(await page.getByLabel(/^What is wrong/).inputValue(), description);
    await check(page);
  });

  await step('QEMU-28 nothing is sent without consent; consent and what was found are kept with the report', async () => {
    await page.getByRole('button', { name: 'Send the report' }).click();
    assert.match((await page.getByRole('alert').first().textContent()) ?? '', /Please confirm that you have read what becomes public/);
    assert.equal(await page.locator('mark').count(), 3, 'nothing is lost');
    await look(page, 'report-consent');
    const log = { name: 'daemon.log', mimeType: 'text/plain', buffer: Buffer.from('closed') };
    await page.getByLabel(/^Logs and other files/).setInputFiles(log);
    await fill(page, { 'I have read this, and I agree': true });
    await page.getByRole('button', { name: 'Send the report' }).click();
    await look(page, 'report-received');
    const codename = (await page.locator('h1').textContent()) ?? '';
    const submitted = await eventOf(demo, codename);
    assert.match(submitted.consent.text, /^[0-9a-f]{64}$/);
    assert.match(submitted.consent.at, /^\d{4}-\d{2}-\d{2}T/);
    assert.deepEqual(submitted.scan, { tokens: 1, keys: 1, addresses: 1 });
    assert.equal(submitted.deadline, '2026-12-24T14:00:00.000Z');
    assert.equal(submitted.attachments.length, 1);
    await page.getByRole('button', { name: 'Open your own page' }).click();
    assert.equal(await page.locator('h1').textContent(), codename);
  });

  await step('the same works with scripts turned off, and so does the moderator’s step', async () => {
    const quiet = await visitor(browser, { javaScriptEnabled: false });
    await quiet.goto(`${demo.base}/libvirt/report`);
    await fill(quiet, { Title: 'Without scripts', 'What is wrong': 'It works.' });
    await check(quiet);
    await fill(quiet, { 'I have read this, and I agree': true });
    await quiet.getByRole('button', { name: 'Send the report' }).click();
    const codename = (await quiet.locator('h1').textContent()) ?? '';
    const mo = await signedIn(browser, demo.base, 'mo', { javaScriptEnabled: false });
    await mo.getByRole('link', { name: codename, exact: false }).last().click();
    assert.match((await mo.locator('main').textContent()) ?? '', /Without scripts/);
    await take(mo, 'Let the report through');
  });
});

async function check(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Check your answers' }).click();
}

/** The first event of the case of this codename, as its moderator reads it. */
async function eventOf(demo: Demo, codename: string) {
  const token = await demo.signIn('libvirt', 'mo');
  const { rows } = (await demo.call('/api/v1/libvirt/cases', { token })).body;
  const row = rows.find(({ state }: { state: { codename: string } }) => state.codename === codename);
  return (await demo.call(`/api/v1/libvirt/cases/${row.state.case}`, { token })).body.log[0];
}
