// SPDX-License-Identifier: Apache-2.0
// Two towns that are the same but for one hidden case: whoever has no right on it must not be able to tell in which of the two they are.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offeredActions } from '../../src/app/parse.ts';
import type { Asked, Crawled, Visitor } from './crawl.ts';
import { says, script, settle, signedIn } from './crawl.ts';
import { courseOf, driveSecret, presets, type Secret, stepsOf } from './secret.ts';
import type { Answer } from './village.ts';
import { village } from './village.ts';

/** What happens in both towns after the hidden case is there: others write, are answered, and time passes. */
async function goOn({ here, other }: Crawled): Promise<void> {
  here.reseed('after');
  await here.appoint('alpha', 'rhea', []);
  const { anna, reporter } = stepsOf(here, 'alpha', other);
  await reporter('answer-team', { body: 'Any news?' });
  await anna('send-message', { body: 'Not yet.' });
  const elsewhere = await here.call('/api/v1/beta/reports', {
    body: { title: 'In beta', fields: { description: 'Something else' }, address: 'bea@reporters.example', consent: true },
  });
  assert.equal(elsewhere.status, 201);
  for (let hour = 0; hour < 3; hour++) {
    here.later(1);
    await here.settle();
  }
}

/** Everything of an answer but the date on which it was given. */
function told({ status, headers, body }: Answer): string {
  const { date, ...others } = headers;
  return JSON.stringify([status, others, body.toString('latin1')]);
}

/** What changes nothing is asked side by side; what may change something, alone and in the same order in both towns. */
async function differing(town: Crawled, twin: Crawled, asked: readonly Asked[]): Promise<readonly string[]> {
  const found: string[] = [];
  const compare = async ({ who, path, init }: Asked, index: number) => {
    const [without, within] = await Promise.all(
      [town, twin].map(async ({ here }) => told(await here.request(path, init, `request ${index}`))),
    );
    if (without !== within) found.push(`${who} ${init.method} ${path}\n  without: ${without}\n  with:    ${within}`);
  };
  const rest = asked.map((one, index) => ({ one, index }));
  while (rest.length > 0) {
    const changes = rest.findIndex(({ one }) => one.init.method === 'POST');
    const together = rest.splice(0, Math.max(1, Math.min(12, changes === -1 ? 12 : changes)));
    await Promise.all(together.map(({ one, index }) => compare(one, index)));
  }
  return found;
}

/** Mails to those outside, one line each, without the random name of each; a former member's from the removal on. */
function mailsOf({ here, removed }: Crawled & { readonly removed: string }, insiders: readonly string[]): readonly string[] {
  const inside = [...insiders.map((person) => `${person}@members.example`), 'carla@reporters.example'];
  return here.relay.sent
    .filter(({ to, date }) => !inside.includes(to.address) && (to.address !== 'rhea@members.example' || date > removed))
    .map(({ messageId, ...mail }) => JSON.stringify(mail));
}

/** Every list and feed of the public site as the installation itself serves it, and the files that the hidden case would have there. */
const listsNaming = ({ case: id, number, cve }: Secret): readonly string[] => [
  ...['index.html', 'index.json', 'index.xml', 'atom.xml', 'credits.html', 'policy.html', 'SHA256SUMS', 'security.txt', 'key.asc'],
  ...['2026/index.html', '2026/index.json', '2026/search.js', '2026/SHA256SUMS', 'records/index.html', 'records/index.json'],
  ...['csaf/index.html', 'csaf/index.txt', 'csaf/changes.csv', 'csaf/feed-tlp-white.json', 'csaf/service.json'],
  ...['.well-known/security.txt', '.well-known/csaf/provider-metadata.json', `records/${id}.html`, `records/${id}.json`],
  ...[number ?? id, cve].flatMap((name) => [
    `osv/${name}.json`,
    `csaf/2026/${name.toLowerCase()}.json`,
    `2026/${name}.html`,
    `${name}.txt`,
  ]),
];

for (const preset of presets)
  test(`L-01 L-08 L-16 L-22 two towns that differ by one hidden case are the same to those without a right on it, under ${preset}`, async (t) => {
    const members = courseOf(preset).members;
    const projects = [
      { project: 'alpha', policy: preset, members },
      { project: 'beta', policy: 'minimal', members: { ben: ['team'] } },
    ];
    const [town, twin] = await Promise.all([1, 2].map(async () => settle(await village((done) => t.after(done), projects), preset)));
    if (town === undefined || twin === undefined) throw new Error('two towns');
    assert.deepEqual({ ...town, here: 0 }, { ...twin, here: 0 }, 'before the hidden case the towns are the same');
    town.here.reseed('hidden');
    twin.here.reseed('hidden');
    const secret = await driveSecret(twin.here, 'alpha', preset, says('carla'));
    await Promise.all([goOn(town), goOn(twin)]);
    for (const one of [town, twin]) {
      one.here.reseed('signed in');
      Object.assign(one.sessions, await signedIn(one.here, preset, one.other));
    }
    const since = performance.now();
    const asked = script(town.here.routes, town, secret);
    const differences = await differing(town, twin, asked);
    assert.deepEqual(differences.slice(0, 5), [], `${differences.length} of ${asked.length} answers differ`);
    const insiders = Object.keys(members).filter((person) => !['rhea', 'cleo'].includes(person));
    const removed = '2026-11-02T09:00:00.000Z';
    const mails = mailsOf({ ...town, removed }, insiders);
    assert.deepEqual(mailsOf({ ...twin, removed }, insiders), mails, 'the mail of those outside differs');
    assert.ok(mails.length >= 4, 'there is mail to compare');
    const [site, twinSite] = await Promise.all([town.here.site(), twin.here.site()]);
    assert.deepEqual(twinSite, site, 'the public sites differ');
    const lists = listsNaming(secret).map((path) => ({ who: 'anonymous', path: `/alpha/advisories/${path}`, init: { method: 'GET' } }));
    assert.deepEqual(await differing(town, twin, lists), [], 'lists and feeds that are written when they are asked for');
    t.diagnostic(`${asked.length} requests compared under ${preset} in ${Math.round(performance.now() - since)} ms`);

    const sight: Visitor = { name: 'anna', headers: { Authorization: `Bearer ${town.sessions['anna']}` }, form: {} };
    const seen = await differing(town, twin, [
      { who: 'anna', path: `/api/v1/alpha/cases/${secret.case}`, init: { method: 'GET', headers: sight.headers } },
      { who: 'anna', path: '/api/v1/alpha/cases', init: { method: 'GET', headers: sight.headers } },
    ]);
    assert.equal(seen.length, 2, 'a member with the right sees the difference, so this test can');
  });

test('the values that are tried name actions which exist', () => {
  const tried = ['add-note', 'answer-team', 'record-cve'];
  assert.deepEqual(
    tried.filter((action) => !(offeredActions as readonly string[]).includes(action)),
    [],
  );
});
