// SPDX-License-Identifier: Apache-2.0
// What somebody says of a patch for a branch that is maintained: whether it may go there (VMT-10, VMT-16).

import type { ContentRef } from './content.ts';
import type { PersonId, Role } from './identifiers.ts';
import type { Instant } from './time.ts';

export const backportVerdicts = ['acceptable', 'needs_change', 'not_acceptable'] as const;
export type BackportVerdict = (typeof backportVerdicts)[number];

/** One vote on the newest patch of a branch. */
export interface BackportVote {
  readonly by: PersonId;
  /** For which role of the review. */
  readonly as: Role;
  /** Every asked role that they held, where there were several. */
  readonly held?: readonly Role[];
  readonly at: Instant;
  readonly verdict: BackportVerdict;
  readonly reason: ContentRef | null;
}
