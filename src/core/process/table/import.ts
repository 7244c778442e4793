// SPDX-License-Identifier: Apache-2.0
// An advisory that was published elsewhere before becomes readable for everybody. What follows is a correction, like that of any other (T24).

import type { ActionKind } from '../../model/action.ts';
import type { Row } from './row.ts';

export const importRows = {
  'complete-import': {
    label: 'Open what was imported',
    from: { handling: ['imported'], visibility: ['private'] },
    to: { visibility: ['public'] },
    by: ['process'],
    gates: [],
    irreversible: true,
    transition: 'T1',
  },
} as const satisfies Partial<Record<ActionKind, Row>>;
