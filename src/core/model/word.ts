// SPDX-License-Identifier: Apache-2.0
// For whom people spoke in a review that asks several roles for one word each.

import type { PersonId, Role } from './identifiers.ts';

/**
 * The asked roles that each person held when they spoke. Nobody stands here whose word was given where the policy asked for people and not for
 * roles, or is told by a log that names none; words that were taken back may stay.
 */
export type HeldAs = Readonly<Record<PersonId, readonly Role[]>>;

/** As an event tells it: the asked roles that its author held; absent where the policy asks for people. */
export interface SpokenAs {
  readonly as?: readonly Role[];
}
