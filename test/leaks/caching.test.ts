// SPDX-License-Identifier: Apache-2.0
// What may be kept on the way: nothing but what everybody gets alike. And no answer loads into another site (L-20, L-30).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { courseOf, driveSecret } from './secret.ts';
import { village } from './village.ts';

const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `said: ${field}`);

test('L-30 L-20 a cache may keep only what an anonymous visitor gets byte for byte, and every answer refuses to load elsewhere', async (t) => {
  const members = courseOf('libvirt-2023').members;
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: 'libvirt-2023', members }]);
  const secret = await driveSecret(here, 'alpha', 'libvirt-2023', say);
  const open = await driveSecret(here, 'alpha', 'libvirt-2023', say);
  here.set(open.until ?? '');
  await here.settle();
  const session = await here.signIn('alpha', 'anna');
  const visitors: Record<string, Record<string, string>> = {
    anonymous: {},
    member: { Cookie: `__Host-daylight-alpha=${session}; __Host-daylight-theme=dark`, Authorization: `Bearer ${session}` },
    preferences: { Cookie: '__Host-daylight-theme=dark' },
  };
  const shared = [];
  for (const { method, path } of here.routes.filter((route) => route.method === 'GET'))
    for (const id of path.includes(':case') ? [secret.case, open.case] : [secret.case]) {
      const filled = path
        .replace(':project', 'alpha')
        .replace(':case', id)
        .replace(':attachment', (id === secret.case ? secret : open).attachments[0] ?? '')
        .replace(':link', '0'.repeat(38))
        .replace(':file', `${open.number}.html`);
      const plain = await here.request(filled, { method });
      for (const [visitor, headers] of Object.entries(visitors)) {
        const answer = await here.request(filled, { method, headers });
        const keeps = answer.headers['cache-control'] ?? 'nothing said';
        const name = `${visitor} ${filled}: ${keeps}`;
        assert.equal(answer.headers['x-content-type-options'], 'nosniff', name);
        assert.equal(answer.headers['cross-origin-resource-policy'], 'same-origin', name);
        assert.equal(answer.headers['referrer-policy'], 'no-referrer', name);
        if (keeps === 'no-store') continue;
        assert.match(keeps, /^public, max-age=\d+/, name);
        assert.ok(answer.body.equals(plain.body), `${name}: is not what everybody gets`);
        assert.ok(!filled.includes('my-report'), name);
        shared.push(filled);
      }
    }
  assert.ok(shared.length >= 3, 'something is public');
});
