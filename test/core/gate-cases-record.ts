// SPDX-License-Identifier: Apache-2.0
// One case for each gate of the record: striking out takes two people, proofs of concept their time or their reporter, the opening a consent.

import type { CaseAction } from '../../src/core/model/action.ts';
import type { RedactionId, Role } from '../../src/core/model/identifiers.ts';
import type { Bench } from '../support/core.ts';
import { content, piece, report, reporterId } from '../support/core.ts';
import type { GateCase } from './gate-cases.ts';
import { byAnna, byBoris, byProcess, byReporter, inPolicy, inSituation, inState, scene } from './gate-cases.ts';
import { team } from './journey.ts';

/** A report with steps that show the flaw. */
const withProof = report({
  report: [content('description', 'shared'), { ...content('field', 'proof'), field: 'reproducer', participant: reporterId }],
});
const redaction = 'redaction1' as RedactionId;
const propose = (): CaseAction => ({
  kind: 'propose-redaction',
  redaction,
  piece: piece(),
  span: content('span', 'withheld'),
  why: 'tokens',
  destroys: false,
  opens: false,
});
const proposed = (bench: Bench) => void bench.do(byAnna(bench), propose());
const openProposal = inState((state) => ({
  record: {
    ...state.record,
    redactions: [
      {
        redaction,
        piece: piece().id,
        span: null,
        why: 'tokens',
        destroys: false,
        proposedBy: 'anna' as never,
        approvals: [],
        state: 'proposed',
        wasOpen: false,
        opens: false,
        copy: null,
        at: state.marks.receipt as never,
      },
    ],
  },
}));
const approve = (): CaseAction => ({ kind: 'approve-redaction', redaction, copy: content('note'), covers: [redaction] });

export const recordGateCases: readonly GateCase[] = [
  ...scene(
    { policy: 'qemu', stage: 'confirmed', action: approve, actor: byBoris, before: proposed },
    {
      redaction_second_person: inSituation(({ policy }) => ({ actor: team(policy).anna })),
      redaction_reviewer: inPolicy(({ reviews }) => ({
        reviews: { ...reviews, redaction: { kind: 'approvals', approvals: 1, by: ['nobody' as Role] } },
      })),
    },
  ),
  ...scene(
    {
      policy: 'libvirt',
      stage: 'prepared',
      action: () => ({ kind: 'approve-release' }),
      actor: byBoris,
      before: (bench) => void bench.do(byAnna(bench), { kind: 'stop-release', reason: null }),
    },
    { redactions_decided: openProposal },
  ),
  ...scene(
    { policy: 'libvirt', stage: 'prepared', action: () => ({ kind: 'stop-release', reason: null }), actor: byBoris },
    { release_under_way: inSituation(({ state }) => ({ state: { ...state, disclosure: { ...state.disclosure, approvedBy: [] } } })) },
  ),
  ...scene(
    { policy: 'reticent', stage: 'confirmed', action: () => ({ kind: 'decide-proof', open: true }), actor: byReporter },
    { proof_is_the_reporters: inPolicy(({ publication }) => ({ publication: { ...publication, proofOfConcept: { kind: 'withheld' } } })) },
  ),
  ...scene(
    { policy: 'reticent', stage: 'confirmed', action: () => ({ kind: 'agree-to-opening' }), actor: byReporter },
    { opening_needs_consent: inPolicy(({ publication }) => ({ publication: { ...publication, scope: 'issue' } })) },
  ),
  ...scene(
    {
      policy: 'weekly',
      stage: 'disclosed',
      action: () => ({ kind: 'open-proofs' }),
      actor: byProcess,
      before: (bench) => void bench.later(7 * 24),
      first: withProof,
    },
    { proofs_due: inSituation(({ state }) => ({ now: state.publicSince as never })) },
  ),
];
