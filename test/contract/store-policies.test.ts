// SPDX-License-Identifier: Apache-2.0
// Policy versions: kept for ever, one of them active in a project.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProjectId } from '../../src/core/model/identifiers.ts';
import type { PolicyStep, ProposalId } from '../../src/core/model/policy-step.ts';
import { testDatabase } from '../support/database.ts';
import { anna, anyone, libvirt, morning, personOf, policyVersion, processOf, qemu, receive, report, settle } from './store-material.ts';

const { store, ask } = await testDatabase();
await settle(store);
const active = (project = libvirt) => store.as(anyone(project), ({ policies }) => policies.active());
const activate = (version: ReturnType<typeof policyVersion>, project = libvirt) =>
  store.as(processOf(project), ({ policies }) => policies.activate(version));

test('a project without a policy has none that is active', async () => {
  const empty = 'empty' as ProjectId;
  await store.as(processOf(empty), ({ accounts }) => accounts.addProject({ project: empty, title: '' }));
  await assert.rejects(active(empty), /has no policy/);
});

test('I11 a new version is active for new cases, and an older case keeps its own', async () => {
  const before = await receive(store, report(libvirt));
  assert.equal(await activate(policyVersion('libvirt', 2)), 'activated');
  assert.equal((await active()).policy.version, 2);
  const record = await store.as(personOf(libvirt, anna), ({ cases }) => cases.find(before.id));
  assert.equal(record?.policy.version, 1);
  assert.equal((await active(qemu)).policy.version, 1);
  const versions = await store.as(anyone(libvirt), ({ policies }) => policies.all());
  assert.deepEqual(versions.map((one) => one.policy.version).sort(), [1, 2]);
});

test('the active version again changes nothing, an older one becomes active again, another text of a known version is refused', async () => {
  await activate(policyVersion('libvirt', 2));
  assert.equal(await activate(policyVersion('libvirt', 2)), 'unchanged');
  assert.equal(await activate(policyVersion('libvirt', 1)), 'activated');
  assert.equal(await activate(policyVersion('libvirt', 2, 'quietly changed')), 'text_differs');
  assert.equal((await active()).policy.version, 1);
});

test('several nodes that start with different versions leave one of them active', async () => {
  const results = await Promise.all([3, 4, 5, 3, 4, 5].map((version) => activate(policyVersion('libvirt', version))));
  assert.ok(results.every((result) => result === 'activated' || result === 'unchanged'));
  const all = await store.as(processOf(libvirt), ({ policies }) => policies.all());
  assert.ok(all.some((one) => one.policy.version === 5));
  assert.ok([3, 4, 5].includes((await active()).policy.version));
});

test('only the process activates a policy', async () => {
  for (const who of [personOf(libvirt, anna), anyone(libvirt)])
    await assert.rejects(
      store.as(who, ({ policies }) => policies.activate(policyVersion('libvirt', 9))),
      /42501/,
    );
});

test('a policy keeps the order of its keys: roles count in the order of the file', async () => {
  const version = policyVersion('ordered', 1);
  const policy = {
    ...version.policy,
    roles: { zeta: { may: [] }, alpha: { may: [] }, mid: { may: [] } },
  } as unknown as typeof version.policy;
  await activate({ ...version, policy }, qemu);
  assert.deepEqual(Object.keys((await active(qemu)).policy.roles), ['zeta', 'alpha', 'mid']);
});

test('LIBVIRT-42 the log of changes is read by members and the process, written by the process alone, and its chain shows tampering', async () => {
  const step = (proposal: string): PolicyStep => ({
    kind: 'policy-accepted',
    at: morning,
    proposal: proposal as ProposalId,
    by: anna,
    as: [],
  });
  await store.as(processOf(qemu), async ({ policies }) => {
    await policies.lock();
    await policies.record([step('one')]);
    await policies.record([step('two'), step('three')]);
  });
  const steps = await store.as(personOf(qemu, anna), ({ policies }) => policies.steps());
  assert.deepEqual(
    steps.map((one) => 'proposal' in one && one.proposal),
    ['one', 'two', 'three'],
  );
  await assert.rejects(
    store.as(anyone(qemu), ({ policies }) => policies.steps()),
    /42501/,
  );
  await assert.rejects(
    store.as(personOf(qemu, anna), ({ policies }) => policies.record([step('four')])),
    /42501/,
  );
  const verify = () => store.as(processOf(qemu), ({ policies }) => policies.verify());
  assert.deepEqual([(await verify()).steps, (await verify()).brokenAt], [3, null]);
  await ask(`alter table daylight.policy_step no force row level security`);
  await ask(`update daylight.policy_step set envelope = replace(envelope::text, 'two', 'too')::json where project = 'qemu' and seq = 2`);
  await ask(`alter table daylight.policy_step force row level security`);
  assert.equal((await verify()).brokenAt, 2);
});

test('mail of a project is put in once, taken by one, and belongs to the process', async () => {
  const message = { key: 'a', notice: 'policy-proposed', person: anna, askedAt: morning } as const;
  await store.as(processOf(libvirt), ({ projectMail }) => projectMail.put(message));
  await store.as(processOf(libvirt), ({ projectMail }) => projectMail.put(message));
  assert.deepEqual(await store.as(processOf(libvirt), ({ projectMail }) => projectMail.due(morning, 9)), ['a']);
  await store.as(processOf(libvirt), async ({ projectMail }) => {
    assert.equal((await projectMail.take('a'))?.attempts, 0);
    const other = await store.as(processOf(libvirt), (second) => second.projectMail.take('a'));
    assert.equal(other, undefined, 'another worker passes it over');
    await projectMail.finish('a', 'sent', 'taken');
  });
  assert.deepEqual(await store.as(processOf(libvirt), ({ projectMail }) => projectMail.due(morning, 9)), []);
  await assert.rejects(
    store.as(personOf(libvirt, anna), ({ projectMail }) => projectMail.due(morning, 9)),
    /42501/,
  );
});
