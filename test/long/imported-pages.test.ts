// SPDX-License-Identifier: Apache-2.0
// Both real archives, whole, as published sites in a browser: every page is accessible in light and dark, no wider than a telephone, and asks for nothing elsewhere.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launched, noBrowser } from '../browser/chromium.ts';
import { home, visiting } from '../browser/imported-pages.ts';
import { look } from '../browser/support-look.ts';
import { type ImportedSite, importedSites, skipped } from '../support/imported-site.ts';

const skip = skipped.skip ?? noBrowser;
const ends: (() => Promise<void>)[] = [];
let browser: Browser;
let sites: readonly ImportedSite[] = [];

before(async () => {
  if (skip) return;
  browser = await launched();
  sites = await importedSites({ after: (done) => ends.push(done) }, 1);
});

after(async () => {
  if (skip) return;
  await browser.close();
  for (const end of ends) await end();
});

test('VMT-40 VMT-41 every page of both archives is accessible in light and dark, fits a telephone and asks for nothing elsewhere', {
  skip,
  timeout: 3_600_000,
}, async (t) => {
  assert.equal(sites.length, 2);
  for (const site of sites) {
    const pages = [...site.files.keys()].filter((path) => path.endsWith('.html'));
    assert.ok(pages.length > site.sources.length, 'a page for each advisory, and the lists');
    const { context, page, outside } = await visiting(browser, site, true);
    for (const path of pages) {
      await page.goto(`${home}/${path}`);
      await look(page, `${site.project}-${path.replaceAll('/', '-')}`);
    }
    assert.deepEqual(outside, []);
    await context.close();
    t.diagnostic(`${pages.length} pages of ${site.project}`);
  }
});
