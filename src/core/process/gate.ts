// SPDX-License-Identifier: Apache-2.0
// The form of a gate, and what gates of several files ask.

import type { Action } from '../model/action.ts';
import type { Role } from '../model/identifiers.ts';
import type { Review } from '../policy/embargo-rules.ts';
import type { Situation } from './situation.ts';

export interface Gate {
  readonly sentence: string;
  /** Looks at what is typed with the action: it cannot be known before the action is sent. */
  readonly asksInput?: true;
  readonly met: (situation: Situation, action: Action) => boolean;
}

/** Who may approve under this review. */
export function reviewerRoles(review: Review | null): readonly Role[] {
  if (review === null) return [];
  return review.kind === 'approvals' ? review.by : review.eachOf;
}
