// SPDX-License-Identifier: Apache-2.0
// Each reader sees exactly their column: the team, the reporter, who enters numbers, a member without a role, a former member, the public.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csrfToken } from '../../src/web/cross-site.ts';
import { courseOf, driveSecret, sendReport, stepsOf } from './secret.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `said: ${field}`);
const settled = (policy: string) => [{ project: 'alpha', policy, members: courseOf(policy).members }];
const told = ['advisory', 'embargo', 'flaws', 'handling', 'publicSince', 'visibility'];

const csrfOf = (here: Village, session: string) => csrfToken(here.world.derive('csrf'), session);

async function rowsFor(here: Village, person: string): Promise<readonly { readonly state: Record<string, unknown> }[]> {
  return (await here.call('/api/v1/alpha/cases', { token: await here.signIn('alpha', person) })).json.rows;
}

test('L-02 QEMU-32 who enters CVE numbers reads title and impact and what they need, in lists as on the page', async (t) => {
  const here = await village((done) => t.after(done), settled('qemu-2026'));
  const sent = await sendReport(here, 'alpha', 'qemu-2026', say);
  const { anna } = stepsOf(here, 'alpha', sent);
  await anna('take-up-case');
  await anna('decide-eligibility', { verdict: 'in', reason: 'In.' });
  assert.deepEqual(await rowsFor(here, 'cecil'), [], 'nothing before a number is needed');
  await anna('confirm-flaw', { reason: 'Seen.', severity: 'high', branches: 'development master' });
  await anna('describe-impact', { impact: say('impact') });
  const page = await here.call(`/api/v1/alpha/cases/${sent.case}`, { token: await here.signIn('alpha', 'cecil') });
  assert.deepEqual(Object.values(page.json.texts).sort(), ['said: impact', 'said: title']);
  assert.deepEqual(page.json.attachments, []);
  assert.deepEqual(
    page.json.log.map((event: { kind: string }) => event.kind),
    ['report-submitted', 'impact-described'],
  );
  assert.deepEqual(page.json.messages, []);
  assert.deepEqual(Object.keys(page.json.state).sort(), told);
  const [row, ...more] = await rowsFor(here, 'cecil');
  assert.equal(more.length, 0);
  assert.deepEqual(row?.state, page.json.state, 'the list says more than the page');
  const { owner, clock } = row as unknown as Record<string, unknown>;
  assert.deepEqual({ owner, clock }, { owner: null, clock: null });
});

test('L-02 L-08 who enters CVE numbers cannot count what happens inside, nor read who works on it: the same bytes, the same version', async (t) => {
  const here = await village((done) => t.after(done), settled('qemu-2026'));
  const sent = await sendReport(here, 'alpha', 'qemu-2026', say);
  const { anna, viktor } = stepsOf(here, 'alpha', sent);
  await anna('take-up-case');
  await anna('decide-eligibility', { verdict: 'in', reason: 'In.' });
  await anna('confirm-flaw', { reason: 'Seen.', severity: 'high', branches: 'development master' });
  await anna('describe-impact', { impact: say('impact') });
  await here.settle();
  const session = await here.signIn('alpha', 'cecil');
  const api = `/api/v1/alpha/cases/${sent.case}`;
  const asked = [
    [`/alpha/cases/${sent.case}`, { headers: { Cookie: `__Host-daylight-alpha=${session}` } }],
    ['/alpha/queue', { headers: { Cookie: `__Host-daylight-alpha=${session}` } }],
    [api, { headers: { Authorization: `Bearer ${session}` } }],
    ['/api/v1/alpha/cases', { headers: { Authorization: `Bearer ${session}` } }],
  ] as const;
  const look = async () => {
    const answers = [];
    for (const [path, options] of asked) {
      const { status, headers, body } = await here.request(path, options);
      assert.equal(status, 200, path);
      const { date: _, ...told } = headers;
      answers.push(JSON.stringify([path, told, body.toString()]));
    }
    return answers;
  };
  const before = await look();
  const { version } = JSON.parse((await here.request(api, asked[2][1])).body.toString());
  for (const word of ['anna', 'Owner', 'Severity', 'approved', 'still needed', 'Branch', 'can see this'])
    assert.ok(!before[0]?.includes(word), `the page says: ${word}`);
  await anna('add-note', { body: 'Inside.' });
  await anna('assess-severity', { level: 'low' });
  await anna('approve-impact');
  await viktor('approve-impact');
  await anna('send-message', { body: 'To the reporter.' });
  await anna('record-fact', { fact: 'exposed', since: '2026-11-01 09:00 UTC', evidence: 'Seen.' });
  for (const [at, told] of (await look()).entries()) assert.equal(told, before[at]);
  const all = await here.call(api, { token: await here.signIn('alpha', 'anna') });
  assert.ok(all.json.version >= version + 5, 'the team counts them');
  const { flaw } = all.json.state.flaws[0];
  const enter = (seen: number) =>
    here.request(`${api}/record-cve`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${session}`, 'Content-Type': 'application/json', 'If-Match': `"${seen}"` },
      body: JSON.stringify({ flaw, number: 'CVE-1900-10001' }),
    });
  const late = await enter(all.json.version);
  assert.deepEqual([late.status, JSON.parse(late.body.toString()).version], [412, version], 'the version of the team is none of theirs');
  const entered = await enter(version);
  assert.deepEqual(
    [entered.status, JSON.parse(entered.body.toString()).version],
    [200, 1],
    'and counts nothing once they read it no longer',
  );
});

test('L-02 a case of which the notice alone is public shows a member without a role what it shows everybody', async (t) => {
  const here = await village((done) => t.after(done), settled('libvirt-2023'));
  const secret = await driveSecret(here, 'alpha', 'libvirt-2023', say);
  here.set(secret.until ?? '');
  await here.settle();
  const anybody = await here.call(`/api/v1/alpha/cases/${secret.case}`);
  assert.equal(anybody.status, 200);
  assert.equal(anybody.json.state.visibility, 'public');
  assert.deepEqual(Object.keys(anybody.json.state).sort(), told);
  assert.deepEqual(
    { texts: anybody.json.texts, log: anybody.json.log, files: anybody.json.attachments },
    { texts: {}, log: [], files: [] },
  );
  await here.appoint('alpha', 'rhea', []);
  for (const person of ['cleo', 'rhea', 'mo']) {
    const page = await here.call(`/api/v1/alpha/cases/${secret.case}`, { token: await here.signIn('alpha', person) });
    assert.deepEqual(page.json.state, anybody.json.state, person);
    assert.deepEqual(page.json.texts, {}, person);
    assert.deepEqual(await rowsFor(here, person), [], `${person}: what is not theirs to handle stands in no queue of theirs`);
  }
});

test('L-02 a form that comes too late tells a reporter, and who enters numbers, nothing of what happened inside', async (t) => {
  const here = await village((done) => t.after(done), settled('qemu-2026'));
  const secret = await driveSecret(here, 'alpha', 'qemu-2026', say);
  const mine = await here.own('alpha', secret.token);
  const late = (path: string, session: string, fields: Record<string, string>) =>
    here.request(path, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        Cookie: `__Host-daylight-${path.includes('my-report') ? 'report' : 'alpha'}=${session}`,
      },
      body: new URLSearchParams({ version: '1', csrf: csrfOf(here, session), ...fields }).toString(),
    });
  const toReporter = await late(`${mine.path}/answer-team`, mine.session, { body: 'Too late.' });
  assert.equal(toReporter.status, 409, toReporter.body.toString());
  const inside = ['Severity', 'Internal note', 'Branch master', 'Approved the patch', 'needed', 'Proposed what opens', 'exposed'];
  for (const word of inside) assert.ok(!toReporter.body.includes(word), `the reporter is told: ${word}`);
  assert.match(toReporter.body.toString(), /Confirmed 1 flaw/, 'what they are told anyway is there');
  const other = await sendReport(here, 'alpha', 'qemu-2026', say);
  const { anna, state } = stepsOf(here, 'alpha', other);
  await anna('take-up-case');
  await anna('decide-eligibility', { verdict: 'in', reason: 'In.' });
  await anna('confirm-flaw', { reason: 'Seen.', severity: 'high', branches: 'development master' });
  const session = await here.signIn('alpha', 'cecil');
  const [{ flaw }] = (await state()).flaws;
  const toNumbers = await late(`/alpha/cases/${other.case}/record-cve`, session, { flaw, number: 'CVE-1900-10001' });
  assert.equal(toNumbers.status, 409, toNumbers.body.toString());
  for (const word of [...inside, 'Eligibility']) assert.ok(!toNumbers.body.includes(word), `who enters numbers is told: ${word}`);
  const toTeam = await late(`/alpha/cases/${secret.case}/add-note`, await here.signIn('alpha', 'anna'), { body: 'Too late.' });
  assert.match(toTeam.body.toString(), /Severity/, 'the team is told');
});

test('L-08 what happens inside cannot be counted by the reporter: the same bytes, the same version, and no form of theirs is out of date', async (t) => {
  const here = await village((done) => t.after(done), settled('qemu-2026'));
  const sent = await sendReport(here, 'alpha', 'qemu-2026', say);
  const { anna, maybe } = stepsOf(here, 'alpha', sent);
  await maybe('anna', 'release-report');
  await anna('take-up-case');
  await anna('decide-eligibility', { verdict: 'in', reason: 'In.' });
  await here.settle();
  const { path, session, cookie } = await here.own('alpha', sent.token);
  const bearer = { Authorization: `Bearer ${session}` };
  const look = async () => {
    const [page, json] = [
      await here.request(path, { headers: { Cookie: cookie } }, 'page'),
      await here.request('/api/v1/alpha/my-report', { headers: bearer }, 'json'),
    ];
    assert.deepEqual([page.status, json.status], [200, 200]);
    return [page, json].map(({ headers: { date, ...headers }, body }) => JSON.stringify([headers, body.toString()]));
  };
  const before = await look();
  const { version } = JSON.parse((await here.request('/api/v1/alpha/my-report', { headers: bearer })).body.toString());
  await anna('add-note', { body: 'Inside.' });
  await anna('assess-severity', { level: 'high' });
  await anna('add-note', { body: 'Inside again.' });
  await anna('send-message', { body: 'Held, and then taken back.' });
  assert.ok(
    (await look()).every((told, at) => told === before[at]),
    'notes, a verdict and a first answer that is held',
  );
  const all = await here.call(`/api/v1/alpha/cases/${sent.case}`, { token: await here.signIn('alpha', 'anna') });
  assert.ok(all.json.version >= version + 4, 'the team counts them');
  const held = all.json.messages.find((one: { state: string; notice: string }) => one.state === 'waiting' && one.notice === 'message');
  const taken = `/api/v1/alpha/cases/${sent.case}/messages/${held.id}/withdraw`;
  assert.equal((await here.call(taken, { token: await here.signIn('alpha', 'anna'), body: {} })).status, 200);
  assert.ok(
    (await look()).every((told, at) => told === before[at]),
    'nor one that was taken back',
  );
  const answer = (seen: number) =>
    here.request('/api/v1/alpha/my-report/answer-team', {
      method: 'POST',
      headers: { ...bearer, 'Content-Type': 'application/json', 'If-Match': `"${seen}"` },
      body: JSON.stringify({ body: 'Any news?' }),
    });
  assert.equal((await answer(all.json.version)).status, 412, 'the version of the team is none of theirs');
  const answered = await answer(version);
  assert.equal(answered.status, 200, answered.body.toString());
  assert.equal(JSON.parse(answered.body.toString()).version, version + 1, 'their own words are counted');
  await anna('confirm-flaw', { reason: 'Seen.', severity: 'high', branches: 'development master' });
  const late = await answer(version + 1);
  assert.deepEqual(
    [late.status, JSON.parse(late.body.toString()).version],
    [412, version + 2],
    'what they are told makes a form out of date',
  );
});

test('L-22 no list follows the order of rows in the database, which hidden rows would move', async (t) => {
  const here = await village((done) => t.after(done), settled('openstack-vmt'));
  const sent = [];
  for (let index = 0; index < 12; index++) sent.push(await sendReport(here, 'alpha', 'openstack-vmt', say));
  const token = await here.signIn('alpha', 'anna');
  const queue = await here.call('/api/v1/alpha/cases', { token });
  const cases = queue.json.rows.map((row: { case: string }) => row.case);
  assert.deepEqual(cases, sent.map((one) => one.case).sort(), 'cases of the same moment stand in the order of their ids');
  for (const { mine } of sent) {
    const ids = Object.keys((await here.call(mine)).json.texts);
    assert.deepEqual(ids, ids.toSorted());
  }
});
