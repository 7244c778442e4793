// SPDX-License-Identifier: Apache-2.0
// A party that is told of one case knows of no other party, and reads its own column of this case. That it cannot tell whether there is another: twin-worlds.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openstackWithPackagers, partyName } from '../support/parties.ts';
import { marks } from './marks.ts';
import type { Say } from './secret.ts';
import { courseOf } from './secret.ts';
import { toldCase } from './told.ts';
import { village } from './village.ts';

const preset = 'openstack-vmt';
const projects = [
  {
    project: 'alpha',
    policy: openstackWithPackagers(),
    members: { ...courseOf(preset).members, pat: ['packager'], hana: ['hoster'] },
  },
  { project: 'beta', policy: 'minimal', members: { ben: ['team'] } },
];

/** What a party needs to prepare, and nothing else. */
const column = ['title', 'impact', `words to ${partyName}`, 'patch name', 'patch content'];

test('L-02 L-29 LIBVIRT-31 of a case that it is told of a party reads title, impact, its own words and the patches, on every page and in no mail', async (t) => {
  const planting = marks();
  const here = await village((done) => t.after(done), projects);
  const say: Say = (field, kind) => {
    if (kind === 'address') return `${planting.mark(field)}@reporters.example`;
    return kind === 'file' ? `${planting.mark(field)}.txt` : `Words ${planting.mark(field)} words`;
  };
  const secret = await toldCase(here, say, [partyName, 'hosters']);
  const token = await here.signIn('alpha', 'pat');
  const paths = [
    `/api/v1/alpha/cases/${secret.case}`,
    '/api/v1/alpha/cases',
    `/alpha/cases/${secret.case}`,
    '/alpha/cases',
    '/alpha/embargoes',
    '/alpha/statistics',
    ...secret.attachments.flatMap((id) => [
      `/alpha/cases/${secret.case}/attachments/${id}`,
      `/api/v1/alpha/cases/${secret.case}/attachments/${id}`,
    ]),
  ];
  const read = async () => {
    const answers = await Promise.all(
      paths.map((path) => here.request(path, { headers: { Authorization: `Bearer ${token}`, Cookie: `__Host-daylight-alpha=${token}` } })),
    );
    return Buffer.concat(answers.map(({ headers, body }) => Buffer.concat([Buffer.from(JSON.stringify(headers)), body])));
  };
  const before = await read();
  assert.deepEqual(planting.found(before), [], 'before the terms are accepted nothing');
  assert.ok(!/hosters|2026-11-12|November/.test(before.toString()), 'nor the date, nor who else is told');
  // A list in the order of the clocks would tell them to who asks for what stands behind one hour, and then behind another.
  const behind = async (session: string, order: string, place: string) => {
    const list = await here.call(`/api/v1/alpha/cases?order=${order}&after=${place}~2000-01-01T00:00:00.000Z~0`, { token: session });
    return list.json.rows.some((row: { case: string }) => row.case === secret.case);
  };
  const [early, late] = ['2000-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z'];
  const places = ['n', 'p'].flatMap((patches) => ['-', early, late].map((clock) => `${patches}~${clock}`));
  for (const [order, place] of ['clock', 'patches'].flatMap((order) => places.map((place) => [order, place] as const)))
    assert.ok(await behind(token, order, place), `behind whatever clock it is asked for: ${order} ${place}`);
  const anna = await here.signIn('alpha', 'anna');
  assert.deepEqual(
    [await behind(anna, 'clock', `n~${early}`), await behind(anna, 'clock', `n~${late}`)],
    [true, false],
    'who reads it can tell',
  );
  await here.call(`/api/v1/alpha/cases/${secret.case}/accept-terms`, { token, body: {} });
  const after = await read();
  assert.deepEqual(planting.found(after).toSorted(), column.toSorted());
  assert.ok(after.includes('2026-11-12T15:00'), 'the date is there');
  for (const other of ['hosters', 'embargo-notice', 'linux-distros', '"anna"', '"viktor"', secret.participant])
    assert.ok(!after.includes(other), `it reads ${other}`);
  const embargoes = async (person: string) => {
    const session = await here.signIn('alpha', person);
    const answer = await here.request('/alpha/embargoes', { headers: { Cookie: `__Host-daylight-alpha=${session}` } });
    return answer.body.toString();
  };
  const [team, own, notYet, nobody] = await Promise.all(['anna', 'pat', 'hana', 'cleo'].map(embargoes));
  assert.ok(
    team?.includes(secret.codename) && team.includes('hosters') && team.includes('cap that binds'),
    'the team sees every milestone',
  );
  assert.ok(own?.includes(secret.codename) && !own.includes('hosters') && !own.includes('cap that binds'), 'the party sees its own');
  for (const page of [notYet, nobody]) assert.ok(page?.includes('No embargo runs') && !page.includes(secret.codename), 'others see no row');
  const mails = here.relay.sent.filter(({ to }) => to.address.startsWith('pat@'));
  assert.ok(mails.length > 0);
  assert.deepEqual(planting.found(JSON.stringify(mails)), []);
});
