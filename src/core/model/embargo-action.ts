// SPDX-License-Identifier: Apache-2.0
// Actions on the embargo, and on what would be opened at its hard cap.

import type { ContentRef } from './content.ts';
import type { Purpose, RestartReason } from './embargo.ts';
import type { EmbargoExit, FactName } from './regions.ts';
import type { Instant } from './time.ts';

export type EmbargoAction =
  | {
      readonly kind: 'propose-embargo';
      readonly until: Instant;
      readonly zone: string;
      readonly reason: ContentRef | null;
      /** Begins the count again, for this reason. */
      readonly restart: RestartReason | null;
      readonly circumstances: ContentRef | null;
      readonly evidence: ContentRef | null;
      readonly purposes: readonly Purpose[];
    }
  | { readonly kind: 'agree-embargo' }
  /** Without a reason the policy's own text says what the request lacks. */
  | { readonly kind: 'refuse-embargo'; readonly reason: ContentRef | null }
  | { readonly kind: 'keep-embargo'; readonly fact: FactName; readonly reason: ContentRef }
  | {
      readonly kind: 'end-embargo';
      readonly exit: Extract<EmbargoExit, 'early_agreed' | 'leak' | 'exploited'>;
      readonly reason: ContentRef;
      /** What shows that it leaked, or is exploited, where that is not on record yet: it is recorded with the end. */
      readonly evidence?: ContentRef;
      /** Since when; without it, now. */
      readonly since?: Instant;
    }
  | { readonly kind: 'propose-bundle'; readonly summary: ContentRef }
  | { readonly kind: 'agree-bundle' };
