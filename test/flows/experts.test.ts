// SPDX-License-Identifier: Apache-2.0
// Experts of an embargoed case through the front door: let in by name and reminded, votes on backports, the fast track, and what few reviewers suggest.

import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { asTheyAre } from './names.ts';
import type { Tale } from './tale.ts';
import { openstack, openstackReport } from './tale-openstack.ts';

const stable = { branch: 'stable/2026.1' };
const file = (text: string) => ({ name: 'fix.patch', text: `Subject: ${text}\n\nSigned-off-by: rea <rea@members.example>\n` });

/** A confirmed case with `cora` and `rea`, and a patch of rea's for the stable branch. */
async function patched(t: TestContext): Promise<Tale> {
  const told = await openstack(t, asTheyAre);
  await told.report(openstackReport);
  await told.take('ola', 'take-up-case');
  await told.take('ola', 'decide-eligibility', { verdict: 'in', reason: 'Nova is overseen.' });
  for (const person of ['cora', 'rea']) await told.take('ola', 'add-person', { person });
  await told.take('ola', 'confirm-flaw', { reason: 'Shown.', class: 'A' });
  await told.take('ola', 'judge-branch', { ...stable, group: 'stable', affected: true });
  await told.take('rea', 'add-patch', { ...stable, patch: file('disconnect first') });
  return told;
}

const lettersTo = ({ here }: Tale, name: string) => here.relay.sent.filter(({ to }) => to.address === `${name}@members.example`);

test('VMT-14 an expert sees nothing before being added; then one mail says that they were, and that nothing is passed on, without a word of the case', async (t) => {
  const told = await openstack(t, asTheyAre);
  const { case: id } = await told.report(openstackReport);
  await told.take('ola', 'take-up-case');
  assert.equal((await told.see('cora')).status, 404);
  assert.deepEqual(lettersTo(told, 'cora'), []);
  await told.take('ola', 'add-person', { person: 'cora' });
  assert.equal((await told.see('cora')).body.reach, 'everything');
  const [letter, ...more] = lettersTo(told, 'cora');
  assert.ok(letter !== undefined && more.length === 0, 'one mail');
  assert.match(letter.subject, /You were added to a case/);
  const said = letter.text.replace(/\s+/g, ' ');
  assert.match(said, /disclose no detail of it and pass nothing on/);
  assert.doesNotMatch(said, /A report arrived|Canary|volume|nova/i);
  assert.ok(said.includes(`/openstack/cases/${id}`), 'where to read it');
  assert.deepEqual(lettersTo(told, 'rea'), [], 'and nobody else is told');
});

test('VMT-16 VMT-10 a fast track later is refused until the newest patch has its approval and its vote on record, through the API', async (t) => {
  const told = await patched(t);
  const gates = async () => {
    const answer = await told.try('rea', 'record-merge', { ...stable, commit: 'c'.repeat(40), fast_track: true });
    assert.equal(answer.status, 422, JSON.stringify(answer.body));
    return (answer.body.unmet ?? []).map(({ gate }: { gate: string }) => gate);
  };
  assert.ok((await gates()).includes('pre_approved'), 'neither approval nor vote');
  await told.take('cora', 'approve-patch', stable);
  assert.ok((await gates()).includes('pre_approved'), 'approved, and no vote');
  assert.equal(
    (await told.try('ola', 'judge-backport', { ...stable, verdict: 'acceptable' })).status,
    403,
    'by whoever looks after no branch',
  );
  const vague = await told.try('cora', 'judge-backport', { ...stable, verdict: 'needs_change' });
  assert.deepEqual([vague.status, vague.body.errors?.[0].pointer], [422, '#/reason'], 'what has to change is said');
  await told.take('cora', 'judge-backport', { ...stable, verdict: 'not_acceptable', reason: 'It changes the interface.' });
  assert.ok((await gates()).includes('pre_approved'), 'a vote against it');
  await told.take('cora', 'judge-backport', { ...stable, verdict: 'acceptable' });
  const votes = async () => (await told.state()).branches.find(({ branch }: { branch: string }) => branch === stable.branch).backport;
  assert.deepEqual(
    (await votes()).map(({ by, verdict }: { by: string; verdict: string }) => [by, verdict]),
    [['cora', 'acceptable']],
    'one vote of each person stands',
  );
  await told.take('rea', 'add-patch', { ...stable, patch: file('disconnect first, again') });
  assert.deepEqual(await votes(), [], 'another patch begins anew');
  assert.ok((await gates()).includes('pre_approved'));
  await told.take('cora', 'approve-patch', stable);
  await told.take('cora', 'judge-backport', { ...stable, verdict: 'acceptable' });
  await told.take('rea', 'record-merge', { ...stable, commit: 'c'.repeat(40), fast_track: true });
});

test('VMT-24 the page counts who looked at a private fix, names whom to add where they are few, and says no more of it once there are enough', async (t) => {
  const told = await patched(t);
  const page = async () => {
    const { case: id } = (await told.see('ola')).body;
    const cookie = `daylight-openstack=${await told.here.signIn('openstack', 'ola')}`;
    return (await fetch(`${told.here.base}/openstack/cases/${id}`, { headers: { Cookie: cookie } })).text();
  };
  assert.match(await page(), /Reviewed in private by 0 people\.[\s\S]*More could be added by name: [^<]*core reviewer/);
  await told.take('cora', 'approve-patch', stable);
  assert.match(await page(), /Reviewed in private by 1 person\.[\s\S]*Few have looked at it/);
  await told.take('ola', 'add-person', { person: 'lia' });
  await told.take('ola', 'record-test', { ...stable, passed: 'yes', reproducer: 'yes', statement: 'On two machines.' });
  const enough = await page();
  assert.match(enough, /Reviewed in private by 2 people\./);
  assert.doesNotMatch(enough, /Few have looked at it/);
  assert.equal((await told.state()).visibility, 'private', 'a hint, never an act');
});
