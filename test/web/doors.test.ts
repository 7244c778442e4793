// SPDX-License-Identifier: Apache-2.0
// Headers, static files, requests from other sites, tokens, instants as people type them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import type { World } from '../../src/app/world.ts';
import type { ProjectId } from '../../src/core/model/identifiers.ts';
import { instant } from '../../src/core/model/time.ts';
import { downloadHeaders } from '../../src/http/headers.ts';
import { assets, script, serveAsset, stylesheet } from '../../src/web/assets.ts';
import { csrfMatches, csrfToken, refuseCrossSite } from '../../src/web/cross-site.ts';
import { distance, exact, inZone, readInstant } from '../../src/web/moments.ts';
import { contentSecurityPolicy, markPublished, securityHeaders } from '../../src/web/security-headers.ts';
import { keepSession } from '../../src/web/session-cookie.ts';

const origin = 'https://security.harbour.example';

function app(): Hono {
  const routes = new Hono();
  routes.use(securityHeaders({ https: true }), refuseCrossSite(origin));
  routes.get('/private', (context) => context.html('x'));
  routes.post('/private', (context) => context.html('x'));
  routes.get('/published', (context) => {
    markPublished(context);
    return context.html('x');
  });
  routes.get('/file', (context) => context.body('x', 200, downloadHeaders('a "b"\r\n<c>é.svg', 1)));
  routes.get('/static/*', (context) => serveAsset(context) ?? context.notFound());
  return routes;
}

test('L-54 the content security policy allows nothing inline and nothing remote', () => {
  assert.equal(
    contentSecurityPolicy,
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  );
});

test('L-20 L-30 L-58 every answer carries the headers; a private one is kept and indexed by nobody', async () => {
  for (const path of ['/private', '/published', '/file', '/nowhere', stylesheet.url]) {
    const { headers } = await app().request(path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
    assert.equal(headers.get('referrer-policy'), 'no-referrer', path);
    assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin', path);
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin', path);
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/, path);
  }
  for (const path of ['/private', '/file', '/nowhere']) {
    const { headers } = await app().request(path);
    assert.equal(headers.get('cache-control'), 'no-store', path);
    assert.match(headers.get('x-robots-tag') ?? '', /noindex/, path);
  }
  const { headers } = await app().request('/published');
  assert.equal(headers.get('cache-control'), 'public, max-age=300');
  assert.equal(headers.get('x-robots-tag'), null);
  assert.equal(headers.get('x-daylight-published'), null);
});

test('L-55 a file that somebody sent is saved, never shown in our origin', async () => {
  const { headers } = await app().request('/file');
  assert.equal(headers.get('content-type'), 'application/octet-stream');
  assert.match(headers.get('content-security-policy') ?? '', /^sandbox/);
  assert.equal(
    headers.get('content-disposition'),
    'attachment; filename="a__b____c__.svg"; filename*=UTF-8\'\'a%20%22b%22%0D%0A%3Cc%3E%C3%A9.svg',
  );
});

test('static files are served by the hash of their bytes, for ever, and no other file is', async () => {
  for (const asset of assets.values()) {
    const answer = await app().request(asset.url);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal(answer.headers.get('content-type'), asset.type);
    assert.equal((await answer.arrayBuffer()).byteLength, asset.bytes.length);
  }
  assert.equal((await app().request('/static/../package.json')).status, 404);
  assert.equal((await app().request(stylesheet.url.replace(/\/static\/\w+/, '/static/0000000000000000'))).status, 404);
});

test('our own script is at most 15 kB and never writes markup', () => {
  const text = Buffer.from(script.bytes).toString();
  assert.ok(script.bytes.length <= 15_000);
  assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|setAttribute\(['"]on/);
});

test('our own script keeps nothing in the browser', () => {
  assert.doesNotMatch(
    Buffer.from(script.bytes).toString(),
    /localStorage|sessionStorage|indexedDB|document\.cookie|\bcaches\b|serviceWorker/,
  );
});

test('L-57 whatever the style sheet loads is served here', () => {
  const text = Buffer.from(stylesheet.bytes).toString();
  for (const [, url = ''] of text.matchAll(/url\("([^"]*)"\)/g)) assert.ok(assets.has(url), url);
  assert.doesNotMatch(text, /https?:|@import/);
});

test('the cookie of a session is of this host alone, and no script reads it', async () => {
  const set = async (baseUrl: string) => {
    const routes = new Hono().get('/', (context) => {
      keepSession({ baseUrl } as World, context, 'harbour' as ProjectId, 'dls');
      return context.text('');
    });
    return (await routes.request('/')).headers.getSetCookie();
  };
  assert.deepEqual(await set(origin), ['__Host-daylight-harbour=dls; Path=/; HttpOnly; Secure; SameSite=Lax']);
  assert.deepEqual(await set('http://127.0.0.1:8080'), ['daylight-harbour=dls; Path=/; HttpOnly; SameSite=Lax']);
});

test('L-20 what another site sends with our cookies is refused', async () => {
  const send = async (method: string, headers: Record<string, string>) => (await app().request('/private', { method, headers })).status;
  assert.equal(await send('POST', { 'sec-fetch-site': 'same-origin' }), 200);
  assert.equal(await send('POST', { 'sec-fetch-site': 'same-origin', origin: 'null' }), 200);
  for (const site of ['cross-site', 'same-site', 'none']) assert.equal(await send('POST', { 'sec-fetch-site': site, origin }), 403, site);
  assert.equal(await send('POST', { origin: 'https://evil.example' }), 403);
  assert.equal(await send('POST', { origin }), 200);
  assert.equal(await send('GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }), 200);
  for (const mode of ['no-cors', 'cors', 'same-origin'])
    assert.equal(await send('GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode }), 403, mode);
});

test('a form token belongs to one session', () => {
  const secret = new Uint8Array(32).fill(7);
  const token = csrfToken(secret, 'one');
  assert.ok(csrfMatches(secret, 'one', token));
  assert.ok(!csrfMatches(secret, 'two', token));
  assert.ok(!csrfMatches(new Uint8Array(32), 'one', token));
  for (const given of ['', token.slice(1), undefined, null, 7, [token]]) assert.ok(!csrfMatches(secret, 'one', given));
});

test('L-73 an instant is read with hour and zone, and not without', () => {
  const reads: readonly (readonly [string, string])[] = [
    ['2026-12-02 15:00 UTC', '2026-12-02T15:00:00.000Z'],
    ['Wed 2026-12-02 15:00 UTC', '2026-12-02T15:00:00.000Z'],
    ['2026-12-02T15:00Z', '2026-12-02T15:00:00.000Z'],
    ['2026-12-02 16:00 +01:00', '2026-12-02T15:00:00.000Z'],
    ['2026-12-02 16:00 Europe/Prague', '2026-12-02T15:00:00.000Z'],
    ['2026-12-02 9:30 America/Argentina/Buenos_Aires', '2026-12-02T12:30:00.000Z'],
  ];
  for (const [text, at] of reads) assert.equal(readInstant(text)?.at, at, text);
  const refuses = [
    '',
    '2026-12-02',
    '2026-12-02 15:00',
    '15:00 UTC',
    '2026-02-30 15:00 UTC',
    '2026-12-02 25:00 UTC',
    '2026-12-02 15:00 Mars/Base',
    '2026-12-02 15:00 CET',
  ];
  for (const text of refuses) assert.equal(readInstant(text), undefined, text);
  assert.equal(readInstant('2026-10-25 02:30 Europe/Prague'), undefined, 'an hour that happens twice is no instant');
  assert.equal(readInstant('2026-03-29 02:30 Europe/Prague'), undefined, 'an hour that is skipped is no instant');
});

test('L-73 instants are written with weekday, date, hour and UTC; distances are rounded down', () => {
  const at = instant('2026-12-02T15:00Z');
  assert.equal(exact(at), 'Wed 2026-12-02 15:00 UTC');
  assert.equal(inZone(at, 'Europe/Prague'), '16:00 in Europe/Prague');
  assert.equal(inZone(at, 'Asia/Tokyo'), '2026-12-03 00:00 in Asia/Tokyo');
  assert.equal(inZone(at, 'UTC'), undefined);
  const distances: readonly (readonly [string, string])[] = [
    ['2026-12-02T15:00:30Z', 'now'],
    ['2026-12-02T14:18Z', 'in 42 min'],
    ['2026-12-02T06:18Z', 'in 8 h 42 min'],
    ['2026-12-01T13:00Z', 'in 1 d 2 h'],
    ['2026-11-24T09:30Z', 'in 8 d'],
    ['2026-12-03T15:00Z', '1 d ago'],
  ];
  for (const [now, words] of distances) assert.equal(distance(at, instant(now)), words);
});
