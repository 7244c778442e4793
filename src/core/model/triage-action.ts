// SPDX-License-Identifier: Apache-2.0
// Actions that judge a report: whether it is the project’s, whether it is a flaw, and how bad it is.

import type { ScopeProposal } from '../policy/scope.ts';
import type { OnBranch } from './branch-action.ts';
import type { ContentRef } from './content.ts';
import type { FlawId } from './identifiers.ts';
import type { FactName } from './regions.ts';
import type { Judgement } from './severity.ts';
import type { Instant } from './time.ts';

export type TriageAction =
  | {
      readonly kind: 'decide-eligibility';
      readonly verdict: 'in' | 'out' | 'elsewhere';
      readonly rule: string | null;
      readonly reason: ContentRef;
      /** Name of the project that it belongs to, for `elsewhere`. */
      readonly target?: ContentRef;
    }
  | {
      readonly kind: 'correct-answers';
      /** The answers that change, each a field of the form. */
      readonly answers: readonly ContentRef[];
      /** What the scope table says once they have changed. */
      readonly proposal: ScopeProposal | null;
    }
  | {
      readonly kind: 'confirm-flaw';
      readonly flaws: readonly FlawId[];
      readonly class: string | null;
      readonly severity: ({ readonly level: string; readonly vector: string | null } & Judgement) | null;
      readonly reason: ContentRef;
      /** What would be opened at the hard cap: proposed with the confirmation, agreed to by others. */
      readonly summary: ContentRef | null;
      readonly branches: readonly (OnBranch & { readonly group: string })[];
    }
  | { readonly kind: 'dismiss-flaw'; readonly reason: ContentRef; readonly class?: string }
  | { readonly kind: 'set-class'; readonly class: string }
  | ({ readonly kind: 'assess-severity'; readonly level: string; readonly vector: string | null } & Judgement)
  | { readonly kind: 'record-fact'; readonly fact: FactName; readonly since: Instant; readonly evidence: ContentRef };
