// SPDX-License-Identifier: Apache-2.0
// The store's people: projects, members and their roles, sessions, reporters' links, answers kept for repeated requests.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import type { Instant } from '../../src/core/model/time.ts';
import type { Principal } from '../../src/core/policy/access.ts';
import { testDatabase } from '../support/database.ts';
import {
  anna,
  anyone,
  ben,
  cleo,
  libvirt,
  moderators,
  morning,
  personOf,
  processOf,
  qemu,
  receive,
  report,
  security,
  settle,
} from './store-material.ts';

const { store } = await testDatabase();
await settle(store);
const token = () => randomBytes(32).toString('hex');
const evening = '2026-03-02T20:00:00.000Z' as Instant;

test('the process of any project learns which projects there are, everybody else knows their own', async () => {
  const projects = async (who: Principal) => (await store.as(who, ({ accounts }) => accounts.projects())).map((one) => one.project);
  assert.deepEqual(await projects(processOf('newcomer' as ProjectId)), [libvirt, qemu]);
  assert.deepEqual(await projects(personOf(qemu, anna)), [qemu]);
  assert.deepEqual(await projects(anyone(libvirt)), [libvirt]);
});

test('a project is added by its own process, and its title brought up to date', async () => {
  const xen = 'xen' as ProjectId;
  for (const title of ['Xen', 'The Xen Project'])
    await store.as(processOf(xen), ({ accounts }) => accounts.addProject({ project: xen, title }));
  assert.deepEqual(await store.as(anyone(xen), ({ accounts }) => accounts.projects()), [{ project: xen, title: 'The Xen Project' }]);
  await assert.rejects(
    store.as(processOf(libvirt), ({ accounts }) => accounts.addProject({ project: 'other' as ProjectId, title: '' })),
    /42501/,
  );
});

test('a member is added with roles and brought up to date, and roles that were taken away are gone', async () => {
  const eva = 'eva' as PersonId;
  const put = (address: string | null, roles: readonly Role[]) =>
    store.as(processOf(libvirt), ({ accounts }) =>
      accounts.putMember({ person: eva, name: 'Eva', address, roles, covers: ['Debian'], organisation: 'A vendor' }),
    );
  const said = { covers: ['Debian'], organisation: 'A vendor' };
  const read = () => store.as(personOf(libvirt, anna), ({ accounts }) => accounts.member(eva));
  await put('eva@example.org', [security, moderators]);
  assert.deepEqual(await read(), { person: eva, name: 'Eva', address: 'eva@example.org', roles: [moderators, security], ...said });
  await put(null, [moderators]);
  assert.deepEqual(await read(), { person: eva, name: 'Eva', address: null, roles: [moderators], ...said });
  await put(null, []);
  assert.deepEqual(await read(), { person: eva, name: 'Eva', address: null, roles: [], ...said });
  assert.equal(await store.as(personOf(qemu, anna), ({ accounts }) => accounts.member(eva)), undefined);
});

test('members are listed by name, as many as asked for, or those in a role', async () => {
  const names = (members: readonly { readonly name: string }[]) => members.map((one) => one.name);
  await store.as(personOf(qemu, cleo), async ({ accounts }) => {
    assert.deepEqual(names(await accounts.members(2)), ['Anna', 'Ben']);
    assert.deepEqual(names(await accounts.members(10)), ['Anna', 'Ben', 'Cleo']);
    assert.deepEqual(names(await accounts.membersIn([moderators])), ['Anna']);
    assert.deepEqual(names(await accounts.membersIn([moderators, security])), ['Anna', 'Ben']);
    assert.deepEqual(await accounts.membersIn([]), []);
  });
});

test('L-37 who is a member is known to members alone', async () => {
  const one = await receive(store, report(libvirt));
  assert.deepEqual(await store.as(one.reporter, ({ accounts }) => accounts.members(10)), []);
  await assert.rejects(
    store.as(anyone(libvirt), ({ accounts }) => accounts.members(10)),
    /42501/,
  );
});

test('nobody but the process changes members or roles', async () => {
  const put = (who: Principal) =>
    store.as(who, ({ accounts }) => accounts.putMember({ person: cleo, name: 'Cleo', address: null, roles: [security] }));
  const one = await receive(store, report(libvirt));
  for (const who of [personOf(libvirt, anna), personOf(libvirt, cleo), one.reporter, anyone(libvirt)])
    await assert.rejects(put(who), /42501/);
  assert.deepEqual((await store.as(processOf(libvirt), ({ accounts }) => accounts.member(cleo)))?.roles, []);
});

test('a session is found by the hash of its token until it expires or is closed, with the roles of this moment', async () => {
  const tokenHash = token();
  const find = (now: Instant) => store.as(anyone(qemu), ({ accounts }) => accounts.session(tokenHash, now));
  await store.as(personOf(libvirt, ben), ({ accounts }) =>
    accounts.openSession({ tokenHash, person: ben, proof: 'passkey', opened: morning, expires: evening }),
  );
  assert.deepEqual(await find(morning), {
    project: libvirt,
    member: { person: ben, name: 'Ben', address: null, roles: [security] },
    proof: 'passkey',
    detail: null,
    seen: morning,
    proven: morning,
  });
  assert.equal(await find(evening), undefined);
  await store.as(processOf(libvirt), ({ accounts }) => accounts.putMember({ person: ben, name: 'Ben', address: null, roles: [] }));
  assert.deepEqual((await find(morning))?.member.roles, []);
  await store.as(processOf(libvirt), ({ accounts }) => accounts.putMember({ person: ben, name: 'Ben', address: null, roles: [security] }));
  await store.as(anyone(libvirt), ({ accounts }) => accounts.closeSession(tokenHash));
  assert.equal(await find(morning), undefined);
  assert.equal(await store.as(anyone(libvirt), ({ accounts }) => accounts.session(token(), morning)), undefined);
});

test('nobody opens a session for somebody else', async () => {
  const attempt = store.as(personOf(libvirt, cleo), ({ accounts }) =>
    accounts.openSession({ tokenHash: token(), person: anna, proof: 'passkey', opened: morning, expires: evening }),
  );
  await assert.rejects(attempt, /42501/);
});

test("a reporter's link is found by the hash of its token until it expires, and may be added again", async () => {
  const tokenHash = token();
  const one = report(libvirt);
  const { name, version } = one.first.state.policy;
  await store.as(one.reporter, async ({ cases, accounts }) => {
    await cases.open(one.id, { name, version }, one.first);
    for (const _ of [1, 2]) await accounts.addCaseLink({ tokenHash, case: one.id, participant: one.participant, expires: evening });
  });
  const find = (now: Instant) => store.as(anyone(libvirt), ({ accounts }) => accounts.caseLink(tokenHash, now));
  assert.deepEqual(await find(morning), { project: libvirt, case: one.id, participant: one.participant });
  assert.equal(await find(evening), undefined);
});

test('a link is made for a case in hand and by its reporter for themselves, not for a case of others', async () => {
  const one = await receive(store, report(libvirt));
  const other = await receive(store, report(libvirt));
  const link = (of: typeof one, participant = of.participant) => ({ tokenHash: token(), case: of.id, participant, expires: evening });
  await store.as(personOf(libvirt, anna), async ({ cases, accounts }) => {
    await cases.lock(one.id);
    await accounts.addCaseLink(link(one));
  });
  await assert.rejects(
    store.as(personOf(libvirt, anna), ({ accounts }) => accounts.addCaseLink(link(one))),
    /42501/,
  );
  const asOther = store.as(one.reporter, async ({ cases, accounts }) => {
    await cases.lock(one.id);
    await accounts.addCaseLink(link(one, other.participant));
  });
  await assert.rejects(asOther, /42501/);
  await assert.rejects(
    store.as(one.reporter, ({ accounts }) => accounts.addCaseLink(link(other))),
    /42501/,
  );
});

test('an answer is kept for its key and its principal, and a key that is being answered makes the next one wait', async () => {
  const one = await receive(store, report(libvirt));
  const work: string[] = [];
  const request = (who: Principal, name: string) =>
    store.as(who, async ({ accounts }) => {
      const kept = await accounts.replyTo('key 1');
      if (kept !== undefined) return kept;
      work.push(name);
      await pause(50);
      await accounts.keepReply('key 1', `answer of ${name}`);
      return `answer of ${name}`;
    });
  const [first, second] = await Promise.all([request(one.reporter, 'a'), request(one.reporter, 'b')]);
  assert.equal(first, second);
  assert.equal(work.length, 1);
  assert.equal(await request(personOf(libvirt, anna), 'c'), 'answer of c');
  assert.equal(await request(one.reporter, 'd'), first);
});

test('a key whose request failed is new again', async () => {
  const who = personOf(libvirt, anna);
  const failed = store.as(who, async ({ accounts }) => {
    await accounts.replyTo('key 2');
    await accounts.keepReply('key 2', 'never sent');
    throw new Error('stop');
  });
  await assert.rejects(failed, /stop/);
  assert.equal(await store.as(who, ({ accounts }) => accounts.replyTo('key 2')), undefined);
});
