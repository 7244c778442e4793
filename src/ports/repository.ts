// SPDX-License-Identifier: Apache-2.0
// The port to a project's own repository: whether a patch applies to one of its branches. Nothing is ever written to it.

import type { ProjectId } from '../core/model/identifiers.ts';
import type { Applies } from '../core/model/patches.ts';

export interface Repository {
  /** Tries `patch`, a series as git format-patch writes it or a diff, on `branch`; null: the default branch. Bounded in time; it never throws. */
  applies(project: ProjectId, branch: string | null, patch: Uint8Array): Promise<Applies>;
}
