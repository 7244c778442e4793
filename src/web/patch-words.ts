// SPDX-License-Identifier: Apache-2.0
// What was found of a patch, in words: the same to its sender and to the team.

import type { PatchCheck } from '../core/model/patches.ts';
import { isSignedOff } from '../core/model/patches.ts';

/** `applies to master` */
export function appliesWords({ applies, branch }: PatchCheck): string {
  const on = branch ?? 'the default branch';
  switch (applies) {
    case 'yes':
      return `applies to ${on}`;
    case 'no':
      return `does not apply to ${on}`;
    case 'not_checked':
      return `not tried on ${on}, of which there is no copy here`;
  }
}

export function signedWords(check: PatchCheck): string {
  if (check.commits.length === 0) return 'no commit message, so no sign-off';
  return isSignedOff(check) ? 'signed off' : 'Signed-off-by is missing';
}
