// SPDX-License-Identifier: Apache-2.0
// Stories of owners through the front door: nobody claims, an uncovered subsystem, an owner who leaves, and a program that was down over the end.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { changeMember, mendOwners } from '../../src/app/owners.ts';
import type { PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import { shifted } from '../../src/core/model/time.ts';
import type { Town } from '../support/town.ts';
import { town } from '../support/town.ts';

const root = join(import.meta.dirname, '..', '..', '..');

const laddered = `daylight: 1
policy:
  name: laddered
  version: 1
  title: Laddered
  valid_from: 2026-01-01 00:00 UTC
  contact: security@example.org
roles:
  team:
    may: [moderate, handle, fix, review, add_people, set_embargo, request_cve, record_cve, write_advisory, approve_advisory,
          notify_parties, disclose, admit, change_policy]
  lead: { may: [handle] }
visibility:
  on_receipt: [team, lead]
ownership:
  routed_by: rota
  escalation: [lead]
  last_resort: last
`;

const report = (more: object = {}) => ({
  title: 'A crash',
  fields: { description: 'It crashes.', ...more },
  address: 'rita@reporters.example',
  name: 'Rita',
  consent: true,
});

async function inside(here: Town, project: string, id: string, who: string) {
  const answer = await here.call(`/api/v1/${project}/cases/${id}`, { token: await here.signIn(project, who) });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}

async function submitted(here: Town, project: string, body: object): Promise<string> {
  const sent = await here.call(`/api/v1/${project}/reports`, { body });
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  return sent.body.case;
}

const mailTo = (here: Town, address: string) => here.relay.sent.filter((mail) => mail.to.address === address);

test('QEMU-8 VMT-7 I8 P1 one person is told, and nobody claims: the rota asks the next, then the ladder, and it ends at a person', async (t) => {
  const members = { anna: ['team'], ben: ['team'], lena: ['lead'], last: ['team'] };
  const here = await town(t, [{ project: 'ladder', policy: laddered, members }]);
  const id = await submitted(here, 'ladder', report());
  const owner = async () => (await inside(here, 'ladder', id, 'last')).state.owner as string;
  const first = await owner();
  assert.notEqual(first, null, 'from the first second');
  await here.until('the owner is told', () => mailTo(here, `${first}@members.example`).length === 1);
  assert.equal(here.relay.sent.filter((mail) => mail.to.address.endsWith('@members.example')).length, 1, 'VMT-7 and nobody else');

  here.later(24);
  await here.until('the rota has asked the next', async () => (await owner()) !== first);
  const second = await owner();
  const { log } = await inside(here, 'ladder', id, 'last');
  assert.ok(log.some((event: { kind: string; how?: string; by: { kind: string } }) => event.how === 'rota' && event.by.kind === 'process'));
  await here.until('the next is told', () => mailTo(here, `${second}@members.example`).length > 0);

  here.set('2026-11-05T09:00:00Z');
  const called = (event: { kind: string; clock?: string; also?: readonly string[] }) =>
    event.kind === 'reminder-due' && [event.clock ?? '', ...(event.also ?? [])].some((clock) => clock.startsWith('ownership.escalation'));
  await here.until('the first step of the ladder', async () => (await inside(here, 'ladder', id, 'last')).log.some(called));
  assert.equal(await owner(), 'lena');
  here.set('2026-11-06T10:00:00Z');
  await here.until('the last resort', async () => (await owner()) === 'last');
  for (const mail of here.relay.sent.filter((one) => one.to.address.endsWith('@members.example'))) {
    assert.doesNotMatch(mail.subject + mail.text, /crash/i, 'L-29 no content by mail');
  }
});

test('QEMU-7 QEMU-6 a report on a subsystem whose maintainer has no account goes to the fallback at once, and the maintainer learns that something waits', async (t) => {
  const here = await town(t, [{ project: 'qemu', policy: 'qemu-2026', members: { mei: ['maintainer'], jon: ['maintainer'] } }]);
  const file = readFileSync(join(root, 'test', 'golden', 'maintainers', 'MAINTAINERS'), 'utf8');
  await here.world.store.as({ kind: 'process', project: 'qemu' as ProjectId }, ({ accounts }) => accounts.keepMaintainersFile(file));
  const fields = { version: '10.1', command_line: 'qemu', steps: 'see hw/net/e1000.c:97', found_with: 'by hand', findings_checked: 'yes' };
  const id = await submitted(here, 'qemu', report(fields));
  const { state } = await inside(here, 'qemu', id, 'mei');
  assert.ok(['mei', 'jon'].includes(state.owner), state.owner);
  assert.deepEqual([state.ownership.how, state.component], ['fallback', 'e1000']);
  await here.until('the maintainer is told', () => mailTo(here, 'petra@hypervisor.example').length === 1);
  const [mail] = mailTo(here, 'petra@hypervisor.example');
  const said = `${mail?.subject} ${mail?.text}`;
  for (const secret of [id, state.codename, 'e1000', 'crash', 'hw/net']) assert.ok(!said.includes(secret), `the mail says ${secret}`);
  assert.equal(mailTo(here, 'sam@hypervisor.example').length, 0, 'a reviewer is not bothered');

  await changeMember(here.world, 'qemu' as ProjectId, {
    person: 'petra' as PersonId,
    name: 'petra',
    address: 'petra@hypervisor.example',
    roles: ['maintainer' as Role],
  });
  const again = await submitted(here, 'qemu', { ...report(fields), title: 'Another' });
  const routed = (await inside(here, 'qemu', again, 'mei')).state;
  assert.deepEqual([routed.owner, routed.ownership.how], ['petra', 'routed']);
});

test('I8 L-11 an owner who leaves has a successor in the same transaction, and one who was removed behind our back within a minute', async (t) => {
  const here = await town(t, [{ project: 'small', policy: 'minimal', members: { anna: ['team'], ben: ['team'] } }]);
  const id = await submitted(here, 'small', report());
  const owner = async (who: string) => (await inside(here, 'small', id, who)).state.owner as string;
  const first = await owner('anna');
  const other = first === 'anna' ? 'ben' : 'anna';
  const project = 'small' as ProjectId;
  const member = (name: string, roles: string[]) => ({ person: name as PersonId, name, address: null, roles: roles as Role[] });
  await changeMember(here.world, project, member(first, []));
  assert.equal(await owner(other), other);
  await changeMember(here.world, project, member(first, ['team']));
  // Their session ended with their role; they sign in anew.
  here.set(shifted(here.now(), { minutes: 10 }));
  await here.world.store.as({ kind: 'process', project }, ({ accounts }) => accounts.putMember(member(other, [])));
  assert.equal(await mendOwners(here.world, project), 1);
  assert.equal(await owner(first), first);
});

test('I8 P1 in a project without anybody the administrator is told, and whoever comes owns what waits', async (t) => {
  const here = await town(t, [{ project: 'empty', policy: 'minimal', members: { rut: ['administrator'] } }]);
  const id = await submitted(here, 'empty', report());
  await here.until('the administrator is told', () => mailTo(here, 'rut@members.example').length === 1);
  const [mail] = mailTo(here, 'rut@members.example');
  assert.doesNotMatch(`${mail?.subject} ${mail?.text}`, new RegExp(`${id}|crash`, 'i'));
  const project = 'empty' as ProjectId;
  await changeMember(here.world, project, { person: 'anna' as PersonId, name: 'anna', address: null, roles: ['team' as Role] });
  await mendOwners(here.world, project);
  assert.equal((await inside(here, 'empty', id, 'anna')).state.owner, 'anna');
});

test('I12 P4 down over the warnings and the end of an embargo: one call that names what was missed, and no silence', async (t) => {
  const members = { anna: ['core'], viktor: ['vendor'], mo: ['moderator'] };
  const here = await town(t, [{ project: 'libvirt', policy: 'libvirt-2023', members }]);
  const id = await submitted(here, 'libvirt', report());
  const take = async (who: string, action: string, body: object = {}) => {
    const answer = await here.call(`/api/v1/libvirt/cases/${id}/${action}`, { token: await here.signIn('libvirt', who), body });
    assert.equal(answer.status, 200, `${action}: ${JSON.stringify(answer.body)}`);
  };
  await take('mo', 'release-report');
  await take('anna', 'take-up-case');
  await take('anna', 'confirm-flaw', { reason: 'Seen.', severity: 'moderate', summary: 'It leaks.' });
  await take('anna', 'send-message', { body: 'Thank you.' });
  const { state } = await inside(here, 'libvirt', id, 'viktor');
  here.later(1);
  await here.until('the mail of before', () => here.relay.sent.length > 0);
  const before = mailTo(here, 'anna@members.example').length;
  here.set(new Date(Date.parse(state.embargo.until) + 3 * 86_400_000).toISOString());
  const reminders = () => mailTo(here, 'anna@members.example').slice(before);
  await here.until('the owner is called', () => reminders().some((mail) => /embargo has ended/.test(mail.text)));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const ended = reminders().filter((mail) => /embargo has ended/.test(mail.text));
  assert.equal(ended.length, 1, 'one mail, not four');
  const { log } = await inside(here, 'libvirt', id, 'viktor');
  const call = log.find((event: { kind: string; also?: string[] }) => event.kind === 'reminder-due' && (event.also?.length ?? 0) > 2);
  assert.ok(call !== undefined, 'the record names every clock that was missed');
});
