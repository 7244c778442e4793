// SPDX-License-Identifier: Apache-2.0
// T17, T18, T27: each downstream that may be told before the disclosure.

import type { ActionKind } from '../../model/action.ts';
import { alive, confirmed } from './places.ts';
import type { Row } from './row.ts';

export const partyRows = {
  'screen-party': {
    label: 'Record the screening of a party',
    from: { handling: alive, party: ['listed'] },
    to: {},
    by: ['notify_parties'],
    gates: [],
    transition: 'T18',
  },
  'notify-party': {
    label: 'Tell a party',
    from: { handling: confirmed, visibility: ['private'], embargo: ['active'], party: ['listed'] },
    to: { party: ['notified'] },
    by: ['notify_parties'],
    gates: ['party_cleared', 'not_out_yet', 'not_too_early', 'limit_kept', 'patches_before_notice', 'impact_before_notice'],
    policyGates: 'downstream',
    irreversible: true,
    stepUp: true,
    transition: 'T18',
  },
  'record-notice': {
    label: 'Record that a list was told',
    from: { handling: confirmed, visibility: ['private'], embargo: ['active', 'revising'], party: ['listed'] },
    to: { party: ['notified'], embargo: ['active', 'revising'] },
    by: ['notify_parties'],
    gates: [],
    irreversible: true,
    stepUp: true,
    transition: 'T18',
  },
  'record-answer': {
    label: 'Record what a list answered',
    from: { visibility: ['private'], party: ['notified', 'acknowledged', 'ready', 'objected'] },
    to: { party: ['acknowledged', 'ready', 'objected'] },
    by: ['notify_parties'],
    gates: [],
    transition: 'T18',
  },
  'accept-terms': { label: 'Accept the terms', from: {}, to: {}, by: ['party'], gates: ['terms_open'], transition: 'T18' },
  'acknowledge-notice': {
    label: 'Say that you have read it',
    from: { visibility: ['private'], party: ['notified'] },
    to: { party: ['acknowledged'] },
    by: ['party'],
    gates: ['terms_accepted'],
    transition: 'T18',
  },
  'say-ready': {
    label: 'Say ready',
    from: { visibility: ['private'], embargo: ['active', 'revising'] },
    to: { party: ['ready'] },
    by: ['party', 'together'],
    gates: ['terms_accepted'],
    transition: 'T17',
  },
  'raise-objection': {
    label: 'Object',
    from: { visibility: ['private'], party: ['notified', 'acknowledged', 'ready'] },
    to: { party: ['objected'] },
    by: ['party'],
    gates: ['terms_accepted'],
    transition: 'T18',
  },
  'remove-party': {
    label: 'End a party’s part',
    from: { visibility: ['private'], party: ['notified', 'acknowledged', 'ready', 'objected'] },
    to: { party: ['left'] },
    by: ['notify_parties'],
    gates: [],
    transition: 'T18',
  },
  'record-breach': {
    label: 'Record that a party broke the embargo',
    from: { visibility: ['private'], party: ['notified', 'acknowledged', 'ready', 'objected'] },
    to: { party: ['left'], embargo: ['exited'] },
    by: ['set_embargo', 'notify_parties'],
    gates: [],
    irreversible: true,
    transition: 'T27',
  },
  'record-duty': {
    label: 'Record a task that a party asks of us as done',
    from: { visibility: ['public'] },
    to: {},
    by: ['notify_parties', 'disclose'],
    gates: [],
    transition: 'T20',
  },
} as const satisfies Partial<Record<ActionKind, Row>>;
