// SPDX-License-Identifier: Apache-2.0
// The other ends of a case, through the API: of another project, withdrawn, without a fix, and an advisory that is corrected after its number came late.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { presetText } from '../support/policies.ts';
import type { Names } from './names.ts';
import { asTheyAre as own } from './names.ts';
import { tale } from './tale.ts';

const qemu = { project: 'qemu', policy: 'qemu-2026', members: { mei: ['maintainer'], jon: ['maintainer'], cara: ['cna'] }, insider: 'mei' };
const minimal = { project: 'minimal', policy: 'minimal', members: { anna: ['team'], boris: ['team'] }, insider: 'anna' };
const report = {
  title: 'Canary-title: a queue index is not checked',
  fields: {
    description: 'Canary-description: the guest writes past the ring.',
    version: '9.1.0',
    command_line: 'qemu -M q35',
    steps: '1. boot',
    found_with: 'manual',
    findings_checked: 'yes',
  },
  address: 'reporter@reporters.example',
  consent: true,
};
const advisory = {
  title: 'A queue index is not checked',
  summary: 'A guest writes past the ring.',
  description: 'The index comes from the guest and is used as it is.',
  workarounds: 'none-known',
  products: [{ name: 'minimal', branches: [{ name: 'main', status: 'fixed', fixedBy: ['b'.repeat(40)] }] }],
};

test('T6 QEMU-M9 a report of another project names it, stays private, and is passed on only with the reporter’s word', async (t) => {
  const told = await tale(t, own, qemu);
  await told.report(report);
  await told.take('mei', 'take-up-case');
  assert.equal((await told.try('mei', 'decide-eligibility', { verdict: 'elsewhere', reason: 'Not our code.' })).status, 422);
  await told.take('mei', 'decide-eligibility', { verdict: 'elsewhere', reason: 'Not our code.', target: 'The Linux kernel' });
  const early = await told.try('mei', 'record-forwarding', { evidence: 'By mail to its security list.' });
  assert.equal(early.status, 422, 'nobody has asked the reporter');
  assert.equal((await told.try('mei', 'answer-forwarding', { agreed: true })).status, 403, 'the team cannot agree for the reporter');
  await told.mine('answer-forwarding', { agreed: true });
  await told.take('mei', 'record-forwarding', { evidence: 'By mail to its security list.' });
  assert.equal((await told.see('anyone')).status, 404, 'I2 it ends private');
  const mails = told.here.relay.sent.filter((mail) => mail.to.address === 'reporter@reporters.example');
  assert.ok(
    mails.some((mail) => mail.text.includes('The Linux kernel')),
    'and the reporter was told where it belongs',
  );
});

/** As QEMU, but a moderator sees every report first. */
const heldFirst: Names = {
  ...own,
  policy: (preset) =>
    presetText(preset)
      .replace('\nintake:\n', '\nintake:\n  moderation: everyone\n')
      .replace(/human_steps_at_most: \d+/, 'human_steps_at_most: 9')
      .replace(/(\n {2}maintainer:\n(?: {4}.*\n)*? {4}may: \[)/, '$1moderate, '),
};

test('T25 QEMU-27 a report that is taken back while it is held opens: reporter, moderator and mail are told before what everybody then reads', async (t) => {
  const told = await tale(t, heldFirst, qemu);
  assert.equal((await told.report(report)).held, true);
  const mails = () => told.here.relay.sent.filter((mail) => mail.to.address === 'reporter@reporters.example');
  assert.match(mails()[0]?.text ?? '', /also those that are turned down\s+or\s+taken\s+back/, 'in the first letter');
  const says = async (who: string, action: string) =>
    (await told.see(who)).body.actions.find((one: { action: string }) => one.action === action)?.says;
  const what = /becomes public here at once, even if nobody but a moderator has seen it: the text, (your|its) files, the messages/;
  assert.match(await says('reporter', 'ask-withdrawal'), what);
  assert.equal(await says('reporter', 'answer-team'), undefined, 'and nothing about what has no such effect');
  await told.mine('ask-withdrawal', { reason: 'Canary-wish: I misread the code.' });
  const noted = mails().at(-1)?.text ?? '';
  assert.match(noted.replace(/\s+/g, ' '), what);
  assert.match(noted, /If that is not what you want/);
  assert.equal((await told.see('anyone')).status, 404, 'nothing is public by asking');
  assert.match(await says('mei', 'decide-withdrawal'), what);
  const inside = (await told.see('mei')).body;
  await told.take('mei', 'decide-withdrawal', { accepted: true, reason: 'Agreed.' });
  assert.equal((await told.state()).handling, 'withdrawn');
  const seen = (await told.see('anyone')).body;
  const texts: string[] = Object.values(seen.texts);
  for (const text of [report.title, report.fields.description, 'Canary-wish: I misread the code.', 'Agreed.'])
    assert.ok(texts.includes(text), `QEMU-27 no private end: ${text}`);
  assert.ok(!JSON.stringify(seen).includes(report.address), 'its address stays closed');
  const known: string[] = Object.values(inside.texts);
  assert.deepEqual(
    texts.filter((text) => !known.includes(text)),
    ['Agreed.'],
    'nothing beside it is read that was not there before',
  );
  assert.match(mails().at(-1)?.text ?? '', /It is public now:\s+http/);
});

test('QEMU-51 QEMU-52 T23 a flaw of low severity is published without a fix on an announced day, and fixed in public afterwards', async (t) => {
  const told = await tale(t, own, qemu);
  await told.report(report);
  await told.take('mei', 'take-up-case');
  await told.take('mei', 'decide-eligibility', { verdict: 'in', reason: 'Guest to host.' });
  await told.take('mei', 'confirm-flaw', { reason: 'Seen.', severity: 'low' });
  assert.equal(
    (await told.try('mei', 'announce-unfixed', { reason: 'Nobody has time.' })).status,
    422,
    'the time for a fix has not passed',
  );
  told.here.later(31 * 24);
  await told.here.until('the owner is asked', () =>
    told.here.relay.sent.some((mail) => mail.to.address === 'mei@members.example' && /fix/.test(mail.text)),
  );
  assert.equal((await told.state()).visibility, 'private', 'nothing is published by itself');
  await told.take('mei', 'announce-unfixed', { reason: 'Canary-reason: nobody has time.' });
  assert.ok(told.here.relay.sent.some((mail) => mail.to.address === 'reporter@reporters.example' && mail.text.includes('Canary-reason')));
  assert.equal((await told.state()).visibility, 'private', 'it was announced, not published');
  told.here.later(8 * 24);
  await told.until('the announced day has come', (state) => state.handling === 'unfixed_public');
  assert.equal((await told.see('anyone')).status, 200);
  await told.take('cara', 'record-cve', { flaw: (await told.state()).flaws[0].flaw, number: 'CVE-1900-20001' });
  await told.take('mei', 'record-merge', { branch: 'master', commit: 'a'.repeat(40) });
  assert.equal((await told.state()).branches[0].state, 'merged', 'fixing goes on in public');
});

test('P9 I9 T24 a number that came late goes out with one click: signed anew, once to each channel, with a line of history', async (t) => {
  const told = await tale(t, own, minimal);
  await told.report(report);
  await told.take('anna', 'take-up-case');
  await told.take('anna', 'confirm-flaw', {
    reason: 'Seen.',
    summary: 'A guest writes past the ring.',
    branches: [{ branch: 'main', group: 'development' }],
  });
  await told.take('anna', 'add-patch', {
    branch: 'main',
    patch: { name: 'fix.patch', text: 'Signed-off-by: anna <anna@members.example>\n' },
  });
  await told.take('boris', 'approve-patch', { branch: 'main' });
  await told.take('anna', 'write-advisory', { advisory });
  await told.take('anna', 'submit-advisory');
  await told.take('boris', 'approve-advisory');
  await told.mine('decide-credit', { decision: 'declined' });
  await told.take('anna', 'approve-release');
  await told.take('boris', 'approve-release');
  await told.until('the documents are prepared', (state) => state.disclosure.prepared !== null);
  await told.until('the case is disclosed', (state) => state.handling === 'disclosed');
  const { flaws, advisory: first } = await told.state();
  const page = `/minimal/advisories/${first.number}.txt`;
  assert.doesNotMatch((await told.here.call(page)).body, /CVE-1900-30001/);
  await told.take('anna', 'record-cve', { flaw: flaws[0].flaw, number: 'CVE-1900-30001' });
  assert.equal((await told.try('anna', 'add-late-number')).status, 422, 'R-17 who recorded it does not send it out');
  await told.take('boris', 'add-late-number', { codename: 'x' });
  await told.until(
    'version 2 is out',
    ({ advisory: now, disclosure }) =>
      now.published === 2 && disclosure.channels.every((one: { state: string }) => one.state === 'confirmed'),
  );
  const now = (await told.here.call(page)).body;
  assert.match(now, /CVE-1900-30001/);
  assert.match(now, /Version 2/, 'the history has its line');
  assert.match(now, /BEGIN PGP SIGNED MESSAGE/);
  assert.doesNotMatch(
    (await told.here.call(page.replace('.txt', '-v1.txt'))).body,
    /CVE-1900-30001/,
    'the first version stays where it can be read',
  );
  const [name = ''] = page.split('/').slice(-1);
  const second = (await told.here.call(page.replace('.txt', '.html'))).body;
  assert.ok(second.includes(`<a href="${name.replace('.txt', '-v1.html')}">1</a>, replaced`), 'the page leads to the version before');
  const confirmed = (await told.see('anna')).body.log.filter((event: { kind: string }) => event.kind === 'version-published');
  assert.equal(confirmed.length, 1);
});
