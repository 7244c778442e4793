// SPDX-License-Identifier: Apache-2.0
// T1 to T3: a report comes in, is moderated, and gets its people.

import type { ActionKind } from '../../model/action.ts';
import { openHandling } from '../../model/regions.ts';
import { alive } from './places.ts';
import type { Row } from './row.ts';

export const intakeRows = {
  'submit-report': {
    label: 'Send the report',
    from: {},
    to: { handling: ['held', 'received'] },
    by: ['anyone'],
    gates: [],
    transition: 'T1',
  },
  'release-report': {
    label: 'Let the report through',
    from: { handling: ['held'] },
    to: { handling: ['received'], visibility: ['public'] },
    by: ['moderate'],
    gates: ['findings_decided'],
    transition: 'T2',
  },
  'discard-report': {
    label: 'Discard as spam',
    from: { handling: ['held', 'received'] },
    to: { handling: ['spam'] },
    by: ['moderate'],
    gates: [],
    irreversible: true,
    transition: 'T2',
  },
  'take-up-case': {
    label: 'Take up the case as its owner',
    from: { handling: ['received'] },
    to: { handling: ['eligibility'] },
    by: ['handle'],
    gates: [],
    transition: 'T3',
  },
  'assign-owner': { label: 'Change the owner', from: { handling: alive }, to: {}, by: ['handle', 'process'], gates: [], transition: 'T3' },
  'pass-on-case': { label: 'Pass the case on', from: { handling: openHandling }, to: {}, by: ['process'], gates: [], transition: 'T3' },
} as const satisfies Partial<Record<ActionKind, Row>>;
