// SPDX-License-Identifier: Apache-2.0
// The published sites of both real archives in a browser without scripts: one page of each kind, accessible in light and dark, and no wider than a telephone.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { type ImportedSite, importedSites, skipped } from '../support/imported-site.ts';
import { oneOfEachKind } from '../support/site-checks.ts';
import { launched, noBrowser } from './chromium.ts';
import { home, visiting } from './imported-pages.ts';
import { look } from './support-look.ts';

const skip = skipped.skip ?? noBrowser;
const ends: (() => Promise<void>)[] = [];
let browser: Browser;
let sites: readonly ImportedSite[] = [];

before(async () => {
  if (skip) return;
  browser = await launched();
  sites = await importedSites({ after: (done) => ends.push(done) }, 24);
});

after(async () => {
  if (skip) return;
  await browser.close();
  for (const end of ends) await end();
});

const pagesOf = ({ files }: ImportedSite) => oneOfEachKind(files).filter((path) => path.endsWith('.html'));

test('VMT-40 VMT-41 each kind of page of an imported site is accessible, fits a telephone and asks for nothing elsewhere', {
  skip,
}, async () => {
  assert.equal(sites.length, 2);
  for (const site of sites) {
    const { context, page, outside } = await visiting(browser, site, true);
    assert.ok(pagesOf(site).length > 6, pagesOf(site).join());
    for (const path of pagesOf(site)) {
      await page.goto(`${home}/${path}`);
      await look(page, `${site.project}-${path.replaceAll('/', '-')}`);
    }
    assert.deepEqual(outside, []);
    await context.close();
  }
});

test('LIBVIRT-14 with scripts off each kind of page of an imported site says what it says, and the list is whole', { skip }, async () => {
  assert.equal(sites.length, 2);
  for (const site of sites) {
    const { context, page, outside } = await visiting(browser, site, false);
    for (const path of pagesOf(site)) {
      await page.goto(`${home}/${path}`);
      assert.equal(await page.locator('h1').count(), 1, path);
    }
    await page.goto(`${home}/index.html`);
    assert.equal(await page.locator('#advisories tr').count(), site.sources.length);
    const [advisory = ''] = pagesOf(site);
    await page.goto(`${home}/${advisory}`);
    const contents = page.locator('nav[aria-label="On this page"]');
    assert.equal(await contents.isVisible(), true, 'beside the text on a desk');
    await page.setViewportSize({ width: 390, height: 844 });
    assert.equal(await contents.isVisible(), false, 'not below everything that it lists');
    assert.deepEqual(outside, []);
    await context.close();
  }
});
