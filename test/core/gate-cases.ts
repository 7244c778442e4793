// SPDX-License-Identifier: Apache-2.0
// One case for each gate of the table: an action with everything in order, and the same with this one thing missing.

import type { CaseAction } from '../../src/core/model/action.ts';
import type { Actor } from '../../src/core/model/actor.ts';
import type { BranchFix, CaseState } from '../../src/core/model/case.ts';
import type { FlawId, PersonId, Role } from '../../src/core/model/identifiers.ts';
import { impactFields } from '../../src/core/model/impact.ts';
import { shifted, Temporal } from '../../src/core/model/time.ts';
import type { Review } from '../../src/core/policy/embargo-rules.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { weekdays } from '../../src/core/policy/words.ts';
import { bindingCap } from '../../src/core/process/caps.ts';
import type { GateName } from '../../src/core/process/gates.ts';
import type { Situation } from '../../src/core/process/situation.ts';
import type { Bench } from '../support/core.ts';
import { content, flaw, patchFile, preset, processItself, report, reporter, start } from '../support/core.ts';
import { withPackagers } from '../support/parties.ts';
import type { Stage } from './journey.ts';
import { at, certain, everyPart, number, team } from './journey.ts';

/** Somebody who tries something in a situation. */
export interface Attempt {
  readonly action: CaseAction;
  readonly situation: Situation;
}

export interface GateCase {
  readonly row: CaseAction['kind'];
  readonly gate: GateName;
  build(): { readonly met: Attempt; readonly unmet: Attempt };
}

const policies = {
  libvirt: preset('libvirt-2023'),
  qemu: preset('qemu-2026'),
  openstack: preset('openstack-vmt'),
  /** As OpenStack, with a party whose members are told inside the program, and nothing asked but what always holds. */
  packaging: packaging(preset('openstack-vmt')),
  /** As QEMU, with a proof of concept that is opened a week after the disclosure. */
  weekly: opening(preset('qemu-2026'), { proofOfConcept: { kind: 'after_disclosure', delay: { amount: 7, unit: 'days' } } }),
  /** As QEMU, with all that can be left to the reporter. */
  reticent: opening(preset('qemu-2026'), { scope: 'fix_only', proofOfConcept: { kind: 'reporter_decides' } }),
  /** Parties are told once somebody has proposed them and read their rules. */
  proposing: proposing(withPackagers(preset('openstack-vmt'), { readFirst: 'Share it with nobody.' })),
  /** Agents work as granted. */
  admitting: admitting(preset('libvirt-2023')),
  /** As OpenStack, but any three of those who may approve the impact. */
  counting: counting(preset('openstack-vmt')),
};

function packaging(policy: Policy): Policy {
  const { downstream, ...rest } = withPackagers(policy, { duties: ['public_post'] });
  return { ...rest, downstream: { ...downstream, must: [], screening: 'recorded', proposal: 'none' } };
}

function proposing(policy: Policy): Policy {
  return { ...policy, downstream: { ...policy.downstream, must: [], screening: 'none', proposal: 'recorded' } };
}

function admitting(policy: Policy): Policy {
  return { ...policy, agents: { ...policy.agents, allowed: 'by_grant', underEmbargo: 'as_granted' } };
}

function opening(policy: Policy, publication: Partial<Policy['publication']>): Policy {
  return { ...policy, publication: { ...policy.publication, ...publication } };
}

function counting(policy: Policy): Policy {
  const by = ['reporter', 'liaison', 'core_reviewer'] as Role[];
  return { ...policy, reviews: { ...policy.reviews, impact: { kind: 'approvals', approvals: 3, by } } };
}

const anna = 'anna' as PersonId;
const boris = 'boris' as PersonId;
/** A review by a role that nobody here holds. */
export const byNobody: Review = { kind: 'approvals', approvals: 1, by: ['nobody' as Role] };
const master = { branch: 'master', component: null };

/** What makes this one thing missing. */
type Missing = (attempt: Attempt) => Attempt;

export const inSituation =
  (change: (situation: Situation) => Partial<Situation>): Missing =>
  ({ action, situation }) => ({ action, situation: { ...situation, ...change(situation) } });
export const inState = (change: (state: CaseState) => Partial<CaseState>): Missing =>
  inSituation(({ state }) => ({ state: { ...state, ...change(state) } }));
export const inPolicy = (change: (policy: Policy) => Partial<Policy>): Missing =>
  inSituation(({ policy }) => ({ policy: { ...policy, ...change(policy) } }));
export const inAction =
  (change: object): Missing =>
  ({ action, situation }) => ({ action: { ...action, ...change }, situation });
export const fixChanged = (change: Partial<BranchFix>) =>
  inState((state) => ({ branches: state.branches.map((fix) => ({ ...fix, ...change })) }));
const disclosureChanged = (change: Partial<CaseState['disclosure']>) =>
  inState((state) => ({ disclosure: { ...state.disclosure, ...change } }));
const nobodyOwns = inState(() => ({ owner: null }));
const notJudged = inState(() => ({ eligibility: null }));
const openClassUnderEmbargo: Missing = (attempt) =>
  inAction({ class: 'C1' })(
    inState(({ embargo, disclosure }) => ({ embargo: { ...embargo, state: 'active' }, disclosure: { ...disclosure, armed: true } }))(
      attempt,
    ),
  );
const novaOpen = inState(() => ({ components: [{ component: 'nova', owner: null, finished: false }] }));
const creditOpen = inState((state) => ({ reporters: state.reporters.map((one) => ({ ...one, credit: 'undecided' })) }));
const advisoryInReview = inState((state) => ({ advisory: { ...state.advisory, state: 'in_review' } }));
/** A member who may set embargoes, and in none of whose names the date is asked for. */
const agreedAlready = inState(({ embargo }) => ({
  embargo: { ...embargo, proposal: embargo.proposal && { ...embargo.proposal, agreed: ['reporter'] } },
}));
const notAsked = inSituation(({ policy }) => ({ actor: team(policy).anna }));

interface Scene {
  readonly policy: keyof typeof policies;
  /** Where on the straight path the action is tried. */
  readonly stage: Stage;
  readonly action: (bench: Bench) => CaseAction;
  readonly actor: (bench: Bench) => Actor;
  /** What happens between the stage and the attempt. */
  readonly before?: (bench: Bench) => void;
  /** The report that opens the case, where it is not a plain one. */
  readonly first?: Parameters<typeof at>[2];
}

/** The scene with everything in order, and once for each gate with that one thing missing. */
export function scene(
  { policy, stage, action, actor, before, first }: Scene,
  missing: Readonly<Partial<Record<GateName, Missing>>>,
): readonly GateCase[] {
  const build = (): Attempt & { readonly action: CaseAction } => {
    const bench = at(stage, policies[policy], first ?? report());
    before?.(bench);
    return { action: action(bench), situation: situationOf(bench, actor(bench)) };
  };
  const row = build().action.kind;
  return Object.entries(missing).map(([gate, lack]) => ({
    row,
    gate: gate as GateName,
    build() {
      const met = build();
      return { met, unmet: lack(met) };
    },
  }));
}

export function situationOf(bench: Bench, actor: Actor): Situation {
  return { state: bench.state, policy: bench.policy, actor, now: bench.now, nextNumber: 'TEST-2026-0001' };
}

export const byAnna = (bench: Bench) => team(bench.policy).anna;
export const byBoris = (bench: Bench) => team(bench.policy).boris;
export const byProcess = () => processItself;
export const byReporter = () => reporter;
const notice = { format: 'text', file: 'notice.txt', sha256: 'f'.repeat(64) } as const;
const closedToday = inSituation(({ policy, now }) => {
  const today = weekdays[Temporal.Instant.from(now).toZonedDateTimeISO('UTC').dayOfWeek - 1];
  return { policy: { ...policy, disclosure: { ...policy.disclosure, days: weekdays.filter((day) => day !== today) } } };
});
const toTheHour = (bench: Bench) => {
  bench.now = certain(bench.state.embargo.until);
};
const propose = (bench: Bench): CaseAction => ({
  kind: 'propose-embargo',
  until: certain(bench.state.embargo.until),
  zone: 'UTC',
  reason: content(),
  restart: null,
  circumstances: null,
  evidence: null,
  purposes: [],
});
const confirm = (className: string | null): CaseAction => ({
  kind: 'confirm-flaw',
  flaws: [flaw],
  class: className,
  severity: { level: 'high', vector: null },
  reason: content(),
  summary: null,
  branches: [],
});

const publication: readonly GateCase[] = [
  ...scene(
    {
      policy: 'libvirt',
      stage: 'prepared',
      action: () => ({ kind: 'approve-release' }),
      actor: byBoris,
      before: (bench) => void bench.do(byAnna(bench), { kind: 'stop-release', reason: null }),
    },
    {
      second_person: disclosureChanged({ approvedBy: [boris] }),
      publication_reviewer: inSituation(({ state, policy }) => ({
        state: { ...state, disclosure: { ...state.disclosure, approvedBy: [anna] } },
        policy: { ...policy, reviews: { ...policy.reviews, publication: byNobody } },
      })),
      credit_decided: creditOpen,
      advisory_approved: advisoryInReview,
      components_finished: novaOpen,
      branches_done: fixChanged({ state: 'patch_private' }),
      findings_decided: inSituation(({ policy }) => ({
        openFindings: 1,
        policy: { ...policy, publication: { ...policy.publication, findings: 'decided' } },
      })),
    },
  ),
  ...scene(
    { policy: 'libvirt', stage: 'prepared', action: () => ({ kind: 'publish-case' }), actor: byProcess, before: toTheHour },
    {
      disclosure_due: inSituation(() => ({ now: start })),
      credit_decided: creditOpen,
      advisory_approved: advisoryInReview,
      components_finished: novaOpen,
      branches_done: fixChanged({ state: 'patch_private' }),
      release_armed: disclosureChanged({ armed: false }),
      documents_prepared: disclosureChanged({ prepared: null }),
    },
  ),
  ...scene(
    { policy: 'libvirt', stage: 'prepared', action: () => ({ kind: 'publish-case' }), actor: byAnna, before: toTheHour },
    { disclosure_day: closedToday },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'confirmed',
      action: () => ({ kind: 'publish-bundle' }),
      actor: byProcess,
      before(bench) {
        bench.do(byBoris(bench), { kind: 'agree-bundle' });
        bench.now = certain(bindingCap(bench.state, bench.policy)).at;
      },
    },
    {
      cap_reached: inSituation(({ now }) => ({ now: shifted(now, { seconds: -1 }) })),
      bundle_agreed: inState(({ bundle }) => ({ bundle: bundle === null ? null : { ...bundle, agreed: false } })),
    },
  ),
  ...scene(
    { policy: 'libvirt', stage: 'confirmed', action: () => ({ kind: 'agree-bundle' }), actor: byBoris },
    {
      bundle_proposed: inState(() => ({ bundle: null })),
      second_person: inSituation(({ policy }) => ({ actor: team(policy).anna })),
      publication_reviewer: inPolicy(({ reviews }) => ({ reviews: { ...reviews, publication: byNobody } })),
    },
  ),
  ...scene(
    { policy: 'libvirt', stage: 'armed', action: () => ({ kind: 'record-preparation', documents: [] }), actor: byProcess },
    { release_armed: disclosureChanged({ armed: false }) },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'armed',
      action: () => ({ kind: 'sign-documents', signatures: [], documents: [notice], keys: ['A'.repeat(40)] }),
      actor: byBoris,
      before: (bench) => void bench.do(processItself, { kind: 'record-preparation', documents: [notice], unsigned: [notice.file] }),
    },
    {
      release_armed: disclosureChanged({ armed: false }),
    },
  ),
  ...scene(
    { policy: 'qemu', stage: 'merged', action: () => ({ kind: 'close-case' }), actor: byBoris },
    { is_public: inState(() => ({ visibility: 'private' })) },
  ),
];

const embargo: readonly GateCase[] = [
  ...scene(
    {
      policy: 'libvirt',
      stage: 'confirmed',
      action: () => ({ kind: 'end-embargo', exit: 'early_agreed', reason: content() }),
      actor: byBoris,
    },
    { second_person: inState((state) => ({ embargo: { ...state.embargo, ending: [boris] } })) },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'confirmed',
      action: () => ({ kind: 'end-embargo', exit: 'exploited', reason: content() }),
      actor: byBoris,
      before: (bench) =>
        void bench.do(byAnna(bench), { kind: 'record-fact', fact: 'exploited', since: bench.now, evidence: content('evidence') }),
    },
    { cause_on_record: inState(() => ({ facts: [] })) },
  ),
  ...scene(
    { policy: 'libvirt', stage: 'confirmed', action: propose, actor: byAnna },
    {
      embargo_allowed: inPolicy((policy) => ({ embargo: { ...policy.embargo, mode: 'never' } })),
      embargo_possible: inState(() => ({ visibility: 'public' })),
    },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'confirmed',
      action: () => ({ kind: 'agree-embargo' }),
      actor: byReporter,
      before: (bench) => void bench.do(byAnna(bench), propose(bench)),
    },
    { embargo_possible: inState(() => ({ visibility: 'public' })), asked_to_agree: notAsked },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'confirmed',
      action: () => ({ kind: 'refuse-embargo', reason: content() }),
      actor: byReporter,
      before: (bench) => void bench.do(byAnna(bench), propose(bench)),
    },
    { may_refuse: agreedAlready },
  ),
];

const withoutAdvisory = inPolicy((policy) => ({ advisory: { ...policy.advisory, kind: 'none' } }));

const advisory: readonly GateCase[] = [
  ...scene(
    {
      policy: 'libvirt',
      stage: 'confirmed',
      action: () => ({ kind: 'write-advisory', advisory: content('advisory'), parts: everyPart }),
      actor: byBoris,
    },
    { advisory_wanted: withoutAdvisory },
  ),
  ...scene(
    { policy: 'libvirt', stage: 'written', action: () => ({ kind: 'submit-advisory' }), actor: byBoris },
    {
      advisory_wanted: withoutAdvisory,
      advisory_complete: inState((state) => ({ advisory: { ...state.advisory, parts: ['summary'] } })),
    },
  ),
  ...scene(
    { policy: 'libvirt', stage: 'reviewed', action: () => ({ kind: 'approve-advisory' }), actor: byBoris },
    {
      advisory_wanted: withoutAdvisory,
      not_the_author: inState((state) => ({ advisory: { ...state.advisory, author: boris } })),
      advisory_reviewer: inPolicy(({ reviews }) => ({ reviews: { ...reviews, advisory: byNobody } })),
    },
  ),
  ...scene(
    {
      policy: 'counting',
      stage: 'confirmed',
      action: () => ({ kind: 'approve-impact' }),
      actor: byReporter,
      before(bench) {
        bench.do(byAnna(bench), { kind: 'describe-impact', impact: content('impact', 'shared'), frame: impactFields });
        bench.do(byBoris(bench), { kind: 'approve-impact' });
      },
    },
    {
      impact_not_twice: inSituation(({ policy }) => ({ actor: team(policy).boris })),
      impact_framed: inState(({ impact }) => ({ impact: impact === null ? null : { ...impact, frame: [] } })),
    },
  ),
  ...scene(
    { policy: 'libvirt', stage: 'confirmed', action: () => ({ kind: 'record-cve', flaw, number }), actor: byBoris },
    {
      number_unclaimed: inState(({ flaws }) => ({
        flaws: [...flaws, { flaw: 'flaw2' as FlawId, cve: 'assigned', number, numberedBy: null, since: start, title: null }],
      })),
    },
  ),
];

const fixes: readonly GateCase[] = [
  ...scene(
    {
      policy: 'libvirt',
      stage: 'confirmed',
      action: () => ({ kind: 'add-patch', ...master, patch: patchFile(), signedOff: true }),
      actor: byReporter,
    },
    { signed_off: inAction({ signedOff: false }), not_over_an_approved_patch: fixChanged({ state: 'patch_approved' }) },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'confirmed',
      action: () => ({ kind: 'record-filing', report: 'early_warning', evidence: content('evidence') }),
      actor: byAnna,
      before(bench) {
        Object.assign(bench, { policy: { ...bench.policy, clocks: { ...bench.policy.clocks, craEarly: { amount: 24, unit: 'hours' } } } });
        bench.do(byAnna(bench), { kind: 'record-fact', fact: 'exploited', since: bench.now, evidence: content('evidence') });
      },
    },
    { filing_owed: inState(() => ({ facts: [] })) },
  ),
  ...scene(
    { policy: 'libvirt', stage: 'patched', action: () => ({ kind: 'approve-patch', ...master }), actor: byBoris },
    {
      not_the_patcher: fixChanged({ patchedBy: boris }),
      tested_before_approval: inPolicy(({ reviews }) => ({ reviews: { ...reviews, tests: 'required' } })),
      patch_reviewer: inPolicy(({ reviews }) => ({
        reviews: { ...reviews, patch: { kind: 'approvals', approvals: 1, by: [], before: 'disclosure' } },
      })),
    },
  ),
  ...scene(
    {
      policy: 'qemu',
      stage: 'fixed',
      action: () => ({ kind: 'record-posting', ...master, messageId: '<1@lists.example>' }),
      actor: byBoris,
    },
    { approved_before_posting: fixChanged({ state: 'patch_private' }) },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'fixed',
      action: () => ({ kind: 'record-posting', ...master, messageId: '<1@lists.example>' }),
      actor: byBoris,
    },
    { patch_there: fixChanged({ state: 'affected' }) },
  ),
  ...scene(
    { policy: 'qemu', stage: 'fixed', action: () => ({ kind: 'record-merge', ...master, commit: 'a'.repeat(40) }), actor: byBoris },
    { approved_before_merge: fixChanged({ state: 'patch_private' }) },
  ),
  ...scene(
    {
      policy: 'qemu',
      stage: 'fixed',
      action: () => ({ kind: 'record-merge', ...master, commit: 'a'.repeat(40), fastTrack: true }),
      actor: byBoris,
    },
    { pre_approved: fixChanged({ approvals: [] }) },
  ),
  ...scene(
    {
      policy: 'openstack',
      stage: 'patched',
      action: () => ({ kind: 'judge-backport', ...master, verdict: 'acceptable', reason: null }),
      actor: byBoris,
    },
    {
      not_the_patcher: fixChanged({ patchedBy: boris }),
      backport_reviewer: inPolicy(({ reviews }) => ({ reviews: { ...reviews, backport: { kind: 'approvals', approvals: 1, by: [] } } })),
    },
  ),
];

const triage: readonly GateCase[] = [
  ...scene(
    {
      policy: 'qemu',
      stage: 'taken',
      action: () => ({ kind: 'decide-eligibility', verdict: 'in', rule: null, reason: content() }),
      actor: byBoris,
    },
    { owner_set: nobodyOwns },
  ),
  ...scene(
    { policy: 'qemu', stage: 'eligible', action: () => confirm(null), actor: byBoris },
    { eligibility_decided: notJudged, owner_set: nobodyOwns },
  ),
  ...scene(
    { policy: 'libvirt', stage: 'eligible', action: () => confirm(null), actor: byBoris },
    { severity_recorded: inAction({ severity: null }) },
  ),
  ...scene(
    { policy: 'openstack', stage: 'eligible', action: () => confirm('A'), actor: byBoris },
    { class_recorded: inAction({ class: null }), nobody_prepares: openClassUnderEmbargo },
  ),
  ...scene(
    { policy: 'qemu', stage: 'eligible', action: () => ({ kind: 'dismiss-flaw', reason: content() }), actor: byBoris },
    { eligibility_decided: notJudged, owner_set: nobodyOwns },
  ),
  ...scene(
    { policy: 'openstack', stage: 'eligible', action: () => ({ kind: 'set-class', class: 'A' }), actor: byBoris },
    {
      eligibility_decided: (attempt) =>
        notJudged(inPolicy((policy) => ({ eligibility: { ...policy.eligibility, decided: 'first' } }))(attempt)),
      classes_declared: inPolicy((policy) => ({ eligibility: { ...policy.eligibility, classes: {} } })),
      nobody_prepares: openClassUnderEmbargo,
    },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'patched',
      action: () => ({ kind: 'decide-own-credit', as: 'patcher', decision: 'declined', name: null }),
      actor: byAnna,
    },
    { contributors_credited: inPolicy((policy) => ({ publication: { ...policy.publication, credit: ['reporter'] } })) },
  ),
  ...scene(
    { policy: 'qemu', stage: 'eligible', action: () => ({ kind: 'assess-severity', level: 'high', vector: null }), actor: byBoris },
    { eligibility_decided: notJudged },
  ),
];

const relations: readonly GateCase[] = [
  ...scene(
    {
      policy: 'libvirt',
      stage: 'fixed',
      action: () => ({ kind: 'finish-component', component: 'nova' }),
      actor: byBoris,
      before(bench) {
        bench.do(byAnna(bench), { kind: 'add-component', component: 'nova', person: null, branches: [] });
        const fix = { branch: 'master', component: 'nova' };
        bench.do(byAnna(bench), { kind: 'add-patch', ...fix, patch: patchFile(), signedOff: true });
        bench.do(byBoris(bench), { kind: 'approve-patch', ...fix });
      },
    },
    { component_fixed: fixChanged({ state: 'patch_private' }) },
  ),
  ...scene(
    {
      policy: 'qemu',
      stage: 'confirmed',
      action: () => ({ kind: 'answer-rediscovery', publish: false, reason: content() }),
      actor: byBoris,
      before: (bench) =>
        void bench.do(byAnna(bench), { kind: 'record-fact', fact: 'rediscovered', since: bench.now, evidence: content('evidence') }),
    },
    { rediscovery_asked: inState(() => ({ askedSince: null })) },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'confirmed',
      action: () => ({ kind: 'answer-rediscovery', publish: true, reason: content() }),
      actor: byBoris,
      before: (bench) =>
        void bench.do(byAnna(bench), { kind: 'record-fact', fact: 'rediscovered', since: bench.now, evidence: content('evidence') }),
    },
    { second_person: inState((state) => ({ embargo: { ...state.embargo, ending: [boris] } })) },
  ),
];

export const gateCases: readonly GateCase[] = [...publication, ...embargo, ...advisory, ...fixes, ...triage, ...relations];
