// SPDX-License-Identifier: Apache-2.0
// A stolen session that reads one case after the other: it gets so far and no further, and its owner's own work is not held up.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mostCasesInAnHour, mostTitlesInAnHour } from '../../src/app/bulk-reads.ts';
import { readCase } from '../../src/app/read.ts';
import { actOnPerson } from '../../src/app/roster.ts';
import { makeApiToken } from '../../src/app/sign-in/api-tokens.ts';
import { sessionActor } from '../../src/app/sign-in/sessions.ts';
import type { CaseId, ProjectId } from '../../src/core/model/identifiers.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

const alpha = 'alpha' as ProjectId;
const process = { kind: 'process', project: alpha } as const;
const members = { anna: ['team'], otto: ['team'], ada: ['administrator'] };

async function withCases(t: { after(done: () => Promise<void>): void }, count: number) {
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: 'minimal', members }]);
  const ids: CaseId[] = [];
  for (let index = 0; index < count; index++) {
    const body = { title: `Title ${index}`, fields: { description: `Secret ${index}` }, consent: true };
    const sent = await here.call('/api/v1/alpha/reports', { body });
    assert.equal(sent.status, 201, sent.body.toString());
    ids.push(sent.json.case);
  }
  return { here, ids };
}

const open = (here: Village, id: string, token: string) => here.call(`/api/v1/alpha/cases/${id}`, { token });
const standing = (here: Village) =>
  here.world.store.as(process, ({ roster }) => roster.person('anna' as never)).then((one) => one?.state.standing);

test('L-29 L-31 a stolen session opens so many cases within an hour and no more, then every way in of its owner has ended', async (t) => {
  const { here, ids } = await withCases(t, mostCasesInAnHour + 8);
  const [stolen, second] = [await here.signIn('alpha', 'anna'), await here.signIn('alpha', 'anna')];
  const actor = await sessionActor(here.world, alpha, second);
  assert.ok(actor);
  const made = await makeApiToken(here.world, actor, { name: 'ci', scopes: ['case:read'], days: 7 });
  assert.ok('token' in made);
  // All at once, as a program would.
  const answers = await Promise.all(ids.map((id) => open(here, id, stolen)));
  const read = answers.filter(({ status }) => status === 200);
  assert.equal(read.length, mostCasesInAnHour);
  assert.ok(answers.every(({ status }) => status === 200 || status === 404));
  for (const token of [stolen, second, made.token]) assert.equal((await open(here, ids[0] ?? '', token)).status, 404);
  assert.equal(await standing(here), 'suspended');
  await here.settle();
  const told = here.relay.sent.filter(({ subject }) => subject.includes('A member was locked out'));
  assert.deepEqual(told.map(({ to }) => to.address).sort(), ['ada@members.example', 'otto@members.example']);
  for (const { text } of told) assert.ok(!/anna|Title|Secret/.test(text), text);
  assert.deepEqual(
    here.lines.filter((line) => line.includes('reading-stopped')),
    [JSON.stringify({ event: 'reading-stopped', person: 'anna' })],
  );
  assert.ok(!/Title|Secret|anna@/.test(here.lines.join('\n')), 'the server’s own log has ids only');
  const history = await here.world.store.as(process, ({ roster }) => roster.history('anna' as never));
  assert.match(history.at(-1)?.note ?? '', /confidential cases were opened within an hour/);
  assert.deepEqual(history.at(-1)?.event.by, { kind: 'process' });
  const otto = { kind: 'person', person: 'otto', roles: ['team'] } as never;
  await actOnPerson(here.world, alpha, otto, { person: 'anna' as never, action: { kind: 'reinstate' }, note: 'It was she, on the train.' });
  assert.equal(await standing(here), 'active');
  assert.equal((await open(here, ids[0] ?? '', stolen)).status, 404, 'a session that ended stays ended');
});

test('L-31 what was opened once may be opened again, the queue is not counted, and the process reads what it must', async (t) => {
  const { here, ids } = await withCases(t, mostCasesInAnHour + 3);
  const session = await here.signIn('alpha', 'anna');
  for (let round = 0; round < 3; round++)
    assert.equal((await here.call('/api/v1/alpha/cases', { token: session })).json.rows.length, ids.length);
  for (const id of ids.slice(0, mostCasesInAnHour)) assert.equal((await open(here, id, session)).status, 200);
  for (const id of ids.slice(0, 5)) assert.equal((await open(here, id, session)).status, 200);
  for (const id of ids) assert.ok(await readCase(here.world, process, id));
  assert.equal(await standing(here), 'active');
});

test('L-31 QEMU-1 whoever screens a flood of held reports opens them all; what was let in is counted as ever', async (t) => {
  const here = await village(
    (done) => t.after(done),
    [{ project: 'alpha', policy: 'libvirt-2023', members: { mo: ['moderator', 'core'] } }],
  );
  const session = await here.signIn('alpha', 'mo');
  const ids: CaseId[] = [];
  for (let index = 0; index < mostCasesInAnHour + 3; index++) {
    const body = { title: `Title ${index}`, fields: { description: `Secret ${index}` }, address: 'ada@reporters.example', consent: true };
    ids.push((await here.call('/api/v1/alpha/reports', { body })).json.case);
  }
  for (const id of ids) assert.equal((await open(here, id, session)).status, 200);
  for (const id of ids)
    assert.equal((await here.call(`/api/v1/alpha/cases/${id}/release-report`, { token: session, body: {} })).status, 200);
  const answers = [];
  for (const id of ids) answers.push((await open(here, id, session)).status);
  assert.equal(answers.filter((status) => status === 200).length, mostCasesInAnHour);
});

test('L-31 the last who may admit is stopped too', async (t) => {
  const { here, ids } = await withCases(t, mostCasesInAnHour + 1);
  await here.appoint('alpha', 'otto', []);
  const session = await here.signIn('alpha', 'anna');
  for (const id of ids) await open(here, id, session);
  assert.equal(await standing(here), 'suspended');
});

test('L-31 the queue shows so many titles within an hour and codenames from then on; nobody is locked out, and those who may admit are told once', async (t) => {
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: 'minimal', members }]);
  const body = (index: number) => ({ title: `Title ${index}`, fields: { description: 'Words' }, consent: true });
  const more = 20;
  for (let index = 0; index < mostTitlesInAnHour + more; index++)
    assert.equal((await here.call('/api/v1/alpha/reports', { body: body(index) })).status, 201);
  const session = await here.signIn('alpha', 'anna');
  const page = async (after: string | null, token = session) =>
    (await here.call(`/api/v1/alpha/cases${after === null ? '' : `?after=${encodeURIComponent(after)}`}`, { token })).json;
  const whole = async () => {
    const rows: { title: string; codename: string }[] = [];
    for (let after: string | null = null; ; ) {
      const { rows: some, next } = await page(after);
      rows.push(...some);
      if (next === null) return rows;
      after = next;
    }
  };
  const [first, again] = [await whole(), await whole()];
  for (const rows of [first, again]) {
    assert.equal(rows.filter(({ title }) => title !== '').length, mostTitlesInAnHour);
    assert.ok(rows.length === mostTitlesInAnHour + more && rows.every(({ codename }) => codename !== ''));
  }
  assert.deepEqual(again, first, 'those that were shown are shown again');
  const second = await Promise.all([page(null, await here.signIn('alpha', 'anna')), page(null)]);
  assert.deepEqual(second[0].rows, second[1].rows, 'another session of theirs is shown no others');
  assert.equal(await standing(here), 'active');
  const last = first.at(-1);
  const web = await here.request('/alpha/queue', { headers: { Cookie: `__Host-daylight-alpha=${session}` } });
  assert.equal(web.status, 200);
  assert.equal(last?.title, '');
  await here.settle();
  const told = here.relay.sent.filter(({ subject }) => subject.includes('very many titles'));
  assert.deepEqual(told.map(({ to }) => to.address).sort(), ['ada@members.example', 'anna@members.example', 'otto@members.example']);
  for (const { text } of told) assert.ok(!/anna@|Title \d/.test(text), text);
  assert.equal(
    (await page(null, await here.signIn('alpha', 'otto'))).rows[0].title.slice(0, 5),
    'Title',
    'each reader has an hour of their own',
  );
});
