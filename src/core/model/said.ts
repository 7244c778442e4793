// SPDX-License-Identifier: Apache-2.0
// What the team has said to reporters, once a message was taken back.

import type { Instant } from './time.ts';

/** `answered`: the first message to any reporter that still stands; `told`: the last to the one from whom a message was taken back. Null: none. */
export interface StillSaid {
  readonly answered: Instant | null;
  readonly told: Instant | null;
}
