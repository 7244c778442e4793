// SPDX-License-Identifier: Apache-2.0
// What people write, as a browser reads it: the same elements as with harmless words, nothing that runs and nothing that is asked for.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { beginnings, toldTwice, withoutRemarks } from '../leaks/hostile.ts';
import { launched, noBrowser } from './chromium.ts';

const browser = noBrowser === false ? await launched() : undefined;
after(() => browser?.close());

interface Document {
  readonly type: string;
  readonly text: string;
}

/** Functions go to the page as text: their types are the browser's. An XML document is asked for itself, without the tree that Chromium draws of it. */
const elements =
  "[...(document.getElementById('webkit-xml-viewer-source-xml') ?? document).querySelectorAll('*')].map((one) => [one.namespaceURI, one.localName, ...one.getAttributeNames()].join(' ')).sort()";
const ran = "'daylightRan' in window";

/** What a browser makes of each document, its elements sorted since lists that follow random ids differ in order, whether anything in it ran, and the addresses that were asked for. */
async function read(chromium: Browser, documents: readonly Document[]) {
  const page = await chromium.newPage();
  const home = 'https://town.example/';
  const asked = new Set<string>();
  let next: Document = { type: 'text/html', text: '' };
  // No header comes with a document that would forbid scripts: the escaping alone stands between the text and the script.
  await page.route('**/*', (route) => {
    const url = route.request().url();
    if (url === home) return route.fulfill({ contentType: `${next.type}; charset=utf-8`, body: next.text });
    asked.add(url);
    return route.abort();
  });
  await page.addInitScript('window.daylightXss = () => { window.daylightRan = true; }');
  const seen: unknown[] = [];
  let running = 0;
  for (next of documents) {
    await page.goto(home, { waitUntil: 'domcontentloaded' });
    seen.push(await page.evaluate(elements));
    if (await page.evaluate(ran)) running += 1;
  }
  await page.close();
  return { seen, running, asked: [...asked].sort() };
}

for (const preset of Object.keys(beginnings))
  test(`L-53 L-54 L-57 under ${preset} a browser sees the same elements, runs nothing and asks for nothing else`, {
    skip: noBrowser,
  }, async (t) => {
    assert.ok(browser);
    const { served } = await toldTwice((done) => t.after(done), preset);
    const documents = served.filter(({ type }) => ['text/html', 'application/xml'].includes(type));
    const [hostile, plain] = await Promise.all([
      read(
        browser,
        documents.map(({ type, hostile: text }) => ({ type, text: withoutRemarks(text) })),
      ),
      read(
        browser,
        documents.map(({ type, plain: text }) => ({ type, text: withoutRemarks(text) })),
      ),
    ]);
    for (const [index, { name }] of documents.entries()) assert.deepEqual(hostile.seen[index], plain.seen[index], name);
    assert.equal(hostile.running, 0);
    assert.deepEqual(hostile.asked, plain.asked);
    t.diagnostic(`${documents.length} documents, ${hostile.seen.flat().length} elements, ${hostile.asked.length} addresses`);
  });

test('L-54 L-57 a script and an image that stood there would be noticed, so these tests can tell', { skip: noBrowser }, async () => {
  assert.ok(browser);
  const text = '<!doctype html><p><img src="https://evil.example/beacon.png"><script>daylightXss()</script>';
  const planted = await read(browser, [{ type: 'text/html', text }]);
  assert.equal(planted.running, 1);
  assert.deepEqual(planted.asked, ['https://evil.example/beacon.png']);
});
