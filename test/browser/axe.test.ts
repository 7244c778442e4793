// SPDX-License-Identifier: Apache-2.0
// No page of the gallery has an accessibility violation that axe knows, in light and in dark.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { gallery } from '../web/gallery.ts';
import { type Served, serveGallery } from '../web/serve-gallery.ts';
import { launched, noBrowser } from './chromium.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const names = gallery().map(({ name }) => name);
const skip = noBrowser;

let browser: Browser;
let served: Served;

before(async () => {
  if (skip) return;
  browser = await launched();
  served = await serveGallery(0);
});

after(async () => {
  if (skip) return;
  await browser.close();
  await served.stop();
});

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

async function violations(page: Page, only?: readonly string[]): Promise<readonly string[]> {
  const options = { resultTypes: ['violations'], ...(only && { runOnly: only }) };
  const found = (await page.evaluate(
    `${axe}; axe.run(document, ${JSON.stringify(options)}).then((result) => result.violations)`,
  )) as readonly Violation[];
  return found.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')})`);
}

/** A page in the dark differs from itself in the light by its colours alone; these are the rules that look at them. */
const ofColours = ['color-contrast', 'link-in-text-block'];

for (const [colorScheme, rules] of [
  ['light', undefined],
  ['dark', ofColours],
] as const)
  test(`axe finds no violation on any page, ${colorScheme}`, { skip }, async () => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 900 }, bypassCSP: true });
    const page = await context.newPage();
    for (const name of names) {
      await page.goto(`${served.address}/${name}`);
      // What is folded is on the page too.
      await page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true");
      assert.deepEqual(await violations(page, rules), [], name);
    }
    await context.close();
  });

test('axe sees a violation that is planted', { skip }, async () => {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${served.address}/queue`);
  await page.evaluate("document.querySelector('main').append(Object.assign(document.createElement('input'), { type: 'text' }))");
  assert.match((await violations(page)).join('\n'), /^label:/);
  await context.close();
});
