// SPDX-License-Identifier: Apache-2.0
// One case for each gate at the ends of a case: an action with everything in order, and the same with this one thing missing.

import type { Day } from '../../src/core/model/day.ts';
import type { FlawId, PersonId } from '../../src/core/model/identifiers.ts';
import { shifted } from '../../src/core/model/time.ts';
import type { Bench } from '../support/core.ts';
import { content, flaw, processItself, reporter, reporterId, start } from '../support/core.ts';
import type { GateCase } from './gate-cases.ts';
import { byNobody, inAction, inPolicy, inSituation, inState, scene } from './gate-cases.ts';
import { certain, number, team } from './journey.ts';

const boris = 'boris' as PersonId;
const anna = 'anna' as PersonId;
const byAnna = (bench: Bench) => team(bench.policy).anna;
const byBoris = (bench: Bench) => team(bench.policy).boris;
const byReporter = () => reporter;
const byProcess = () => processItself;

const disclosedBefore = inState(({ marks }) => ({ marks: { ...marks, disclosure: start } }));
const monthLater = (bench: Bench) => {
  bench.now = shifted(bench.now, { hours: 31 * 24 });
};

function sentAway(bench: Bench): void {
  bench.do(byAnna(bench), {
    kind: 'decide-eligibility',
    verdict: 'elsewhere',
    rule: null,
    reason: content(),
    target: content('reason', 'shared'),
  });
}

function announced(bench: Bench): void {
  monthLater(bench);
  bench.do(byBoris(bench), { kind: 'agree-bundle' });
  bench.do(byAnna(bench), { kind: 'announce-unfixed', reason: content() });
}

const sending: readonly GateCase[] = [
  ...scene(
    {
      policy: 'qemu',
      stage: 'taken',
      action: () => ({
        kind: 'decide-eligibility',
        verdict: 'elsewhere',
        rule: null,
        reason: content(),
        target: content('reason', 'shared'),
      }),
      actor: byBoris,
    },
    {
      target_named: ({ action, situation }) => ({
        action: {
          kind: 'decide-eligibility',
          verdict: 'elsewhere',
          rule: null,
          reason: 'reason' in action ? certain(action.reason) : content(),
        },
        situation,
      }),
    },
  ),
  ...scene(
    { policy: 'qemu', stage: 'taken', action: () => ({ kind: 'answer-forwarding', agreed: true }), actor: byReporter, before: sentAway },
    { forwarding_open: inState(() => ({ referral: { target: null, consent: 'asked', forwardedAt: start } })) },
  ),
  ...scene(
    {
      policy: 'qemu',
      stage: 'taken',
      action: () => ({ kind: 'record-forwarding', evidence: content('evidence', 'shared') }),
      actor: byBoris,
      before(bench) {
        sentAway(bench);
        bench.do(reporter, { kind: 'answer-forwarding', agreed: true });
      },
    },
    {
      forwarding_open: inState(() => ({ referral: { target: null, consent: 'given', forwardedAt: start } })),
      forwarding_allowed: inState(() => ({ referral: { target: null, consent: 'refused', forwardedAt: null } })),
    },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'taken',
      action: () => ({ kind: 'decide-withdrawal', accepted: true, reason: content() }),
      actor: byBoris,
      before: (bench) => void bench.do(reporter, { kind: 'ask-withdrawal', reason: content() }),
    },
    {
      withdrawal_asked: inState(() => ({ withdrawal: null })),
      not_confirmed: inState(({ marks }) => ({
        marks: { ...marks, confirmation: start },
        withdrawal: { askedBy: [reporterId], at: start },
      })),
    },
  ),
  ...scene(
    {
      policy: 'openstack',
      stage: 'eligible',
      action: () => ({ kind: 'dismiss-flaw', reason: content(), class: 'D' }),
      actor: byBoris,
    },
    { class_recorded: ({ situation }) => ({ action: { kind: 'dismiss-flaw', reason: content() }, situation }) },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'confirmed',
      action: () => ({ kind: 'end-branch', branch: 'v11-maint', component: null, end: 'wont_fix', reason: content() }),
      actor: byBoris,
      before: (bench) =>
        void bench.do(byAnna(bench), { kind: 'judge-branch', branch: 'v11-maint', component: null, group: 'stable', affected: true }),
    },
    { fix_not_promised: inAction({ branch: 'master' }) },
  ),
];

const unfixed: readonly GateCase[] = [
  ...scene(
    {
      policy: 'libvirt',
      stage: 'confirmed',
      action: () => ({ kind: 'announce-unfixed', reason: content() }),
      actor: byBoris,
      before: announced,
    },
    {
      unfixed_allowed: inPolicy(({ disclosure }) => ({
        disclosure: { ...disclosure, unfixed: { ...disclosure.unfixed, allowed: 'never' } },
      })),
      fix_overdue: inSituation(({ state }) => ({ now: certain(state.marks.confirmation) })),
      opening_agreed: inState(() => ({ bundle: null })),
      unfixed_not_announced: inState(() => ({ unfixed: { approvedBy: [anna], on: start } })),
      second_person: inState(() => ({ unfixed: { approvedBy: [boris], on: null } })),
      publication_reviewer: inPolicy(({ reviews }) => ({ reviews: { ...reviews, publication: byNobody } })),
    },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'confirmed',
      action: () => ({ kind: 'call-off-unfixed', reason: content() }),
      actor: byBoris,
      before: announced,
    },
    { unfixed_announced: inState(() => ({ unfixed: null })) },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'confirmed',
      action: () => ({ kind: 'publish-unfixed' }),
      actor: byProcess,
      before(bench) {
        announced(bench);
        bench.do(byBoris(bench), { kind: 'announce-unfixed', reason: content() });
        bench.now = certain(bench.state.unfixed?.on);
      },
    },
    {
      announced_day_reached: inSituation(({ now }) => ({ now: shifted(now, { seconds: -1 }) })),
      opening_agreed: inState(() => ({ bundle: null })),
    },
  ),
];

const afterwards: readonly GateCase[] = [
  ...scene(
    {
      policy: 'libvirt',
      stage: 'disclosed',
      action: () => ({ kind: 'record-cve-publication', flaw, evidence: null }),
      actor: byBoris,
    },
    { public_reference: inState(() => ({ visibility: 'private' })) },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'disclosed',
      action: () => ({ kind: 'add-late-number', reason: content() }),
      actor: byBoris,
      before(bench) {
        bench.do(byAnna(bench), { kind: 'reject-cve', flaw, reason: content() });
        bench.state = { ...bench.state, advisory: { ...bench.state.advisory, numbers: [] } };
        bench.do(byAnna(bench), { kind: 'record-cve', flaw, number });
      },
    },
    {
      number_is_late: inState(({ advisory }) => ({ advisory: { ...advisory, numbers: [number] } })),
      second_person: inState(({ flaws }) => ({ flaws: flaws.map((one) => ({ ...one, numberedBy: boris })) })),
      publication_reviewer: inPolicy(({ reviews }) => ({ reviews: { ...reviews, publication: byNobody } })),
    },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'prepared',
      action: () => ({ kind: 'publish-case' }),
      actor: byProcess,
      before(bench) {
        bench.now = certain(bench.state.embargo.until);
      },
    },
    { not_disclosed_before: disclosedBefore },
  ),
  ...scene(
    { policy: 'libvirt', stage: 'merged', action: () => ({ kind: 'close-case' }), actor: byBoris },
    {
      may_end_here: inState(() => ({
        handling: 'fix_ready',
        marks: {},
        flaws: [{ flaw: 'flaw1' as FlawId, cve: 'assigned', number, numberedBy: null, since: start, title: null }],
      })),
    },
  ),
];

const beingImported = inState(() => ({
  handling: 'imported',
  imported: { from: 'lsn', sha256: 'e'.repeat(64), version: 1, published: '2019-05-21' as Day },
}));
const flaw2 = 'flaw2' as FlawId;
const flaws: readonly GateCase[] = [
  ...scene(
    { policy: 'libvirt', stage: 'confirmed', action: () => ({ kind: 'add-flaw', flaw: flaw2, title: null }), actor: byAnna },
    { import_complete: beingImported },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'confirmed',
      action: (bench) => ({ kind: 'record-fact', fact: 'exploited', since: bench.now, evidence: content('evidence') }),
      actor: byAnna,
    },
    { import_complete: beingImported },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'confirmed',
      action: () => ({ kind: 'drop-flaw', flaw: flaw2, reason: content() }),
      actor: byAnna,
      before: (bench) => void bench.do(byAnna(bench), { kind: 'add-flaw', flaw: flaw2, title: null }),
    },
    { import_complete: beingImported },
  ),
];

export const endGateCases: readonly GateCase[] = [...sending, ...unfixed, ...afterwards, ...flaws];
