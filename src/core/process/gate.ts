// SPDX-License-Identifier: Apache-2.0
// The form of a gate: what must hold before an action, with the sentence that a person reads when it does not.

import type { Action } from '../model/action.ts';
import type { Situation } from './situation.ts';

export interface Gate {
  readonly sentence: string;
  /** Looks at what is typed with the action: it cannot be known before the action is sent. */
  readonly asksInput?: true;
  /** Yields to a recorded deviation; without it, the gate yields to nothing. */
  readonly should?: true;
  readonly met: (situation: Situation, action: Action) => boolean;
}
