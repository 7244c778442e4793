// SPDX-License-Identifier: Apache-2.0
// Actions on one branch: the fix from the first patch to the release.

import type { BackportVerdict } from './backport.ts';
import type { AttachmentRef, ContentRef } from './content.ts';
import type { PatchCheck } from './patches.ts';
import type { BranchEnd } from './regions.ts';

export interface OnBranch {
  readonly branch: string;
  readonly component: string | null;
}

export type BranchAction =
  | { readonly kind: 'start-fixing' }
  | ({ readonly kind: 'judge-branch'; readonly group: string; readonly affected: boolean } & OnBranch)
  | ({ readonly kind: 'add-patch'; readonly patch: AttachmentRef; readonly signedOff: boolean } & OnBranch)
  | ({ readonly kind: 'approve-patch' } & OnBranch)
  | ({ readonly kind: 'judge-backport'; readonly verdict: BackportVerdict; readonly reason: ContentRef | null } & OnBranch)
  | ({ readonly kind: 'record-test'; readonly passed: boolean; readonly reproducer: boolean; readonly statement: ContentRef } & OnBranch)
  | ({ readonly kind: 'record-posting'; readonly messageId: string } & OnBranch)
  /** `fastTrack`: merged on what was approved in private, without another round in public. */
  | ({ readonly kind: 'record-merge'; readonly commit: string; readonly fastTrack?: true } & OnBranch)
  | ({ readonly kind: 'record-release'; readonly tag: string } & OnBranch)
  | ({ readonly kind: 'end-branch'; readonly end: BranchEnd; readonly reason: ContentRef } & OnBranch)
  /** What the process found when it read a patch and tried it (QEMU-26). */
  | { readonly kind: 'record-patch-check'; readonly check: PatchCheck }
  /** Branches whose maintenance has ended are let go. */
  | { readonly kind: 'retire-branches' };
