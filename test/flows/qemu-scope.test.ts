// SPDX-License-Identifier: Apache-2.0
// QEMU's scope table through the web form: asked before anything is typed, kept with the report, corrected by people, and decided by one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Town } from '../support/town.ts';
import { town } from '../support/town.ts';
import { sentByForm, sentForm } from './web-form.ts';

const members = { mei: ['maintainer'], jon: ['maintainer'] };
const guest = { build: 'upstream', component: 'virtio', accelerator: 'kvm', machine: 'x86_64/q35', attacker: 'guest' };
const written = {
  title: 'Canary-title: the queue handler writes past its ring',
  description: 'Canary-description: a crafted descriptor moves the index past the end.',
  version: 'v10.2.0',
  command_line: 'qemu-system-x86_64 -M q35',
  steps: 'Write the descriptor, kick the queue.',
  found_with: 'manual',
  findings_checked: 'yes',
  address: 'rita@reporters.example',
  consent: 'yes',
};

function qemu(t: Parameters<typeof town>[0]): Promise<Town> {
  return town(t, [{ project: 'qemu', policy: 'qemu-2026', members }]);
}

test('QEMU-21 the form asks the scope table before the report is typed, and says the sentence of the rule', async (t) => {
  const here = await qemu(t);
  const asked = await sentForm(here, '/qemu/report', { ...guest, accelerator: 'tcg' });
  assert.equal(asked.status, 200);
  assert.match(asked.text, /Out of scope/);
  assert.match(asked.text, /Emulation without hardware virtualization does not promise to isolate the guest/);
  assert.match(asked.text, /emulation<\/span>, qemu-2026 version 1/);
  const open = await sentForm(here, '/qemu/report', { build: 'upstream', component: 'virtio' });
  assert.match(open.text, /needs one more answer: Attacker/);
  assert.equal(
    (await here.call('/api/v1/qemu/cases', { token: await here.signIn('qemu', 'mei') })).body.rows.length,
    0,
    'nothing was kept',
  );
  const check = await sentForm(here, '/qemu/report/check', { ...written, ...guest });
  assert.match(check.text, /In scope/, 'it is said again before it is sent');
});

test('QEMU-10 an answer that the form does not offer is refused by its name', async (t) => {
  const here = await qemu(t);
  const wrong = await sentForm(here, '/qemu/report/send', { ...written, ...guest, accelerator: 'warp-drive' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /Choose one of: kvm, hvf, xen/);
  const byApi = await here.call('/api/v1/qemu/reports', {
    body: { title: 'x', fields: { ...fieldsOf(written), ...guest, machine: 'toaster' }, consent: true },
  });
  assert.equal(byApi.status, 422);
  assert.match(JSON.stringify(byApi.body), /machine/);
});

test('QEMU-20 QEMU-21 QEMU-22 out of scope by the table, through the web form: proposed with its rule, decided by a person, public at once', async (t) => {
  const here = await qemu(t);
  const id = await sentByForm(here, 'qemu', { ...written, ...guest, accelerator: 'tcg' }, 'mei');
  const page = await pageOf(here, id, 'mei');
  assert.match(page, /Proposed: out of scope\. Emulation without hardware virtualization/);
  assert.match(page, /eligibility\.scope\[4\]/, 'with the line of the policy');
  await take(here, id, 'mei', 'take-up-case');
  await take(here, id, 'mei', 'decide-eligibility', { verdict: 'out', reason: 'Emulated.' });
  const { state } = await seen(here, id);
  assert.deepEqual([state.handling, state.visibility, state.eligibility.rule], ['public_bug', 'public', 'emulation']);
  assert.deepEqual([state.eligibility.proposed.verdict, state.eligibility.policyVersion], ['out', 1]);
  await here.until('the reporter was told', () =>
    here.relay.sent.some(
      (mail) => mail.to.address === 'rita@reporters.example' && /does not promise\s+to\s+isolate the\s+guest/.test(mail.text),
    ),
  );
});

test('QEMU-21 a wrong answer that a maintainer corrects changes the proposal; deciding against it takes a reason, which the reporter reads', async (t) => {
  const here = await qemu(t);
  const id = await sentByForm(here, 'qemu', { ...written, ...guest, machine: 'other' }, 'mei');
  await take(here, id, 'mei', 'take-up-case');
  assert.deepEqual((await seen(here, id)).state.proposal, { kind: 'verdict', verdict: 'out', rule: 'other-machine' });
  const toaster = await here.call(`/api/v1/qemu/cases/${id}/correct-answers`, {
    token: await here.signIn('qemu', 'jon'),
    body: { answers: { machine: 'toaster' } },
  });
  assert.equal(toaster.status, 422);
  await take(here, id, 'jon', 'correct-answers', { answers: { machine: 'x86_64/q35', accelerator: 'kvm' } });
  const corrected = (await seen(here, id)).state;
  assert.deepEqual(corrected.proposal, { kind: 'verdict', verdict: 'in', rule: 'virtualization' });
  assert.deepEqual(
    corrected.corrected.map((ref: { field: string }) => ref.field),
    ['machine'],
    'the answer that stood already is no correction',
  );
  await take(here, id, 'jon', 'decide-eligibility', {
    verdict: 'elsewhere',
    target: 'The firmware',
    reason: 'Canary-reason: it is in the firmware.',
  });
  const decided = (await seen(here, id)).state;
  assert.deepEqual([decided.handling, decided.eligibility.rule], ['not_ours', null]);
  assert.match(await pageOf(here, id, 'mei'), /Decided: belongs elsewhere, against the proposal/);
  await here.until('the reporter reads the reason', () => here.relay.sent.some((mail) => mail.text.includes('Canary-reason')));
});

test('LIBVIRT-6 QEMU-21 the acknowledgement asks for the answer that the table needs, and the reporter gives it on their own page', async (t) => {
  const here = await qemu(t);
  const { machine, ...rest } = guest;
  const sent = await here.call('/api/v1/qemu/reports', {
    body: { title: 'x', fields: { ...fieldsOf(written), ...rest }, address: 'rita@reporters.example', consent: true },
  });
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  await here.until('the acknowledgement asks', () => here.relay.sent.some((mail) => /Still missing: .*machine/s.test(mail.text)));
  const mine = `${sent.body.key}@/api/v1/qemu/my-report`;
  const given = await here.call(`${mine}/correct-answers`, { body: { answers: { machine } } });
  assert.equal(given.status, 200, JSON.stringify(given.body));
  assert.deepEqual((await seen(here, sent.body.case)).state.proposal, { kind: 'verdict', verdict: 'in', rule: 'virtualization' });
});

function fieldsOf({ title: _, address: __, consent: ___, ...fields }: typeof written): object {
  return fields;
}

async function seen(here: Town, id: string) {
  return (await here.call(`/api/v1/qemu/cases/${id}`, { token: await here.signIn('qemu', 'jon') })).body;
}

async function take(here: Town, id: string, who: string, action: string, body: object = {}): Promise<void> {
  const answer = await here.call(`/api/v1/qemu/cases/${id}/${action}`, { token: await here.signIn('qemu', who), body });
  assert.equal(answer.status, 200, `${action}: ${JSON.stringify(answer.body)}`);
}

async function pageOf(here: Town, id: string, who: string): Promise<string> {
  const cookie = `daylight-qemu=${await here.signIn('qemu', who)}`;
  return (await fetch(`${here.base}/qemu/cases/${id}`, { headers: { Cookie: cookie } })).text();
}
