// SPDX-License-Identifier: Apache-2.0
// The next step: of all that a reader can do, the one that moves the case on. It gets the page's one primary button.

import type { CaseView } from '../app/views.ts';
import type { ActionKind } from '../core/model/action.ts';
import type { CaseState } from '../core/model/case.ts';
import type { Possibility } from '../core/process/decide.ts';
import { forms, knownBefore } from './forms.ts';

/** Talk, corrections and stops are possible almost always and say nothing about what waits. */
const asides: readonly ActionKind[] = [
  'discard-report',
  'assign-owner',
  'add-person',
  'remove-person',
  'dismiss-flaw',
  'assess-severity',
  'record-fact',
  'propose-embargo',
  'refuse-embargo',
  'end-embargo',
  'propose-bundle',
  'judge-branch',
  'waive-cve',
  'describe-impact',
  'return-advisory',
  'decide-credit',
  'go-on-call',
  'stop-release',
  'send-message',
  'answer-team',
  'add-note',
];

/** Gates that stand in the way now, beside those that only the form can answer. */
export function blocking(possibility: Possibility): Possibility['unmet'] {
  return possibility.unmet.filter(knownBefore);
}

export function nextStep({ possibilities, state }: CaseView): ActionKind | undefined {
  return possibilities.find(
    (one) =>
      !asides.includes(one.action) &&
      (forms[one.action] !== null || one.action === 'write-advisory') &&
      (one.action !== 'agree-embargo' || waitsForMembers(state)) &&
      blocking(one).length === 0,
  )?.action;
}

/** Whether a date waits for the word of somebody in the project. */
function waitsForMembers({ embargo: { proposal } }: CaseState): boolean {
  return proposal?.awaits.some((voice) => voice !== 'reporter' && !proposal.agreed.includes(voice)) ?? false;
}

/** What would move the case on if its gates were met: shown in words when nothing is possible. */
export function nextBlocked(possibilities: readonly Possibility[]): Possibility | undefined {
  return possibilities.find((one) => !asides.includes(one.action) && blocking(one).length > 0);
}
