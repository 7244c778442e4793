// SPDX-License-Identifier: Apache-2.0
// The public figures: what everybody may count, counted; and of private cases nothing that tells one more from one less.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { band, leastShown } from '../../src/app/statistics.ts';
import { presetText } from '../support/policies.ts';
import { town } from '../support/town.ts';
import { asTheyAre } from './names.ts';
import { qemu, qemuInScope, qemuReport } from './tale-qemu.ts';

test('VMT-35 the figures count public cases, say what went past the policy, and hold no content of a private case', async (t) => {
  const told = await qemuInScope(t, asTheyAre);
  await told.until('the case is public', (state) => state.visibility === 'public');
  await told.report({ ...qemuReport, title: 'Canary-hidden' });
  const { status, body } = await told.here.call('/api/v1/qemu/statistics');
  assert.equal(status, 200);
  assert.ok(!JSON.stringify(body).includes('Canary'));
  const [quarter] = body.quarters;
  assert.deepEqual([body.quarters.length, quarter.quarter, quarter.published], [1, '2026-Q4', 1]);
  assert.deepEqual(quarter.hoursToDecision, { cases: 1, median: null, p90: null }, 'below five no time is given');
  assert.equal(body.inPrivate.cases, 'fewer than 5');
});

test('VMT-35 L-08 one private case more or less is not told, and what stood last month is what is told all month', async (t) => {
  const members = { mei: ['maintainer'], jon: ['maintainer'], rhea: ['cna'] };
  const here = await town(t, [{ project: 'qemu', policy: 'qemu-2026', members }], '2026-11-20T09:00:00Z');
  const figures = async () => (await here.call('/api/v1/qemu/statistics')).body.inPrivate;
  const send = async (take: boolean) => {
    const { body } = await here.call('/api/v1/qemu/reports', { body: qemuReport });
    if (!take) return;
    const token = await here.signIn('qemu', 'mei');
    assert.equal((await here.call(`/api/v1/qemu/cases/${body.case}/take-up-case`, { token, body: {} })).status, 200);
  };
  const first = await figures();
  for (let index = 0; index < 6; index++) await send(true);
  assert.deepEqual(await figures(), first, 'nothing that happens this month moves the figure');
  here.set('2026-12-02T09:00:00Z');
  const next = await figures();
  assert.deepEqual([next.asOf, next.cases], ['2026-12-01T00:00:00.000Z', '5 to 9']);
  for (let index = 0; index < 5; index++) await send(false);
  here.set('2027-01-02T09:00:00Z');
  assert.equal((await figures()).cases, '5 to 9', 'reports that nobody took up cannot push it over an edge');
});

test('QEMU-22 QEMU-24 VMT-26 from five public cases on, the figures say how long until the merge and from the verdict to the opening, and for whom they waited; below, none', async (t) => {
  const members = { mei: ['maintainer'], jon: ['maintainer'], rhea: ['cna'] };
  const here = await town(t, [{ project: 'qemu', policy: 'qemu-2026', members }], '2026-11-02T09:00:00Z');
  const token = () => here.signIn('qemu', 'mei');
  const take = async (id: string, action: string, body: object = {}) => {
    const answer = await here.call(`/api/v1/qemu/cases/${id}/${action}`, { token: await token(), body });
    assert.ok(answer.status < 300, `${action}: ${JSON.stringify(answer.body)}`);
  };
  const figures = async () => (await here.call('/api/v1/qemu/statistics')).body;
  for (let index = 0; index < leastShown; index++) {
    const { body } = await here.call('/api/v1/qemu/reports', { body: qemuReport });
    here.later(10);
    await take(body.case, 'take-up-case');
    await take(body.case, 'send-message', { body: 'Thank you.' });
    here.later(4);
    await take(body.case, 'decide-eligibility', { verdict: 'out', reason: 'No boundary is crossed.' });
    await here.until('it is public', async () => (await here.call(`/api/v1/qemu/cases/${body.case}`)).status === 200);
    if (index > leastShown - 2) continue;
    const early = (await figures()).quarters[0];
    assert.deepEqual([early.published, early.hoursWaitingForTeam.median, early.hoursToMerge.median], [index + 1, null, null]);
  }
  const { quarters, openInPublic } = await figures();
  assert.deepEqual(quarters[0].hoursWaitingForTeam, { cases: leastShown, median: 10, p90: 10 });
  assert.deepEqual(quarters[0].hoursWaitingForReporter, { cases: leastShown, median: 4, p90: 4 });
  assert.deepEqual(quarters[0].hoursToMerge, { cases: 0, median: null, p90: null }, 'nothing was merged');
  const { cases, median, p90 } = quarters[0].hoursFromVerdictOut;
  assert.deepEqual([cases, median, p90], [leastShown, 0, 0], 'what is no flaw is opened with the verdict');
  assert.equal(openInPublic.length, 3);
});

test('VMT-35 a band is wide, and below five there is one only', () => {
  assert.equal(new Set(Array.from({ length: leastShown }, (_, cases) => band(cases))).size, 1);
  assert.deepEqual([5, 9, 10, 19, 20, 100].map(band), ['5 to 9', '5 to 9', '10 to 19', '10 to 19', '20 to 39', '80 to 159']);
});

test('VMT-35 a policy that publishes no statistics has no such page, and says so as of anything that does not exist', async (t) => {
  const policy = (preset: string) => presetText(preset).replace('\npublication:\n', '\npublication:\n  statistics: none\n');
  const told = await qemu(t, { ...asTheyAre, policy });
  const hidden = await told.here.call('/api/v1/qemu/statistics');
  const nowhere = await told.here.call('/api/v1/nowhere/statistics');
  assert.deepEqual([hidden.status, hidden.body], [404, nowhere.body]);
});
