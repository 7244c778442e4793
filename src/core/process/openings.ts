// SPDX-License-Identifier: Apache-2.0
// Which words open a private case, or are the last that a person says before it opens: before them, what would be opened is looked through (QEMU-28).

import type { Action } from '../model/action.ts';
import { isOpenClass } from './conditions.ts';
import { withdrawalOpens } from './opening-rules.ts';
import type { Situation } from './situation.ts';
import { otherOf } from './situation.ts';

/** Whether this action, with what it says, opens the case or agrees to what opens it; the rest of what the same action may say leaves it closed. */
export function leadsToOpening(action: Action, situation: Situation): boolean {
  const { state, policy } = situation;
  // Documents are made anew for a later version as well, and people say go to them.
  if (action.kind === 'approve-release') return true;
  if (state.visibility === 'public') return false;
  switch (action.kind) {
    case 'release-report':
      return state.opensOnRelease;
    case 'decide-eligibility':
      return action.verdict === 'out';
    case 'confirm-flaw':
    case 'set-class':
      return isOpenClass(action.class ?? state.class, policy);
    case 'decide-withdrawal':
      return action.accepted && withdrawalOpens(policy);
    case 'mark-duplicate':
      return action.opens && otherOf(situation, action.of)?.state.visibility === 'public';
    default:
      return true;
  }
}
