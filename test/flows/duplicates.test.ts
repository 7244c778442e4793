// SPDX-License-Identifier: Apache-2.0
// Two finders of one flaw, through the API: one case, two threads, one day on which both become public; and a cluster closed in one action.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from './relations.ts';
import { cases } from './relations.ts';
import { qemuReport } from './tale-qemu.ts';

const members = { mei: ['maintainer'], jon: ['maintainer'], rhea: ['cna'], olga: [] };
const first = { ...qemuReport, address: 'first@reporters.example' };
const again = {
  ...qemuReport,
  title: 'Canary-second-title: index past the ring',
  fields: { ...qemuReport.fields, description: 'Canary-second-description: found by another fuzzer.' },
  name: 'Sam Econd',
  address: 'second@reporters.example',
};

test('QEMU-49 VMT-42 P7 P8 two reporters, one cluster: asked whether to publish now, each keeps a thread, both are credited, both open', async (t) => {
  const told = await cases(t, { project: 'qemu', policy: 'qemu-2026', members });
  const one = await told.report(first);
  await told.take('mei', one.case, 'take-up-case');
  await told.take('mei', one.case, 'decide-eligibility', { verdict: 'in', reason: 'A guest reaches it.' });
  await told.take('mei', one.case, 'confirm-flaw', { reason: 'Reproduced.', severity: 'moderate' });
  const two = await told.report(again);
  assert.equal((await told.mine(two, 'mark-duplicate', { of: one.case })).status, 403, 'reporters mark nothing');
  const self = await told.try('mei', two.case, 'mark-duplicate', { of: two.case });
  assert.deepEqual([self.status, self.body.errors[0].pointer], [422, '#/of']);
  await told.take('jon', two.case, 'mark-duplicate', { of: one.case, reason: 'The same index.' });

  const state = await told.state('mei', one.case);
  assert.deepEqual(
    state.reporters.map((reporter: Json) => reporter.from),
    [null, two.case],
  );
  assert.notEqual(state.askedSince, null, 'QEMU-49 the owner is asked');
  await told.here.until('the owner was called', () =>
    told.mailTo('mei@members.example').some(({ subject }) => subject.endsWith('Publish now?')),
  );
  assert.match(JSON.stringify((await told.see('jon', one.case)).body.texts), /Canary-second-description/, 'the record holds every report');

  await told.here.until('the second reporter was told', () =>
    told.mailTo('second@reporters.example').some(({ text }) => /known here already/.test(text)),
  );
  const theirs = JSON.stringify((await told.here.call(two.mine)).body);
  for (const secret of [one.case, one.codename, 'Canary-title', 'Canary-description', 'Reproduced'])
    assert.ok(!theirs.includes(secret), `the second reporter reads ${secret}`);
  const firsts = JSON.stringify((await told.here.call(one.mine)).body);
  for (const secret of [two.case, two.codename, 'Canary-second', 'Sam Econd'])
    assert.ok(!firsts.includes(secret), `the first reporter reads ${secret}`);

  await told.take('mei', one.case, 'answer-rediscovery', { publish: false, reason: 'The fix comes this week.' });
  await told.take('mei', two.case, 'send-message', { body: 'Canary-to-second: thank you.' });
  await told.take('mei', one.case, 'send-message', { body: 'Canary-to-first: thank you.' });
  told.here.later(1);
  await told.here.until('both were answered', () => told.here.relay.sent.filter(({ text }) => text.includes('Canary-to-')).length === 2);
  assert.ok(!told.mailTo('first@reporters.example').some(({ text }) => text.includes('Canary-to-second')));
  assert.ok(!told.mailTo('second@reporters.example').some(({ text }) => text.includes('Canary-to-first')));
  assert.equal((await told.mine(two, 'answer-team', { body: 'Canary-answer-two: with pleasure.' })).status, 200);

  await told.take('mei', one.case, 'add-patch', {
    branch: 'master',
    patch: { name: 'fix.patch', text: 'Signed-off-by: mei <m@x.example>\n' },
  });
  await told.take('jon', one.case, 'approve-patch', { branch: 'master' });
  await told.mine(one, 'decide-credit', { decision: 'named', name: 'Rita E. Porter' });
  await told.mine(two, 'decide-credit', { decision: 'pseudonym', name: 'sam' });
  await told.until('the credit travelled', 'mei', one.case, (now) => now.reporters[1].credit === 'pseudonym');
  const early = await told.try('mei', two.case, 'undo-duplicate', { reason: 'x' });
  assert.equal(early.status, 200, 'while nothing is public it can be undone');
  assert.equal((await told.state('mei', two.case)).handling, 'received');
  await told.take('mei', two.case, 'mark-duplicate', { of: one.case, independent: false });

  assert.equal((await told.see(null, two.case)).status, 404);
  await told.take('jon', one.case, 'record-posting', { branch: 'master', messageId: '<1@lists.example>' });
  await told.here.until('the duplicate is public too', async () => (await told.see(null, two.case)).status === 200);
  const visitor = await told.see(null, two.case);
  assert.deepEqual([visitor.body.reach, visitor.body.state.handling], ['issue', 'duplicate'], 'I2 VMT-36');
  assert.match(JSON.stringify(visitor.body), /Canary-answer-two/);
  assert.deepEqual(
    (await told.see(null, one.case)).body.related.map((related: Json) => [related.as, related.case]),
    [['duplicate', two.case]],
  );
  await told.here.until('the second was told', () =>
    told.mailTo('second@reporters.example').some(({ subject }) => subject.endsWith('Your report is public')),
  );
  assert.equal((await told.try('mei', two.case, 'undo-duplicate', { reason: 'x' })).status, 422);
});

test('QEMU-1 a maintainer closes a cluster of near copies in one action; one that cannot join is told, and the others do', async (t) => {
  const told = await cases(t, { project: 'qemu', policy: 'qemu-2026', members });
  const [target, ...copies] = await Promise.all(
    Array.from({ length: 8 }, (_, index) => told.report({ ...again, title: `Copy ${index}`, address: `copy${index}@reporters.example` })),
  );
  assert.ok(target !== undefined);
  const ids = copies.map((copy) => copy.case);
  const asked = { cases: [...ids, target.case, 'nosuchcase'], of: target.case };
  const path = '/api/v1/qemu/cases/mark-duplicates';
  assert.equal((await told.here.call(path, { body: asked })).status, 404, 'a stranger learns nothing');
  const answer = await told.here.call(path, { token: await told.here.signIn('qemu', 'mei'), body: asked });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.deepEqual(
    answer.body.outcomes.map(({ done }: Json) => done),
    [...ids.map(() => true), false, false],
  );
  const state = await told.state('mei', target.case);
  assert.equal(state.reporters.length, 8);
  assert.equal(state.facts.length, 7, 'found again seven times');
  const repeated = await told.here.call(path, { token: await told.here.signIn('qemu', 'mei'), body: asked });
  assert.ok(
    repeated.body.outcomes.every(({ done }: Json) => !done),
    'asked again, each is refused',
  );
  const same = await told.state('mei', target.case);
  assert.deepEqual([same.version, same.reporters.length, same.facts.length], [state.version, 8, 7], 'and nothing stands twice');
  const queue = await told.here.call('/api/v1/qemu/cases', { token: await told.here.signIn('qemu', 'jon') });
  assert.deepEqual(
    queue.body.rows.map((row: Json) => row.case),
    [target.case],
    'one case is left in the queue',
  );
});

test('T4 two members who mark two cases as duplicates of each other at once wait for nobody: one is refused', async (t) => {
  const told = await cases(t, { project: 'qemu', policy: 'qemu-2026', members });
  for (let round = 0; round < 5; round++) {
    const one = await told.report({ ...again, title: `One ${round}` });
    const two = await told.report({ ...again, title: `Two ${round}` });
    const answers = await Promise.all([
      told.try('mei', one.case, 'mark-duplicate', { of: two.case }),
      told.try('jon', two.case, 'mark-duplicate', { of: one.case }),
    ]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 422]);
  }
});

test('L-07 who handles and does not read the other case is told the same as if it did not exist', async (t) => {
  const members2 = { ola: ['coordinator'], rea: ['core_reviewer'] };
  const told = await cases(t, { project: 'openstack', policy: 'openstack-vmt', members: members2 });
  const report = { title: 'A', fields: { description: 'd', component: 'nova' }, sensitive: 'yes', consent: true };
  const one = await told.report(report);
  const two = await told.report({ ...report, title: 'B' });
  await told.take('ola', one.case, 'add-person', { person: 'rea' });
  const hidden = await told.try('rea', one.case, 'mark-duplicate', { of: two.case });
  const nothing = await told.try('rea', one.case, 'mark-duplicate', { of: 'z'.repeat(26) });
  assert.deepEqual([hidden.status, hidden.body], [nothing.status, nothing.body]);
  assert.equal(hidden.status, 422);
});

test('QEMU-11 a report with three flaws becomes three linked cases, each with its own clocks, number and thread', async (t) => {
  const told = await cases(t, { project: 'qemu', policy: 'qemu-2026', members });
  const body = { ...first, fields: { ...first.fields, separate_flaws: '3' } };
  const whole = await told.report(body);
  assert.equal((await told.state('mei', whole.case)).flawsReported, 3, 'marked for splitting');
  told.here.later(30);
  await told.take('mei', whole.case, 'take-up-case');
  assert.equal((await told.try('mei', whole.case, 'split-case', { parts: '', reason: 'x' })).status, 422);
  await told.take('mei', whole.case, 'split-case', { parts: ['The second flaw', 'The third flaw'], reason: 'Fixed apart.' });
  const state = await told.state('jon', whole.case);
  assert.equal(state.parts.length, 2);
  for (const [index, id] of state.parts.entries()) {
    const part = (await told.see('jon', id)).body;
    assert.equal(part.title, ['The second flaw', 'The third flaw'][index]);
    assert.deepEqual([part.state.handling, part.state.owner, part.state.splitFrom], ['received', 'mei', whole.case]);
    assert.equal(part.state.marks.receipt, told.here.now(), 'its own clocks begin now');
    assert.match(JSON.stringify(part.texts), /Canary-description/, 'the context is copied');
    assert.deepEqual(
      part.related.map((one: Json) => [one.as, one.case]),
      [['split_from', whole.case]],
    );
    await told.take('mei', id, 'take-up-case');
    await told.take('mei', id, 'decide-eligibility', { verdict: 'in', reason: 'Reached.' });
    await told.take('mei', id, 'confirm-flaw', { reason: 'Shown.', severity: 'low' });
    const { flaws } = await told.state('mei', id);
    await told.take('rhea', id, 'record-cve', { flaw: flaws[0].flaw, number: `CVE-1900-3000${index}` });
  }
  await told.here.until(
    'the reporter has a page for each part',
    () => told.mailTo('first@reporters.example').filter(({ subject }) => subject.endsWith('A part of your report')).length === 2,
  );
  const [mail] = told.mailTo('first@reporters.example').filter(({ subject }) => subject.endsWith('A part of your report'));
  const link = /\S+\/return\/[0-9a-z]+/.exec(mail?.text ?? '')?.[0];
  const opened = await told.here.call('/api/v1/qemu/return', { body: { link } });
  const page = await told.here.call('/api/v1/qemu/my-report', { token: opened.body.session });
  assert.equal(page.status, 200);
  assert.ok(['The second flaw', 'The third flaw'].includes(page.body.title));
});

test('QEMU-11 L-02 the report of a split opens with the last of its cases, and until then each says plainly that it is closed', async (t) => {
  const told = await cases(t, { project: 'qemu', policy: 'qemu-2026', members });
  const whole = await told.report(first);
  await told.take('mei', whole.case, 'take-up-case');
  await told.take('mei', whole.case, 'split-case', { parts: ['The second flaw'], title: 'The first flaw', reason: 'Fixed apart.' });
  const [part] = (await told.state('mei', whole.case)).parts;
  await told.take('mei', part, 'take-up-case');
  await told.take('mei', part, 'decide-eligibility', { verdict: 'out', reason: 'The guest is trusted.' });
  const early = (await told.see(null, part)).body;
  assert.equal(early.title, 'The second flaw');
  assert.ok(!JSON.stringify(early).includes('Canary-description'), 'the text tells of the first flaw too');
  const page = await (await fetch(`${told.here.base}/qemu/cases/${part}`)).text();
  assert.match(page, /Closed until what it also describes is public\./);
  assert.ok(!page.includes(whole.case) && !page.includes(whole.codename));
  assert.match(JSON.stringify((await told.here.call(whole.mine)).body), /Canary-description/, 'the reporter reads their own');
  await told.take('mei', whole.case, 'decide-eligibility', { verdict: 'out', reason: 'So is this one.' });
  for (const id of [part, whole.case])
    await told.here.until('the report is open', async () => JSON.stringify((await told.see(null, id)).body).includes('Canary-description'));
  assert.equal((await told.see(null, whole.case)).body.title, 'The first flaw');
});

test('QEMU-11 QEMU-28 what is closed in a report stays closed in its parts: a text, a file, and a passage that was struck out', async (t) => {
  const told = await cases(t, { project: 'qemu', policy: 'qemu-2026', members });
  const files = [{ name: 'log.txt', purpose: 'evidence', base64: Buffer.from('Canary-log').toString('base64') }];
  const whole = await told.report({ ...first, files });
  const [{ report, attachments }] = (await told.see('mei', whole.case)).body.log;
  const idOf = (field: string) => report.find((ref: Json) => ref.kind === field || ref.field === field).id;
  const [file] = attachments;
  for (const piece of [idOf('description'), file.id])
    assert.equal((await told.mine(whole, 'classify-content', { piece, class: 'personal_data' })).status, 200);
  const steps = report.find((ref: Json) => ref.id !== idOf('description')).id;
  const { texts } = (await told.see('mei', whole.case)).body;
  const struck = { piece: steps, passage: texts[steps], why: 'personal_data' };
  await told.take('mei', whole.case, 'propose-redaction', struck);
  const [{ redaction }] = (await told.state('mei', whole.case)).record.redactions;
  await told.take('jon', whole.case, 'approve-redaction', { redaction });
  await told.take('mei', whole.case, 'take-up-case');
  await told.take('mei', whole.case, 'split-case', { parts: ['The second flaw'], reason: 'Fixed apart.' });
  const [part] = (await told.state('mei', whole.case)).parts;
  assert.match(JSON.stringify((await told.see('mei', part)).body.texts), /Canary-description/, 'the team goes on reading it');
  await told.take('mei', part, 'take-up-case');
  await told.take('mei', part, 'decide-eligibility', { verdict: 'in', reason: 'Reached.' });
  await told.take('mei', part, 'dismiss-flaw', { reason: 'Not exploitable.' });
  const { body } = await told.see(null, part);
  assert.equal(body.reach, 'issue');
  const open = JSON.stringify(body.texts);
  assert.ok(!open.includes('Canary-description') && !open.includes(JSON.stringify(texts[steps])), open);
  assert.deepEqual(body.attachments, []);
});
