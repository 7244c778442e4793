// SPDX-License-Identifier: Apache-2.0
// A case led along the straight path of any policy, one stage after the other, by two people who hold every role: for tests that look at one step.

import type { Actor } from '../../src/core/model/actor.ts';
import type { AdvisoryPart } from '../../src/core/model/case.ts';
import { branchOf } from '../../src/core/model/case.ts';
import type { CveId, Role } from '../../src/core/model/identifiers.ts';
import { cveId } from '../../src/core/model/identifiers.ts';
import { impactFields } from '../../src/core/model/impact.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { advisoryParts } from '../../src/core/policy/words.ts';
import { impactApproved, reached, required } from '../../src/core/process/conditions.ts';
import { needsRelease, publishesAdvisory } from '../../src/core/process/gates.ts';
import { Bench, content, flaw, patchFile, person, processItself, report, reporter, reporterId } from '../support/core.ts';

/** Where the straight path can be left. Each stage comes after the ones before it. */
export const stages = [
  'received',
  'taken',
  'eligible',
  'confirmed',
  'patched',
  'fixed',
  'numbered',
  'written',
  'reviewed',
  'approved',
  'credited',
  'armed',
  'prepared',
  'public',
  'disclosed',
  'merged',
] as const;
export type Stage = (typeof stages)[number];

export const everyPart: readonly AdvisoryPart[] = advisoryParts;
export const number: CveId = certain(cveId('CVE-1900-10001'));

/** Two people with every role of the policy, so that what stops them is never a missing right. */
export function team(policy: Policy): { readonly anna: Actor; readonly boris: Actor } {
  const roles = Object.keys(policy.roles);
  return { anna: person('anna', ...roles), boris: person('boris', ...roles) };
}

/** People who approve what Anna made, as many as are asked: with every role of the policy each, and the second only where one is not enough. */
function approvers(policy: Policy): readonly Actor[] {
  return [team(policy).boris, person('carla', ...Object.keys(policy.roles))];
}

/** The class under which a case is handled in confidence and gets an advisory, where the policy declares classes. */
function confidentialClass(policy: Policy): string | null {
  return Object.entries(policy.eligibility.classes).find(([, rules]) => rules.handled === 'in_confidence')?.[0] ?? null;
}

/** A case of this policy that has just passed `last`. */
export function at(last: Stage, policy: Policy, first = report()): Bench {
  const bench = new Bench(policy, first);
  for (const stage of stages) {
    steps[stage](bench);
    if (stage === last) break;
  }
  return bench;
}

/** Leads a case on from the stage it has passed to `last`. */
export function on(bench: Bench, after: Stage, last: Stage): Bench {
  for (const stage of stages.slice(stages.indexOf(after) + 1, stages.indexOf(last) + 1)) steps[stage](bench);
  return bench;
}

const steps: Readonly<Record<Stage, (bench: Bench) => void>> = {
  received(bench) {
    if (bench.state.handling === 'held') bench.do(team(bench.policy).anna, { kind: 'release-report' });
  },
  taken: (bench) => void bench.do(team(bench.policy).anna, { kind: 'take-up-case' }),
  eligible: (bench) => void bench.do(team(bench.policy).anna, { kind: 'decide-eligibility', verdict: 'in', rule: null, reason: content() }),
  confirmed(bench) {
    const { policy } = bench;
    bench.do(team(policy).anna, {
      kind: 'confirm-flaw',
      flaws: [flaw],
      class: confidentialClass(policy),
      severity: { level: certain(policy.severity.scale.at(-1)), vector: null },
      reason: content(),
      summary: content('summary'),
      branches: [],
    });
  },
  patched(bench) {
    for (const { branch, component } of required(bench.state))
      bench.do(team(bench.policy).anna, { kind: 'add-patch', branch, component, patch: patchFile(), signedOff: true });
  },
  fixed(bench) {
    for (const { branch, component } of required(bench.state))
      for (const one of approvers(bench.policy))
        if (branchOf(bench.state, branch, component)?.state === 'patch_private')
          bench.do(one, { kind: 'approve-patch', branch, component });
  },
  numbered(bench) {
    const { anna } = team(bench.policy);
    approveImpact(bench);
    if (bench.state.flaws[0]?.cve === 'required') bench.do(anna, { kind: 'request-cve', flaw });
    bench.do(anna, { kind: 'record-cve', flaw, number });
  },
  written: ifAdvisory((bench) =>
    bench.do(team(bench.policy).anna, { kind: 'write-advisory', advisory: content('advisory'), parts: everyPart }),
  ),
  reviewed: ifAdvisory((bench) => bench.do(team(bench.policy).anna, { kind: 'submit-advisory' })),
  approved: ifAdvisory((bench) => {
    for (const one of approvers(bench.policy)) if (bench.state.advisory.state === 'in_review') bench.do(one, { kind: 'approve-advisory' });
  }),
  credited: (bench) => void bench.do(reporter, { kind: 'decide-credit', participant: reporterId, decision: 'declined', name: null }),
  armed(bench) {
    const { anna } = team(bench.policy);
    for (const role of rolesOnCall(bench.policy)) bench.do(anna, { kind: 'go-on-call', role });
    if (!needsRelease(bench.state, bench.policy)) return;
    const why = bench.policy.branches.should.length === 0 ? {} : { deviation: content() };
    bench.do(anna, { kind: 'approve-release', ...why });
    for (const one of approvers(bench.policy)) if (!bench.state.disclosure.armed) bench.do(one, { kind: 'approve-release', ...why });
  },
  prepared: ifAdvisory((bench) =>
    bench.do(processItself, { kind: 'record-preparation', documents: [{ format: 'text', file: 'notice.txt', sha256: 'f'.repeat(64) }] }),
  ),
  public(bench) {
    const { state, policy } = bench;
    if (state.embargo.until !== null && state.embargo.until > bench.now) bench.now = state.embargo.until;
    if (policy.disclosure.trigger === 'patch_posted') post(bench);
    else bench.do(processItself, { kind: 'publish-case' });
  },
  disclosed(bench) {
    for (const { channel, state } of bench.state.disclosure.channels)
      if (state === 'due') bench.do(processItself, { kind: 'confirm-channel', channel, evidence: null });
  },
  merged(bench) {
    for (const { branch, component } of required(bench.state))
      bench.do(team(bench.policy).anna, { kind: 'record-merge', branch, component, commit: 'a'.repeat(40) });
  },
};

function approveImpact(bench: Bench): void {
  const { policy } = bench;
  const { anna, boris } = team(policy);
  if (policy.cve.requested !== 'when_impact_approved') return;
  bench.do(anna, { kind: 'describe-impact', impact: content('impact', 'shared'), frame: impactFields });
  for (const actor of [reporter, boris, anna]) if (!impactApproved(bench.state, policy)) bench.do(actor, { kind: 'approve-impact' });
}

function post(bench: Bench): void {
  for (const { branch, component } of required(bench.state).filter((fix) => !reached(fix, 'posted')))
    bench.do(team(bench.policy).anna, { kind: 'record-posting', branch, component, messageId: '<1@lists.example>' });
}

function rolesOnCall(policy: Policy): readonly Role[] {
  return policy.disclosure.must.flatMap((condition) => (condition.kind === 'on_call' ? condition.roles : []));
}

function ifAdvisory(step: (bench: Bench) => void): (bench: Bench) => void {
  return (bench) => {
    if (publishesAdvisory(bench.state, bench.policy)) step(bench);
  };
}

export function certain<Value>(value: Value | undefined | null): Value {
  if (value === undefined || value === null) throw new Error('a value of the test is missing');
  return value;
}
