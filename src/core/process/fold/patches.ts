// SPDX-License-Identifier: Apache-2.0
// What was found of a patch, folded: one finding for each file, the latest.

import type { Folds } from './fold.ts';

export const patchFolds = {
  'patch-checked': ({ patchChecks }, { check }) => ({
    patchChecks: [...patchChecks.filter(({ patch }) => patch !== check.patch), check],
  }),
} as const satisfies Folds;
