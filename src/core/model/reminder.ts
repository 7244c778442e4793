// SPDX-License-Identifier: Apache-2.0
// A clock that has called.

import type { Instant } from './time.ts';

export interface Reminder {
  readonly at: Instant;
  readonly count: number;
  /** The event that recorded it: nothing has happened since while it is the last. */
  readonly seq: number;
}
