// SPDX-License-Identifier: Apache-2.0
// How a report was judged: whether it is the project’s, whether it is a flaw, and how bad it is.

import type { ScopeProposal } from '../policy/scope.ts';
import type { ContentRef } from './content.ts';
import type { FlawId, ParticipantId } from './identifiers.ts';
import type { FactName, Handling } from './regions.ts';
import type { Judgement } from './severity.ts';
import type { Instant } from './time.ts';

export type TriageEvent =
  | {
      readonly kind: 'eligibility-decided';
      readonly verdict: 'in' | 'out' | 'elsewhere';
      readonly rule: string | null;
      readonly reason: ContentRef;
      readonly target?: ContentRef;
      /** What the scope table proposed then, and the version of the policy that both were made under. */
      readonly proposed?: ScopeProposal | null;
      readonly policyVersion?: number;
    }
  | { readonly kind: 'eligibility-proposed'; readonly proposal: ScopeProposal | null; readonly policyVersion: number }
  | { readonly kind: 'answers-corrected'; readonly answers: readonly ContentRef[] }
  | { readonly kind: 'flaw-confirmed'; readonly flaws: readonly FlawId[]; readonly reason: ContentRef; readonly class: string | null }
  | {
      readonly kind: 'flaw-dismissed';
      readonly to: Extract<Handling, 'public_bug' | 'hardening' | 'closed'>;
      readonly reason: ContentRef;
      readonly class?: string;
    }
  | ({ readonly kind: 'severity-assessed'; readonly level: string; readonly vector: string | null } & Judgement)
  | { readonly kind: 'class-set'; readonly class: string; readonly requires: readonly string[] }
  | {
      readonly kind: 'fact-recorded';
      readonly fact: FactName;
      readonly since: Instant;
      readonly evidence: ContentRef;
      /** Whose report says so, where one was attached. */
      readonly participant?: ParticipantId;
    };
