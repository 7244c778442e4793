// SPDX-License-Identifier: Apache-2.0
// What comes after a case has become public for good: its flaw is disclosed, here or before this program knew of it, or it was no flaw. What is written now is a version of its own.

import type { CaseState } from '../model/case.ts';
import type { Handling } from '../model/regions.ts';
import { isPreparing } from './fold/publication.ts';

const withoutDisclosure: readonly Handling[] = ['public_bug', 'hardening', 'closed', 'imported'];

/** Whether the disclosure lies behind the case: documents go out as versions, and open nothing. */
export function isAftermath({ visibility, marks, handling }: CaseState): boolean {
  return visibility === 'public' && (marks.disclosure !== undefined || withoutDisclosure.includes(handling));
}

/** Whether somebody has said go to what is not out yet: the first publication, or a version after it. */
export function releaseUnderWay(state: CaseState): boolean {
  return isPreparing(state) && state.disclosure.approvedBy.length > 0;
}
