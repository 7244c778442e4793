// SPDX-License-Identifier: Apache-2.0
// Who reads a case from its first second: everybody who maintains, or those who need to know.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { town } from '../support/town.ts';

const fields = {
  description: 'A guest writes past a buffer of the device.',
  version: '11.0',
  command_line: 'qemu-system-x86_64 -device virtio-crypto-pci',
  steps: 'Write the descriptor, kick the queue.',
  found_with: 'Reading.',
  findings_checked: 'By hand.',
  accelerator: 'kvm',
};

test('QEMU-5 QEMU-16 every maintainer reads a case in the second in which it comes; under need to know it is not there for the same person', async (t) => {
  const here = await town(t, [
    { project: 'qemu', policy: 'qemu-2026', members: { thea: ['maintainer'], pia: ['maintainer'] } },
    { project: 'openstack', policy: 'openstack-vmt', members: { ola: ['coordinator'], thea: ['core_reviewer'] } },
  ]);
  // What both forms ask for, and no more than one of them needs.
  const see = async (project: string, name: string, component: string) => {
    const sent = await here.call(`/api/v1/${project}/reports`, {
      body: { title: 'Past the buffer', fields: { ...fields, component }, origin: 'manual', consent: true },
    });
    assert.equal(sent.status, 201, JSON.stringify(sent.body));
    const token = await here.signIn(project, name);
    return { case: sent.body.case as string, answer: await here.call(`/api/v1/${project}/cases/${sent.body.case}`, { token }), token };
  };
  const open = await see('qemu', 'thea', 'virtio');
  assert.equal(open.answer.status, 200);
  const other = await here.call(`/api/v1/qemu/cases/${open.case}/take-up-case`, { token: await here.signIn('qemu', 'pia'), body: {} });
  assert.equal(other.status, 200, 'any of them takes it up');
  const verdict = { verdict: 'in', rule: 'virtualization', reason: 'A guest reaches it.' };
  const next = await here.call(`/api/v1/qemu/cases/${open.case}/decide-eligibility`, { token: open.token, body: verdict });
  assert.equal(next.status, 200, `QEMU-16 and another one takes the next step: ${JSON.stringify(next.body)}`);
  const { log } = (await here.call(`/api/v1/qemu/cases/${open.case}`, { token: open.token })).body;
  const by = (kind: string) => log.find((event: { kind: string }) => event.kind === kind)?.by.person;
  assert.notEqual(by('eligibility-decided'), by('case-taken-up'), 'each under their own name');
  const hidden = await see('openstack', 'thea', 'nova');
  const never = await here.call('/api/v1/openstack/cases/00000000000000000000000000', { token: hidden.token });
  assert.equal(hidden.answer.status, 404);
  assert.deepEqual(hidden.answer.body, never.body);
  const coordinator = await here.call(`/api/v1/openstack/cases/${hidden.case}`, { token: await here.signIn('openstack', 'ola') });
  assert.equal(coordinator.status, 200);
});

test('QEMU-12 a report is private by its own first event, marked or not: nothing was public first and hidden afterwards', async (t) => {
  const here = await town(t, [{ project: 'qemu', policy: 'qemu-2026', members: { thea: ['maintainer'] } }]);
  const token = await here.signIn('qemu', 'thea');
  const report = { title: 'Past the buffer', fields: { ...fields, component: 'virtio' }, origin: 'manual', consent: true };
  for (const sensitive of ['yes', 'unsure', undefined]) {
    const { body } = await here.call('/api/v1/qemu/reports', { body: { ...report, ...(sensitive === undefined ? {} : { sensitive }) } });
    assert.equal((await here.call(`/api/v1/qemu/cases/${body.case}`)).status, 404, 'a visitor finds nothing');
    const { state, log } = (await here.call(`/api/v1/qemu/cases/${body.case}`, { token })).body;
    assert.deepEqual([log[0].kind, log[0].public, state.visibility], ['report-submitted', false, 'private']);
    assert.deepEqual(
      log.filter(({ kind }: { kind: string }) => /opened|hidden|exposed/.test(kind)),
      [],
    );
  }
});
