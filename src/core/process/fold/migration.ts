// SPDX-License-Identifier: Apache-2.0
// The policy of a case, folded: from this event on another version governs it, and its branches count as that version says.

import type { Folds } from './fold.ts';

export const migrationFolds = {
  'policy-migrated': (state, event) => ({
    policy: event.policy,
    // Its rules of sending may read otherwise.
    rulesRead: [],
    // The clock looks at the dates of the new version next.
    branches: state.branches.map(({ retired: _, ...fix }) => ({
      ...fix,
      required: event.required.some((one) => one.branch === fix.branch && one.component === fix.component),
    })),
  }),
} as const satisfies Folds;
