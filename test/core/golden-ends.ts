// SPDX-License-Identifier: Apache-2.0
// The golden stories of a case's ends: what belongs elsewhere, what is taken back, what is published without a fix, what is corrected.

import type { Role } from '../../src/core/model/identifiers.ts';
import { Bench, content, flaw, imported, patchFile, preset, processItself, report, reporter } from '../support/core.ts';
import type { GoldenStory } from './golden-stories.ts';
import { at, certain, number, on, team } from './journey.ts';

const maint = { branch: 'v11.9-maint', component: null };
const said = () => content('reason', 'shared');

export const endStories: Readonly<Record<string, GoldenStory>> = {
  'ends-5-from-an-archive': {
    policy: 'libvirt-2023',
    tell() {
      const policy = preset('libvirt-2023');
      const bench = new Bench(policy, imported(policy));
      bench.do(processItself, { kind: 'complete-import' });
      return bench;
    },
  },
  'ends-1-of-another-project': {
    policy: 'qemu-2026',
    tell() {
      const bench = at('taken', preset('qemu-2026'));
      const { anna } = team(bench.policy);
      bench.do(anna, { kind: 'decide-eligibility', verdict: 'elsewhere', rule: 'kvm-module', reason: said(), target: said() });
      bench.do(reporter, { kind: 'answer-forwarding', agreed: true });
      bench.do(anna, { kind: 'record-forwarding', evidence: content('evidence', 'shared') });
      return bench;
    },
  },
  'ends-2-taken-back': {
    policy: 'libvirt-2023',
    tell() {
      const bench = at('taken', preset('libvirt-2023'));
      const { anna } = team(bench.policy);
      bench.do(reporter, { kind: 'ask-withdrawal', reason: said() });
      bench.do(anna, { kind: 'decide-withdrawal', accepted: false, reason: said() });
      bench.do(reporter, { kind: 'ask-withdrawal', reason: said() });
      bench.do(anna, { kind: 'decide-withdrawal', accepted: true, reason: said() });
      return bench;
    },
  },
  'ends-0-tested-and-filed': {
    policy: 'libvirt-2023',
    tell() {
      const policy = preset('libvirt-2023');
      const day = { amount: 1, unit: 'days' } as const;
      const clocks = { ...policy.clocks, craEarly: day, craNotify: day, craFinal: day };
      const backport = { kind: 'approvals', approvals: 1, by: Object.keys(policy.roles) as Role[] } as const;
      const bench = at('confirmed', { ...policy, clocks, reviews: { ...policy.reviews, backport } });
      const { anna, boris } = team(bench.policy);
      const master = { branch: 'master', component: null };
      bench.do(anna, { kind: 'add-patch', ...master, patch: patchFile(), signedOff: true });
      bench.do(boris, { kind: 'record-test', ...master, passed: true, reproducer: true, statement: content('evidence') });
      bench.do(boris, { kind: 'judge-backport', ...master, verdict: 'needs_change', reason: said() });
      bench.do(anna, { kind: 'record-fact', fact: 'exploited', since: bench.now, evidence: content('evidence') });
      bench.do(anna, { kind: 'record-filing', report: 'early_warning', evidence: content('evidence') });
      return bench;
    },
  },
  'ends-3-without-a-fix': {
    policy: 'libvirt-2023',
    tell() {
      const bench = at('confirmed', preset('libvirt-2023'));
      const { anna, boris } = team(bench.policy);
      bench.do(boris, { kind: 'agree-bundle' });
      for (const one of [anna, boris]) bench.do(one, { kind: 'end-embargo', exit: 'early_agreed', reason: content() });
      bench.later(31 * 24);
      bench.do(anna, { kind: 'announce-unfixed', reason: said() });
      bench.do(boris, { kind: 'announce-unfixed', reason: said() });
      bench.do(boris, { kind: 'call-off-unfixed', reason: said() });
      bench.do(anna, { kind: 'announce-unfixed', reason: said() });
      bench.do(boris, { kind: 'announce-unfixed', reason: said() });
      bench.now = certain(bench.state.unfixed?.on);
      bench.do(processItself, { kind: 'publish-unfixed' });
      return bench;
    },
  },
  'ends-4-corrected-and-reopened': {
    policy: 'openstack-vmt',
    tell() {
      const policy = preset('openstack-vmt');
      const aiming = {
        ...policy,
        branches: { ...policy.branches, groups: { ...policy.branches.groups, unmaintained: ['unmaintained/x'] } },
      };
      const bench = new Bench(aiming, report());
      const { anna, boris } = team(aiming);
      on(bench, 'received', 'eligible');
      on(bench, 'eligible', 'confirmed');
      bench.do(anna, { kind: 'judge-branch', ...maint, group: 'stable', affected: true });
      bench.do(anna, { kind: 'end-branch', branch: 'unmaintained/x', component: null, end: 'wont_fix', reason: content() });
      on(bench, 'confirmed', 'numbered');
      bench.do(anna, { kind: 'dispute-cve', flaw, reason: content() });
      bench.do(anna, { kind: 'reject-cve', flaw, reason: content() });
      bench.do(anna, { kind: 'request-cve', flaw, assigner: content('evidence') });
      bench.do(anna, { kind: 'record-cve-refusal', flaw, reason: content() });
      bench.do(anna, { kind: 'record-cve', flaw, number });
      on(bench, 'numbered', 'merged');
      bench.do(anna, { kind: 'record-cve-publication', flaw, evidence: null });
      bench.do(anna, { kind: 'close-case' });
      bench.do(anna, { kind: 'correct-advisory', reason: said() });
      bench.do(anna, { kind: 'submit-advisory' });
      bench.do(boris, { kind: 'approve-advisory' });
      bench.do(anna, { kind: 'approve-release' });
      if (!bench.state.disclosure.armed) bench.do(boris, { kind: 'approve-release' });
      bench.do(processItself, { kind: 'record-preparation', documents: [{ format: 'text', file: 'notice.txt', sha256: 'e'.repeat(64) }] });
      bench.do(anna, { kind: 'reopen-case', cause: 'regression', newFlaw: null, reason: said() });
      return bench;
    },
  },
};
