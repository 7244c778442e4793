// SPDX-License-Identifier: Apache-2.0
// QEMU 2026, in scope, told through the API: any maintainer takes any step, posting the patch opens the issue, merging it closes it.

import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Names } from './names.ts';
import type { Tale } from './tale.ts';
import { tale } from './tale.ts';

export const qemuReport = {
  title: 'Canary-title: queue handler writes past its ring',
  fields: {
    description: 'Canary-description: a crafted descriptor moves the index past the end.',
    version: 'build of yesterday',
    command_line: 'qemu-system-x86_64 -M q35 -device virtio-crypto-pci',
    steps: 'Canary-steps: write the descriptor, kick the queue.',
    found_with: 'A fuzzer.',
    findings_checked: 'By hand, twice.',
    accelerator: 'kvm',
  },
  origin: 'fuzzer',
  name: 'Rita E. Porter',
  address: 'canary-address@reporters.example',
  consent: true,
};

const patch = 'Subject: check the index\n\nSigned-off-by: mei <mei@members.example>\n---\n';

export function qemu(t: TestContext, names: Names, policy = 'qemu-2026'): Promise<Tale> {
  const members = { mei: ['maintainer'], jon: ['maintainer'], rhea: ['cna'], olga: [] };
  return tale(t, names, { project: 'qemu', policy, members, insider: 'jon' });
}

export async function qemuInScope(t: TestContext, names: Names, policy = 'qemu-2026'): Promise<Tale> {
  const told = await qemu(t, names, policy);
  await told.report(qemuReport);
  assert.equal((await told.see('rhea')).status, 404, 'QEMU-32 the CNA sees a case only when it needs a number');
  await told.take('mei', 'take-up-case');
  await told.take('jon', 'decide-eligibility', { verdict: 'in', rule: 'virtualization', reason: 'Canary-reason: a guest reaches it.' });
  await told.take('mei', 'confirm-flaw', { reason: 'Reproduced.', severity: 'moderate' });
  await told.take('mei', 'add-note', { body: 'Canary-note: the same pattern may be in another device.' });
  await told.take('mei', 'send-message', { body: 'Canary-message: we have a fix; is this how you hit it?' });
  told.here.later(1);
  await told.here.until('the message left', () => told.here.relay.sent.some((mail) => mail.text.includes('Canary-message')));
  await told.mine('answer-team', { body: 'Canary-answer: yes, that is the place.' });
  await told.take('mei', 'add-patch', { branch: 'master', patch: { name: 'fix.patch', text: patch } });
  await told.take('jon', 'approve-patch', { branch: 'master' });
  await asCna(told);
  await told.mine('decide-credit', { decision: 'pseudonym', name: 'rp' });
  assert.equal((await told.see('anyone')).status, 404, 'QEMU-43 nothing is public before the posting');
  await told.take('jon', 'record-posting', { branch: 'master', messageId: '<20261102.1@lists.example>' });
  return told;
}

/** QEMU-32: whoever assigns numbers enters one, and sees no more than that takes. */
async function asCna(told: Tale): Promise<void> {
  const { status, body } = await told.see('rhea');
  assert.equal(status, 200);
  assert.equal(body.reach, 'for_a_number');
  const text = JSON.stringify(body);
  for (const canary of ['description', 'steps', 'note', 'message', 'answer', 'reason', 'address'])
    assert.ok(!text.includes(`Canary-${canary}`) && !text.includes(`canary-${canary}`), `the CNA reads the ${canary}`);
  assert.match(text, /Canary-title/, 'a number is asked for with a title');
  assert.deepEqual(body.attachments, []);
  assert.deepEqual(
    body.actions.map((one: { action: string }) => one.action),
    ['record-cve'],
  );
  const [{ flaw }] = body.state.flaws;
  const queue = await told.here.call('/api/v1/qemu/cases', { token: await told.here.signIn('qemu', 'rhea') });
  assert.equal(queue.body.rows.length, 1);
  assert.ok(!JSON.stringify(queue.body).includes('Canary-description'));
  for (const action of ['add-note', 'record-posting', 'approve-patch', 'publish-case'])
    assert.equal((await told.try('rhea', action, { body: 'x', branch: 'master', messageId: '<x@y>' })).status, 403, action);
  await told.take('rhea', 'record-cve', { flaw, number: 'CVE-1900-20001' });
  assert.equal((await told.see('rhea')).status, 404, 'afterwards there is nothing left to do for it');
}
