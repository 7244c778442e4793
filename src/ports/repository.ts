// SPDX-License-Identifier: Apache-2.0
// The port to a project's own repository: whether a patch applies to one of its branches, and which of them hold a commit. Nothing is ever written to it.

import type { AskedCommits, History } from '../core/advisory/affected.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
import type { Applies } from '../core/model/patches.ts';

export interface Repository {
  /** Tries `patch`, a series as git format-patch writes it or a diff, on `branch`; null: the default branch. Bounded in time; it never throws. */
  applies(project: ProjectId, branch: string | null, patch: Uint8Array): Promise<Applies>;
  /** The branches that hold the flaw or its fix, or a copy of either, with their tags. Bounded in time; it never throws. */
  history(project: ProjectId, asked: AskedCommits): Promise<History>;
}
