// SPDX-License-Identifier: Apache-2.0
// Time as an argument: nothing below a door reads the machine's clock.

import type { Instant } from '../core/model/time.ts';

export interface Clock {
  now(): Instant;
}
