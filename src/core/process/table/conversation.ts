// SPDX-License-Identifier: Apache-2.0
// T3: what is said to the reporter, by the reporter, and among the team.

import type { ActionKind } from '../../model/action.ts';
import { talking } from './places.ts';
import type { Row } from './row.ts';

export const conversationRows = {
  'send-message': { label: 'Send to the reporters', from: { handling: talking }, to: {}, by: ['handle'], gates: [], transition: 'T3' },
  'withdraw-message': { label: 'Take the message back', from: {}, to: {}, by: ['handle'], gates: [], transition: 'T3' },
  'answer-team': { label: 'Send to the team', from: { handling: talking }, to: {}, by: ['reporter'], gates: [], transition: 'T3' },
  'add-note': {
    label: 'Keep as an internal note',
    from: {},
    to: {},
    by: ['moderate', 'handle', 'fix', 'review'],
    gates: [],
    transition: 'T3',
  },
} as const satisfies Partial<Record<ActionKind, Row>>;
