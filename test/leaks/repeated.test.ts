// SPDX-License-Identifier: Apache-2.0
// Sending again what somebody else has sent: the same key, the same mail, the same numbers. Nothing tells that a case has them already (L-23).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { post, rawLetter, replyAddress } from './letters.ts';
import { courseOf, driveSecret, sendReport, stepsOf } from './secret.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

const projects = [
  { project: 'alpha', policy: 'openstack-vmt', members: courseOf('openstack-vmt').members },
  { project: 'beta', policy: 'minimal', members: { ben: ['team'] } },
];
const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `what is said: ${field}`);
const key = 'b7f3a1c2-6f3c-4f0e-9a57-0d1f4f9c2a11';

const stranger = (here: Village, project: string, headers: Record<string, string>, also: object = {}) =>
  here.call(`/api/v1/${project}/reports`, {
    headers,
    body: { title: 'A stranger', fields: { description: 'Nothing much', component: 'nova' }, consent: true, ...also },
  });

test('L-23 whoever knows the Idempotency-Key of another report gets a case of their own and no key to the other', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', say, key);
  const guessed = await stranger(here, 'alpha', { 'Idempotency-Key': key });
  assert.equal(guessed.status, 201);
  assert.notEqual(guessed.json.case, sent.case, 'the answer names the case of somebody else');
  assert.ok(!guessed.body.includes(sent.token), 'the answer hands out the key of somebody else');
  const mine = await here.call('/api/v1/alpha/my-report', { token: guessed.json.key });
  assert.equal(mine.json.title, 'A stranger', 'the report of the second sender was lost');
});

test('L-23 the same report under the same key is one case, and its sender gets the same answer again', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const first = await sendReport(here, 'alpha', 'openstack-vmt', say, key);
  assert.deepEqual(await sendReport(here, 'alpha', 'openstack-vmt', say, key), first);
  const other = await stranger(here, 'beta', { 'Idempotency-Key': key });
  assert.notEqual(other.json.case, first.case);
  const queue = await here.call('/api/v1/alpha/cases', { token: await here.signIn('alpha', 'anna') });
  assert.equal(queue.json.rows.length, 1);
});

test('L-23 a key that can be guessed is refused, whether or not a report has it', async (t) => {
  const here = await village((done) => t.after(done), projects);
  for (const weak of ['1', 'report', '2026-11-02', 'x'.repeat(21), 'y'.repeat(256), 'with spaces in it that make it long']) {
    const answer = await stranger(here, 'alpha', { 'Idempotency-Key': weak });
    assert.equal(answer.status, 422, `${weak}: ${answer.body}`);
    assert.match(answer.body.toString(), /Idempotency-Key/);
  }
  assert.equal((await here.call('/api/v1/alpha/cases', { token: await here.signIn('alpha', 'anna') })).json.rows.length, 0);
});

test('L-23 a mail sent again is answered as the first was, and no mail leaves for it', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const letter = {
    from: 'rita@reporters.example',
    to: 'security@alpha.example',
    subject: 'Overflow',
    fields: ['Message-ID: <1@reporters.example>'],
  };
  const first = await post(here, letter);
  await here.settle();
  const mails = here.relay.sent.length;
  assert.deepEqual(await post(here, letter), first);
  await here.settle();
  assert.equal(here.relay.sent.length, mails);
  // The bytes of a mail are no key by any other door.
  const raw = Buffer.from(rawLetter(letter)).toString('latin1');
  const { receiveReport } = await import('../../src/app/intake.ts');
  const byForm = await receiveReport(here.world, {
    project: 'alpha' as never,
    channel: 'web',
    mailbox: null,
    proof: { by: 'nothing' },
    member: false,
    key: raw,
    title: 'Overflow',
    fields: { description: 'Some text.', component: 'nova' },
    files: [],
    name: null,
    address: null,
    sensitive: 'yes',
    origin: 'unknown',
    deadline: null,
    consented: true,
  });
  assert.ok('case' in byForm);
  assert.equal((await here.call('/api/v1/alpha/cases', { token: await here.signIn('alpha', 'anna') })).json.rows.length, 2);
});

test('L-23 the CVE number of a hidden case is recorded in another as any other number is', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const secret = await driveSecret(here, 'alpha', 'openstack-vmt', say);
  const answers = [];
  for (const number of [secret.cve, 'CVE-1900-123123']) {
    const { json } = await stranger(here, 'beta', {});
    const { as, maybe } = stepsOf(here, 'beta', { case: json.case, mine: json.link });
    await maybe('ben', 'release-report');
    await as('ben', 'take-up-case');
    await maybe('ben', 'decide-eligibility', { verdict: 'in', reason: 'In.' });
    await as('ben', 'confirm-flaw', { reason: 'Seen.', severity: 'high', branches: 'development main' });
    const token = await here.signIn('beta', 'ben');
    const [{ flaw }] = (await here.call(`/api/v1/beta/cases/${json.case}`, { token })).json.state.flaws;
    const { events } = (await as('ben', 'record-cve', { flaw, number })).json;
    assert.deepEqual(events, ['cve-assigned']);
    answers.push(events);
  }
  assert.deepEqual(answers[0], answers[1]);
});

test('an answer by mail that comes twice, its header grown on the way, is one message; other words under its Message-ID are another', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', say);
  await here.settle();
  const to = replyAddress(here, 'rita@reporters.example');
  const answer = { from: 'rita@reporters.example', to, text: 'One thing more.' };
  const id = 'Message-ID: <answer@reporters.example>';
  const answers = [
    await post(here, { ...answer, fields: [id] }),
    await post(here, { ...answer, fields: ['Received: from a.example by b.example; Mon, 2 Nov 2026 09:00:00 +0000', id] }),
    await post(here, { ...answer, fields: [id], text: 'Something else.' }),
    await post(here, { ...answer, text: 'Without an id.' }),
    await post(here, { ...answer, text: 'Without an id.' }),
  ];
  assert.deepEqual(
    answers,
    answers.map(() => ({ kind: 'kept', reference: sent.codename })),
  );
  const { log, texts } = (await here.call(sent.mine)).json;
  const said = log
    .filter((one: { kind: string }) => one.kind === 'message-received')
    .map((one: { texts: string[] }) => texts[one.texts[0] ?? '']);
  assert.deepEqual(
    said.map((text: string) => text.trimEnd()),
    ['One thing more.', 'Something else.', 'Without an id.'],
  );
});
