// SPDX-License-Identifier: Apache-2.0
// What binds cases and teams together: the target of a duplicate with what is told of it, and components with owners of their own.

import type { CaseId, CveId, PersonId } from './identifiers.ts';
import type { Handling, Opening } from './regions.ts';
import type { Instant } from './time.ts';

/** What the reporter of a duplicate is told of the other case, as far as the policy shares it. */
export interface Told {
  readonly verdict: 'in' | 'out' | 'elsewhere' | 'exploitable' | 'not_exploitable' | null;
  readonly numbers: readonly CveId[];
  /** Null where the policy shares the outcome only. */
  readonly handling: Handling | null;
  readonly until: Instant | null;
}

/** The case that a duplicate belongs to, and what it has from there. */
export interface DuplicateOf {
  readonly case: CaseId;
  readonly since: Instant;
  /** Where this case stood, and goes back to when the link is undone. */
  readonly was: Handling;
  readonly owner: PersonId | null;
  readonly people: readonly PersonId[];
  readonly opening: Opening | null;
  readonly told: Told | null;
}

/** A part of the software that a team of its own fixes (VMT-23). */
export interface Component {
  readonly component: string;
  readonly owner: PersonId | null;
  /** Its owner, or somebody for them, has said that it is done. */
  readonly finished: boolean;
}
