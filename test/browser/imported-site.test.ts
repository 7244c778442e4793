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
};

test('VMT-40 VMT-41 LIBVIRT-14 each kind of page of an imported site is accessible, fits a telephone and asks for nothing elsewhere', {
  skip,
}, async () => {
  assert.equal(sites.length, 2);
  for (const { project, files, sources } of sites) {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const outside: string[] = [];
    await page.route('**/*', (route) => {
      const { origin, pathname } = new URL(route.request().url());
      const body = files.get(decodeURI(pathname.slice(1)));
      if (origin !== 'https://site.example' || body === undefined) outside.push(route.request().url());
      if (body === undefined) return route.abort();
      return route.fulfill({ contentType: types[pathname.slice(pathname.lastIndexOf('.') + 1)] ?? 'text/plain', body: Buffer.from(body) });
    });
    const kinds = oneOfEachKind(files).filter((path) => path.endsWith('.html'));
    assert.ok(kinds.length > 6, kinds.join());
    for (const path of kinds) {
      await page.goto(`https://site.example/${path}`);
      await look(page, `${project}-${path.replaceAll('/', '-')}`);
    }
    await page.goto('https://site.example/index.html');
    assert.equal(await page.locator('#advisories tr').count(), sources.length, 'the list is whole without scripts');
    assert.deepEqual(outside, []);
    await context.close();
  }
});
