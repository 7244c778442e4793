// SPDX-License-Identifier: Apache-2.0
// Documents: rendered once, signed, kept. The bytes that were signed are the bytes that go out.

import type { CaseId } from '../../core/model/identifiers.ts';
import type { Instant } from '../../core/model/time.ts';

export interface KeptDocument {
  readonly case: CaseId;
  /** Number of the advisory, which names its folder on the site. */
  readonly number: string;
  readonly version: number;
  readonly format: string;
  /** File name on the site: `LSN-2026-0003.txt`. */
  readonly file: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** Detached signature, armoured; null for a clear-signed document. */
  readonly signature: string | null;
  readonly title: string;
  readonly preparedAt: Instant;
}

export interface Documents {
  /**
   * Keeps the documents of one version of one case, in place of those prepared before and not published; the process only.
   * @throws Error when that version is published: what is published does not change.
   */
  keep(documents: readonly KeptDocument[]): Promise<void>;
  of(id: CaseId): Promise<readonly KeptDocument[]>;
  /**
   * Documents of public cases, of the versions that are published, in order of number: all that the site shows.
   * A signed-out visitor sees these and no others.
   */
  published(): Promise<readonly KeptDocument[]>;
  /** The advisories of public cases, in order of their numbers. */
  publishedNumbers(): Promise<readonly { readonly number: string; readonly case: CaseId }[]>;
  /** The documents of these alone, as `published` gives all. */
  publishedOf(numbers: readonly string[]): Promise<readonly KeptDocument[]>;
  publishedFile(number: string, file: string): Promise<KeptDocument | undefined>;
}
