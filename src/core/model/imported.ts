// SPDX-License-Identifier: Apache-2.0
// Where a case comes from that was published before this program knew of it.

import type { When } from './day.ts';

/** Formats in which an archive can be taken over. */
export const archiveFormats = ['lsn', 'ossa', 'csaf', 'osv', 'cve', 'advisory'] as const;
export type ArchiveFormat = (typeof archiveFormats)[number];

/** Where a case came from that had no process here. */
export interface Imported {
  readonly from: ArchiveFormat;
  readonly sha256: string;
  readonly version: number;
  readonly published: When;
  /** What was odd about the file, by the names that the import gives it: `published-before-reported`. */
  readonly anomalies?: readonly string[];
}
