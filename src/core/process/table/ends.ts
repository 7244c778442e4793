// SPDX-License-Identifier: Apache-2.0
// T6, T22, T23, T25, T26: how a case ends, and how it goes on after its end.

import type { ActionKind } from '../../model/action.ts';
import { working } from './places.ts';
import type { Row } from './row.ts';

/** Where a report is judged again. */
const again = ['assessing', 'eligibility'] as const;

export const endRows = {
  'close-case': {
    label: 'Close the case',
    from: { handling: ['fixing', 'fix_ready', 'disclosed', 'public_bug', 'hardening', 'unfixed_public'] },
    to: { handling: ['closed'] },
    by: ['handle', 'process'],
    gates: ['is_public', 'may_end_here', 'duties_done'],
    policyGates: 'closing',
    transition: 'T22',
  },
  'reopen-case': {
    label: 'Go on with the case',
    from: { handling: ['closed', 'public_bug', 'hardening', 'not_ours', 'withdrawn'] },
    to: {
      handling: ['fixing', 'assessing', 'eligibility'],
      embargo: ['proposed', 'active', 'revising'],
      branch: ['affected'],
      cve: ['undecided', 'required'],
    },
    ways: {
      handling: { closed: ['fixing', ...again], public_bug: again, hardening: again, not_ours: again, withdrawn: again },
    },
    by: ['handle'],
    gates: [],
    transition: 'T26',
  },
  'answer-forwarding': {
    label: 'Say whether it may be passed on',
    from: { handling: ['not_ours'] },
    to: {},
    by: ['reporter'],
    gates: ['forwarding_open'],
    transition: 'T6',
  },
  'record-forwarding': {
    label: 'Record that the report was passed on',
    from: { handling: ['not_ours'] },
    to: {},
    by: ['handle'],
    gates: ['forwarding_open', 'forwarding_allowed'],
    transition: 'T6',
  },
  'ask-withdrawal': {
    label: 'Ask to withdraw the report',
    from: { handling: ['held', 'received', ...working] },
    to: {},
    by: ['reporter'],
    gates: [],
    transition: 'T25',
  },
  'decide-withdrawal': {
    label: 'Decide on the withdrawal',
    from: { handling: ['held', 'received', ...working] },
    to: { handling: ['withdrawn'], visibility: ['public'], embargo: ['exited'] },
    ways: { handling: { held: ['withdrawn'], received: ['withdrawn'], eligibility: ['withdrawn'], assessing: ['withdrawn'] } },
    by: ['handle', 'moderate'],
    gates: ['withdrawal_asked', 'not_confirmed', 'findings_decided'],
    irreversible: true,
    transition: 'T25',
  },
  'announce-unfixed': {
    label: 'Announce publication without a fix',
    from: { handling: ['confirmed', 'fixing'], visibility: ['private'] },
    to: {},
    by: ['disclose'],
    gates: [
      'unfixed_allowed',
      'fix_overdue',
      'opening_agreed',
      'unfixed_not_announced',
      'second_person',
      'publication_reviewer',
      'findings_decided',
    ],
    policyGates: 'unfixed',
    stepUp: true,
    seconds: true,
    transition: 'T23',
  },
  'call-off-unfixed': {
    label: 'Call off the publication without a fix',
    from: { visibility: ['private'] },
    to: {},
    by: ['disclose', 'handle'],
    gates: ['unfixed_announced'],
    transition: 'T23',
  },
  'publish-unfixed': {
    label: 'Publish without a fix',
    from: { handling: ['confirmed', 'fixing'], visibility: ['private'] },
    to: { handling: ['unfixed_public'], visibility: ['public'], embargo: ['exited'] },
    by: ['process'],
    gates: ['announced_day_reached', 'opening_agreed'],
    policyGates: 'unfixed',
    irreversible: true,
    stepUp: true,
    transition: 'T23',
  },
} as const satisfies Partial<Record<ActionKind, Row>>;
