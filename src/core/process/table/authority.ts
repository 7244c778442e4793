// SPDX-License-Identifier: Apache-2.0
// F14: what is filed with an authority about an exploited flaw; it moves no region.

import type { ActionKind } from '../../model/action.ts';
import type { Row } from './row.ts';

export const authorityRows = {
  'record-filing': {
    label: 'Record a report to the authority',
    from: {},
    to: {},
    by: ['handle', 'disclose'],
    gates: ['filing_owed'],
    transition: 'F14',
  },
} as const satisfies Partial<Record<ActionKind, Row>>;
