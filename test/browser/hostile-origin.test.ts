// SPDX-License-Identifier: Apache-2.0
// A page of another site, in the browser of a member who is signed in: it loads nothing of ours as a script, a picture, a style, a frame or a text.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { apiDoor } from '../../src/api/api.ts';
import { webDoor } from '../../src/web/web.ts';
import { town } from '../support/town.ts';
import { launched, noBrowser } from './chromium.ts';

const browser = noBrowser === false ? await launched() : undefined;
after(() => browser?.close());

/** Runs in the page, as text: every way in which a page takes something from elsewhere. Gives the ways that got something. */
const attempt = `async (url) => {
  const got = [];
  const loads = (name, make) => new Promise((done) => {
    const element = make();
    element.onload = () => { got.push(name); done(); };
    element.onerror = () => done();
    setTimeout(done, 3000);
    document.body.append(element);
  });
  const element = (name, fields) => () => Object.assign(document.createElement(name), fields);
  const reads = async (name, options) => {
    try {
      const answer = await fetch(url, { credentials: 'include', ...options });
      if (answer.type !== 'opaque' && answer.type !== 'error' || (await answer.text()) !== '') got.push(name);
      if (answer.type === 'opaque' && name === 'fetch no-cors') got.push('opaque');
    } catch {}
  };
  const names = () => Object.keys(window).filter((name) => !/^\\d+$/.test(name)).length;
  const before = names();
  await Promise.all([
    loads('script', element('script', { src: url })),
    loads('module', element('script', { src: url, type: 'module' })),
    loads('picture', element('img', { src: url })),
    loads('style', element('link', { rel: 'stylesheet', href: url })),
    loads('object', element('video', { src: url })),
    reads('fetch', {}),
    reads('fetch no-cors', { mode: 'no-cors' }),
    reads('fetch anonymous', { credentials: 'omit' }),
  ]);
  const frame = document.createElement('iframe');
  frame.src = url;
  document.body.append(frame);
  await new Promise((done) => { frame.onload = done; setTimeout(done, 3000); });
  try { if (frame.contentDocument?.body?.textContent) got.push('frame'); } catch {}
  frame.remove();
  if (names() !== before) got.push('global names');
  return got;
}`;

test('L-20 L-21 a page of another site loads no route of ours with a member’s cookies, by no element and by no fetch', {
  skip: noBrowser,
}, async (t) => {
  assert.ok(browser);
  const projects = [{ project: 'alpha', policy: 'minimal', members: { anna: ['team'] } }];
  const here = await town(t, projects);
  const body = { title: 'Canary-title', fields: { description: 'Canary-description' }, consent: true };
  const sent = (await here.call('/api/v1/alpha/reports', { body })).body as { case: string; key: string };
  const token = await here.signIn('alpha', 'anna');
  const values: Readonly<Record<string, string>> = {
    ':project': 'alpha',
    ':case': sent.case,
    ':link': sent.key,
    ':file': 'daylight.css',
  };
  const settings = [{ project: 'alpha', title: 'alpha', policy: 'minimal', sender: { name: 'alpha', address: 'reports@alpha.example' } }];
  const routes = [...apiDoor(here.world).routes.registered, ...webDoor(here.world, { projects: settings, demo: null }).routes.registered];
  const paths = routes
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => path.replace(/:\w+/g, (name) => values[name] ?? 'nothing'));
  assert.ok(paths.length > 30);
  const evil = createServer((_, answer) =>
    answer.setHeader('Content-Type', 'text/html').end('<!doctype html><title>evil</title><body>evil words'),
  );
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  t.after(() => new Promise<void>((resolve) => evil.close(() => resolve())));
  const context = await browser.newContext();
  await context.addCookies([{ name: 'daylight-alpha', value: token, url: here.base, httpOnly: true, sameSite: 'Lax' }]);
  const page = await context.newPage();
  const own = await page.goto(`${here.base}/alpha/cases/${sent.case}`);
  assert.match((await own?.text()) ?? '', /Canary-title/, 'the member reads the case');
  // Another site to the browser: a name and an address are never the same one.
  const site = `http://localhost:${(evil.address() as AddressInfo).port}/`;
  await page.goto(site);
  const found: string[] = [];
  for (let from = 0; from < paths.length; from += 6)
    await Promise.all(
      paths.slice(from, from + 6).map(async (path) => {
        const got = (await page.evaluate(`(${attempt})(${JSON.stringify(here.base + path)})`)) as string[];
        found.push(...got.map((way) => `${way}: ${path}`));
      }),
    );
  assert.deepEqual(found, []);
  const plain = (await page.evaluate(`(${attempt})(${JSON.stringify(site)})`)) as string[];
  assert.ok(
    plain.includes('fetch') && plain.includes('frame'),
    `what another site lets be loaded is loaded, so this test can tell: ${plain.join()}`,
  );
  await context.close();
  t.diagnostic(`${paths.length} addresses`);
});
