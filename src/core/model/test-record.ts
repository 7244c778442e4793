// SPDX-License-Identifier: Apache-2.0
// What somebody tried with a patch in private, and what came of it (VMT-25).

import type { ContentRef } from './content.ts';
import type { PersonId } from './identifiers.ts';
import type { Instant } from './time.ts';

/** A statement that somebody tried the patch, and what came of it. */
export interface TestRecord {
  readonly by: PersonId;
  readonly at: Instant;
  readonly passed: boolean;
  /** Whether the reporter’s own reproducer was run against the patch (P14). */
  readonly reproducer: boolean;
  readonly statement: ContentRef;
}
