// SPDX-License-Identifier: Apache-2.0
// The stories of QEMU 2026 through the API: in scope, out of scope, no meaningful exploit, an embargo by exception.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asTheyAre } from './names.ts';
import type { Tale } from './tale.ts';
import { qemu, qemuInScope, qemuReport } from './tale-qemu.ts';

test('QEMU-14 QEMU-20 QEMU-27 QEMU-32 QEMU-43 QEMU-54 in scope: public when the patch is posted, readable by everybody, closed by the merge', async (t) => {
  const told = await qemuInScope(t, asTheyAre);
  const visitor = await told.see('anyone');
  assert.equal(visitor.status, 200);
  assert.deepEqual([visitor.body.state.visibility, visitor.body.state.handling], ['public', 'disclosed']);
  assert.equal(visitor.body.reach, 'issue');
  assert.equal(visitor.body.title, qemuReport.title);
  const texts = JSON.stringify(visitor.body);
  for (const open of ['Canary-description', 'Canary-steps', 'Canary-message', 'Canary-answer']) assert.ok(texts.includes(open), open);
  for (const closed of ['canary-address', 'Rita E. Porter', 'Canary-note']) assert.ok(!texts.includes(closed), closed);
  assert.deepEqual(
    visitor.body.log.map((event: { kind: string }) => event.kind),
    ['report-submitted', 'message-sent', 'message-received', 'patch-added'],
    'the discussion, in its order',
  );
  await downloadsPatch(told, visitor.body.attachments);
  assert.equal((await told.try('mei', 'close-case')).status, 422, 'QEMU-44 only a merged fix closes it');
  await told.take('mei', 'record-merge', { branch: 'master', commit: 'c'.repeat(40) });
  await told.take('mei', 'close-case');
  assert.equal((await told.state()).handling, 'closed');
  await told.here.until('the reporter was told', () => told.here.relay.sent.some((mail) => mail.subject.endsWith('Your report is public')));
});

async function downloadsPatch(told: Tale, attachments: readonly { readonly id: string; readonly name: string }[]): Promise<void> {
  assert.deepEqual(
    attachments.map((file) => file.name),
    ['fix.patch'],
  );
  const { case: id } = (await told.see('anyone')).body;
  const file = await fetch(`${told.here.base}/api/v1/qemu/cases/${id}/attachments/${attachments[0]?.id}`);
  assert.equal(file.status, 200);
  assert.match(await file.text(), /Signed-off-by: mei/);
  assert.match(file.headers.get('content-disposition') ?? '', /^attachment;/);
}

test('QEMU-22 QEMU-25 QEMU-27 out of scope: one action makes it a public bug, the reporter is told, and no clock runs in 90 days', async (t) => {
  const told = await qemu(t, asTheyAre);
  await told.report({ ...qemuReport, fields: { ...qemuReport.fields, accelerator: 'tcg' } });
  await told.take('mei', 'take-up-case');
  const unknown = await told.try('mei', 'decide-eligibility', { verdict: 'out', rule: 'moonlight', reason: 'Emulated.' });
  assert.equal(unknown.status, 422, 'QEMU-21 a rule that is cited has to stand in the scope table');
  assert.deepEqual(
    unknown.body.errors.map((error: { pointer: string }) => error.pointer),
    ['#/rule'],
  );
  const before = told.here.relay.sent.length;
  await told.take('mei', 'decide-eligibility', { verdict: 'out', rule: 'emulation', reason: 'Emulated.' });
  const visitor = await told.see('anyone');
  assert.deepEqual([visitor.body.state.handling, visitor.body.state.visibility, visitor.body.reach], ['public_bug', 'public', 'issue']);
  assert.ok(JSON.stringify(visitor.body).includes('Canary-description'));
  await told.here.until('the reporter was told', () => told.here.relay.sent.slice(before).some((mail) => mail.text.includes('emulation')));
  const told1 = told.here.relay.sent.length;
  told.here.later(90 * 24);
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(told.here.relay.sent.length, told1, 'no reminder was sent');
  await told.take('mei', 'close-case');
});

test('QEMU-29 QEMU-30 no meaningful exploit: a maintainer says so, and it is handled as a public bug', async (t) => {
  const told = await qemu(t, asTheyAre);
  await told.report(qemuReport);
  await told.take('mei', 'take-up-case');
  const early = await told.try('mei', 'dismiss-flaw', { reason: 'Only a crash of the own process.' });
  assert.equal(early.status, 422);
  assert.deepEqual(
    early.body.unmet.map((gate: { gate: string }) => gate.gate),
    ['eligibility_decided'],
    'QEMU-20 eligibility comes first',
  );
  await told.take('mei', 'decide-eligibility', { verdict: 'in', reason: 'A guest reaches it.' });
  assert.equal((await told.tryMine('dismiss-flaw', { reason: 'I take it back.' })).status, 403);
  await told.take('jon', 'dismiss-flaw', { reason: 'Canary-verdict: only a crash of the own process.' });
  const visitor = await told.see('anyone');
  assert.deepEqual([visitor.body.state.handling, visitor.body.state.visibility], ['public_bug', 'public']);
  assert.ok(JSON.stringify(visitor.body.texts).includes('Canary-verdict'));
});

test('QEMU-50 an embargo by exception, asked for by the reporter and granted by a maintainer, holds the posted patch back until its hour', async (t) => {
  const told = await qemu(t, asTheyAre);
  await told.report({ ...qemuReport, origin: 'manual' });
  await told.take('mei', 'take-up-case');
  await told.take('mei', 'decide-eligibility', { verdict: 'in', reason: 'A guest reaches it.' });
  await told.take('mei', 'confirm-flaw', { reason: 'Reproduced.', severity: 'low' });
  const ask = {
    until: '2026-11-20 12:00 UTC',
    reason: 'Clouds need a week to roll out.',
    circumstances: 'Strangers share hosts.',
    evidence: 'Their letter.',
  };
  await told.mine('propose-embargo', ask);
  const low = await told.try('jon', 'agree-embargo');
  assert.deepEqual([low.status, low.body.unmet.map((gate: { gate: string }) => gate.gate)], [422, ['severity_at_least: high']]);
  await told.take('mei', 'assess-severity', { level: 'high' });
  assert.deepEqual([(await told.state()).embargo.state, (await told.state()).embargo.until], ['proposed', null]);
  await told.take('jon', 'agree-embargo');
  await told.take('mei', 'add-patch', { branch: 'master', patch: { name: 'fix.patch', text: 'Signed-off-by: mei <m@x.example>\n' } });
  await told.take('jon', 'approve-patch', { branch: 'master' });
  await told.mine('decide-credit', { decision: 'declined' });
  await told.take('mei', 'record-posting', { branch: 'master', messageId: '<1@lists.example>' });
  assert.equal((await told.see('anyone')).status, 404, 'the embargo that was granted holds');
  told.here.set('2026-11-20T12:00:00Z');
  await told.until('the case is public at the hour', (state) => state.visibility === 'public');
  assert.equal((await told.state()).embargo.exit, 'date_reached');
});

test('QEMU-36 QEMU-37 an assigned number stands once in the log of the case, also when it comes twice, and its label replaces the other', async (t) => {
  const told = await qemu(t, asTheyAre);
  await told.report(qemuReport);
  await told.take('mei', 'take-up-case');
  await told.take('jon', 'decide-eligibility', { verdict: 'in', rule: 'virtualization', reason: 'A guest reaches it.' });
  await told.take('mei', 'confirm-flaw', { reason: 'Reproduced.', severity: 'moderate' });
  const { flaws } = await told.state();
  const assigned = { flaw: flaws[0].flaw, number: 'CVE-1900-20009' };
  const same = { 'Idempotency-Key': '00000000-0000-4000-8000-000000000036' };
  assert.ok(((await told.see('mei')).body.labels as string[]).includes('CVE::Required'));
  assert.equal((await told.try('rhea', 'record-cve', assigned, same)).status, 200);
  assert.equal(
    (await told.try('rhea', 'record-cve', assigned, same)).status,
    404,
    'sent again: with the number the CNA has nothing left to see',
  );
  const again = await told.try('jon', 'record-cve', assigned);
  assert.ok([403, 422].includes(again.status), `entered again it is refused: ${again.status}`);
  const { log, labels } = (await told.see('mei')).body;
  assert.equal(log.filter(({ kind }: { kind: string }) => kind === 'cve-assigned').length, 1);
  assert.deepEqual(
    labels.filter((label: string) => label.startsWith('CVE::')),
    ['CVE::Assigned'],
  );
});
