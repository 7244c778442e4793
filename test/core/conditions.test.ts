// SPDX-License-Identifier: Apache-2.0
// Every condition of the policy language, as a must and as a should, before a release, at the publication and at the closing of a case.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseAction } from '../../src/core/model/action.ts';
import type { Actor } from '../../src/core/model/actor.ts';
import type { BackportVerdict } from '../../src/core/model/backport.ts';
import type { CaseState } from '../../src/core/model/case.ts';
import type { EmbargoRequest } from '../../src/core/model/embargo.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import type { PartyState } from '../../src/core/model/regions.ts';
import type { Condition, ConditionKind, Conditions } from '../../src/core/policy/conditions.ts';
import { conditionText } from '../../src/core/policy/conditions.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { conditionSentences } from '../../src/core/process/condition-sentences.ts';
import { decide } from '../../src/core/process/decide.ts';
import { evolve } from '../../src/core/process/evolve.ts';
import { listed } from '../../src/core/process/parties.ts';
import type { Bench } from '../support/core.ts';
import { content, patchFile, preset, processItself, start } from '../support/core.ts';
import { situationOf } from './gate-cases.ts';
import { at, certain, number, team } from './journey.ts';

type Change = (state: CaseState) => Partial<CaseState>;

interface Proof {
  readonly condition: Condition;
  /** The case where it holds; `by_words` when only the words of the action make it hold, `never` when nothing does yet. */
  readonly holds: Change | 'by_words' | 'never';
  readonly fails: Change;
  /** A policy in which the condition says something. */
  readonly policy?: (policy: Policy) => Policy;
}

const nothing: Change = () => ({});
/** Every patch was read; its one commit is signed off, or not. */
const checked =
  (signedOff: boolean): Change =>
  ({ branches: all }) => {
    const patch = patchFile();
    const commits = [{ signedOff, numbers: [number], issue: 'closes' as const, trailers: [] }];
    return {
      branches: all.map((fix) => ({ ...fix, state: 'patch_approved' as const, patches: [patch] })),
      patchChecks: [{ patch: patch.id, branch: null, applies: 'not_checked' as const, commits }],
    };
  };
const severity =
  (level: string | null): Change =>
  () => ({
    severity: level === null ? null : { level, vector: null, by: 'anna' as never, at: start },
  });
const agreed =
  (...roles: string[]): Change =>
  ({ embargo }) => ({
    embargo: {
      ...embargo,
      proposal: request(roles),
    },
  });
const request = (roles: readonly string[], more: Partial<EmbargoRequest> = {}): EmbargoRequest => ({
  until: start,
  zone: 'UTC',
  reason: null,
  restarts: null,
  circumstances: null,
  evidence: null,
  purposes: [],
  askedBy: { kind: 'process' },
  askedAs: roles as never,
  askedAt: start,
  severity: null,
  awaits: [],
  agreed: roles as never,
  decision: null,
  ...more,
});
const reporters =
  (change: object): Change =>
  (state) => ({ reporters: state.reporters.map((one) => ({ ...one, ...change })) });
const branches =
  (to: CaseState['branches'][number]['state']): Change =>
  (state) => ({
    branches: state.branches.map((fix) => ({ ...fix, state: to })),
  });
const voted =
  (verdict: BackportVerdict): Change =>
  (state) => ({
    branches: state.branches.map((fix) => ({
      ...fix,
      group: 'stable',
      required: true,
      backport: [{ by: 'rea' as never, as: 'core' as never, at: start, verdict, reason: null }],
    })),
  });
const askingVotes = (policy: Policy): Policy => ({
  ...policy,
  reviews: { ...policy.reviews, backport: { kind: 'approvals', approvals: 1, by: ['core' as never] } },
});
const flaws =
  (change: object): Change =>
  (state) => ({ flaws: state.flaws.map((one) => ({ ...one, ...change })) });
const fact =
  (name: 'exposed' | 'leaked'): Change =>
  () => ({
    facts: [{ fact: name, since: start, recordedAt: start, evidence: content('evidence'), participant: null }],
  });
const channels =
  (state: 'due' | 'confirmed'): Change =>
  ({ disclosure }) => ({
    disclosure: { ...disclosure, channels: [{ channel: '0:site', state, at: null }] },
  });
const impact =
  (...as: string[]): Change =>
  () => ({ impact: { content: content('impact'), frame: [], approvals: [], as: as as never } });
const withParties = (policy: Policy): Policy => ({
  ...policy,
  downstream: {
    ...policy.downstream,
    parties: [
      {
        name: 'distros',
        to: { kind: 'list', address: 'list@lists.example' },
        sent: 'signed',
        prefix: null,
        limit: null,
        duties: [],
        readFirst: null,
      },
    ],
  },
});
const impactOfTwo = (policy: Policy): Policy => ({
  ...policy,
  reviews: { ...policy.reviews, impact: { kind: 'each_of', eachOf: ['reporter', 'vendor'] as never } },
});
const roles = (...names: string[]) => names as never;
const requested =
  (more: Partial<EmbargoRequest>): Change =>
  ({ embargo }) => ({ embargo: { ...embargo, proposal: request([], more) } });
const told =
  (state: PartyState): Change =>
  (before) => ({
    parties: [{ ...listed('distros'), state, notifiedAt: start, told: 'recorded' }],
    readiness: [...before.readiness, { role: 'vendor' as never, person: 'viktor' as never, at: start }],
  });

const tested =
  (passed: boolean): Change =>
  ({ branches: all }) => ({
    branches: all.map((fix) => ({
      ...fix,
      tests: [{ by: 'anna' as never, at: start, passed, reproducer: false, statement: content('evidence') }],
    })),
  });

const proofs: { readonly [Kind in ConditionKind]: Proof } = {
  severity_at_least: { condition: { kind: 'severity_at_least', level: 'high' }, holds: severity('critical'), fails: severity('moderate') },
  severity_at_most: { condition: { kind: 'severity_at_most', level: 'low' }, holds: severity('low'), fails: severity(null) },
  circumstances_shown: {
    condition: { kind: 'circumstances_shown' },
    holds: requested({ circumstances: content(), evidence: content('evidence') }),
    fails: requested({ circumstances: content() }),
  },
  reason_recorded: { condition: { kind: 'reason_recorded' }, holds: 'by_words', fails: nothing },
  deviation_recorded: { condition: { kind: 'deviation_recorded' }, holds: 'by_words', fails: nothing },
  asked_by: { condition: { kind: 'asked_by', roles: roles('core', 'vendor') }, holds: agreed('core'), fails: agreed('moderator') },
  agreed_by: { condition: { kind: 'agreed_by', roles: roles('core', 'vendor') }, holds: agreed('core', 'vendor'), fails: agreed('core') },
  purpose: {
    condition: { kind: 'purpose', purposes: ['qa'] },
    holds: requested({ purposes: ['qa', 'rollout'] }),
    fails: requested({ purposes: ['rollout'] }),
  },
  found_by_hand: { condition: { kind: 'found_by_hand' }, holds: reporters({ origin: 'manual' }), fails: reporters({ origin: 'fuzzer' }) },
  kept_private: { condition: { kind: 'kept_private' }, holds: nothing, fails: fact('exposed') },
  reproducer_given: {
    condition: { kind: 'reproducer_given' },
    holds: reporters({ report: [{ ...content('field', 'shared'), field: 'steps' }] }),
    fails: reporters({ report: [], attachments: [] }),
  },
  patches_approved: { condition: { kind: 'patches_approved' }, holds: branches('patch_approved'), fails: branches('patch_private') },
  tests_recorded: { condition: { kind: 'tests_recorded' }, holds: tested(true), fails: tested(false) },
  backports_judged: {
    condition: { kind: 'backports_judged' },
    holds: voted('acceptable'),
    fails: voted('needs_change'),
    policy: askingVotes,
  },
  commits_pass: { condition: { kind: 'commits_pass' }, holds: checked(true), fails: checked(false) },
  cve_requested: {
    condition: { kind: 'cve_requested' },
    holds: flaws({ cve: 'requested', number: null }),
    fails: flaws({ cve: 'required', number: null }),
  },
  cve_assigned: {
    condition: { kind: 'cve_assigned' },
    holds: flaws({ cve: 'assigned', number }),
    fails: flaws({ cve: 'requested', number: null }),
  },
  cve_recorded: {
    condition: { kind: 'cve_recorded' },
    holds: flaws({ cve: 'assigned', number }),
    fails: flaws({ cve: 'required', number: null }),
  },
  impact_approved: {
    condition: { kind: 'impact_approved' },
    holds: impact('reporter', 'vendor'),
    fails: impact('vendor', 'vendor'),
    policy: impactOfTwo,
  },
  parties_notified: { condition: { kind: 'parties_notified' }, holds: told('notified'), fails: nothing, policy: withParties },
  parties_ready: { condition: { kind: 'parties_ready' }, holds: told('ready'), fails: told('acknowledged'), policy: withParties },
  on_call: {
    condition: { kind: 'on_call', roles: roles('core', 'vendor') },
    holds: () => ({ onCall: [{ role: 'core', person: 'anna' } as never, { role: 'vendor', person: 'boris' } as never] }),
    fails: () => ({ onCall: [{ role: 'core', person: 'anna' } as never] }),
  },
  fix_merged: {
    condition: { kind: 'fix_merged', groups: ['development'] },
    holds: branches('merged'),
    fails: branches('posted'),
  },
  fix_released: {
    condition: { kind: 'fix_released', groups: ['development'] },
    holds: branches('released'),
    fails: branches('merged'),
  },
  announced: { condition: { kind: 'announced' }, holds: channels('confirmed'), fails: channels('due') },
  approved: { condition: { kind: 'approved' }, holds: 'never', fails: nothing },
  vouched: { condition: { kind: 'vouched' }, holds: 'never', fails: nothing },
  terms_accepted: { condition: { kind: 'terms_accepted' }, holds: 'never', fails: nothing },
  role_address: { condition: { kind: 'role_address' }, holds: 'never', fails: nothing },
};

interface Step {
  readonly action: CaseAction;
  readonly policy: (policy: Policy, conditions: Conditions) => Policy;
  readonly build: () => { readonly bench: Bench; readonly actor: Actor };
}

const libvirt = preset('libvirt-2023');
const inDisclosure = (policy: Policy, { must, should }: Conditions): Policy => ({
  ...policy,
  disclosure: { ...policy.disclosure, must, should },
});

const steps: Readonly<Record<string, Step>> = {
  'close-case': {
    action: { kind: 'close-case' },
    policy: (policy, { must, should }) => ({ ...policy, closing: { must, should } }),
    build: () => ({ bench: at('merged', libvirt), actor: team(libvirt).anna }),
  },
  'approve-release': {
    action: { kind: 'approve-release' },
    policy: inDisclosure,
    build() {
      const bench = at('credited', libvirt);
      return { bench, actor: team(libvirt).anna };
    },
  },
  'publish-case': {
    action: { kind: 'publish-case' },
    policy: inDisclosure,
    build() {
      const bench = at('prepared', libvirt);
      bench.now = certain(bench.state.embargo.until);
      return { bench, actor: processItself };
    },
  },
};

function outcome(step: Step, conditions: Conditions, proof: Proof, change: Change, deviation: boolean) {
  const { bench, actor } = step.build();
  const situation = situationOf(bench, actor);
  const policy = step.policy((proof.policy ?? ((same) => same))(situation.policy), conditions);
  const state = { ...situation.state, ...change(situation.state) };
  const action = deviation ? { ...step.action, deviation: content() } : step.action;
  const decision = decide(action, { ...situation, policy, state });
  if (!isRefusal(decision)) {
    const events = decision.events.map((data, index) => ({ seq: state.version + index + 1, at: bench.now, by: by(actor), v: 1, ...data }));
    return { permitted: true, unmet: [] as readonly string[], deviations: events.reduce(evolve, state).deviations };
  }
  const { refusal } = decision;
  assert.equal(refusal.kind, 'gates', JSON.stringify(refusal));
  return { permitted: false, unmet: refusal.kind === 'gates' ? refusal.unmet.map((gate) => gate.gate) : [], deviations: [] };
}

function by(actor: Actor) {
  return actor.kind === 'person' ? ({ kind: 'person', person: actor.person, proof: 'demo_link' } as const) : ({ kind: 'process' } as const);
}

/** Gates of the table that look at the same thing; then both are named. */
const twins: Readonly<Partial<Record<ConditionKind, string>>> = { patches_approved: 'branches_done' };

for (const [name, step] of Object.entries(steps))
  test(`R-17 ${name} asks every condition that a policy can set, as a must and as a should`, (t) => {
    for (const proof of Object.values(proofs)) {
      const { condition, fails, holds } = proof;
      const text = conditionText(condition);
      const must = { must: [condition], should: [] };
      const should = { must: [], should: [condition] };
      const hidden = name !== 'close-case' && twins[condition.kind] !== undefined;
      const said = (unmet: readonly string[]) => unmet.filter((gate) => gate !== twins[condition.kind]);
      assert.deepEqual(said(outcome(step, must, proof, fails, false).unmet), [text], `${text} is missed as a must`);
      assert.deepEqual(said(outcome(step, should, proof, fails, false).unmet), [text], `${text} is missed as a should`);
      assert.match(conditionSentences[condition.kind], /^[A-Z].*\.$/);
      const insisting = outcome(step, must, proof, fails, true);
      assert.equal(insisting.permitted, holds === 'by_words', `${text}: no deviation opens a must, unless words are all it asks for`);
      if (!hidden) {
        const deviating = outcome(step, should, proof, fails, true);
        assert.deepEqual([deviating.permitted, deviating.deviations], [true, [text]], `${text}: a should yields to a recorded deviation`);
      }
      if (typeof holds === 'function') {
        const met = outcome(step, must, proof, holds, false);
        assert.ok(met.permitted, `${text} holds: ${met.unmet.join(', ')}`);
      }
    }
    const never = Object.values(proofs).filter((proof) => proof.holds === 'never');
    t.diagnostic(`${Object.keys(proofs).length} conditions; nothing meets ${never.map((proof) => proof.condition.kind).join(', ')} yet`);
  });

test('QEMU-43 R-17 posting does not open a case when a gate of the publication is unmet', () => {
  const qemu = preset('qemu-2026');
  const post = (change: Change, policy: Policy = qemu) => {
    const bench = at('fixed', policy);
    const open = { reporters: bench.state.reporters.map((one) => ({ ...one, credit: 'declined' as const })) };
    const state = { ...bench.state, ...open, ...change({ ...bench.state, ...open }) };
    const action: CaseAction = { kind: 'record-posting', branch: 'master', component: null, messageId: '<1@lists.example>' };
    const decision = decide(action, { ...situationOf(bench, team(policy).anna), state, policy });
    assert.ok(!isRefusal(decision));
    return decision.events.map((event) => event.kind);
  };
  assert.deepEqual(post(nothing), ['patch-posted', 'disclosure-begun', 'case-opened', 'channel-confirmed', 'case-disclosed']);
  assert.deepEqual(post(reporters({ credit: 'undecided' })), ['patch-posted']);
  const wanting = inDisclosure(qemu, { must: [{ kind: 'cve_assigned' }], should: [] });
  assert.deepEqual(post(nothing, wanting), ['patch-posted']);
  const embargoed: Change = ({ embargo }) => ({ embargo: { ...embargo, state: 'active', until: '2027-01-01T00:00:00.000Z' as never } });
  assert.deepEqual(post(embargoed), ['patch-posted'], 'an embargo that was granted holds the posting back');
  const released: Policy = { ...qemu, reviews: { ...qemu.reviews, publication: { kind: 'approvals', approvals: 1, by: [] } } };
  assert.deepEqual(post(nothing, released), ['patch-posted'], 'where people say go, they have to');
});
