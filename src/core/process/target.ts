// SPDX-License-Identifier: Apache-2.0
// The policy that a case may move to.

import type { Policy } from '../policy/policy.ts';

export interface Target {
  readonly policy: Policy;
  /** SHA-256 of its text, hexadecimal. */
  readonly sha256: string;
  /** Keys in which it acts differently from the case's own, as a file spells them. */
  readonly changed: readonly string[];
}
