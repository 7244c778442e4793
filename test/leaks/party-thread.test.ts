// SPDX-License-Identifier: Apache-2.0
// What a party and the team write to each other: read by these two, by page and by mail, and not to be noticed by anybody else.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openstackWithPackagers, partyName } from '../support/parties.ts';
import { says } from './crawl.ts';
import { mailAddresses, post, replyAddress } from './letters.ts';
import { courseOf, driveSecret, type Secret, stepsOf } from './secret.ts';
import type { Answer, Village } from './village.ts';
import { village } from './village.ts';

const preset = 'openstack-vmt';
const members = { ...courseOf(preset).members, pat: ['packager'], pia: ['packager'], hana: ['hoster'], tessa: ['packager', 'hoster'] };
const projects = [{ project: 'alpha', policy: openstackWithPackagers(), members }];
const question = 'Canary-question: may we ship on the day before?';
const answer = 'Canary-answer: no, at the hour.';

/** A case of which two parties are told; pat, tessa and hana have accepted the terms, pia has not. */
async function told(here: Village): Promise<Secret> {
  here.reseed('told');
  const secret = await driveSecret(here, 'alpha', preset, says('tim'));
  const { anna, reporter, as } = stepsOf(here, 'alpha', secret);
  await reporter('propose-embargo', { until: '2026-11-12 15:00 UTC', reason: 'A date for all.' });
  for (const party of [partyName, 'hosters']) {
    await anna('screen-party', { party, cleared: true, reason: 'Cleared.' });
    await anna('notify-party', { party, text: `Words to ${party}` });
  }
  for (const person of ['pat', 'tessa', 'hana']) await as(person, 'accept-terms');
  await here.settle();
  return secret;
}

/** The minute in which a message can be taken back. */
const afterTheHold = (here: Village) => here.set(new Date(Date.parse('2026-11-02T09:00:00Z') + 60_000).toISOString());

/** One says it on the page, the other answers; then the first answers by mail, with a file. */
async function conversation(here: Village, secret: Secret): Promise<void> {
  const { as } = stepsOf(here, 'alpha', secret);
  await as('pat', 'write-to-team', { body: question, attachments: [{ name: 'canary-file.txt', text: 'Canary-bytes' }] });
  await as('anna', 'write-to-party', { party: partyName, body: answer });
  afterTheHold(here);
  await here.settle();
  const letter = { from: 'pat@members.example', to: replyAddress(here, 'pat@members.example'), text: 'Canary-mail: understood.' };
  assert.equal((await post(here, letter)).kind, 'kept');
  assert.equal((await post(here, letter)).kind, 'kept', 'the same again is one message');
  await here.settle();
}

function pagesOf({ case: id, attachments }: Secret): readonly string[] {
  const lists = ['queue', 'embargoes', 'statistics', 'account', 'people'].map((page) => `/alpha/${page}`);
  const files = attachments.flatMap((file) => [`/alpha/cases/${id}/attachments/${file}`, `/api/v1/alpha/cases/${id}/attachments/${file}`]);
  return ['/api/v1/alpha/cases', `/api/v1/alpha/cases/${id}`, `/alpha/cases/${id}`, `/alpha/cases/${id}/access`, ...lists, ...files];
}

const exact = ({ status, headers: { date, ...headers }, body }: Answer) => JSON.stringify([status, headers, body.toString('latin1')]);

/** Everything that somebody sees, with what they get when they act, in order. */
async function everythingTo(here: Village, person: string, secret: Secret): Promise<readonly string[]> {
  here.reseed(`as ${person}`);
  const token = await here.signIn('alpha', person);
  const headers = { Authorization: `Bearer ${token}`, Cookie: `__Host-daylight-alpha=${token}` };
  const seen: string[] = [];
  for (const [at, path] of pagesOf(secret).entries()) seen.push(exact(await here.request(path, { headers }, `look ${at}`)));
  const act = (action: string, body: object, condition: object = {}) =>
    here.call(`/api/v1/alpha/cases/${secret.case}/${action}`, { token, body, headers: { ...condition } });
  const version = (await here.call(`/api/v1/alpha/cases/${secret.case}`, { token })).json?.version;
  for (const [action, body] of [
    ['acknowledge-notice', {}],
    ['write-to-team', { body: 'One word.', as: partyName }],
    ['write-to-team', { body: 'One word.', as: 'nobody' }],
    ['write-to-party', { party: partyName, body: 'One word.' }],
    ['say-ready', {}],
  ] as const)
    seen.push(exact(await act(action, body, { 'If-Match': `"${version}"` })));
  const mail = here.relay.sent.filter(({ to }) => to.address === `${person}@members.example`);
  return [...seen, ...mail.map(({ messageId, replyTo, ...one }) => JSON.stringify([one, replyTo !== undefined]))];
}

test('L-02 L-08 L-22 whether one party and the team write to each other makes no byte of difference to another party, a stranger to the terms, or the reporter', async (t) => {
  const [silent, talking] = await Promise.all([1, 2].map(() => village((done) => t.after(done), projects)));
  assert.ok(silent && talking);
  const [without, secret] = [await told(silent), await told(talking)];
  assert.equal(without.case, secret.case, 'before anybody writes the towns are the same');
  await conversation(talking, secret);
  afterTheHold(silent);
  await silent.settle();
  for (const person of ['hana', 'pia', 'cleo', 'lia'])
    assert.deepEqual(await everythingTo(talking, person, secret), await everythingTo(silent, person, without), person);
  const own = await Promise.all([silent, talking].map((here) => here.call(secret.mine)));
  const { version: _, ...reporters } = own[1]?.json ?? {};
  assert.ok(!JSON.stringify(reporters).includes('Canary-') && !JSON.stringify(reporters).includes('party-wr'));
  const anonymous = await Promise.all([silent, talking].map((here) => here.request(`/alpha/cases/${secret.case}`)));
  assert.deepEqual(anonymous.map(exact)[1], anonymous.map(exact)[0]);
});

test('L-02 L-12 both sides read the thread on the page, mail says only that there is something, and an answer to it reaches the team', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const secret = await told(here);
  await conversation(here, secret);
  const look = async (person: string, path = `/alpha/cases/${secret.case}`) =>
    (await here.request(path, { headers: { Cookie: `__Host-daylight-alpha=${await here.signIn('alpha', person)}` } })).body.toString();
  for (const person of ['pat', 'tessa', 'anna'])
    for (const word of ['Canary-question', 'Canary-answer', 'Canary-mail'])
      assert.ok((await look(person)).includes(word), `${person} reads ${word}`);
  assert.ok((await look('anna')).includes('canary-file.txt'));
  for (const person of ['pat', 'tessa']) assert.ok(!(await look(person)).includes('anna'), 'who of the team answered is not said');
  const mail = here.relay.sent.filter(({ subject }) => /wrote to/.test(subject));
  assert.deepEqual(mail.map(({ to }) => to.address.split('@')[0]).toSorted(), ['anna', 'anna', 'pat', 'tessa']);
  for (const { subject, text } of mail) assert.ok(!`${subject}${text}`.includes('Canary') && !text.includes(partyName));
  const two = stepsOf(here, 'alpha', secret);
  assert.equal((await two.maybe('tessa', 'write-to-team', { body: 'For whom?' })).status, 422, 'who belongs to two says for which');
  await two.as('tessa', 'write-to-team', { as: 'hosters', body: 'Canary-hosters' });
  assert.ok((await look('hana')).includes('Canary-hosters') && !(await look('pat')).includes('Canary-hosters'));
});

test('L-11 L-42 L-44 the reply address of a removed member, of one without the role, and of a party that left is as good as one that never was', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const secret = await told(here);
  const { as } = stepsOf(here, 'alpha', secret);
  await as('anna', 'write-to-party', { party: partyName, body: answer });
  await as('anna', 'write-to-party', { party: 'hosters', body: answer });
  afterTheHold(here);
  await here.settle();
  const [pat, tessa, hana] = ['pat', 'tessa', 'hana'].map((person) => replyAddress(here, `${person}@members.example`)) as [
    string,
    string,
    string,
  ];
  const version = async () =>
    (await here.call(`/api/v1/alpha/cases/${secret.case}`, { token: await here.signIn('alpha', 'anna') })).json.version;
  const from = 'mallory@elsewhere.example';
  const never = await post(here, { from, to: `reports+${'7'.repeat(32)}@${mailAddresses.replyDomain}` });
  assert.equal(never.kind, 'refused');
  const before = await version();
  await here.appoint('alpha', 'pat', []);
  assert.deepEqual(await post(here, { from: 'pat@members.example', to: pat }), never, 'removed');
  await here.appoint('alpha', 'tessa', ['cna']);
  assert.deepEqual(await post(here, { from: 'tessa@members.example', to: tessa }), never, 'of the party no more');
  assert.equal(await version(), before, 'nothing was kept');
  await as('anna', 'remove-party', { party: 'hosters', reason: 'Asked to.' });
  assert.deepEqual(await post(here, { from: 'hana@members.example', to: hana }), never, 'the party left');
  assert.deepEqual(await post(here, { from, to: hana.toUpperCase() }), never);
  for (const token of [pat, tessa, hana].map((address) => address.replace(/^reports\+([^@]+)@.*/, '$1'))) {
    assert.equal((await here.call('/api/v1/alpha/my-report', { token })).status, 404, 'it opens no page');
    assert.equal((await here.call(`/api/v1/alpha/cases/${secret.case}`, { token })).status, 404);
  }
});

test('L-10 L-12 a mail to a party that waits is not sent to who was removed, or lost the role, before it left', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const secret = await told(here);
  await stepsOf(here, 'alpha', secret).as('anna', 'write-to-party', { party: partyName, body: answer });
  await here.appoint('alpha', 'pat', []);
  await here.appoint('alpha', 'tessa', ['hoster']);
  afterTheHold(here);
  await here.settle();
  assert.deepEqual(
    here.relay.sent.filter(({ subject }) => subject.endsWith('The team wrote to you')),
    [],
  );
});

test('L-02 L-08 what the team writes to a party is there for it only after its hold, and never once it was taken back: no mail, no word, no count', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const secret = await told(here);
  const { as } = stepsOf(here, 'alpha', secret);
  const pages = async () => {
    const headers = { Cookie: `__Host-daylight-alpha=${await here.signIn('alpha', 'pat')}` };
    const bearer = { Authorization: `Bearer ${await here.signIn('alpha', 'pat')}` };
    const [page, json] = [
      await here.request(`/alpha/cases/${secret.case}`, { headers }),
      await here.request(`/api/v1/alpha/cases/${secret.case}`, { headers: bearer }),
    ];
    return [page, json].map(({ status, body }) => [status, body.toString().replaceAll(/name="csrf" value="[^"]*"/g, '')].join());
  };
  const held = async () => {
    const { messages } = (await here.call(`/api/v1/alpha/cases/${secret.case}`, { token: await here.signIn('alpha', 'anna') })).json;
    return messages.filter((one: { notice: string; state: string }) => one.notice === 'team-wrote' && one.state === 'waiting');
  };
  const withdraw = async (id: string) =>
    (await here.call(`/api/v1/alpha/cases/${secret.case}/messages/${id}/withdraw`, { token: await here.signIn('alpha', 'anna'), body: {} }))
      .status;
  const before = await pages();
  const mails = () => here.relay.sent.filter(({ subject, to }) => /wrote to/.test(subject) && to.address.startsWith('pat@')).length;
  await as('anna', 'write-to-party', { party: partyName, body: 'Canary-taken' });
  await here.settle();
  assert.deepEqual(await pages(), before, 'while it is held');
  const [first, second] = await held();
  assert.equal(await withdraw(first.id), 200);
  assert.equal(await withdraw(second.id), 404, 'the mails to all its members went with it');
  assert.deepEqual(await pages(), before, 'once it was taken back');
  here.set(second.heldUntil);
  await here.settle();
  assert.ok(
    (await pages()).every((page) => !page.includes('Canary-taken')),
    'when it would have left',
  );
  assert.equal(mails(), 0);
  await as('anna', 'write-to-party', { party: partyName, body: 'Canary-said' });
  const [said] = await held();
  here.set(said.heldUntil);
  assert.equal(await withdraw(said.id), 404, 'its hold has passed');
  await here.settle();
  assert.ok((await pages()).every((page) => page.includes('Canary-said')));
  assert.equal(mails(), 1);
});
