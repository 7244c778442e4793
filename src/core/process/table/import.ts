// SPDX-License-Identifier: Apache-2.0
// What becomes of an advisory that was published elsewhere before: nothing but that everybody reads it.

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
