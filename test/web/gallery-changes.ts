// SPDX-License-Identifier: Apache-2.0
// The pages on which a policy is changed, with sample proposals.

import type { ChangesView, Look, ProposalView } from '../../src/app/policy-changes.ts';
import type { PersonId } from '../../src/core/model/identifiers.ts';
import type { ProposalId } from '../../src/core/model/policy-step.ts';
import { instant } from '../../src/core/model/time.ts';
import { untouched } from '../../src/web/fields.ts';
import type { Frame } from '../../src/web/frame.ts';
import { PolicyChangesPage } from '../../src/web/pages/policy-changes.tsx';
import { PolicyProposalPage } from '../../src/web/pages/policy-proposal.tsx';
import { now } from './samples.ts';
import type { Make, Specimen } from './specimen.ts';
import type { Twist } from './story.ts';

export function changePages(specimen: Make, frame: Frame, twist: Twist): readonly Specimen[] {
  const ref = { name: 'harbour', version: 3, sha256: 'f'.repeat(64) };
  const mei = 'mei' as PersonId;
  const one: ProposalView = {
    proposal: {
      id: '4yw0x9m2t7k3q8r5v1n6c0d2ha' as ProposalId,
      by: mei,
      at: now,
      policy: { ...ref, version: 4 },
      replaces: ref,
      reason: twist('A second vendor joins.'),
      text: twist('daylight: 1\npolicy:\n  name: harbour'),
      accepted: [],
      state: 'open',
      ended: null,
    },
    names: new Map([[mei, twist('mei')]]),
    asks: 'somebody with the role coordinator',
    mayAccept: true,
    mayWithdraw: true,
  };
  const look: Look = {
    problems: [{ file: 'policy', line: 12, kind: 'gap', key: 'clocks.acknowledge', message: twist('clocks.acknowledge is unspecified.') }],
    changes: [{ key: 'clocks.fix', before: twist('30 days'), after: twist('60 days'), forReporters: null }],
    cases: [
      {
        case: '0k7f29qxm4t6w8y1b3d5g7h9j2' as Look['cases'][number]['case'],
        codename: 'tidal-heron',
        differs: ['latest lawful date: 2026-12-24 09:00 UTC -> 2026-12-01 09:00 UTC'],
        obstacle: twist('The embargo ends after the cap of the new policy.'),
      },
    ],
    empty: [twist('second_vendor')],
  };
  const view: ChangesView = {
    now,
    holds: { ref, since: now },
    mayPropose: true,
    asks: 'somebody with the role coordinator',
    proposals: [one, { ...one, proposal: { ...one.proposal, state: 'outdated' }, asks: '', mayAccept: false, mayWithdraw: false }],
    signingKeys: [
      { fingerprint: '0123456789'.repeat(4), whose: 'person', expires: instant('2026-12-20T09:00Z'), isNear: true },
      { fingerprint: '9876543210'.repeat(4), whose: 'program', expires: null, isNear: false },
    ],
    securityTxt: { confirmedAt: now, expires: instant('2026-12-20T09:00Z'), isNear: true },
    log: { steps: 7, brokenAt: null, head: 'a'.repeat(64) },
  };
  const values = { policy: twist('daylight: 1'), reason: '' };
  const problems = [{ field: 'reason', sentence: 'Say why the policy changes: the archive shows it.' }];
  const empty = { ...view, asks: '', proposals: [], signingKeys: [], securityTxt: { ...view.securityTxt, isNear: false } };
  const refusal = {
    kind: 'gates',
    unmet: [{ gate: 'second_person', strength: 'must', sentence: twist('Another person has to.') }],
  } as const;
  return [
    specimen('policy-changes', '[C] ', PolicyChangesPage({ frame, view, filled: untouched, look: null, confirmed: false })),
    specimen('policy-changes-mend', '[C] ', PolicyChangesPage({ frame, view, filled: { values, problems }, look, confirmed: false })),
    specimen('policy-changes-none', '[C] ', PolicyChangesPage({ frame, view: empty, filled: untouched, look: null, confirmed: true })),
    specimen('policy-proposal', '[C] ', PolicyProposalPage({ frame, view: one, look, now, refusal: null })),
    specimen('policy-proposal-refused', '[C] ', PolicyProposalPage({ frame, view: one, look, now, refusal })),
  ];
}
