// SPDX-License-Identifier: Apache-2.0
// Pages of an imported site in a browser: every file comes from the site, and what is asked for elsewhere is noted.

import type { Browser } from 'playwright-core';
import type { ImportedSite } from '../support/imported-site.ts';

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
  js: 'text/javascript',
};

/** Where the site lies as far as the browser knows. */
export const home = 'https://site.example';
const typeOf = (path: string) => types[path.slice(path.lastIndexOf('.') + 1)] ?? 'text/plain';

/** A page of which every file comes from the site, and the addresses that were asked for and are not in it. */
export async function visiting(browser: Browser, { files }: ImportedSite, javaScriptEnabled: boolean) {
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
