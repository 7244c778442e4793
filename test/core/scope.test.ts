// SPDX-License-Identifier: Apache-2.0
// The scope table: which row fits which answers, in the order of the table, with questions where an answer is missing; and the verdict beside it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isRefusal } from '../../src/core/model/refusal.ts';
import type { Answers, ScopeProposal } from '../../src/core/policy/scope.ts';
import { propose } from '../../src/core/policy/scope.ts';
import { Bench, content, preset, report, reporter, reporterId } from '../support/core.ts';
import { at, team } from './journey.ts';

const qemu = preset('qemu-2026');
const openstack = preset('openstack-vmt');

const guest = { build: 'upstream', component: 'virtio', accelerator: 'kvm', machine: 'x86_64/q35', attacker: 'guest' };

/** Answers and what QEMU's table says to them: `in virtualization`, or `? machine` where it asks. */
const rows: readonly (readonly [what: string, answers: Answers, says: string])[] = [
  ['a virtio device of a PC guest under KVM', guest, 'in virtualization'],
  ['the same under Hypervisor.framework', { ...guest, accelerator: 'hvf', machine: 'aarch64/virt' }, 'in virtualization'],
  ['a Xen guest on its own machine type', { ...guest, accelerator: 'xen', machine: 'x86_64/xenfv' }, 'in virtualization'],
  ['a paravirtual Xen machine', { ...guest, accelerator: 'xen', machine: 'x86_64/xenpv' }, 'in virtualization'],
  ['Windows’ hypervisor', { ...guest, accelerator: 'whpx' }, 'in virtualization'],
  ['Microsoft’s hypervisor', { ...guest, accelerator: 'mshv' }, 'in virtualization'],
  ['the hypervisor of NetBSD', { ...guest, accelerator: 'nvmm' }, 'in virtualization'],
  ['a 32-bit PC', { ...guest, machine: 'i386/pc' }, 'in virtualization'],
  ['a microvm', { ...guest, machine: 'x86_64/microvm' }, 'in virtualization'],
  ['a pseries guest', { ...guest, machine: 'ppc64/pseries' }, 'in virtualization'],
  ['a mainframe guest', { ...guest, machine: 's390x/s390-ccw-virtio' }, 'in virtualization'],
  ['a LoongArch guest', { ...guest, machine: 'loongarch64/virt' }, 'in virtualization'],
  ['RISC-V, 32 bits', { ...guest, machine: 'riscv32/virt' }, 'in virtualization'],
  ['RISC-V, 64 bits', { ...guest, machine: 'riscv64/virt' }, 'in virtualization'],
  ['a malicious disk image', { ...guest, component: 'image_format_or_block_layer', attacker: 'supplied_file' }, 'in virtualization'],
  ['a VNC client', { ...guest, component: 'remote_display', attacker: 'user_interface' }, 'in virtualization'],
  ['an NBD server', { ...guest, attacker: 'network_peer' }, 'in virtualization'],
  ['a migration stream', { ...guest, component: 'migration', attacker: 'network_peer' }, 'in virtualization'],
  ['a passed-through USB stick', { ...guest, component: 'usb_device', attacker: 'passthrough_device' }, 'in virtualization'],
  ['emulation', { ...guest, accelerator: 'tcg' }, 'out emulation'],
  ['emulation, whatever the board', { ...guest, accelerator: 'tcg', machine: 'other' }, 'out emulation'],
  [
    'emulation, asked before the board',
    { build: 'upstream', component: 'display', attacker: 'guest', accelerator: 'tcg' },
    'out emulation',
  ],
  ['a board that is not listed, under KVM', { ...guest, machine: 'other' }, 'out other-machine'],
  ['aarch64 has no q35', { ...guest, machine: 'aarch64/raspi4b' }, 'out other-machine'],
  ['who controls the monitor', { ...guest, attacker: 'monitor' }, 'out monitor'],
  ['user-mode emulation', { build: 'upstream', component: 'user_mode_emulation' }, 'out user-mode'],
  ['the kernel’s part of KVM', { build: 'upstream', component: 'kvm_kernel_module' }, 'elsewhere kvm-module'],
  ['a distribution’s package', { build: 'distribution' }, 'elsewhere distribution-build'],
  ['a distribution’s package, whatever else', { ...guest, build: 'distribution' }, 'elsewhere distribution-build'],
  ['nothing said', {}, '? build'],
  ['the build alone', { build: 'upstream' }, '? component'],
  ['no attacker', { build: 'upstream', component: 'virtio' }, '? attacker'],
  ['no accelerator', { build: 'upstream', component: 'virtio', attacker: 'guest' }, '? accelerator'],
  ['no machine', { ...guest, machine: '' }, '? machine'],
  ['spaces are no answer', { ...guest, machine: '   ' }, '? machine'],
  ['case and spaces do not matter', { ...guest, accelerator: ' KVM ', machine: 'X86_64/Q35' }, 'in virtualization'],
  ['an inherited name is no answer', Object.create({ build: 'distribution' }), '? build'],
];

for (const [what, answers, says] of rows)
  test(`QEMU-21 the scope table on ${what}: ${says}`, () => {
    assert.equal(told(propose(qemu.eligibility.scope, answers)), says);
  });

const nova: readonly (readonly [string, Answers, string])[] = [
  ['a supported release', { component: 'nova', release: 'supported' }, 'nothing'],
  ['no supported release', { component: 'nova', release: 'unmaintained' }, 'out no-supported-release'],
  ['a release to come', { component: 'nova', release: 'unreleased' }, 'out no-supported-release'],
  ['code of others', { component: 'third-party', release: 'supported' }, 'elsewhere dependency'],
  ['no release', { component: 'nova' }, '? release'],
];

for (const [what, answers, says] of nova)
  test(`VMT-31 a table without a last word, on ${what}: ${says}`, () => {
    assert.equal(told(propose(openstack.eligibility.scope, answers)), says);
  });

test('QEMU-21 a star stands for any letters, also for none, and for nothing else', () => {
  const fits = (pattern: string, answer: string) =>
    propose([{ rule: 'r', when: { field: [pattern] }, proposes: 'in', say: 's' }], { field: answer }) !== null;
  const yes = ['*/pc|x86_64/pc', 'riscv*/virt|riscv/virt', '*|anything', 'a*b*c|abc', 'a*b*c|axbxc', '**|x', 'a.c|a.c'];
  const no = ['*/pc|x86_64/pc-q35', 'riscv*/virt|xriscv64/virt', 'a*b|ab2', 'a*a|a', 'a.c|abc', 'a*b*c|acb', 'pc|x86_64/pc'];
  for (const pair of yes) assert.ok(fits(...(pair.split('|') as [string, string])), pair);
  for (const pair of no) assert.ok(!fits(...(pair.split('|') as [string, string])), pair);
});

test('QEMU-21 patterns match as a regular expression of their pieces would', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
  const answers = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(letters, answers, (pattern, answer) => {
      const found = propose([{ rule: 'r', when: { field: [pattern] }, proposes: 'in', say: 's' }], { field: answer }) !== null;
      assert.equal(found, new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(answer));
    }),
    { numRuns: 2000 },
  );
});

test('QEMU-21 a verdict keeps what was proposed, the rule that it follows and the policy version', () => {
  const bench = taken({ kind: 'verdict', verdict: 'out', rule: 'emulation' });
  bench.do(team(qemu).anna, { kind: 'decide-eligibility', verdict: 'out', rule: null, reason: content() });
  const { eligibility } = bench.state;
  assert.deepEqual(
    [eligibility?.verdict, eligibility?.rule, eligibility?.proposed, eligibility?.policyVersion],
    ['out', 'emulation', { kind: 'verdict', verdict: 'out', rule: 'emulation' }, qemu.version],
  );
});

test('QEMU-21 a person decides against the proposal with a reason; the rule is not cited then, and the proposal stays on record', () => {
  const bench = taken({ kind: 'verdict', verdict: 'out', rule: 'emulation' });
  const cited = bench.try(team(qemu).anna, { kind: 'decide-eligibility', verdict: 'in', rule: 'emulation', reason: content() });
  assert.ok(isRefusal(cited) && cited.refusal.kind === 'invalid' && cited.refusal.field === 'rule');
  bench.do(team(qemu).anna, { kind: 'decide-eligibility', verdict: 'in', rule: null, reason: content() });
  assert.deepEqual(
    [bench.state.eligibility?.rule, bench.state.eligibility?.proposed],
    [null, { kind: 'verdict', verdict: 'out', rule: 'emulation' }],
  );
  assert.equal(bench.state.handling, 'assessing');
});

test('QEMU-21 a corrected answer replaces the older one, and what the table says then is an event only when it says something else', () => {
  const question: ScopeProposal = { kind: 'question', field: 'machine', rule: 'virtualization' };
  const bench = taken(question);
  const machine = (id: string) => ({ ...content('field', 'shared'), field: 'machine', hash: id.repeat(64) });
  const [first, second] = [machine('a'), machine('b')];
  const kinds = (events: readonly { readonly kind: string }[]) => events.map((event) => event.kind);
  const out: ScopeProposal = { kind: 'verdict', verdict: 'out', rule: 'other-machine' };
  assert.deepEqual(kinds(bench.do(team(qemu).anna, { kind: 'correct-answers', answers: [first], proposal: out })), [
    'answers-corrected',
    'eligibility-proposed',
  ]);
  assert.deepEqual(kinds(bench.do(reporter, { kind: 'correct-answers', answers: [second], proposal: out })), ['answers-corrected']);
  assert.deepEqual(bench.state.corrected, [second]);
  assert.deepEqual(bench.state.proposal, out);
});

test('QEMU-21 whoever did not report first answers no question of the report', () => {
  const bench = taken({ kind: 'question', field: 'machine', rule: 'virtualization' });
  const other = { ...bench.state.reporters[0], participant: 'other' } as (typeof bench.state.reporters)[number];
  bench.state = { ...bench.state, reporters: [other, ...bench.state.reporters] };
  const tried = bench.try(reporter, { kind: 'correct-answers', answers: [{ ...content('field'), field: 'machine' }], proposal: null });
  assert.ok(isRefusal(tried) && tried.refusal.kind === 'not_permitted');
  assert.equal(reporterId, 'reporter1');
});

test('QEMU-20 where eligibility comes first, no other verdict is recorded before it', () => {
  const bench = taken();
  for (const action of [
    { kind: 'confirm-flaw', flaws: ['flaw1'], class: null, severity: null, reason: content(), summary: null, branches: [] },
    { kind: 'dismiss-flaw', reason: content() },
    { kind: 'assess-severity', level: 'high', vector: null },
  ] as never[]) {
    const tried = bench.try(team(qemu).anna, action);
    assert.ok(isRefusal(tried) && tried.refusal.kind === 'gates', JSON.stringify(tried));
    assert.deepEqual(
      tried.refusal.unmet.map((gate) => gate.gate),
      ['eligibility_decided'],
    );
  }
});

test('I7 QEMU-29 an agent gives no verdict', () => {
  const bench = at('eligible', qemu);
  const agent = { kind: 'agent', project: bench.state.project, agent: 'triage-1' } as never;
  for (const action of [
    { kind: 'dismiss-flaw', reason: content() },
    { kind: 'decide-eligibility', verdict: 'out', rule: null, reason: content() },
  ] as never[]) {
    const tried = bench.try(agent, action);
    assert.ok(isRefusal(tried) && tried.refusal.kind === 'not_permitted');
  }
});

function taken(proposal?: ScopeProposal): Bench {
  const bench = new Bench(qemu, report(proposal === undefined ? {} : { proposal }));
  bench.do(team(qemu).anna, { kind: 'take-up-case' });
  return bench;
}

function told(proposal: ScopeProposal | null): string {
  if (proposal === null) return 'nothing';
  return proposal.kind === 'question' ? `? ${proposal.field}` : `${proposal.verdict} ${proposal.rule}`;
}
