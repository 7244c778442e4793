// SPDX-License-Identifier: Apache-2.0
// An advisory from an archive, folded: private until the archive is whole, then public with the version that the archive has.

import type { Folds } from './fold.ts';

export const importFolds = {
  'advisory-imported': () => ({}),
  'import-completed': ({ advisory, imported, publicSince }, { at }) => ({
    visibility: 'public',
    publicSince: publicSince ?? at,
    advisory: { ...advisory, published: imported?.version ?? 1 },
  }),
} as const satisfies Folds;
