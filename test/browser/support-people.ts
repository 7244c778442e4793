// SPDX-License-Identifier: Apache-2.0
// People at their browsers: each a context of their own, signed in by the demo's links, who find forms by their labels and send them.

import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';

/** What goes into a field: a text, a tick or a choice, a file. */
export type Entry = string | true | { readonly file: string; readonly text: string };

/** A page of somebody who is signed in to the project. */
export async function signedIn(
  browser: Browser,
  base: string,
  name: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Page> {
  const page = await visitor(browser, options);
  await page.goto(`${base}/libvirt/sign-in/${name}`);
  assert.match(page.url(), /\/libvirt\/queue$/);
  return page;
}

/** A page of somebody who is not. What the page's policy forbids, or what goes wrong in its script, fails the test. */
export async function visitor(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  // Colours on their way from light to dark would be judged as neither.
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.on('pageerror', (error) => assert.fail(`a script failed on ${page.url()}: ${error.message}`));
  page.on('console', (message) => assert.ok(!/Content Security Policy|Refused to/.test(message.text()), message.text()));
  return page;
}

/** Opens the fold of an action on the page of a case, fills it in, sends it, and reads that it was done. */
export async function take(page: Page, label: string, entries: Readonly<Record<string, Entry>> = {}): Promise<void> {
  await send(page, label, entries);
  assert.match((await page.locator('.notice').first().textContent()) ?? '', new RegExp(`Done: ${label}`));
}

/** The same, whatever the answer is. */
export async function send(page: Page, label: string, entries: Readonly<Record<string, Entry>> = {}): Promise<void> {
  const fold = deed(page, label);
  if ((await fold.getAttribute('open')) === null) await fold.locator('summary').click();
  await fill(fold, entries);
  await fold.getByRole('button', { name: label, exact: true }).click();
}

/** The fold of an action among those that can be done. */
function deed(page: Page, label: string): Locator {
  return page.locator('details.deed').filter({ has: page.locator('summary').getByText(label, { exact: true }) });
}

export async function fill(form: Page | Locator, entries: Readonly<Record<string, Entry>>): Promise<void> {
  for (const [label, entry] of Object.entries(entries)) {
    const field = form.getByLabel(new RegExp(`^${label}( optional)?$`));
    if (entry === true) await field.check();
    else if (typeof entry === 'string') await field.fill(entry);
    else await field.setInputFiles({ name: entry.file, mimeType: 'text/plain', buffer: Buffer.from(entry.text) });
  }
}
