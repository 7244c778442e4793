// SPDX-License-Identifier: Apache-2.0
// Policy versions: kept for ever, one of them active in a project.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProjectId } from '../../src/core/model/identifiers.ts';
import { testDatabase } from '../support/database.ts';
import { anna, anyone, libvirt, personOf, policyVersion, processOf, qemu, receive, report, settle } from './store-material.ts';

const { store } = await testDatabase();
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
  const policy = { ...version.policy, roles: { zeta: {}, alpha: {}, mid: {} } } as unknown as typeof version.policy;
  await activate({ ...version, policy }, qemu);
  assert.deepEqual(Object.keys((await active(qemu)).policy.roles), ['zeta', 'alpha', 'mid']);
});
