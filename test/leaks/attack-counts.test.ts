// SPDX-License-Identifier: Apache-2.0
// An attack by counting: a told party, a reporter and everybody compare what they are shown until after a publication with what they would be shown if another case were not there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openstackWithPackagers, partyName } from '../support/parties.ts';
import type { Asked, Crawled } from './crawl.ts';
import { says, visitor } from './crawl.ts';
import { advisoryBody, courseOf, type Secret, sendReport, stepsOf } from './secret.ts';
import { toldCase } from './told.ts';
import { differing } from './twins.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

const preset = 'openstack-vmt';
const members = { ...courseOf(preset).members, pat: ['packager'], hana: ['hoster'] };
const projects = [
  { project: 'alpha', policy: openstackWithPackagers(), members },
  { project: 'beta', policy: 'minimal', members: { ben: ['team'], anna: ['team'], viktor: ['team'] } },
];

/** Takes one of everything that is counted: a place in the queue, flaws, a CVE number, a party that is told, an advisory, mails, a case of the other project. */
async function hide(here: Village): Promise<void> {
  const say = says('carla');
  const sent = await sendReport(here, 'alpha', preset, say);
  await sendReport(here, 'alpha', preset, says('conny'));
  await sendReport(here, 'beta', preset, says('clara'));
  await here.settle();
  const { anna, viktor, reporter, maybe, state } = stepsOf(here, 'alpha', sent);
  await anna('take-up-case');
  await anna('decide-eligibility', { verdict: 'in', reason: 'In.' });
  await anna('confirm-flaw', { reason: 'Seen.', ...courseOf(preset).confirmation });
  await anna('add-flaw', { title: 'Another flaw' });
  await anna('drop-flaw', { flaw: (await state()).flaws.at(-1).flaw, reason: 'It is none.' });
  await reporter('decide-credit', { decision: 'declined' });
  await anna('describe-impact', {
    ...{ feature: 'a driver', action: 'a request', actor: 'user', gain: 'memory', consequence: 'a leak', deployments: 'some setups' },
  });
  await reporter('approve-impact');
  await maybe('viktor', 'approve-impact');
  const [{ flaw }] = (await state()).flaws;
  await anna('request-cve', { flaw });
  await viktor('record-cve', { flaw, number: 'CVE-2026-20001' });
  await reporter('propose-embargo', { until: '2026-12-01 15:00 UTC', reason: 'A date.' });
  await anna('write-advisory', { advisory: advisoryBody(say) });
  await anna('submit-advisory');
  await viktor('approve-advisory');
  await anna('send-message', { body: 'We look at it.' });
  await anna('screen-party', { party: 'hosters', cleared: true, reason: 'They keep it.' });
  await here.settle();
}

/** What is asked of their own case, of every list and of what is public, by a party, by its reporter and by nobody. */
async function asked(here: Village, mine: Secret, page: string): Promise<readonly Asked[]> {
  const pat = visitor(here, 'party', 'alpha', await here.signIn('alpha', 'pat'));
  const own = await here.own('alpha', mine.token);
  const reporter = { name: 'reporter', headers: { Cookie: own.cookie, Authorization: `Bearer ${mine.token}` } };
  const filled = (path: string) =>
    path
      .replace(':project', 'alpha')
      .replace(':case', mine.case)
      .replace(':attachment', mine.attachments[0] ?? '')
      .replace(/:\w+/g, page);
  const lists = [
    'csaf/index.txt',
    'csaf/changes.csv',
    'csaf/feed-tlp-white.json',
    'index.json',
    'atom.xml',
    'records/index.json',
    'SHA256SUMS',
  ];
  const paths = [
    ...here.routes.filter(({ method }) => method === 'GET').map(({ path }) => filled(path)),
    ...lists.map((path) => `/alpha/advisories/${path}`),
    ...['order=patches', 'after=0', 'after=1', 'after=zzzz'].map((query) => `/api/v1/alpha/cases?${query}`),
  ];
  return [pat, reporter, { name: 'nobody', headers: {} }].flatMap(({ name, headers }) =>
    paths.flatMap((path) => ['GET', 'HEAD'].map((method) => ({ who: name, path, init: { method, headers } }))),
  );
}

/** Mails to those who may know of the one case, whole but for the random name of each and the random link in it, whose forms are looked at. */
function mailed({ relay }: Village): readonly string[] {
  const known = ['pat@members.example', 'mine@reporters.example'];
  return relay.sent
    .filter(({ to }) => known.includes(to.address))
    .map(({ messageId, ...mail }) => {
      assert.match(messageId, /^<[0-9a-z]{26}@[\w.-]+>$/, 'nothing in it counts');
      return JSON.stringify(mail).replaceAll(/\/return\/dlr[0-9a-z]{35}\b/g, '/return/LINK');
    });
}

test('L-02 L-08 L-14 L-22 whoever counts finds the same until after a publication, whether there is another case or not', async (t) => {
  const towns: (Crawled & { readonly mine: Secret })[] = [];
  for (const isHidden of [false, true]) {
    const here = await village((done) => t.after(done), projects);
    here.reseed('mine');
    const mine = await toldCase(here, says('mine'), [partyName]);
    await stepsOf(here, 'alpha', mine).as('pat', 'accept-terms');
    await here.settle();
    here.reseed('hidden');
    if (isHidden) await hide(here);
    here.reseed('after');
    towns.push({ here, mine, other: mine, open: { ...mine, attachment: '' }, sessions: {} });
  }
  const [town, twin] = towns;
  assert.ok(town !== undefined && twin !== undefined);
  assert.deepEqual(twin.mine, town.mine);
  const { mine } = town;
  let count = 0;
  const compare = async (when: string) => {
    for (const { here } of towns) here.reseed(when);
    const [one, other] = await Promise.all(towns.map(({ here }) => asked(here, mine, mine.number ?? 'x')));
    assert.deepEqual(one, other, when);
    const found = await differing({ town, twin }, one ?? [], when);
    assert.deepEqual(found.slice(0, 3), [], `${when}: ${found.length} of ${one?.length} answers differ`);
    count += one?.length ?? 0;
  };
  await compare('before');
  for (const { here } of towns) {
    const { anna, viktor, as, state } = stepsOf(here, 'alpha', mine);
    here.reseed('in between');
    await as('pat', 'write-to-team', { body: 'We are ready.' });
    await anna('write-to-party', { party: partyName, body: 'Thank you.' });
    await anna('go-on-call', { role: 'core_reviewer' });
    await viktor('go-on-call', { role: 'stable_maintainer' });
    await anna('approve-release');
    await viktor('approve-release');
    await here.settle();
    here.set((await state()).embargo.until);
    await here.settle();
  }
  const shown = await town.here.call(`/api/v1/alpha/cases/${mine.case}`);
  assert.deepEqual([shown.status, shown.json.state.visibility], [200, 'public'], 'it was published');
  await compare('after');
  assert.deepEqual(mailed(twin.here), mailed(town.here));
  assert.ok(mailed(town.here).length > 3, 'there are mails to compare');
  assert.deepEqual(await twin.here.site(), await town.here.site(), 'the built sites are the same');
  const anna = await Promise.all(
    towns.map(async ({ here }) => (await here.call('/api/v1/alpha/cases', { token: await here.signIn('alpha', 'anna') })).json.rows.length),
  );
  assert.notEqual(anna[0], anna[1], 'who may see the other case sees it, so this test can tell');
  t.diagnostic(`${count} answers compared`);
});
