// SPDX-License-Identifier: Apache-2.0
// The published sites of both real archives in a browser without scripts: one page of each kind, accessible in light and dark, and no wider than a telephone.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { type ImportedSite, importedSites, skipped } from '../support/imported-site.ts';
import { oneOfEachKind } from '../support/site-checks.ts';
import { launched, noBrowser } from './chromium.ts';
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

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
  js: 'text/javascript',
};

const home = 'https://site.example';
const typeOf = (path: string) => types[path.slice(path.lastIndexOf('.') + 1)] ?? 'text/plain';
const pagesOf = ({ files }: ImportedSite) => oneOfEachKind(files).filter((path) => path.endsWith('.html'));

/** A page of which every file comes from the site, and the addresses that were asked for and are not in it. */
async function visiting({ files }: ImportedSite, javaScriptEnabled: boolean) {
  const context = await browser.newContext({ javaScriptEnabled });
  const page = await context.newPage();
  const outside: string[] = [];
  await page.route('**/*', (route) => {
    const { origin, pathname } = new URL(route.request().url());
    const body = origin === home ? files.get(decodeURI(pathname.slice(1))) : undefined;
    if (body !== undefined) return route.fulfill({ contentType: typeOf(pathname), body: Buffer.from(body) });
    outside.push(route.request().url());
    return route.abort();
  });
  return { context, page, outside };
}

test('VMT-40 VMT-41 each kind of page of an imported site is accessible, fits a telephone and asks for nothing elsewhere', {
  skip,
}, async () => {
  assert.equal(sites.length, 2);
  for (const site of sites) {
    const { context, page, outside } = await visiting(site, true);
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
    const { context, page, outside } = await visiting(site, false);
    for (const path of pagesOf(site)) {
      await page.goto(`${home}/${path}`);
      assert.equal(await page.locator('h1').count(), 1, path);
    }
    await page.goto(`${home}/index.html`);
    assert.equal(await page.locator('#advisories tr').count(), site.sources.length);
    assert.deepEqual(outside, []);
    await context.close();
  }
});
