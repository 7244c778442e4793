// SPDX-License-Identifier: Apache-2.0
// What a check of the linter is.

import type { Policy } from '../../core/policy/policy.ts';
import type { Finding } from '../issues.ts';
import type { ProblemKind } from '../problem.ts';

export interface Check {
  /** What it finds, in a few words. */
  readonly about: string;
  readonly kind: ProblemKind;
  /** `inFile` says whether the file itself has a key; a default never stands there. */
  readonly find: (policy: Policy, inFile: (key: string) => boolean) => readonly Finding[];
}

/** One finding when `is`, none otherwise. */
export function when(is: boolean, key: string, message: string): readonly Finding[] {
  return is ? [{ key, message }] : [];
}
