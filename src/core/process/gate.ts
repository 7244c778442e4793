// SPDX-License-Identifier: Apache-2.0
// The form of a gate: a sentence for people, and whether it is met.

import type { Action } from '../model/action.ts';
import type { Situation } from './situation.ts';

export interface Gate {
  readonly sentence: string;
  /** Looks at what is typed with the action: it cannot be known before the action is sent. */
  readonly asksInput?: true;
  readonly met: (situation: Situation, action: Action) => boolean;
}
