// SPDX-License-Identifier: Apache-2.0
// The clock of cases that belong together: what happened in one is told to the others at once, or when a program that was down comes up.

import type { CaseState } from '../../model/case.ts';
import type { Deadline } from './clock.ts';

export function relationClocks({ untoldSince }: CaseState): readonly Deadline[] {
  return untoldSince === null ? [] : [{ clock: 'relations', at: untoldSince, action: { kind: 'update-relations' } }];
}
