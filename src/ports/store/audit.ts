// SPDX-License-Identifier: Apache-2.0
// The audit of reads: who read what of a confidential case. Reads are logged at once and bound into a chain in batches.

import type { CaseId } from '../../core/model/identifiers.ts';
import type { Instant } from '../../core/model/time.ts';

export interface Read {
  readonly at: Instant;
  /** `person:` and the person, `reporter:` and the participant, or `process`. */
  readonly by: string;
  readonly what: string;
}

export interface Audit {
  /** Who has read of this case, newest first; for those who read the whole case. */
  readsOf(id: CaseId, limit: number): Promise<readonly Read[]>;
  /** Binds reads that are not in the chain yet, at most `limit`, and says how many; the process only. Any number of nodes may do it at once. */
  seal(limit: number): Promise<number>;
  /** Checks the chain of the project: number of batches, and the first that does not fit, if any; the process only. */
  verify(): Promise<{ readonly batches: number; readonly brokenAt: number | null; readonly head: string }>;
}
