// SPDX-License-Identifier: Apache-2.0
// What happened to the embargo, and to what would be opened at its hard cap.

import type { ContentRef } from './content.ts';
import type { Asked, Voice } from './embargo.ts';
import type { EmbargoExit, FactName } from './regions.ts';
import type { Instant } from './time.ts';
import type { SpokenAs } from './word.ts';

export type EmbargoEvent =
  | ({ readonly kind: 'embargo-proposed' } & Asked)
  | { readonly kind: 'embargo-agreed'; readonly as: Voice }
  | { readonly kind: 'embargo-refused'; readonly as: Voice; readonly reason: ContentRef | null; readonly missing: readonly string[] }
  | { readonly kind: 'embargo-kept'; readonly fact: FactName; readonly reason: ContentRef }
  | { readonly kind: 'embargo-activated'; readonly from: Instant; readonly until: Instant; readonly zone: string }
  | { readonly kind: 'embargo-moved'; readonly until: Instant; readonly zone: string; readonly restarted: boolean }
  /** Somebody wants it to end early; as many others have to say so as beside a publication. */
  | ({ readonly kind: 'embargo-end-proposed'; readonly reason: ContentRef } & SpokenAs)
  | { readonly kind: 'embargo-exited'; readonly exit: EmbargoExit; readonly reason?: ContentRef }
  | ({ readonly kind: 'bundle-proposed'; readonly summary: ContentRef } & SpokenAs)
  | ({ readonly kind: 'bundle-agreed'; readonly complete: boolean } & SpokenAs);
