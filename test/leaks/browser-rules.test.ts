// SPDX-License-Identifier: Apache-2.0
// What browsers are told with every answer of every door: back over TLS only, no other origin, which characters; and cookies that stay with this host.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csrfToken } from '../../src/web/cross-site.ts';
import { courseOf, driveSecret } from './secret.ts';
import { type Village, village } from './village.ts';

const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `said: ${field}`);
const base = 'https://security.example.org';

async function settled(t: { after(done: () => Promise<void>): void }) {
  const members = courseOf('libvirt-2023').members;
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: 'libvirt-2023', members }]);
  const secret = await driveSecret(here, 'alpha', 'libvirt-2023', say);
  here.set(secret.until ?? '');
  await here.settle();
  const session = await here.signIn('alpha', 'anna');
  return { here, secret, session, csrf: csrfToken(here.world.derive('csrf'), session) };
}

/** Sent as our own page would, so that all that is set comes back. */
function post(here: Village, path: string, session: string, fields: Readonly<Record<string, string>>) {
  const headers = { Cookie: `__Host-daylight-alpha=${session}`, 'Sec-Fetch-Site': 'same-origin', Origin: base };
  return here.fetch(new Request(base + path, { method: 'POST', headers, body: new URLSearchParams(fields) }));
}

test('L-16 L-20 L-58 every answer of both doors promises TLS for a year, sends no referrer, lets no other origin read it, and says its characters', async (t) => {
  const { here, secret, session } = await settled(t);
  const headers = { Cookie: `__Host-daylight-alpha=${session}`, Authorization: `Bearer ${session}`, Origin: 'https://evil.example' };
  const kinds = new Set<string>();
  for (const { method, path } of [...here.routes, { method: 'GET', path: '/nowhere/at/all' }, { method: 'GET', path: '/api/v1/nowhere' }])
    for (const file of [`${secret.number}.html`, `${secret.number}.xml`, `${secret.number}.txt`, 'key.asc']) {
      const filled = path
        .replace(':project', 'alpha')
        .replace(':case', secret.case)
        .replace(':attachment', secret.attachments[0] ?? '')
        .replace(':link', '0'.repeat(38))
        .replace(':file', file);
      if (file !== 'key.asc' && filled === path.replace(':project', 'alpha')) continue;
      const answer = await here.request(filled, { method, headers });
      const name = `${method} ${filled}`;
      const type = answer.headers['content-type'] ?? '';
      assert.equal(answer.headers['strict-transport-security'], 'max-age=31536000', name);
      assert.equal(answer.headers['cross-origin-opener-policy'], 'same-origin', name);
      assert.equal(answer.headers['cross-origin-resource-policy'], 'same-origin', name);
      assert.equal(answer.headers['referrer-policy'], 'no-referrer', name);
      assert.equal(answer.headers['x-content-type-options'], 'nosniff', name);
      assert.match(answer.headers['content-security-policy'] ?? '', /default-src 'none'/, name);
      assert.ok(!('access-control-allow-origin' in answer.headers), name);
      if (answer.body.length > 0) assert.notEqual(type, '', `${name} says what it is`);
      if (/^text\/|xml/.test(type)) assert.match(type, /; charset=utf-8$/i, name);
      kinds.add(type.split(';')[0] ?? '');
    }
  for (const kind of ['text/html', 'text/plain', 'application/xml', 'application/json', 'application/pgp-keys', 'application/octet-stream'])
    assert.ok(kinds.has(kind), `${kind} was among ${[...kinds].join(', ')}`);
});

test('every cookie that is set has the prefix of this host, and no script can read it', async (t) => {
  const { here, session, csrf } = await settled(t);
  const answers = await Promise.all([
    post(here, '/alpha/preferences', session, { csrf, theme: 'dark', shortcuts: 'on' }),
    post(here, '/alpha/sign-out', session, { csrf }),
  ]);
  const cookies = answers.flatMap((answer) => answer.headers.getSetCookie());
  assert.equal(cookies.length, 3, cookies.join('\n'));
  for (const cookie of cookies) {
    assert.match(cookie, /^__Host-daylight-[a-z-]+=/);
    assert.match(cookie, /; Path=\//);
    assert.match(cookie, /; Secure/);
    assert.doesNotMatch(cookie, /; Domain/);
    if (!/Max-Age=0/.test(cookie)) assert.match(cookie, /; HttpOnly.*; SameSite=Lax|; SameSite=Lax.*; HttpOnly/);
  }
  const shown = await here.request('/alpha/advisories', { headers: { Cookie: '__Host-daylight-theme=dark' } });
  assert.match(shown.body.toString(), /data-theme="dark"/, 'what was set is read again');
});

test('signing out tells the browser to forget what it kept, and the session opens nothing', async (t) => {
  const { here, session, csrf } = await settled(t);
  const answer = await post(here, '/alpha/sign-out', session, { csrf });
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get('clear-site-data'), '"cache", "storage"');
  const again = await here.request('/alpha/queue', { headers: { Cookie: `__Host-daylight-alpha=${session}` } });
  assert.equal(again.status, 404);
});

test('the API looks at no cookie: a session in one is nobody', async (t) => {
  const { here, session, secret } = await settled(t);
  const Cookie = `__Host-daylight-alpha=${session}; daylight-alpha=${session}`;
  for (const { method, path, rule } of here.applications.find(({ name }) => name === 'api')?.routes ?? []) {
    if (rule !== 'member') continue;
    const filled = path.replace(':project', 'alpha').replace(':case', secret.case);
    const init = { method, headers: { 'Content-Type': 'application/json' }, ...(method === 'POST' ? { body: '{}' } : {}) };
    const nobody = await here.request(filled, init);
    const cookied = await here.request(filled, { ...init, headers: { ...init.headers, Cookie } });
    assert.deepEqual([cookied.status, cookied.body.toString()], [nobody.status, nobody.body.toString()], `${method} ${filled}`);
  }
  const note = { method: 'POST', headers: { 'Content-Type': 'application/json', Cookie }, body: JSON.stringify({ body: 'A note.' }) };
  assert.equal((await here.request(`/api/v1/alpha/cases/${secret.case}/add-note`, note)).status, 404);
  const signed = { token: session, body: { body: 'A note.' } };
  assert.equal((await here.call(`/api/v1/alpha/cases/${secret.case}/add-note`, signed)).status, 200, 'with the header it is somebody');
});
