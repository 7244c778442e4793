// SPDX-License-Identifier: Apache-2.0
// Parties through the API: cleared, told, admitted by terms, ready; a limit that binds, a leak, and each party with its own column only.

import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import { openstackWithPackagers, partyName } from '../support/parties.ts';
import { asTheyAre } from './names.ts';
import type { Tale } from './tale.ts';
import { tale } from './tale.ts';
import { openstackImpact, openstackReport } from './tale-openstack.ts';

const members = {
  ola: ['coordinator'],
  kim: ['coordinator'],
  cora: ['core_reviewer', 'stable_maintainer'],
  rea: ['core_reviewer'],
  lia: ['liaison'],
  pat: ['packager'],
  hana: ['hoster'],
  tessa: ['packager', 'hoster'],
};

/** A case of OpenStack with its patch approved and its number, ten days before its date. */
async function ready(t: TestContext, policy = openstackWithPackagers()): Promise<Tale> {
  const told = await tale(t, asTheyAre, { project: 'openstack', policy, members, insider: 'kim' });
  await told.report(openstackReport);
  await told.take('ola', 'take-up-case');
  await told.take('ola', 'decide-eligibility', { verdict: 'in', reason: 'Nova is overseen.' });
  for (const person of ['cora', 'rea', 'lia']) await told.take('ola', 'add-person', { person });
  await told.take('ola', 'confirm-flaw', { reason: 'Shown.', class: 'A', summary: 'Canary-bundle: a volume stays connected.' });
  await told.take('kim', 'agree-bundle');
  await told.take('cora', 'add-patch', {
    branch: 'master',
    patch: { name: 'fix.patch', text: 'Signed-off-by: cora <cora@members.example>\n' },
  });
  await told.take('rea', 'approve-patch', { branch: 'master' });
  await told.take('ola', 'describe-impact', { ...openstackImpact, gain: 'Canary-impact: read the volume of another' });
  await told.mine('approve-impact');
  await told.take('lia', 'approve-impact');
  const [{ flaw }] = (await told.state()).flaws;
  await told.take('ola', 'record-cve', { flaw, number: 'CVE-1900-30003' });
  await told.take('ola', 'add-note', { body: 'Canary-note: only for us.' });
  return told;
}

/** From now on the member holds these roles and no others. */
function hold({ here }: Tale, person: string, roles: readonly string[]): Promise<void> {
  const member = { person: person as PersonId, name: person, address: `${person}@members.example`, roles: roles as readonly Role[] };
  return here.world.store.as({ kind: 'process', project: 'openstack' as ProjectId }, ({ accounts }) => accounts.putMember(member));
}

function gates(answer: { readonly body: { readonly unmet: readonly { readonly gate: string }[] } }): readonly string[] {
  return answer.body.unmet.map(({ gate }) => gate);
}

test('P17 P24 VMT-14 VMT-19 VMT-28 L-02 LIBVIRT-31 a party is cleared, told without content, accepts the terms, and then reads its own column and no more', async (t) => {
  const ruled = openstackWithPackagers().replace('role: packager }', 'role: packager, read_first: Share it with nobody. }');
  const told = await ready(t, ruled);
  const refused = gates(await told.try('ola', 'notify-party', { party: partyName }));
  assert.deepEqual(refused, ['party_cleared', 'party_proposed', 'party_rules_read'], 'VMT-28 not cleared: skipped');
  const recipient = async () => (await told.see('ola')).body.recipients.find(({ party }: { party: string }) => party === partyName);
  const names = (await recipient()).people.map(({ name }: { name: string }) => name);
  assert.deepEqual(
    [names.toSorted(), (await recipient()).reasons, (await recipient()).may],
    [['pat', 'tessa'], [], false],
    'P24 who, and no reason',
  );
  await told.take('ola', 'propose-party', { party: partyName, reason: 'Canary-why: they ship Nova.' });
  const [{ rules, text }] = (await told.see('ola')).body.rules_to_read;
  assert.equal(text, 'Share it with nobody.', 'P17 shown where it is sent');
  const stale = await told.try('ola', 'acknowledge-rules', { rules: rules.replace(/.$/, (last: string) => (last === '0' ? '1' : '0')) });
  assert.equal(stale.status, 422, 'P17 another text than the one that holds');
  await told.take('ola', 'acknowledge-rules', { rules });
  await told.take('ola', 'screen-party', { party: 'hosters', cleared: false, reason: 'Not yet decided by counsel.' });
  assert.deepEqual(gates(await told.try('ola', 'notify-party', { party: 'hosters' })), ['party_cleared', 'party_proposed']);
  await told.take('ola', 'screen-party', { party: partyName, cleared: true, reason: 'No rule stands against it.' });
  const why = (await recipient()).reasons.map(({ kind, by }: { kind: string; by: string }) => [kind, by]);
  assert.deepEqual(
    [why, (await recipient()).may],
    [
      [
        ['proposed', 'ola'],
        ['cleared', 'ola'],
      ],
      true,
    ],
    'P24 a reason for each, and whose',
  );
  assert.equal((await told.see('pat')).status, 404, 'nothing exists for a party before it is told');
  assert.equal((await told.try('ola', 'add-person', { person: 'pat' })).status, 422, 'VMT-14 nor is one of its members added by name');
  const before = told.here.relay.sent.length;
  await told.take('ola', 'notify-party', { party: partyName, text: 'Canary-words: please rebuild on the day.' });
  const mails = told.here.relay.sent.slice(before).filter((mail) => mail.to.address.startsWith('pat@'));
  assert.equal(mails.length, 1, 'one mail for each member');
  assert.ok(!/Canary|volume|CVE/.test(JSON.stringify(mails)), 'and it says nothing of the case');
  const unaccepted = await told.see('pat');
  assert.equal(unaccepted.body.reach, 'terms');
  assert.deepEqual(unaccepted.body.actions, [{ action: 'accept-terms', label: 'Accept the terms', unmet: [] }], 'and one answer to it');
  assert.match(unaccepted.body.party.terms, /keep to yourself/);
  assert.ok(!/Canary|CVE-1900|2026-11-12/.test(JSON.stringify(unaccepted.body)), 'before the terms: that there is something');
  assert.equal((await told.try('pat', 'say-ready')).status, 422, 'and nothing can be answered');
  await told.take('pat', 'accept-terms');
  const seen = (await told.see('pat')).body;
  const all = JSON.stringify(seen);
  assert.equal(seen.reach, 'party');
  for (const shown of ['Canary-title', 'Canary-impact', 'Canary-words', 'CVE-1900-30003', 'fix.patch', '2026-11-12'])
    assert.ok(all.includes(shown), shown);
  for (const hidden of [
    'Canary-description',
    'Canary-note',
    'Canary-bundle',
    'Canary-why',
    'canary-address',
    'hosters',
    'Shown.',
    '"ola"',
    '"cora"',
  ])
    assert.ok(!all.includes(hidden), hidden);
  assert.deepEqual([seen.party.may_deploy, seen.party.may_share_with], ['after_disclosure', 'nobody']);
  assert.equal((await told.see('hana')).status, 404, 'L-02 the other party learns nothing of it');
  assert.equal((await told.here.call('/api/v1/openstack/people', { token: await told.here.signIn('openstack', 'pat') })).status, 404);
  await told.take('pat', 'acknowledge-notice');
  await told.take('pat', 'say-ready');
  assert.deepEqual(
    (await told.state()).parties.map(({ name, state }: { name: string; state: string }) => [name, state]),
    [
      [partyName, 'ready'],
      ['hosters', 'listed'],
    ],
  );
  await told.take('ola', 'add-person', { person: 'pat' });
  assert.equal((await told.see('pat')).body.reach, 'everything', 'VMT-14 added on request, because visibility.when_added names party');
  await told.take('ola', 'remove-person', { person: 'pat' });
  await told.take('ola', 'remove-party', { party: partyName, reason: 'They leave the distribution.' });
  assert.equal((await told.see('pat')).status, 404, 'L-11 and with the removal all of it is gone');
});

test('L-02 L-11 who belongs to two parties reads through each only what its own terms opened, and nothing through one that left', async (t) => {
  const told = await ready(t);
  const tell = async (party: string, text: string) => {
    await told.take('ola', 'screen-party', { party, cleared: true, reason: 'Cleared.' });
    await told.take('ola', 'notify-party', { party, text });
  };
  const seen = async (person: string) => JSON.stringify((await told.see(person)).body);
  await tell(partyName, 'Canary-packagers: rebuild.');
  await told.take('tessa', 'accept-terms');
  await tell('hosters', 'Canary-hosters: restart.');
  const half = await seen('tessa');
  assert.ok(half.includes('Canary-packagers') && !half.includes('Canary-hosters'), 'the terms of the second party are not accepted yet');
  await told.take('pat', 'accept-terms');
  assert.ok(!/hoster/.test(await seen('pat')), 'the other party is not even named');
  await told.take('tessa', 'acknowledge-notice');
  await told.take('tessa', 'accept-terms');
  await told.take('tessa', 'acknowledge-notice');
  const standing = (await told.see('tessa')).body.party.standing.map((one: { name: string; state: string }) => [one.name, one.state]);
  assert.deepEqual(standing.toSorted(), [
    ['hosters', 'acknowledged'],
    [partyName, 'acknowledged'],
  ]);
  const whole = await seen('tessa');
  assert.ok(whole.includes('Canary-packagers') && whole.includes('Canary-hosters'));
  await told.take('ola', 'remove-party', { party: partyName, reason: 'They leave.' });
  const left = await seen('tessa');
  assert.ok(
    !/packager/i.test(left) && left.includes('Canary-hosters') && left.includes('Canary-impact'),
    'through the other party all goes on',
  );
  assert.equal((await told.see('pat')).status, 404);
  await hold(told, 'tessa', ['packager']);
  assert.equal((await told.see('tessa')).status, 404, 'and without the role of the party that stays nothing is left');
});

test('L-02 a member whose role of an accepted party is gone reads nothing through another party until its terms are accepted', async (t) => {
  const told = await ready(t);
  for (const party of [partyName, 'hosters']) {
    await told.take('ola', 'screen-party', { party, cleared: true, reason: 'Cleared.' });
    if (party === partyName) {
      await told.take('ola', 'notify-party', { party });
      await told.take('tessa', 'accept-terms');
    } else await told.take('ola', 'notify-party', { party });
  }
  await hold(told, 'tessa', ['hoster']);
  const { body } = await told.see('tessa');
  assert.equal(body.reach, 'terms');
  assert.deepEqual(
    body.actions.map(({ action }: { action: string }) => action),
    ['accept-terms'],
    'before the terms there is one answer',
  );
  assert.ok(!/Canary|CVE-1900|fix\.patch|2026-11-12/.test(JSON.stringify(body)));
});

test('T27 LIBVIRT-31 P6 a leak that is traced to a party ends its access and the embargo; the bundle opens at once and the others are told', async (t) => {
  const told = await ready(t);
  for (const party of [partyName, 'hosters']) {
    await told.take('ola', 'screen-party', { party, cleared: true, reason: 'Cleared.' });
    await told.take('ola', 'notify-party', { party });
  }
  for (const person of ['pat', 'hana']) await told.take(person, 'accept-terms');
  const before = told.here.relay.sent.length;
  await told.take('ola', 'record-breach', {
    party: partyName,
    since: '2026-11-02 08:00 UTC',
    evidence: 'Canary-evidence: their build log.',
  });
  await told.until('the bundle is open', (state) => state.visibility === 'public');
  const { embargo, parties } = await told.state();
  assert.equal(embargo.exit, 'leak');
  const left = parties.find(({ name }: { name: string }) => name === partyName);
  assert.deepEqual([left.state, left.left], ['left', 'breach']);
  const ended = told.here.relay.sent.slice(before).filter((mail) => /embargo has ended/i.test(mail.subject));
  assert.ok(!ended.some((mail) => mail.to.address.startsWith('pat@')), 'nothing more goes to the party that broke it');
  assert.ok(!/Canary/.test(JSON.stringify(ended)));
});

/** VMT-19 F5: the mail to a list as somebody sends it, to the character, and what the list would not take. */
async function lettersRead(told: Tale): Promise<void> {
  const letters = (await told.see('ola')).body.party_letters;
  assert.deepEqual(
    letters.map(({ party, subject, sent }: Record<string, string>) => [party, subject, sent]),
    [
      ['embargo-notice', '[pre-OSSA] Vulnerability in OpenStack (CVE-1900-30003)', 'signed'],
      ['linux-distros', '[vs] Vulnerability in OpenStack (CVE-1900-30003)', 'signed_and_encrypted'],
    ],
    'F5 the prefix that the list asks for opens the subject',
  );
  const [, distros] = letters;
  assert.equal(
    distros.text,
    `Advance warning, confidential until 2026-12-01 15:00 UTC. A reporter
reported a vulnerability in the volume driver. By doing detaching a
volume twice a member of another project may Canary-impact: read the
volume of another, resulting in a leak of data.
Only setups with the LVM driver are affected.
The attached patches will be merged on that date unless a flaw is found
in them. CVE: CVE-1900-30003
For access to the report, answer this mail. ola, OpenStack Vulnerability
Management Team

Please publish nothing before 2026-12-01 15:00 UTC, and no patch.
Please say nothing of it in public before.
Please deploy the fix after that date only.
Please share it with nobody else.
We know that you keep nothing longer than 14 days.
When it is public, we post it to the public list ourselves.
What shows the flaw, where it is shared here, we post there within 7
days.

Attached: fix.patch

Reference: ${(await told.state()).codename}
`,
  );
  assert.deepEqual(distros.attached, ['fix.patch']);
  assert.deepEqual(distros.faults, [
    'This party is not proposed and cleared yet.',
    'The date lies beyond the 14 days that this list keeps: tell it later, or move the date.',
  ]);
  assert.deepEqual((await told.see('pat')).body.party_letters ?? [], [], 'it is for those inside');
}

test('VMT-27 VMT-30 VMT-19 F1 F5 P5 the limit of a list binds from the instant at which it was told, and the agreed end moves earlier', async (t) => {
  const told = await ready(t);
  await told.mine('propose-embargo', { until: '2026-12-01 15:00 UTC', reason: 'The vendor needs November.', deviation: 'Agreed by all.' });
  assert.equal((await told.state()).embargo.until, '2026-12-01T15:00:00.000Z', 'the reporter decides under this policy');
  await lettersRead(told);
  await told.take('ola', 'screen-party', { party: 'linux-distros', cleared: true, reason: 'Cleared.' });
  const early = await told.try('ola', 'record-notice', {
    party: 'linux-distros',
    since: '2026-11-02 09:00 UTC',
    dated: '2026-11-12 15:00 UTC',
    evidence: '<1@example.org>',
  });
  assert.deepEqual(gates(early), ['not_too_early'], 'VMT-27 more than ten business days ahead is a deviation, on record');
  await told.take('ola', 'record-notice', {
    party: 'linux-distros',
    since: '2026-11-02 09:00 UTC',
    dated: '2026-11-12 15:00 UTC',
    evidence: '<1@example.org>',
    deviation: 'It was sent by mistake.',
  });
  const { body } = await told.see('ola');
  assert.deepEqual(
    [body.cap.source, body.cap.at],
    ['downstream.parties[3].limit', '2026-11-16T09:00:00.000Z'],
    'the cap that binds is named',
  );
  assert.equal(body.state.embargo.until, '2026-11-12T15:00:00.000Z', 'moved to the last lawful day and hour before it');
  const longer = await told.try('ola', 'propose-embargo', { until: '2026-11-19 15:00 UTC', reason: 'More time.' });
  assert.deepEqual(
    [longer.status, longer.body.errors[0].pointer],
    [422, '#/until'],
    'P5 a date beyond it is refused before anybody is told',
  );
  const late = await told.tryMine('propose-embargo', { until: '2026-11-17 15:00 UTC', reason: 'And mine?' });
  assert.deepEqual(gates(late), ['late_change'], 'P22 after a party was told the reporter moves it no more');
});

test('QEMU-50 QEMU-13 QEMU-2 a request is recorded with all it shows; what it lacks is named when it is refused, and granted when it is there', async (t) => {
  const told = await tale(t, asTheyAre, {
    project: 'qemu',
    policy: 'qemu-2026',
    members: { mei: ['maintainer'], jon: ['maintainer'] },
    insider: 'jon',
  });
  await told.report({
    title: 'Ring escape',
    fields: {
      description: 'A guest escapes.',
      version: '11.1',
      command_line: 'qemu -M q35',
      steps: 'Boot.',
      found_with: 'By hand.',
      findings_checked: 'Yes.',
    },
    origin: 'manual',
    name: 'Rita',
    address: 'rita@reporters.example',
    consent: true,
  });
  await told.take('mei', 'take-up-case');
  await told.take('mei', 'decide-eligibility', { verdict: 'in', rule: 'virtualization', reason: 'A guest reaches it.' });
  await told.take('mei', 'confirm-flaw', { reason: 'Reproduced.' });
  assert.equal((await told.state()).embargo.state, 'none', 'QEMU-2 no embargo unless one is asked for');
  await told.take('mei', 'record-fact', { fact: 'exposed', since: '2026-11-02 08:57 UTC', evidence: 'Public for three minutes.' });
  await told.mine('propose-embargo', { until: '2026-11-10 12:00 UTC', reason: 'Please wait.' });
  assert.equal((await told.state()).embargo.state, 'proposed');
  const refused = await told.try('mei', 'agree-embargo');
  assert.deepEqual(
    gates(refused).toSorted(),
    ['circumstances_shown', 'kept_private', 'severity_at_least: high'],
    'QEMU-13 exposed: refused by default',
  );
  await told.take('mei', 'refuse-embargo');
  const mail = told.here.relay.sent.find((one) => one.to.address === 'rita@reporters.example' && /severity at least high/.test(one.text));
  assert.match(mail?.text ?? '', /QEMU grants an embargo only/, 'in the words of the policy, with what is missing');
  assert.deepEqual((await told.state()).embargo.decided[0].decision.missing.toSorted(), [
    'circumstances_shown',
    'kept_private',
    'severity_at_least: high',
  ]);
  await told.take('mei', 'assess-severity', { level: 'critical' });
  const shown = { circumstances: 'Hosters run guests of strangers.', evidence: 'Their letter.' };
  await told.mine('propose-embargo', { until: '2026-11-10 12:00 UTC', reason: 'Please wait.', ...shown });
  await told.take('mei', 'agree-embargo', { deviation: 'Three minutes at night are little.' });
  const { embargo, deviations } = await told.state();
  assert.deepEqual([embargo.state, embargo.until, deviations], ['active', '2026-11-10T12:00:00.000Z', ['kept_private']]);
  assert.deepEqual(
    embargo.decided.map((one: { severity: string | null; decision: { outcome: string } }) => [one.severity, one.decision.outcome]),
    [
      [null, 'refused'],
      ['critical', 'granted'],
    ],
  );
});
