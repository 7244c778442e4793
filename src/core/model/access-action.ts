// SPDX-License-Identifier: Apache-2.0
// Actions on who reads one case.

import type { ContentRef } from './content.ts';
import type { PersonId } from './identifiers.ts';
import type { Instant } from './time.ts';

export type AccessAction =
  /** `until`: access ends by itself then; null or absent is with no end. */
  | {
      readonly kind: 'add-person';
      readonly person: PersonId;
      readonly until?: Instant | null;
      /** Why somebody who runs the system opened the case in an emergency; the process adds them then, and nobody else does. */
      readonly emergency?: ContentRef;
    }
  /** From now on only these people read the private case, whatever roles read others (narrowing never widens). */
  | { readonly kind: 'narrow-access'; readonly people: readonly PersonId[]; readonly reason: ContentRef }
  | { readonly kind: 'propose-widening'; readonly reason: ContentRef }
  /** Back to what the policy says, by a second person. */
  | { readonly kind: 'widen-access' }
  /**
   * Into a narrowed case, which lets nobody in by one word: another person's word for the same one does it. `voice`: the administrator for whom the
   * process says it, where too few are left who read the case.
   */
  | { readonly kind: 'name-reader'; readonly person: PersonId; readonly reason: ContentRef; readonly voice?: PersonId }
  | { readonly kind: 'remove-person'; readonly person: PersonId };
