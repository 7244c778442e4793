// SPDX-License-Identifier: Apache-2.0
// Two towns that are the same but for one hidden case: whoever has no right on it must not be able to tell in which of the two they are.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Asked, Crawled, Visitor } from './crawl.ts';
import { otherReporter, script, settle, signedIn, visitor, visitors } from './crawl.ts';
import { fitBodies } from './fit-bodies.ts';
import { hide, letIn, type Own, outside, owners, peopled } from './outsiders.ts';
import { presets, type Secret, stepsOf } from './secret.ts';
import { leaves, sendForms, walk } from './spider.ts';
import { askBoth, differing, mailsTo, type Twins } from './twins.ts';
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

/** Without those who are to the program like another of them. */
const fully = (town: Crawled) => visitors(town).filter(({ brief }) => brief !== true);

/** Every action at the hidden case, by both doors: with a body of the right shape, and with none of what it needs. */
function actionsAt(secret: Secret, who: readonly Visitor[]): readonly Asked[] {
  const bodies = [...fitBodies(secret)];
  return who.flatMap((one) =>
    [`/api/v1/alpha/cases/${secret.case}`, `/alpha/cases/${secret.case}`].flatMap((address) =>
      bodies.flatMap(([action, body]) =>
        [body, {}].map((sent) => ({ who: one.name, path: `${address}/${action}`, init: posted(address, one, sent), idle: true as const })),
      ),
    ),
  );
}

/** By the API as JSON, by the web as the form of their session. */
function posted(address: string, { headers, form }: Visitor, body: unknown, version?: string): RequestInit {
  if (address.startsWith('/api/')) {
    const read = version === undefined ? {} : { 'If-Match': version };
    return { method: 'POST', headers: { ...headers, ...read, 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  }
  const fields = Object.entries(body as object).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  return {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams([...fields, ...Object.entries(form)]).toString(),
  };
}

/** Every action at the case that they have a right on, naming the hidden one in its body; who seconds has read the version that stands. */
async function fromOwn(
  twins: Twins,
  { who, addresses }: Own,
  secret: Secret,
): Promise<{ readonly tried: number; readonly red: readonly string[] }> {
  const red: string[] = [];
  let tried = 0;
  for (const [action, body] of fitBodies(secret))
    for (const address of addresses) {
      const look = await askBoth(twins, { who: who.name, path: address, init: { method: 'GET', headers: who.headers } }, action);
      const init = posted(address, who, body, look.without.headers['etag']);
      const { difference } = await askBoth(twins, { who: who.name, path: `${address}/${action}`, init }, action);
      red.push(...[look.difference, difference].filter((one) => one !== null));
      tried += 1;
    }
  return { tried, red };
}

/** Where each begins to follow links: the public pages, and those that somebody signed in gets first. */
const doorsteps = ['/', '/alpha/advisories', '/alpha/report', '/alpha/queue', '/alpha/my-report', '/alpha/account', '/alpha/statistics'];
const apiSteps = ['/api/v1/openapi.json', '/api/v1/alpha/cases', '/api/v1/alpha/my-report', '/api/v1/alpha/statistics'];

/** Everybody follows every link; then whoever has a case of their own names the hidden one from it, sends every form that they are shown, and looks again. */
async function crawled(twins: Twins, own: readonly Own[], secret: Secret, say: (line: string) => void): Promise<void> {
  const steps = [...doorsteps, ...apiSteps];
  for (const who of fully(twins.town)) {
    const { pages, differences } = await walk(twins, who, steps);
    assert.deepEqual(differences.slice(0, 3), [], `${who.name}: ${differences.length} of ${pages.size} pages differ`);
    assert.ok(pages.size > 2 * steps.length, `${who.name} finds links to follow`);
    say(`${who.name} follows links to ${pages.size} pages`);
  }
  for (const one of own) {
    const before = await walk(twins, one.who, [...steps, ...one.addresses]);
    const forms = await sendForms(twins, one.who, before.pages, secret);
    assert.deepEqual(forms.differences.slice(0, 3), [], `${one.who.name}: ${forms.differences.length} forms are answered otherwise`);
    const own = forms.sent.filter((action) => one.addresses.some((address) => action.startsWith(address)));
    assert.equal(own.length > 0, one.acts, `${one.who.name} sends forms of their own case`);
    const named = await fromOwn(twins, one, secret);
    assert.deepEqual(named.red.slice(0, 3), [], `${one.who.name}: ${named.red.length} actions are answered otherwise`);
    const since = await walk(twins, one.who, [...steps, ...one.addresses]);
    assert.deepEqual(since.differences.slice(0, 3), [], `${one.who.name} sees another page afterwards`);
    say(`${one.who.name} sends ${forms.sent.length} forms and tries ${named.tried} actions`);
  }
}

/** Everybody leaves, and asks once more: until now each of them was signed in. */
async function signOut(twins: Twins): Promise<void> {
  const { here, sessions } = twins.town;
  const reporter = otherReporter(twins.town);
  const leaving = [
    ...['gus', 'pat', 'cleo']
      .flatMap((name) => (sessions[name] === undefined ? [] : [visitor(here, name, 'alpha', sessions[name])]))
      .map((who) => ({ who, page: '/alpha/queue', out: '/alpha/sign-out' })),
    { who: visitor(here, 'ben', 'beta', sessions['ben'] ?? ''), page: '/beta/queue', out: '/beta/sign-out' },
    { who: reporter, page: '/alpha/my-report', out: '/alpha/my-report/leave' },
  ];
  for (const { who, page, out } of leaving) {
    const look = () => askBoth(twins, { who: who.name, path: page, init: { method: 'GET', headers: who.headers } }, page);
    const before = await look();
    const left = await askBoth(twins, { who: who.name, path: out, init: posted(out, who, {}) }, out);
    const since = await look();
    assert.deepEqual(
      [before, left, since].map(({ difference }) => difference),
      [null, null, null],
      `${who.name} leaves`,
    );
    assert.deepEqual([before.without.status, left.without.status], [200, 303], `${who.name} was signed in until now`);
    assert.notDeepEqual(
      [since.without.status, since.without.body],
      [before.without.status, before.without.body],
      `${who.name} is signed out`,
    );
  }
}

/** What went out by SMTP to those outside, person by person. */
function sameMail({ town, twin }: Twins, insiders: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const inside = [...insiders.map((person) => `${person}@members.example`), 'carla@reporters.example'];
  const [mails, twinMails] = [town, twin].map((one) => mailsTo(one, (address) => !inside.includes(address), '2026-11-02T09:00:00.000Z'));
  const counts = (all: typeof mails) => [...(all ?? [])].map(([address, { length }]) => [address, length]);
  assert.deepEqual(counts(twinMails), counts(mails), 'the number of mails to those outside differs');
  assert.deepEqual(twinMails, mails, 'the mail of those outside differs');
  return mails ?? new Map();
}

for (const preset of presets)
  test(`L-01 L-02 L-08 L-16 L-22 two towns that differ by one hidden case are the same to those without a right on it, under ${preset}`, async (t) => {
    const project = peopled(preset);
    const projects = [project, { project: 'beta', policy: 'minimal', members: { ben: ['team'] } }];
    const [town, twin] = await Promise.all(
      [1, 2].map(async () => {
        const settled = await settle(await village((done) => t.after(done), projects), preset);
        return { ...settled, ...(await letIn(settled.here, preset, settled)) };
      }),
    );
    if (town === undefined || twin === undefined) throw new Error('two towns');
    const twins = { town, twin };
    assert.deepEqual({ ...town, here: 0 }, { ...twin, here: 0 }, 'before the hidden case the towns are the same');
    town.here.reseed('hidden');
    twin.here.reseed('hidden');
    const secret = await hide(twin.here, preset);
    await Promise.all([goOn(town), goOn(twin)]);
    for (const one of [town, twin]) {
      one.here.reseed('signed in');
      Object.assign(one.sessions, await signedIn(one.here, preset, one.other, Object.keys(project.members)));
    }
    const since = performance.now();
    const every = script(town.here.routes, town, secret);
    const asked = [...every.filter(({ path }) => !leaves.test(path)), ...actionsAt(secret, fully(town))];
    const differences = await differing(twins, asked);
    assert.deepEqual(differences.slice(0, 5), [], `${differences.length} of ${asked.length} answers differ`);
    t.diagnostic(`${asked.length} requests compared under ${preset} in ${Math.round(performance.now() - since)} ms`);
    const own = owners(town, town, otherReporter(town));
    await crawled(twins, own, secret, (line) => t.diagnostic(line));
    for (const { here } of [town, twin]) await here.settle();
    const mails = sameMail(
      twins,
      Object.keys(project.members).filter((person) => !outside.includes(person)),
    );
    for (const address of [
      'otto@reporters.example',
      'bea@reporters.example',
      'gus@members.example',
      ...(town.told === null ? [] : ['pat@members.example']),
    ])
      assert.ok((mails.get(address) ?? []).length > 0, `there is mail to ${address} to compare`);
    const [site, twinSite] = await Promise.all([town.here.site(), twin.here.site()]);
    assert.deepEqual(twinSite, site, 'the public sites differ');
    const lists = listsNaming(secret).map((path) => ({ who: 'anonymous', path: `/alpha/advisories/${path}`, init: { method: 'GET' } }));
    assert.deepEqual(await differing(twins, lists), [], 'lists and feeds that are written when they are asked for');

    const sight = visitor(town.here, 'anna', 'alpha', town.sessions['anna'] ?? '');
    const seen = await differing(twins, [
      { who: 'anna', path: `/api/v1/alpha/cases/${secret.case}`, init: { method: 'GET', headers: sight.headers } },
      { who: 'anna', path: '/api/v1/alpha/cases', init: { method: 'GET', headers: sight.headers } },
    ]);
    assert.equal(seen.length, 2, 'a member with the right sees the difference, so this test can');
    const leaving = every.filter(({ path }) => leaves.test(path));
    await signOut(twins);
    assert.deepEqual(await differing(twins, leaving, 'leaving'), [], 'nor does what ends a session tell');
    t.diagnostic(`all compared under ${preset} in ${Math.round(performance.now() - since)} ms`);
  });
