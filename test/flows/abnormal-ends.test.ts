// SPDX-License-Identifier: Apache-2.0
// Ends that nobody planned, through the API: ninety days without a fix, a leak, a patch that starts anew, a fix that was incomplete, a notice that was wrong.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asTheyAre } from './names.ts';
import type { Tale } from './tale.ts';
import { libvirtConfirmed, libvirtOut, libvirtReleased, libvirtReport, libvirtWritten } from './tale-libvirt.ts';
import { advises, confirmsByHand, openstack, openstackAdvisory, openstackReport, releases } from './tale-openstack.ts';
import { qemu, qemuInScope, qemuReport } from './tale-qemu.ts';

const signedOff = { name: 'fix.patch', text: 'Signed-off-by: cora <cora@members.example>\n' };

/** A confirmed flaw of class A, with what two people agreed on for its end. */
async function openstackConfirmed(t: Parameters<typeof openstack>[0]): Promise<Tale> {
  const told = await openstack(t, asTheyAre);
  await told.report(openstackReport);
  await told.take('ola', 'take-up-case');
  await told.take('ola', 'decide-eligibility', { verdict: 'in', reason: 'Nova is overseen.' });
  for (const person of ['cora', 'rea', 'lia']) await told.take('ola', 'add-person', { person });
  await told.take('ola', 'confirm-flaw', { reason: 'Shown.', class: 'A', summary: 'Canary-bundle: a volume stays connected.' });
  await told.take('kim', 'agree-bundle');
  return told;
}

async function patches(told: Tale): Promise<void> {
  await told.take('cora', 'add-patch', { branch: 'master', patch: signedOff });
  await told.take('rea', 'approve-patch', { branch: 'master' });
  const [{ flaw }] = (await told.state()).flaws;
  await told.take('ola', 'record-cve', { flaw, number: 'CVE-1900-30004' });
}

/** The public path to its end: the advisory, the release, every channel, the merge. */
async function endsInPublic(told: Tale): Promise<void> {
  await advises(told);
  await releases(told);
  await told.until('the advisory is out', (state) => state.advisory.state === 'published');
  await confirmsByHand(told);
  await told.take('cora', 'record-merge', { branch: 'master', commit: 'b'.repeat(40) });
  await told.take('ola', 'close-case');
  const { handling, visibility, advisory } = await told.state();
  assert.deepEqual([handling, visibility, advisory.state], ['closed', 'public', 'published']);
  assert.equal(advisory.number, `OSSA-${told.here.now().slice(0, 4)}-001`);
  assert.equal((await told.here.call(`/openstack/advisories/${advisory.number}.html`)).status, 200);
}

test('VMT-30 QEMU-27 T12 T23 ninety days without a fix: what was agreed opens on the last lawful Thursday, and the public path goes on to the advisory', async (t) => {
  const told = await openstackConfirmed(t);
  const beyond = await told.try('ola', 'propose-embargo', { until: '2027-02-04 15:00 UTC', reason: 'The patch is complex.' });
  assert.deepEqual([beyond.status, beyond.body.unmet[0].gate], [422, 'circumstances_shown'], 'past ninety days a reason is not enough');
  await told.mine('propose-embargo', { until: '2027-01-28 15:00 UTC', reason: 'The patch is complex.' });
  assert.equal((await told.state()).embargo.until, '2027-01-28T15:00:00.000Z', 'the reporter’s terms prevail within the ladder');
  told.here.set('2027-01-28T14:59:59Z');
  await new Promise((resolve) => setTimeout(resolve, 400));
  assert.equal((await told.see('anyone')).status, 404, 'not a second before');
  told.here.set('2027-01-28T15:00:00Z');
  await told.until('it is open without a fix', (state) => state.handling === 'unfixed_public');
  const { body } = await told.see('anyone');
  assert.deepEqual([body.reach, body.state.visibility], ['bundle', 'public']);
  assert.ok(JSON.stringify(body).includes('Canary-bundle'));
  assert.ok(!/Canary-note|canary-address/.test(JSON.stringify(body)));
  await told.here.until('the reporter was told', () => told.here.relay.sent.some((mail) => mail.subject.endsWith('Your report is public')));
  await patches(told);
  await endsInPublic(told);
});

test('VMT-30 P6 T12 a leak ends the embargo at once; what was agreed opens, and the case goes on in public from where it stood', async (t) => {
  const told = await openstackConfirmed(t);
  await patches(told);
  const { handling: stood } = await told.state();
  await told.take('ola', 'record-fact', { fact: 'leaked', since: '2026-11-02 08:30 UTC', evidence: 'A public chat names it.' });
  await told.until('the bundle is open', (state) => state.visibility === 'public');
  const { handling, embargo } = await told.state();
  assert.deepEqual([handling, embargo.state, embargo.exit], [stood, 'exited', 'leak']);
  const again = await told.try('ola', 'propose-embargo', { until: '2026-11-12 15:00 UTC', reason: 'May we go on?' });
  assert.equal(again.status, 409, 'I4 what is public gets no embargo again');
  await endsInPublic(told);
});

test('VMT-31 VMT-32 T8 T24 hardening of class D is opened as such, and a note on it goes out where it is useful, once two people have read it', async (t) => {
  const told = await openstack(t, asTheyAre);
  await told.report(openstackReport);
  await told.take('ola', 'take-up-case');
  await told.take('ola', 'decide-eligibility', { verdict: 'in', reason: 'Nova is overseen.' });
  await told.take('ola', 'dismiss-flaw', { reason: 'Only an administrator reaches it.', class: 'D' });
  assert.equal((await told.see('anyone')).body.state.visibility, 'public');
  await told.mine('decide-credit', { decision: 'named', name: 'R. E. Porter' });
  await told.take('ola', 'write-advisory', { advisory: openstackAdvisory });
  await told.take('ola', 'submit-advisory');
  assert.equal((await told.try('ola', 'approve-advisory')).status, 422, 'R-17 nobody approves their own');
  await told.take('kim', 'approve-advisory');
  await told.take('ola', 'approve-release');
  assert.equal((await told.state()).advisory.published, 0, 'one person is not two');
  await told.take('kim', 'approve-release');
  await told.until('the note is out', (state) => state.advisory.published === 1);
  const { advisory } = await told.state();
  assert.equal((await told.here.call(`/openstack/advisories/${advisory.number}.html`)).status, 200);
});

test('LIBVIRT-19 LIBVIRT-33 LIBVIRT-39 T11 libvirt 2012: a patch with a problem starts the two weeks anew, once everybody has agreed, and the notice keeps the new hour', async (t) => {
  const told = await libvirtConfirmed(t, asTheyAre, libvirtReport, 'libvirt-2012');
  const first = (await told.state()).embargo.until;
  assert.equal(first, '2026-11-16T09:00:00.000Z', 'two weeks from the confirmation');
  told.here.set('2026-11-09T09:00:00Z');
  const move = { until: '2026-11-23 09:00 UTC', reason: 'Canary-reason: the patch breaks hot plug.' };
  const unknown = await told.try('anna', 'propose-embargo', { ...move, restart: 'new_information' });
  assert.equal(unknown.status, 422, 'a faulty patch restarts the clock, and nothing else');
  await told.take('anna', 'propose-embargo', { ...move, restart: 'patch_problem' });
  assert.equal((await told.state()).embargo.until, first, 'a proposal moves nothing');
  await told.mine('agree-embargo');
  assert.equal((await told.state()).embargo.until, first, 'the vendors are asked as well');
  await told.take('viktor', 'agree-embargo');
  const { embargo } = await told.state();
  assert.deepEqual([embargo.until, embargo.restarts], ['2026-11-23T09:00:00.000Z', 1]);
  await libvirtWritten(told);
  await libvirtReleased(told, { deviation: 'The stable branches follow.' });
  told.here.set(first);
  await new Promise((resolve) => setTimeout(resolve, 400));
  assert.equal((await told.see('anyone')).status, 404, 'the old hour passes in silence');
  told.here.set('2026-11-23T09:00:00Z');
  const lists = ['libvir-list@redhat.com', 'libvirt-announce@redhat.com'];
  const announced = () => told.here.relay.sent.filter((mail) => lists.includes(mail.to.address)).map((mail) => mail.to.address);
  await told.here.until('both lists are told', () => announced().length === 2);
  assert.deepEqual(announced().toSorted(), lists.toSorted());
  await told.until('it is disclosed', (state) => state.handling === 'disclosed');
});

test('P18 P19 I9 T24 LIBVIRT-41 libvirt: a notice that was wrong is corrected by two people, once to each channel, with the backports that distributions did since; the first stays readable', async (t) => {
  const told = await libvirtConfirmed(t, asTheyAre);
  const maint = { branch: 'v9.0-maint' };
  await told.take('anna', 'judge-branch', { ...maint, group: 'stable', affected: true });
  await libvirtWritten(told);
  await libvirtReleased(told);
  told.here.set((await told.state()).embargo.until);
  await told.until('the case is public', (state) => state.visibility === 'public');
  await libvirtOut(told);
  const lists = () => told.here.relay.sent.filter((mail) => mail.to.address === 'announce@lists.libvirt.org');
  assert.equal(lists().length, 1);
  const stood = () => told.state().then(({ branches }) => branches.find((one: { branch: string }) => one.branch === maint.branch)?.state);
  assert.equal(await stood(), 'left_to_downstream', 'LIBVIRT-41 a task of the distributions, and it held up nothing');
  await told.take('anna', 'record-merge', { ...maint, commit: 'd'.repeat(40) });
  await told.take('anna', 'correct-advisory', { reason: 'Canary-history: v9.0-maint has the flaw as well.' });
  await told.take('anna', 'write-advisory', {
    advisory: {
      title: 'Open descriptor leaks into guest processes',
      summary: 'A descriptor of the device mapper is left open, on v9.0-maint as well.',
      description: 'The library opens a control file and does not close it.',
      impact: 'Whoever takes over a guest process reaches the device mapper.',
      workarounds: 'none-known',
      products: [
        { name: 'libvirt', repository: 'libvirt.git', branches: [{ name: 'master', status: 'fixed', fixedBy: ['b'.repeat(40)] }] },
      ],
    },
  });
  await told.take('anna', 'submit-advisory');
  await told.take('viktor', 'approve-advisory');
  await told.take('anna', 'approve-release');
  assert.equal((await told.state()).advisory.published, 1, 'R-17 one person corrects nothing');
  await told.take('viktor', 'approve-release');
  await told.until('version 2 is out', ({ advisory }) => advisory.published === 2);
  await libvirtOut(told);
  const page = (await told.here.call('/libvirt/advisories/LSN-2026-0001.txt')).body;
  assert.match(page, /as well/);
  assert.match(page, /Canary-history/, 'its history says why');
  assert.match(page, /d{40}/, 'LIBVIRT-41 the hash of the backport, which nobody typed into the notice');
  assert.doesNotMatch((await told.here.call('/libvirt/advisories/LSN-2026-0001-v1.txt')).body, /d{40}/);
  assert.doesNotMatch((await told.here.call('/libvirt/advisories/LSN-2026-0001-v1.txt')).body, /as well/);
  const file = async (name: string) => (await told.here.call(`/libvirt/advisories/${name}`)).body;
  const { tracking } = (await file('LSN-2026-0001.csaf.json')).document;
  assert.deepEqual(
    [tracking.version, tracking.revision_history.length],
    ['2', 2],
    'VMT-5 the correction is in every format, with its history',
  );
  assert.match(JSON.stringify(tracking.revision_history), /Canary-history/);
  assert.equal((await file('LSN-2026-0001-v1.csaf.json')).document.tracking.version, '1', 'and the version before stays');
  await told.here.until('the list has the correction', () => lists().length === 2);
});

test('T26 QEMU-44 a fix that proves incomplete: the case goes on in public, is fixed again, and closed again by the merge', async (t) => {
  const told = await qemuInScope(t, asTheyAre);
  await told.until('the issue is public', (state) => state.visibility === 'public');
  await told.take('jon', 'record-merge', { branch: 'master', commit: 'c'.repeat(40) });
  await told.take('mei', 'close-case');
  const disputed = await told.try('mei', 'reopen-case', { cause: 'disputed', reason: 'Really?' });
  assert.equal(disputed.status, 422, 'a confirmed flaw is not disputed, its fix is');
  const before = told.here.relay.sent.length;
  await told.take('mei', 'reopen-case', { cause: 'incomplete_fix', reason: 'The second index is not checked.' });
  const { handling, visibility, owner, branches } = await told.state();
  assert.deepEqual([handling, visibility, owner !== null, branches[0].state], ['fixing', 'public', true, 'affected'], 'I1 I8');
  await told.here.until('the reporter was told', () =>
    told.here.relay.sent.slice(before).some((mail) => mail.to.address === 'canary-address@reporters.example'),
  );
  await told.take('mei', 'add-patch', { branch: 'master', patch: { ...signedOff, name: 'second.patch' } });
  await told.take('jon', 'approve-patch', { branch: 'master' });
  await told.take('jon', 'record-posting', { branch: 'master', messageId: '<20261103.1@lists.example>' });
  await told.take('jon', 'record-merge', { branch: 'master', commit: 'd'.repeat(40) });
  await told.take('mei', 'close-case');
  assert.equal((await told.state()).handling, 'closed');
});

test('QEMU-37 F11 F13 T16 a number is refused, assigned, recorded only after the page, disputed, and given back', async (t) => {
  const told = await qemu(t, asTheyAre);
  await told.report(qemuReport);
  await told.take('mei', 'take-up-case');
  await told.take('jon', 'decide-eligibility', { verdict: 'in', reason: 'A guest reaches it.' });
  await told.take('mei', 'confirm-flaw', { reason: 'Reproduced.' });
  const [{ flaw }] = (await told.state()).flaws;
  const stands = async () => (await told.state()).flaws[0].cve;
  await told.take('mei', 'request-cve', { flaw });
  await told.take('rhea', 'record-cve-refusal', { flaw, reason: 'Not enough is said.' });
  assert.equal(await stands(), 'refused');
  await told.take('mei', 'request-cve', { flaw });
  await told.take('rhea', 'record-cve', { flaw, number: 'CVE-1900-20009' });
  const early = await told.try('mei', 'record-cve-publication', { flaw });
  assert.deepEqual([early.status, early.body.unmet[0].gate], [422, 'public_reference'], 'a record is not the first to tell');
  await told.take('mei', 'add-patch', { branch: 'master', patch: signedOff });
  await told.take('jon', 'approve-patch', { branch: 'master' });
  await told.mine('decide-credit', { decision: 'declined' });
  await told.take('jon', 'record-posting', { branch: 'master', messageId: '<20261104.1@lists.example>' });
  await told.take('mei', 'record-cve-publication', { flaw });
  await told.take('mei', 'dispute-cve', { flaw, reason: 'Another project has numbered it before.' });
  assert.equal(await stands(), 'disputed');
  await told.take('mei', 'reject-cve', { flaw, reason: 'It was the same flaw.' });
  const [{ cve, number }] = (await told.state()).flaws;
  assert.deepEqual([cve, number], ['rejected', null], 'and it is nobody’s number here any more');
});
