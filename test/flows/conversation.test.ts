// SPDX-License-Identifier: Apache-2.0
// The reporter's thread through the API: by link, their own messages and the team's, nothing of the inside; and the hold of a message before it leaves.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PersonId, ProjectId } from '../../src/core/model/identifiers.ts';
import { asTheyAre } from './names.ts';
import { type Tale, tale } from './tale.ts';
import { libvirt, libvirtConfirmed, libvirtReport } from './tale-libvirt.ts';

async function quiet(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 300));
}

function toReporter(told: Tale): readonly string[] {
  return told.here.relay.sent.filter((mail) => mail.to.address === libvirtReport.address).map((mail) => mail.text);
}

function textsOf(body: { readonly texts: Readonly<Record<string, string>> }): string {
  return Object.values(body.texts).join('\n');
}

test('LIBVIRT-13 P3 L-02 a reply goes to the reporter and the team sees that it left; the reporter sees by link what was said to them and by them, in order, and nothing of the inside', async (t) => {
  const told = await libvirtConfirmed(t, asTheyAre);
  await told.take('anna', 'add-note', { body: 'Canary-note: is this a duplicate?' });
  await told.take('anna', 'send-message', { body: 'Canary-question: which version?' });
  told.here.later(1);
  await told.here.until('the question left', () => toReporter(told).some((text) => text.includes('Canary-question')));
  await told.mine('answer-team', {
    body: 'Canary-answer: 11.9.',
    attachments: [{ name: 'trace.log', base64: Buffer.from('trace').toString('base64') }],
  });
  const { messages } = (await told.see('anna')).body;
  const reply = messages.find(({ notice }: { notice: string }) => notice === 'message');
  assert.deepEqual([reply.state, reply.to.kind], ['sent', 'reporter'], 'P3 whether it left is known inside');
  const { body } = await told.see('reporter');
  assert.equal(body.reach, 'own_thread');
  assert.deepEqual(
    body.log.map((event: { kind: string; by: { kind: string } }) => `${event.by.kind} ${event.kind}`),
    ['reporter report-submitted', 'person message-sent', 'reporter message-received'],
  );
  const said = body.log.map((event: { texts: string[] }) => event.texts.map((id) => body.texts[id] ?? 'a file'));
  assert.deepEqual(said.slice(1), [['Canary-question: which version?'], ['Canary-answer: 11.9.', 'a file']]);
  const all = JSON.stringify(body);
  for (const inside of ['Canary-note', 'Canary-summary', 'Seen.', '"anna"']) assert.ok(!all.includes(inside), inside);
  assert.deepEqual(Object.keys(body.state).toSorted(), ['advisory', 'embargo', 'flaws', 'handling', 'publicSince', 'visibility']);
  assert.equal(body.cap, null);
});

test('L-25 a reporter’s link does what a reporter may and nothing of the team, and opens no other case', async (t) => {
  const told = await libvirtConfirmed(t, asTheyAre);
  for (const [action, body] of Object.entries({
    'add-note': { body: 'x' },
    'send-message': { body: 'x' },
    'take-up-case': {},
    'assess-severity': { level: 'low' },
    'approve-patch': { branch: 'master' },
    'record-merge': { branch: 'master', commit: 'c' },
    'approve-release': {},
    'publish-case': {},
    'add-person': { person: 'mo' },
    'end-embargo': { exit: 'leak', reason: 'x', evidence: 'x' },
  })) {
    const answer = await told.tryMine(action, body);
    assert.equal(answer.status, 403, action);
  }
  const { version } = (await told.see('reporter')).body;
  const { mine } = await told.report({ ...libvirtReport, title: 'Another', fields: { description: 'Another matter.' } });
  assert.notEqual((await told.see('reporter')).body.version, version);
  assert.equal((await told.here.call(mine.replace('/libvirt/', '/other/'))).status, 404);
  assert.equal((await told.here.call(`${mine.slice(0, -3)}abc`)).status, 404);
});

test('a message waits a minute, can be taken back, and then was never said: not by mail and not on the reporter’s page', async (t) => {
  const told = await libvirtConfirmed(t, asTheyAre);
  const before = toReporter(told).length;
  await told.take('anna', 'send-message', { body: 'Canary-wrong: meant for another reporter.' });
  await quiet();
  assert.ok(!toReporter(told).some((text) => text.includes('Canary-wrong')), 'it is held');
  assert.ok(!textsOf((await told.see('reporter')).body).includes('Canary-wrong'), 'nor does the page show what is held');
  const held = (await told.see('anna')).body.messages.find(
    (one: { state: string; notice: string }) => one.state === 'waiting' && one.notice === 'message',
  );
  assert.equal(Date.parse(held.heldUntil) - Date.parse(told.here.now()), 60_000);
  assert.equal((await told.try('mo', `messages/${held.id}/withdraw`)).status, 404);
  await told.take('carl', `messages/${held.id}/withdraw`);
  assert.equal((await told.try('carl', `messages/${held.id}/withdraw`)).status, 404, 'once');
  const log: { kind: string; seq: number; message?: number; by: object }[] = (await told.see('anna')).body.log;
  const sent = log.filter(({ kind }) => kind === 'message-sent').at(-1);
  const withdrawn = log.filter(({ kind }) => kind === 'message-withdrawn');
  assert.deepEqual(
    withdrawn.map(({ message, by }) => [message, by]),
    [[sent?.seq, { kind: 'person', person: 'carl', proof: 'demo_link' }]],
    'the log tells who took back which message',
  );
  assert.ok(!JSON.stringify((await told.see('reporter')).body).includes('message-withdrawn'), 'and the reporter is not told of it');
  told.here.later(1);
  await quiet();
  assert.ok(
    !toReporter(told)
      .slice(before)
      .some((text) => text.includes('Canary-wrong')),
  );
  assert.ok(!textsOf((await told.see('reporter')).body).includes('Canary-wrong'));
  assert.ok(textsOf((await told.see('anna')).body).includes('Canary-wrong'), 'the team keeps what it wrote');
  await told.take('anna', 'send-message', { body: 'Canary-right: thank you.' });
  told.here.set(new Date(Date.parse(told.here.now()) + 59_000).toISOString());
  await quiet();
  assert.ok(!toReporter(told).some((text) => text.includes('Canary-right')), 'not after 59 seconds');
  told.here.set(new Date(Date.parse(told.here.now()) + 1000).toISOString());
  await told.here.until('it left after 60', () => toReporter(told).some((text) => text.includes('Canary-right')));
  assert.ok(textsOf((await told.see('reporter')).body).includes('Canary-right'));
});

test('a form that is out of date is refused with the version there is now, and nothing of it is done or lost', async (t) => {
  const told = await libvirtConfirmed(t, asTheyAre);
  const { version } = (await told.see('anna')).body;
  const match = { 'If-Match': `"${version}"` };
  await told.take('carl', 'add-note', { body: 'Talk makes no form stale.' });
  await told.take('carl', 'send-message', { body: 'Nor does this.' });
  const kept = await told.try('anna', 'assess-severity', { level: 'high' }, match);
  assert.equal(kept.status, 200, 'what people say does not make a form stale');
  const stale = await told.try('viktor', 'assess-severity', { level: 'low' }, match);
  assert.deepEqual([stale.status, stale.body.type], [412, '/problems/conflict']);
  assert.equal(stale.body.version, kept.body.version);
  assert.equal((await told.state()).severity.level, 'high');
  for (const odd of ['12', `W/"${version}"`, '"x"', '', '"1", "2"'])
    assert.equal((await told.try('viktor', 'assess-severity', { level: 'low' }, { 'If-Match': odd })).status, 412, `If-Match: ${odd}`);
  assert.equal((await told.state()).severity.level, 'high');
  const again = await told.try('viktor', 'assess-severity', { level: 'low' }, { 'If-Match': `"${stale.body.version}"` });
  assert.equal(again.status, 200);
  const lost = await told.try('viktor', 'take-up-case', {}, { 'If-Match': '*' });
  assert.equal(lost.status, 409, 'any version will do, but not any state');
});

test('LIBVIRT-10 LIBVIRT-11 LIBVIRT-12 L-27 a held report is seen by moderators alone, who let it through or discard it', async (t) => {
  const told = await libvirt(t, asTheyAre);
  const sent = await told.report(libvirtReport);
  assert.ok(sent.held);
  for (const person of ['anna', 'viktor']) assert.equal((await told.see(person)).status, 404, person);
  assert.equal((await told.see('mo')).status, 200);
  assert.equal((await told.try('anna', 'take-up-case')).status, 404);
  await told.here.until('the reporter was told that it is held', () => toReporter(told).length === 1);
  assert.doesNotMatch(toReporter(told)[0] ?? '', /Canary/, 'the report is not quoted');
  told.here.later(25);
  await told.here.until(
    'LIBVIRT-12 a moderator is called after a day',
    () => told.here.relay.sent.filter((mail) => mail.to.address === 'mo@members.example').length >= 2,
  );
  await told.take('mo', 'discard-report', { reason: 'Advertising.' });
  const { body } = await told.see('mo');
  assert.equal(body.state.handling, 'spam');
  assert.equal((await told.see('viktor')).status, 404);
});

test('P1 I8 a case whose owner has left calls everybody who could take it up, and no owner is somebody who could not act', async (t) => {
  const told = await libvirtConfirmed(t, asTheyAre);
  for (const person of ['nobody', 'mo']) {
    const refused = await told.try('carl', 'assign-owner', { person });
    assert.deepEqual([refused.status, refused.body.errors[0].pointer], [422, '#/person'], person);
  }
  assert.equal((await told.try('carl', 'add-person', { person: 'nobody' })).status, 422);
  await told.here.world.store.as({ kind: 'process', project: 'libvirt' as ProjectId }, ({ accounts }) =>
    accounts.putMember({ person: 'anna' as PersonId, name: 'anna', address: 'anna@members.example', roles: [] }),
  );
  const before = told.here.relay.sent.length;
  await told.mine('answer-team', { body: 'Anybody there?' });
  const called = () => told.here.relay.sent.slice(before).map((mail) => mail.to.address);
  await told.here.until(
    'the others are called',
    () => called().includes('carl@members.example') && called().includes('viktor@members.example'),
  );
  assert.ok(!called().includes('anna@members.example'));
});

test('T3 the first answer, taken back while it was held, leaves the report without one; the next one is the first', async (t) => {
  const told = await tale(t, asTheyAre, { project: 'minimal', policy: 'minimal', members: { anna: ['team'] }, insider: 'anna' });
  await told.report(libvirtReport);
  await told.take('anna', 'take-up-case');
  await told.take('anna', 'send-message', { body: 'Meant for another reporter.' });
  assert.ok('acknowledgement' in (await told.state()).marks);
  const [held] = (await told.see('anna')).body.messages.filter((one: { notice: string }) => one.notice === 'message');
  await told.take('anna', `messages/${held.id}/withdraw`);
  const { marks, reporters } = await told.state();
  assert.deepEqual([marks.acknowledgement, reporters[0].told], [undefined, null]);
  await told.take('anna', 'send-message', { body: 'Thank you, we look at it.' });
  assert.equal((await told.state()).marks.acknowledgement, told.here.now());
});
