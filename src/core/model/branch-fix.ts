// SPDX-License-Identifier: Apache-2.0
// The fix on one branch, as the fold of its events says.

import type { BackportVote } from './backport.ts';
import type { AttachmentRef } from './content.ts';
import type { ParticipantId, PersonId } from './identifiers.ts';
import type { BranchState } from './regions.ts';
import type { TestRecord } from './test-record.ts';
import type { Instant } from './time.ts';
import type { HeldAs } from './word.ts';

export interface BranchFix {
  readonly component: string | null;
  readonly branch: string;
  readonly group: string;
  readonly required: boolean;
  readonly state: BranchState;
  readonly patches: readonly AttachmentRef[];
  readonly patchedBy: PersonId | ParticipantId | null;
  readonly approvals: readonly PersonId[];
  readonly heldAs?: HeldAs;
  /** What people tried with the newest patch, in private (VMT-25); another patch begins anew. */
  readonly tests: readonly TestRecord[];
  /** Votes on whether the newest patch may go to this branch; another patch begins anew. */
  readonly backport: readonly BackportVote[];
  /** Message-ID of the posting, commit of the merge, tag of the release, as far as they happened. */
  readonly posted: string | null;
  readonly postedAt: Instant | null;
  readonly commit: string | null;
  readonly mergedAt: Instant | null;
  /** Merged on what was approved in private. */
  readonly fastTrack?: true;
  readonly tag: string | null;
  /** Maintained no more: nobody waits for it. */
  readonly retired?: true;
}
