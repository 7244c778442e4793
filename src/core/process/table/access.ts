// SPDX-License-Identifier: Apache-2.0
// T3: who reads this case beside the roles of its policy, and who alone does.

import type { ActionKind } from '../../model/action.ts';
import { alive } from './places.ts';
import type { Row } from './row.ts';

export const accessRows = {
  'add-person': {
    label: 'Give a person access',
    from: { handling: alive },
    to: {},
    by: ['add_people', 'process'],
    gates: ['not_narrowed'],
    stepUp: true,
    transition: 'T3',
  },
  'decide-agents': {
    label: 'Say whether AI agents may work on this case',
    from: { handling: alive, visibility: ['private'] },
    to: {},
    by: ['handle', 'set_embargo'],
    gates: ['agents_admitted'],
    stepUp: true,
    transition: 'T3',
  },
  'remove-person': { label: 'Take back a person’s access', from: {}, to: {}, by: ['add_people', 'process'], gates: [], transition: 'T3' },
  'narrow-access': {
    label: 'Narrow to a few people',
    from: { handling: alive, visibility: ['private'] },
    to: {},
    by: ['add_people'],
    gates: [],
    transition: 'T3',
  },
  'name-reader': {
    label: 'Let somebody into the narrowed case',
    from: { visibility: ['private'] },
    to: {},
    by: ['add_people', 'handle', 'process'],
    gates: ['is_narrowed', 'naming_second_person'],
    stepUp: true,
    seconds: true,
    transition: 'T3',
  },
  'propose-widening': {
    label: 'Ask to widen the access again',
    from: { visibility: ['private'] },
    to: {},
    by: ['add_people', 'handle'],
    gates: ['is_narrowed'],
    transition: 'T3',
  },
  'widen-access': {
    label: 'Widen the access again',
    from: { visibility: ['private'] },
    to: {},
    by: ['add_people', 'handle'],
    gates: ['widening_second_person'],
    stepUp: true,
    seconds: true,
    transition: 'T3',
  },
} as const satisfies Partial<Record<ActionKind, Row>>;
