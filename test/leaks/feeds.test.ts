// SPDX-License-Identifier: Apache-2.0
// Feeds and lists for machines: public data only, the same for everybody, by a role that can read nothing else; and no token opens more of them (L-14).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeApiTokenIn } from '../../src/app/sign-in/api-tokens.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import type { Principal } from '../../src/core/policy/access.ts';
import { marks } from './marks.ts';
import { courseOf, driveSecret, type Say, sendReport } from './secret.ts';
import { village } from './village.ts';

const preset = 'libvirt-2023';

test('L-14 every feed and list is public data for everybody alike, asked of the store as nobody, and no key in an address or a head adds to it', async (t) => {
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: preset, members: courseOf(preset).members }]);
  const { mark, found } = marks();
  const hidden: Say = (field, kind) => (kind === 'address' ? `${mark(field)}@reporters.example` : `Words ${mark(field)}`);
  const open = await driveSecret(here, 'alpha', preset, (field, kind) =>
    kind === 'address' ? 'rita@reporters.example' : `said: ${field}`,
  );
  const secret = await sendReport(here, 'alpha', preset, hidden);
  here.set(open.until ?? '');
  await here.settle();
  const session = await here.signIn('alpha', 'anna');
  const made = await here.world.store.as({ kind: 'process', project: 'alpha' as never }, (transaction) =>
    makeApiTokenIn(here.world, transaction, 'anna' as never, { name: 'feed', scopes: ['member:read', 'case:read'], days: 7 }),
  );
  assert.ok(!isRefusal(made));
  const keys = [session, made.token, secret.token];
  const files = [...(await here.site()).keys()].flatMap((path) => /^alpha\/(?:current|site)\/(.+)$/.exec(path)?.[1] ?? []);
  const feeds = [...new Set(files)]
    .filter((path) => /(?:\.(?:xml|json|csv|txt|html)|SHA256SUMS)$/.test(path))
    .map((path) => `/alpha/advisories/${path}`);
  assert.ok(feeds.some((path) => path.endsWith('atom.xml')) && feeds.some((path) => path.includes('/csaf/')), feeds.slice(0, 5).join(' '));
  const asked = new Set<Principal['kind']>();
  const { store } = here.world;
  const heard: typeof store = {
    ...store,
    as: (principal, work) => {
      asked.add(principal.kind);
      return store.as(principal, work);
    },
  };
  Object.assign(here.world, { store: heard });
  // Which projects there are is asked once, by the program itself.
  await here.request('/alpha/advisories');
  asked.clear();
  for (const path of [...feeds, '/alpha/advisories', '/alpha/.well-known/security.txt', '/api/v1/alpha/statistics']) {
    const plain = await here.request(path);
    assert.deepEqual(found(plain.body), [], path);
    for (const name of [secret.codename, secret.case]) assert.ok(!plain.body.includes(name), `${path} names the hidden case`);
    const nobody = [...asked];
    if (feeds.includes(path))
      assert.deepEqual(
        nobody.filter((kind) => kind !== 'anonymous'),
        [],
        path,
      );
    if (!feeds.includes(path)) continue;
    for (const key of keys) {
      const query = new URLSearchParams({ token: key, feed_token: key, private_token: key, key }).toString();
      assert.deepEqual((await here.request(`${path}?${query}`)).body, plain.body, `${path} with a key in its address`);
    }
    const headers: Record<string, string> = { Cookie: `__Host-daylight-alpha=${session}`, Authorization: `Bearer ${made.token}` };
    assert.deepEqual((await here.request(path, { headers })).body, plain.body, `${path} to a member`);
    asked.clear();
  }
  t.diagnostic(`${feeds.length} feeds and lists`);
});

test('L-14 no route of a feed takes a key: what the registry calls public has none in its address, and nothing else ends like a feed', async (t) => {
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: preset, members: {} }]);
  const feedlike = here.routes.filter(({ path }) => /atom|rss|feed|ical|\.ics|calendar/i.test(path));
  assert.deepEqual(feedlike, [], 'feeds are files of the public site');
  for (const { path, rule } of here.routes) if (rule === 'public') assert.doesNotMatch(path, /:(?:token|key|link|session)\b/, path);
});
