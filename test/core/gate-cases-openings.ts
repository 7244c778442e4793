// SPDX-License-Identifier: Apache-2.0
// One case for each word that opens a private case, or agrees to what opens it: the same word while something that was found is undecided.

import type { CaseAction } from '../../src/core/model/action.ts';
import type { CaseId } from '../../src/core/model/identifiers.ts';
import { shifted } from '../../src/core/model/time.ts';
import type { Bench } from '../support/core.ts';
import { content, flaw, preset, reporter } from '../support/core.ts';
import type { GateCase } from './gate-cases.ts';
import { byAnna, byBoris, inSituation, scene, situationOf } from './gate-cases.ts';
import { at, on } from './journey.ts';
import { mark } from './pair.ts';

const undecided = {
  findings_decided: inSituation(({ policy }) => ({
    openFindings: 1,
    policy: { ...policy, publication: { ...policy.publication, findings: 'decided' } },
  })),
};

const openClass = 'D';
const confirmed: CaseAction = {
  kind: 'confirm-flaw',
  flaws: [flaw],
  class: openClass,
  severity: null,
  reason: content(),
  summary: null,
  branches: [],
};

/** Held, and public once it is let through. */
function heldForThePublic(bench: Bench): void {
  bench.state = { ...bench.state, handling: 'held', opensOnRelease: true };
}

function announcedOnce(bench: Bench): void {
  bench.now = shifted(bench.now, { hours: 31 * 24 });
  bench.do(byBoris(bench), { kind: 'agree-bundle' });
  bench.do(byAnna(bench), { kind: 'announce-unfixed', reason: content() });
}

/** A report that belongs to a case that everybody reads. */
const joined: GateCase = {
  row: 'mark-duplicate',
  gate: 'findings_decided',
  build() {
    const policy = preset('openstack-vmt');
    const bench = at('taken', policy);
    const target = on(at('taken', policy), 'taken', 'received');
    target.do(byAnna(target), { kind: 'decide-eligibility', verdict: 'out', rule: null, reason: content() });
    const state = { ...target.state, case: 'case2' as CaseId };
    const met = { action: mark(state.case), situation: { ...situationOf(bench, byAnna(bench)), others: [{ state, policy }] } };
    return { met, unmet: undecided.findings_decided(met) };
  },
};

export const openingGateCases: readonly GateCase[] = [
  ...scene(
    { policy: 'libvirt', stage: 'received', action: () => ({ kind: 'release-report' }), actor: byBoris, before: heldForThePublic },
    undecided,
  ),
  ...scene(
    {
      policy: 'openstack',
      stage: 'taken',
      action: () => ({ kind: 'decide-eligibility', verdict: 'out', rule: null, reason: content() }),
      actor: byBoris,
    },
    undecided,
  ),
  ...scene({ policy: 'openstack', stage: 'eligible', action: () => confirmed, actor: byBoris }, undecided),
  ...scene(
    {
      policy: 'openstack',
      stage: 'eligible',
      action: () => ({ kind: 'dismiss-flaw', reason: content(), class: openClass }),
      actor: byBoris,
    },
    undecided,
  ),
  ...scene({ policy: 'openstack', stage: 'eligible', action: () => ({ kind: 'set-class', class: openClass }), actor: byBoris }, undecided),
  ...scene(
    {
      policy: 'qemu',
      stage: 'taken',
      action: () => ({ kind: 'decide-withdrawal', accepted: true, reason: content() }),
      actor: byBoris,
      before: (bench) => void bench.do(reporter, { kind: 'ask-withdrawal', reason: content() }),
    },
    undecided,
  ),
  ...scene({ policy: 'libvirt', stage: 'confirmed', action: () => ({ kind: 'agree-bundle' }), actor: byBoris }, undecided),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'confirmed',
      action: () => ({ kind: 'announce-unfixed', reason: content() }),
      actor: byBoris,
      before: announcedOnce,
    },
    undecided,
  ),
  joined,
];
