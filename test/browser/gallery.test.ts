// SPDX-License-Identifier: Apache-2.0
// Every page in a real browser: nothing wider than a telephone, nothing runs, nothing remote.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { gallery } from '../web/gallery.ts';
import { hostile } from '../web/hostile.ts';
import { type Served, serveGallery } from '../web/serve-gallery.ts';
import { launched, noBrowser } from './chromium.ts';

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

test('no page is wider than a telephone, and targets are at least 24 pixels high', { skip }, async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  for (const name of names) {
    await page.goto(`${served.address}/${name}`);
    assert.ok(((await page.evaluate('document.documentElement.scrollWidth')) as number) <= 390, name);
    const low = (await page.evaluate(
      "[...document.querySelectorAll('button, .button, summary, select, input:not([type=hidden])')].filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 24).map((one) => one.outerHTML.slice(0, 120))",
    )) as readonly string[];
    assert.deepEqual(low, [], name);
  }
  await context.close();
});

test('the foot of a page begins where its text begins, on a telephone, a tablet and a desk', { skip }, async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const width of [390, 1000, 1280, 1600]) {
    await page.setViewportSize({ width, height: 900 });
    for (const name of ['queue', 'advisory', 'advisory-read']) {
      await page.goto(`${served.address}/${name}`);
      const [foot, text] = (await page.evaluate(
        "['.colophon', 'main > :first-child'].map((one) => document.querySelector(one).getBoundingClientRect().left)",
      )) as readonly number[];
      assert.equal(foot, text, `${name} at ${width}`);
    }
  }
  await context.close();
});

test('no table of the advisory editor scrolls sideways, and what saves takes a seventh of a telephone at most', { skip }, async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const [width, height] of [[390, 700] as const, [900, 900] as const, [1280, 900] as const]) {
    await page.setViewportSize({ width, height });
    for (const name of ['advisory', 'advisory-looked', 'advisory-new']) {
      await page.goto(`${served.address}/${name}`);
      const wide = "[...document.querySelectorAll('form .scrolls')].map((one) => one.scrollWidth - one.clientWidth)";
      const over = (await page.evaluate(wide)) as readonly number[];
      assert.ok(over.length >= 2 && over.every((one) => one <= 0), `${name} at ${width}: ${over.join()}`);
      const foot = (await page.locator('form > .is-last').boundingBox()) ?? assert.fail(`${name} has no foot`);
      assert.ok(foot.height <= height / 7 && foot.y + foot.height <= height, `${name} at ${width}: ${foot.height} high, at ${foot.y}`);
    }
  }
  await context.close();
});

/** The text of a page, but for what it says to a browser without scripts alone. */
async function said(page: Page): Promise<string> {
  const html = await page.locator('main').innerHTML();
  return html.replace(/<noscript>.*?<\/noscript>/gs, '').replace(/<[^>]*>/g, '');
}

test('every page works without scripts: the same texts, and every form has its button', { skip }, async () => {
  const [without, withScripts] = await Promise.all([false, true].map((javaScriptEnabled) => browser.newContext({ javaScriptEnabled })));
  assert.ok(without !== undefined && withScripts !== undefined);
  const [quiet, lively] = [await without.newPage(), await withScripts.newPage()];
  for (const name of names) {
    await Promise.all([quiet, lively].map((page) => page.goto(`${served.address}/${name}`)));
    assert.equal(await said(quiet), await said(lively), name);
    assert.equal(await quiet.locator('form:not(:has(button))').count(), 0, name);
  }
  await without.close();
  await withScripts.close();
});

test('L-53 L-57 hostile text in every field runs nothing, breaks no policy and fetches nothing', { skip, timeout: 240_000 }, async () => {
  const context = await browser.newContext();
  const events: string[] = [];
  const page = await context.newPage();
  page.on('dialog', (dialog) => {
    events.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => events.push(message.text()));
  await page.route('**/*', (route) => {
    const asked = route.request().url();
    if (!asked.startsWith(served.address)) events.push(`request ${asked}`);
    return asked.startsWith(served.address) ? route.fallback() : route.abort();
  });
  // What the server gives for these addresses: the same gallery, filled with a part of the hostile texts.
  const parts = Array.from({ length: 4 }, (_, part) => hostile.filter((_text, index) => index % 4 === part).join(' '));
  for (const payload of parts) {
    const pages = gallery((text) => `${text} ${payload}`);
    await page.route(`${served.address}/*`, async (route) => {
      const found = pages.find(({ name }) => route.request().url().endsWith(`/${name}`));
      const answer = await route.fetch();
      return found === undefined ? route.fulfill({ response: answer }) : route.fulfill({ response: answer, body: found.html });
    });
    for (const { name } of pages.filter((one) => ['case-embargoed', 'queue', 'report-check', 'advisory', 'record'].includes(one.name))) {
      await page.goto(`${served.address}/${name}`);
      assert.deepEqual(events, [], name);
    }
    await page.unroute(`${served.address}/*`);
  }
  await context.close();
});

test('keys move through the queue, open the list of keys, and do nothing while one types', { skip }, async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${served.address}/queue`);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  assert.equal(await page.evaluate("[...document.querySelectorAll('[data-row]')].indexOf(document.activeElement)"), 1);
  await page.keyboard.press('k');
  assert.equal(await page.evaluate("[...document.querySelectorAll('[data-row]')].indexOf(document.activeElement)"), 0);
  await page.keyboard.press('?');
  assert.ok(await page.locator('#keys').isVisible());
  await page.keyboard.press('Escape');
  await page.goto(`${served.address}/case-embargoed`);
  await page.keyboard.press('n');
  await page.keyboard.type('jk?gq');
  assert.equal(await page.locator('#note-body').inputValue(), 'jk?gq');
  assert.match(page.url(), /case-embargoed$/);
  await context.close();
});

test('the address of a form opens the fold in which it stands', { skip }, async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${served.address}/case-embargoed#do-propose-embargo`);
  assert.ok(await page.locator('#do-propose-embargo').isVisible());
  assert.ok(!(await page.locator('#do-record-fact').isVisible()));
  await context.close();
});
