// SPDX-License-Identifier: Apache-2.0
// The hash chain of a case: each envelope is bound to all before it, so that nothing can be changed, left out or put in later (I13).

import { createHash } from 'node:crypto';
import type { CaseId, ProjectId } from '../../core/model/identifiers.ts';

/** What the first event of a case follows. */
export function chainStart(project: ProjectId, id: CaseId): Uint8Array {
  return createHash('sha256').update(`${project}/${id}`).digest();
}

/** SHA-256 over the hash before and the canonical JSON of the envelope. */
export function chained(before: Uint8Array, envelope: string): Uint8Array {
  return createHash('sha256').update(before).update(envelope).digest();
}
