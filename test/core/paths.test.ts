// SPDX-License-Identifier: Apache-2.0
// The named paths of the three processes, on the process alone; the same paths through the front door stand in test/flows.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cveId } from '../../src/core/model/identifiers.ts';
import { impactFields } from '../../src/core/model/impact.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { due } from '../../src/core/process/deadlines.ts';
import { disclosureDue } from '../../src/core/process/disclosure-due.ts';
import { Bench, content, flaw, patchFile, person, preset, processItself, report, reporter, reporterId } from '../support/core.ts';

const number = cveId('CVE-1900-10001');
const onMaster = { branch: 'master', component: null };
const everyPart = [
  'summary',
  'description',
  'impact',
  'workaround',
  'affected_versions',
  'conditions',
  'patch_links',
  'report_link',
  'credit',
] as const;

function confirmed(bench: Bench, actor: ReturnType<typeof person>, extra: { class?: string; severity?: string } = {}) {
  return bench.do(actor, {
    kind: 'confirm-flaw',
    flaws: [flaw],
    class: extra.class ?? null,
    severity: extra.severity === undefined ? null : { level: extra.severity, vector: null },
    reason: content(),
    summary: content('summary'),
    branches: [],
  });
}

test('LIBVIRT-10 LIBVIRT-12 LIBVIRT-22 LIBVIRT-30 LIBVIRT-36 LIBVIRT-17 libvirt 2023 goes from a held mail to the announcement at the embargo end', () => {
  const anna = person('anna', 'core');
  const viktor = person('viktor', 'vendor');
  const bench = new Bench(preset('libvirt-2023'), report({ channel: 'mail', mailbox: 'security@lists.libvirt.org', consent: null }));
  assert.equal(bench.state.handling, 'held');
  assert.ok(isRefusal(bench.try(anna, { kind: 'release-report' })), 'a core member without the right does not moderate');
  bench.do(person('mo', 'moderator'), { kind: 'release-report' });
  bench.do(anna, { kind: 'take-up-case' });
  const early = bench.try(anna, {
    kind: 'confirm-flaw',
    flaws: [flaw],
    class: null,
    severity: null,
    reason: content(),
    summary: null,
    branches: [],
  });
  assert.ok(isRefusal(early) && early.refusal.kind === 'gates' && early.refusal.unmet[0]?.gate === 'severity_recorded');
  confirmed(bench, anna, { severity: 'high' });
  assert.equal(bench.state.embargo.state, 'active');
  assert.equal(bench.state.embargo.until, '2026-11-16T09:00:00.000Z');
  bench.do(anna, { kind: 'add-patch', ...onMaster, patch: patchFile(), signedOff: true });
  assert.ok(isRefusal(bench.try(anna, { kind: 'approve-patch', ...onMaster })), 'the author does not approve');
  bench.do(viktor, { kind: 'approve-patch', ...onMaster });
  assert.equal(bench.state.handling, 'fix_ready');
  bench.do(anna, { kind: 'write-advisory', advisory: content('advisory'), parts: everyPart });
  bench.do(anna, { kind: 'submit-advisory' });
  assert.ok(isRefusal(bench.try(anna, { kind: 'approve-advisory' })));
  bench.do(viktor, { kind: 'approve-advisory' });
  bench.do(reporter, { kind: 'decide-credit', participant: reporterId, decision: 'declined', name: null });
  const noNumber = bench.try(anna, { kind: 'approve-release' });
  assert.ok(isRefusal(noNumber) && noNumber.refusal.kind === 'gates' && noNumber.refusal.unmet[0]?.gate === 'cve_assigned');
  assert.ok(number);
  bench.do(viktor, { kind: 'record-cve', flaw, number });
  bench.do(anna, { kind: 'approve-release' });
  assert.equal(bench.state.disclosure.armed, false);
  assert.ok(isRefusal(bench.try(anna, { kind: 'approve-release' })), 'one person is not two');
  bench.do(viktor, { kind: 'approve-release' });
  bench.do(processItself, { kind: 'record-preparation', documents: [{ format: 'text', file: 'x.txt', sha256: 'f' }] });
  bench.later(14 * 24 - 1);
  assert.ok(isRefusal(bench.try(processItself, { kind: 'publish-case' })), 'one hour early is refused');
  bench.later(1);
  assert.equal(due(bench.state, bench.policy, bench.now)?.action.kind, 'publish-case');
  bench.do(processItself, { kind: 'publish-case' });
  assert.deepEqual([bench.state.handling, bench.state.visibility, bench.state.embargo.exit], ['disclosing', 'public', 'date_reached']);
  for (const { channel } of bench.state.disclosure.channels) bench.do(processItself, { kind: 'confirm-channel', channel, evidence: null });
  assert.equal(bench.state.handling, 'disclosed');
});

test('LIBVIRT-18 VMT-9 what is public already is announced once it is confirmed, without an embargo', () => {
  const anna = person('anna', 'core');
  const bench = new Bench(preset('libvirt-2023'), report({ channel: 'mail', mailbox: 'security@lists.libvirt.org', member: true }));
  bench.do(anna, { kind: 'take-up-case' });
  bench.do(anna, { kind: 'record-fact', fact: 'already_public', since: bench.now, evidence: content('evidence') });
  const isDue = (when: Policy['disclosure']['whenAlreadyPublic'], own = bench.policy) =>
    disclosureDue(bench.state, { ...own, disclosure: { ...own.disclosure, whenAlreadyPublic: when } }, bench.now);
  const all = () => [isDue('on_receipt'), isDue('on_confirmation'), isDue('on_fix')];
  assert.equal(bench.policy.disclosure.whenAlreadyPublic, 'on_confirmation');
  assert.deepEqual(all(), [true, false, false]);
  confirmed(bench, anna, { severity: 'low' });
  assert.equal(bench.state.embargo.state, 'none');
  assert.deepEqual(all(), [true, true, false]);
  assert.equal(isDue('on_confirmation', preset('qemu-2026')), true, 'whatever the trigger waits for otherwise');
});

test('QEMU-20 QEMU-43 QEMU-24 QEMU-54 posting the patch makes a QEMU case public, and merging closes it', () => {
  const mei = person('mei', 'maintainer');
  const jon = person('jon', 'maintainer');
  const bench = new Bench(preset('qemu-2026'));
  assert.equal(bench.state.handling, 'received');
  const unripe = bench.try(mei, {
    kind: 'confirm-flaw',
    flaws: [flaw],
    class: null,
    severity: null,
    reason: content(),
    summary: null,
    branches: [],
  });
  assert.ok(isRefusal(unripe) && unripe.refusal.kind === 'wrong_state', 'QEMU-20 confirming from received is refused');
  bench.do(mei, { kind: 'take-up-case' });
  const undecided = bench.try(mei, {
    kind: 'confirm-flaw',
    flaws: [flaw],
    class: null,
    severity: null,
    reason: content(),
    summary: null,
    branches: [],
  });
  assert.ok(isRefusal(undecided) && undecided.refusal.kind === 'gates' && undecided.refusal.unmet[0]?.gate === 'eligibility_decided');
  bench.do(jon, { kind: 'decide-eligibility', verdict: 'in', rule: 'virtualization', reason: content() });
  confirmed(bench, mei);
  assert.equal(bench.state.embargo.state, 'none');
  assert.equal(bench.state.flaws[0]?.cve, 'required');
  bench.do(mei, { kind: 'add-patch', ...onMaster, patch: patchFile(), signedOff: true });
  const unapproved = bench.try(mei, { kind: 'record-posting', ...onMaster, messageId: '<1@example.org>' });
  assert.ok(isRefusal(unapproved), 'QEMU-40 an unapproved patch is not posted');
  bench.do(jon, { kind: 'approve-patch', ...onMaster });
  bench.do(jon, { kind: 'decide-credit', participant: reporterId, decision: 'declined', name: null });
  bench.do(mei, { kind: 'record-posting', ...onMaster, messageId: '<1@example.org>' });
  assert.deepEqual([bench.state.visibility, bench.state.handling], ['public', 'disclosed']);
  assert.ok(number);
  bench.do(person('rh', 'cna'), { kind: 'record-cve', flaw, number });
  bench.do(mei, { kind: 'record-merge', ...onMaster, commit: 'a'.repeat(40) });
  bench.do(mei, { kind: 'close-case' });
  assert.equal(bench.state.handling, 'closed');
});

test('QEMU-22 QEMU-25 out of scope is one action: public, and no clock runs on', () => {
  const mei = person('mei', 'maintainer');
  const bench = new Bench(preset('qemu-2026'));
  bench.do(mei, { kind: 'take-up-case' });
  bench.do(mei, { kind: 'decide-eligibility', verdict: 'out', rule: 'emulation', reason: content() });
  assert.deepEqual([bench.state.handling, bench.state.visibility], ['public_bug', 'public']);
  assert.equal(due(bench.state, bench.policy, bench.later(90 * 24).now), undefined);
});

test('QEMU-14 whoever is unsure reports in private', () => {
  assert.equal(new Bench(preset('qemu-2026'), report({ sensitive: 'unsure' })).state.visibility, 'private');
  const marked = { ...preset('openstack-vmt') };
  const tracker = report({ channel: 'tracker', sensitive: 'unsure' });
  assert.equal(new Bench(marked, tracker).state.visibility, 'private');
  assert.equal(new Bench(marked, report({ channel: 'tracker', sensitive: 'no' })).state.visibility, 'public');
});

test('VMT-18 VMT-12 VMT-22 OpenStack schedules a Tuesday to Thursday at 15:00 UTC and needs people on call', () => {
  const mei = person('mei', 'coordinator');
  const ola = person('ola', 'coordinator');
  const core = person('cora', 'core_reviewer', 'stable_maintainer');
  const bench = new Bench(preset('openstack-vmt'));
  bench.do(mei, { kind: 'take-up-case' });
  bench.do(mei, { kind: 'decide-eligibility', verdict: 'in', rule: null, reason: content() });
  assert.equal(
    bench.state.embargo.until,
    '2026-11-12T15:00:00.000Z',
    'two weeks from Monday 2 November, moved earlier to a Thursday at 15:00',
  );
  confirmed(bench, mei, { class: 'A' });
  const monday = bench.try(mei, {
    kind: 'propose-embargo',
    until: '2026-11-16T15:00:00.000Z' as never,
    zone: 'UTC',
    reason: content(),
    restart: null,
    circumstances: null,
    evidence: null,
    purposes: [],
  });
  assert.ok(isRefusal(monday) && monday.refusal.kind === 'invalid', 'VMT-18 a Monday is refused');
  bench.do(mei, {
    kind: 'propose-embargo',
    until: '2026-11-19T15:00:00.000Z' as never,
    zone: 'UTC',
    reason: content(),
    restart: null,
    circumstances: null,
    evidence: null,
    purposes: [],
  });
  assert.equal(bench.state.embargo.state, 'revising');
  bench.do(reporter, { kind: 'agree-embargo' });
  assert.equal(bench.state.embargo.until, '2026-11-19T15:00:00.000Z');
  bench.do(core, { kind: 'add-patch', ...onMaster, patch: patchFile(), signedOff: true });
  bench.do(person('rea', 'core_reviewer'), { kind: 'approve-patch', ...onMaster });
  bench.do(mei, { kind: 'describe-impact', impact: content('impact'), frame: impactFields });
  bench.do(reporter, { kind: 'approve-impact' });
  assert.ok(isRefusal(bench.try(mei, { kind: 'request-cve', flaw })), 'the liaison has not approved the description');
  bench.do(person('lia', 'liaison'), { kind: 'approve-impact' });
  bench.do(mei, { kind: 'request-cve', flaw });
  assert.ok(number);
  bench.do(mei, { kind: 'record-cve', flaw, number });
  bench.do(mei, { kind: 'write-advisory', advisory: content('advisory'), parts: everyPart });
  bench.do(mei, { kind: 'submit-advisory' });
  bench.do(ola, { kind: 'approve-advisory' });
  const uncredited = bench.try(mei, { kind: 'approve-release' });
  assert.ok(isRefusal(uncredited) && uncredited.refusal.kind === 'gates', 'VMT-42 an undecided credit blocks');
  assert.deepEqual(isRefusal(uncredited) && uncredited.refusal.kind === 'gates' ? uncredited.refusal.unmet.map((gate) => gate.gate) : [], [
    'credit_decided',
    'on_call: core_reviewer, stable_maintainer',
  ]);
  bench.do(reporter, { kind: 'decide-credit', participant: reporterId, decision: 'named', name: content('credit_name', 'withheld') });
  for (const role of ['core_reviewer', 'stable_maintainer'] as const) bench.do(core, { kind: 'go-on-call', role: role as never });
  bench.do(mei, { kind: 'approve-release' });
  bench.do(ola, { kind: 'approve-release' });
  assert.ok(bench.state.disclosure.armed);
});
