// SPDX-License-Identifier: Apache-2.0
// What happened to the fix, on one branch or on all that need it.

import type { BackportVote } from './backport.ts';
import type { AttachmentRef, ContentRef } from './content.ts';
import type { PatchCheck } from './patches.ts';
import type { BranchEnd } from './regions.ts';
import type { SpokenAs } from './word.ts';

export interface BranchName {
  readonly branch: string;
  readonly component: string | null;
}

export type BranchEvent =
  | { readonly kind: 'fixing-started' }
  | { readonly kind: 'fix-completed' }
  /** A branch that has no fix must have one by now. */
  | { readonly kind: 'fix-reopened' }
  /** `anew`: it stood on record as one that need not be fixed, and must be from now on, as one of this group. Without it, of a log before it was asked, it stays what it was. */
  | ({
      readonly kind: 'branch-judged';
      readonly group: string;
      readonly required: boolean;
      readonly affected: boolean;
      readonly anew?: true;
    } & BranchName)
  | ({ readonly kind: 'patch-added'; readonly patch: AttachmentRef } & BranchName)
  | { readonly kind: 'patch-checked'; readonly check: PatchCheck }
  | ({ readonly kind: 'patch-approved'; readonly complete: boolean } & SpokenAs & BranchName)
  | ({ readonly kind: 'backport-judged' } & Pick<BackportVote, 'as' | 'held' | 'verdict' | 'reason'> & BranchName)
  | ({
      readonly kind: 'test-recorded';
      readonly passed: boolean;
      readonly reproducer: boolean;
      readonly statement: ContentRef;
    } & BranchName)
  | ({ readonly kind: 'patch-posted'; readonly messageId: string } & BranchName)
  | ({ readonly kind: 'fix-merged'; readonly commit: string; readonly fastTrack?: true } & BranchName)
  | ({ readonly kind: 'fix-released'; readonly tag: string } & BranchName)
  /** A branch that nobody has judged yet, which the policy would like to see fixed. */
  | ({ readonly kind: 'branch-retired' } & BranchName)
  | ({ readonly kind: 'branch-listed'; readonly group: string } & BranchName)
  | ({ readonly kind: 'branch-ended'; readonly end: BranchEnd; readonly reason: ContentRef | null } & BranchName);
