// SPDX-License-Identifier: Apache-2.0
// A case that fewer people read than its policy lets.

import type { PersonId } from './identifiers.ts';
import type { Instant } from './time.ts';

/** What was narrowed by one is widened by two. */
export interface Narrowed {
  readonly people: readonly PersonId[];
  readonly by: PersonId;
  readonly at: Instant;
  /** Who asks that it be widened again; another person's word does it. */
  readonly wideningBy: PersonId | null;
  /** Who is to be let in once another person says so as well. */
  readonly naming?: Naming;
}

/** Somebody proposed as one more of the few, and by whom. */
export interface Naming {
  readonly person: PersonId;
  readonly by: PersonId;
  readonly at: Instant;
}
