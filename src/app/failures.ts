// SPDX-License-Identifier: Apache-2.0
// Failures as a door tells them: whether the same request may succeed later.

import { OutsideFailure } from '../ports/failure.ts';

export function maySucceedLater(error: unknown): boolean {
  return error instanceof OutsideFailure && error.lasting === 'temporary';
}
