// SPDX-License-Identifier: Apache-2.0
// OpenStack, a flaw across two projects: a component for each team with its own owner and branch, two numbers, one advisory, two finders.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cases, Json, Reported } from './relations.ts';
import { cases } from './relations.ts';
import { openstackAdvisory, openstackImpact, openstackReport } from './tale-openstack.ts';

const members = {
  ola: ['coordinator'],
  kim: ['coordinator'],
  cora: ['core_reviewer', 'stable_maintainer'],
  rea: ['core_reviewer', 'liaison'],
  cin: ['core_reviewer'],
  lia: ['liaison'],
};

const patch = (name: string) => ({ name: `${name}.patch`, text: `Subject: ${name}\n\nSigned-off-by: ${name} <x@members.example>\n` });

/** Confirmed with a branch of nova; then it turns out that cinder is concerned as well, and that there is a second flaw. */
async function confirmed(told: Cases): Promise<Reported> {
  const one = await told.report({ ...openstackReport, address: 'first@reporters.example' });
  await told.take('ola', one.case, 'take-up-case');
  await told.take('ola', one.case, 'decide-eligibility', { verdict: 'in', reason: 'Overseen.' });
  for (const person of ['cora', 'rea', 'cin', 'lia']) await told.take('ola', one.case, 'add-person', { person });
  await told.take('ola', one.case, 'confirm-flaw', { reason: 'Shown.', class: 'A', branches: 'development master nova' });
  return one;
}

async function numbers(told: Cases, one: Reported): Promise<void> {
  await told.take('ola', one.case, 'describe-impact', openstackImpact);
  assert.equal((await told.mine(one, 'approve-impact')).status, 200);
  await told.take('lia', one.case, 'approve-impact');
  const { flaws } = await told.state('ola', one.case);
  for (const [index, { flaw }] of flaws.entries()) {
    await told.take('ola', one.case, 'request-cve', { flaw });
    await told.take('ola', one.case, 'record-cve', { flaw, number: `CVE-1900-4000${index + 1}` });
  }
}

async function fix(told: Cases, one: Reported, component: string, patcher: string, reviewer: string): Promise<void> {
  const branch = { branch: 'master', component };
  await told.take(patcher, one.case, 'add-patch', { ...branch, patch: patch(patcher) });
  await told.take(reviewer, one.case, 'approve-patch', branch);
}

async function gatesOf(told: Cases, one: Reported): Promise<readonly string[]> {
  const answer = await told.try('ola', one.case, 'approve-release');
  return (answer.body.unmet ?? []).map(({ gate }: Json) => gate.split(':')[0]);
}

test('VMT-3 VMT-11 VMT-23 VMT-42 P8 F13 two components, two numbers, two finders: one advisory, and it waits for both teams', async (t) => {
  const told = await cases(t, { project: 'openstack', policy: 'openstack-vmt', members });
  const one = await confirmed(told);
  await told.take('ola', one.case, 'add-flaw', { title: 'The snapshot has it too' });
  await told.take('ola', one.case, 'add-flaw', { title: 'Not one after all' });
  const third = (await told.state('ola', one.case)).flaws[2].flaw;
  await told.take('ola', one.case, 'drop-flaw', { flaw: third, reason: 'The same root cause.' });

  const stranger = await told.try('ola', one.case, 'add-component', { component: 'cinder', person: 'nobody' });
  assert.deepEqual([stranger.status, stranger.body.errors[0].pointer], [422, '#/person']);
  await told.take('ola', one.case, 'add-component', { component: 'nova', person: 'cora', branches: 'development master' });
  await told.take('ola', one.case, 'add-component', { component: 'cinder', branches: 'development master' });
  await told.take('ola', one.case, 'assign-component', { component: 'cinder', person: 'cin' });
  await told.here.until('the owner of the component was told', () =>
    told.mailTo('cin@members.example').some(({ subject }) => subject.endsWith('A component is yours')),
  );
  assert.ok(
    told.mailTo('cin@members.example').every(({ text }) => !/nova|cinder|volume/.test(text)),
    'L-29 and nothing of the case',
  );
  const { branches } = await told.state('cin', one.case);
  assert.deepEqual(branches.map((each: Json) => [each.component, each.branch]).sort(), [
    ['cinder', 'master'],
    ['nova', 'master'],
  ]);

  const two = await told.report({ ...openstackReport, title: 'Found again', address: 'second@reporters.example' });
  await told.take('ola', two.case, 'mark-duplicate', { of: one.case, reason: 'The same connection.' });
  assert.equal((await told.see('cin', two.case)).status, 200, 'who was added to the case reads every report of it');
  await told.take('ola', one.case, 'answer-rediscovery', { publish: false, reason: 'Both teams are nearly done.' });

  await fix(told, one, 'nova', 'cora', 'rea');
  await told.take('cora', one.case, 'finish-component', { component: 'nova' });
  await numbers(told, one);
  await told.take('ola', one.case, 'write-advisory', { advisory: twoProducts });
  assert.equal((await told.mine(one, 'decide-credit', { decision: 'named', name: 'R. E. Porter' })).status, 200);
  assert.deepEqual(
    (await gatesOf(told, one)).filter((gate) => ['components_finished', 'branches_done', 'credit_decided'].includes(gate)).sort(),
    ['branches_done', 'components_finished', 'credit_decided'],
  );
  assert.equal((await told.try('cin', one.case, 'finish-component', { component: 'cinder' })).status, 422, 'nothing is fixed there yet');
  await fix(told, one, 'cinder', 'cin', 'cora');
  await told.take('cin', one.case, 'finish-component', { component: 'cinder' });
  assert.equal((await told.mine(two, 'decide-credit', { decision: 'pseudonym', name: 'night owl' })).status, 200);
  await told.until('the second credit travelled', 'ola', one.case, (state) => state.reporters[1].credit === 'pseudonym');

  await told.take('ola', one.case, 'write-advisory', { advisory: twoProducts });
  await told.take('ola', one.case, 'submit-advisory');
  await told.take('kim', one.case, 'approve-advisory');
  const unstaffed = await told.try('ola', one.case, 'approve-release');
  for (const role of unstaffed.body.unmet[0].gate.slice('on_call: '.length).split(', '))
    await told.take('cora', one.case, 'go-on-call', { role });
  await told.take('ola', one.case, 'approve-release');
  await told.take('kim', one.case, 'approve-release');
  await told.until('the documents are prepared', 'ola', one.case, (state) => state.disclosure.prepared !== null);
  told.here.set((await told.state('ola', one.case)).embargo.until);
  await told.until('the case is public', 'ola', one.case, (state) => state.visibility === 'public');
  await told.here.until('the duplicate is public too', async () => (await told.see(null, two.case)).status === 200);
  const announced = () => told.here.relay.sent.find(({ to }) => to.address === 'openstack-announce@lists.openstack.org');
  await told.here.until('the list has it', () => announced() !== undefined);
  const mail = announced()?.text ?? '';
  for (const part of ['CVE-1900-40001', 'CVE-1900-40002', 'nova', 'cinder', 'R. E. Porter', 'night owl'])
    assert.ok(mail.includes(part), part);
  const open = await told.see(null, one.case);
  assert.equal(open.body.reach, 'full_record', 'VMT-36');
  assert.match(JSON.stringify(open.body.log), /report-attached/);
});

const product = (name: string) => ({ name, branches: [{ name: 'master', status: 'fixed', fixedBy: ['b'.repeat(40)] }] });
const twoProducts = { ...openstackAdvisory, products: [product('nova'), product('cinder')] };

test('VMT-23 a component that is not concerned after all is dropped, and nobody waits for it', async (t) => {
  const told = await cases(t, { project: 'openstack', policy: 'openstack-vmt', members });
  const one = await confirmed(told);
  await told.take('ola', one.case, 'add-component', { component: 'cinder', branches: 'development master' });
  await fix(told, one, 'nova', 'cora', 'rea');
  assert.equal((await told.state('ola', one.case)).handling, 'fixing');
  await told.take('ola', one.case, 'drop-component', { component: 'cinder', reason: 'It never holds the connection.' });
  assert.equal((await told.state('ola', one.case)).handling, 'fix_ready');
});
