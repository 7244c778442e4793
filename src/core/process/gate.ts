// SPDX-License-Identifier: Apache-2.0
// The form of a gate.

import type { Action } from '../model/action.ts';
import type { Situation } from './situation.ts';

export interface Gate {
  readonly sentence: string;
  /** Looks at what is typed with the action: it cannot be known before the action is sent. */
  readonly asksInput?: true;
  /** What it says where the case itself tells more than the sentence; undefined: the sentence. */
  readonly says?: (situation: Situation, action: Action) => string | undefined;
  readonly met: (situation: Situation, action: Action) => boolean;
}
