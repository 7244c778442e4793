// SPDX-License-Identifier: Apache-2.0
// Advisories from an archive: each opens a case of its own that is private, and all of them become readable at once, at the end (L-38).

import type { Decider } from '../situation.ts';

export const completeImport: Decider<'complete-import'> = () => [{ kind: 'import-completed' }];
