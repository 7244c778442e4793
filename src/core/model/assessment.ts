// SPDX-License-Identifier: Apache-2.0
// Judgements on a report: whether it is eligible, whether there is a flaw, and how severe it is; each by somebody, at an instant.

import type { ScopeProposal } from '../policy/scope.ts';
import type { ContentRef } from './content.ts';
import type { PersonId } from './identifiers.ts';
import type { Instant } from './time.ts';

export interface Assessment {
  readonly at: Instant;
  readonly by: PersonId;
  readonly verdict: 'in' | 'out' | 'elsewhere' | 'exploitable' | 'not_exploitable';
  /** Scope rule that was cited, when one was. */
  readonly rule: string | null;
  readonly reason: ContentRef;
  /** Of an eligibility: what the scope table proposed then, and the policy version that was read. */
  readonly proposed?: ScopeProposal | null;
  readonly policyVersion?: number;
}

export interface Severity {
  readonly level: string;
  readonly vector: string | null;
  readonly by: PersonId;
  readonly at: Instant;
}

/**
 * How the owner came to the case: `claimed` it, was `given` it by a colleague, or was chosen by the process: `routed` to as the one who looks after
 * the component, by the `rota`, as the policy's `fallback`, a step up the ladder (`escalated`, `last_resort`), or as `successor` of one who left.
 */
export type OwnerHow = 'claimed' | 'given' | 'routed' | 'rota' | 'fallback' | 'escalated' | 'last_resort' | 'successor';

/** The owner's history, as far as clocks count from it. */
export interface Ownership {
  readonly how: OwnerHow | null;
  /** Since when the present owner has the case, and since when it has any. */
  readonly since: Instant | null;
  readonly first: Instant | null;
  /** Steps of the escalation ladder that were taken since a person last took the case or gave it. */
  readonly rungs: number;
}
