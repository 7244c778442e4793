// SPDX-License-Identifier: Apache-2.0
// The audit: who read what of a confidential case, and the chains. Reads and sign-ins are logged at once and bound into their chains in batches.

import type { CaseId } from '../../core/model/identifiers.ts';
import type { Instant } from '../../core/model/time.ts';

export interface Read {
  readonly at: Instant;
  /** `person:` and the person, `reporter:` and the participant, or `process`. */
  readonly by: string;
  readonly what: string;
}

/** What one principal has read of a case, added up. */
export interface ReaderSum {
  /** As in `Read`. */
  readonly by: string;
  readonly first: Instant;
  readonly last: Instant;
  /** Files included. */
  readonly reads: number;
  /** Different files that were taken. */
  readonly files: number;
}

/** How often the title stood on a page that was of something else: a list, or a case that belongs to it. */
export interface Listed {
  readonly by: string;
  readonly last: Instant;
  readonly times: number;
}

export const chainNames = ['reads', 'sign-ins', 'people', 'policy', 'cases'] as const;
export type ChainName = (typeof chainNames)[number];

/** The hash of a chain at one place of it. */
export interface Head {
  readonly chain: ChainName;
  /** A number counted from 1; of `cases` the instant up to which the last event of each case is meant. */
  readonly place: string;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
}

/** What a check found: length of the chain, the first place that does not fit, if any, and the hash at its end. */
export interface Verdict {
  readonly length: number;
  readonly brokenAt: number | null;
  readonly head: string;
}

/** All but the first two are the process's alone. */
export interface Audit {
  /** Who has read of this case, newest first; for those who read the whole case. */
  readsOf(id: CaseId, limit: number): Promise<readonly Read[]>;
  /** The same added up for each reader, the latest first. */
  readersOf(id: CaseId): Promise<readonly ReaderSum[]>;
  /** Who has seen the title of this case on pages of something else. */
  listedTo(id: CaseId): Promise<readonly Listed[]>;
  /** Binds reads that are not in the chain yet, at most `limit`, and says how many. Any number of nodes may do it at once. */
  seal(limit: number): Promise<number>;
  sealSignIns(limit: number): Promise<number>;
  /** Checks the chain of reads: number of batches, and the first that does not fit, if any. */
  verify(): Promise<{ readonly batches: number; readonly brokenAt: number | null; readonly head: string }>;
  verifySignIns(): Promise<Verdict>;
  /** Where every chain ends; of the cases, the events up to `until`. A chain without an entry has no end. */
  heads(until: Instant): Promise<readonly Head[]>;
  /** The hash at a place of a chain; null where it does not reach so far. */
  hashAt(chain: ChainName, place: string): Promise<string | null>;
  /** Ids of all cases in their order, behind this one. */
  cases(after: CaseId | '', limit: number): Promise<readonly CaseId[]>;
}
