// SPDX-License-Identifier: Apache-2.0
// Reports that a manufacturer owes an authority once a flaw is known to be exploited (Regulation (EU) 2024/2847, Article 14): people file them, the case keeps when.

import type { ContentRef } from './content.ts';
import type { Instant } from './time.ts';

/** In the order in which they are owed. */
export const authorityReports = ['early_warning', 'notification', 'final_report'] as const;
export type AuthorityReport = (typeof authorityReports)[number];

export interface Filed {
  readonly report: AuthorityReport;
  readonly at: Instant;
  /** Receipt of the platform, or where the report can be found. */
  readonly evidence: ContentRef;
}
