// SPDX-License-Identifier: Apache-2.0
// Actions on what belongs together: duplicates, parts, flaws and components.

import type { ContentRef } from './content.ts';
import type { CaseId, FlawId, PersonId, PieceId } from './identifiers.ts';

/** Texts and files of one case that may tell of any flaw that was reported in it. */
export interface Stood {
  readonly case: CaseId;
  readonly pieces: readonly PieceId[];
}

/** One part of a case that is split; its id and codename are drawn by the door. */
export interface SplitPart {
  readonly case: CaseId;
  readonly codename: string;
  readonly title: ContentRef;
}

export interface NamedBranch {
  readonly group: string;
  readonly branch: string;
}

export type RelationAction =
  | {
      readonly kind: 'mark-duplicate';
      /** The case that the report belongs to. */
      readonly of: CaseId;
      /** Somebody else found it by themselves: it counts as found again. */
      readonly independent: boolean;
      /** Said where the other case is public: this report becomes public with it. */
      readonly opens: boolean;
      readonly reason: ContentRef | null;
      /** Goes to the other case, as evidence that the flaw was found again. */
      readonly evidence: ContentRef;
    }
  | { readonly kind: 'undo-duplicate'; readonly reason: ContentRef }
  /** What the cases that belong together have to know of each other; only the process says it. */
  | { readonly kind: 'update-relations' }
  | { readonly kind: 'answer-rediscovery'; readonly publish: boolean; readonly reason: ContentRef }
  /** This case keeps the first flaw; each part becomes a case of its own. */
  | {
      readonly kind: 'split-case';
      readonly parts: readonly SplitPart[];
      /** A title for what stays here: the one that stands is shared with the parts. */
      readonly title: ContentRef | null;
      readonly reason: ContentRef;
      /** All that stands in this case and its duplicates; the application looks it up while they are locked. */
      readonly stood: readonly Stood[];
    }
  | { readonly kind: 'add-flaw'; readonly flaw: FlawId; readonly title: ContentRef | null }
  | { readonly kind: 'drop-flaw'; readonly flaw: FlawId; readonly reason: ContentRef }
  | {
      readonly kind: 'add-component';
      readonly component: string;
      readonly person: PersonId | null;
      readonly branches: readonly NamedBranch[];
    }
  | { readonly kind: 'assign-component'; readonly component: string; readonly person: PersonId }
  | { readonly kind: 'finish-component'; readonly component: string }
  | { readonly kind: 'drop-component'; readonly component: string; readonly reason: ContentRef };
