// SPDX-License-Identifier: Apache-2.0
// Who owns a case, and how they came to it.

import type { Instant } from './time.ts';

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
