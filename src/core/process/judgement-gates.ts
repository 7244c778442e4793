// SPDX-License-Identifier: Apache-2.0
// Gates of judgements: a severity, a class, and credit for members where the policy offers it.

import type { Action } from '../model/action.ts';
import type { CaseState } from '../model/case.ts';
import type { Policy } from '../policy/policy.ts';
import { isOpenClass } from './conditions.ts';
import type { Gate } from './gate.ts';

export const judgementGates = {
  severity_recorded: {
    asksInput: true,
    sentence: 'Record a severity: this policy wants one at confirmation.',
    met: ({ state, policy }, action) =>
      policy.severity.required !== 'at_confirmation' ||
      state.severity !== null ||
      (action.kind === 'confirm-flaw' && action.severity !== null),
  },
  classes_declared: {
    sentence: 'This policy declares no such class.',
    met: ({ policy: { eligibility } }, action) =>
      'class' in action && action.kind === 'set-class'
        ? Object.hasOwn(eligibility.classes, action.class)
        : Object.keys(eligibility.classes).length > 0,
  },
  // One person does not open under another name what others prepare for.
  nobody_prepares: {
    sentence: 'Cases of this class are handled in the open, and others prepare for the date of this one. End the embargo first.',
    met: ({ state, policy }, action) => !othersPrepare(state, policy) || !isOpenClass(classIn(action), policy),
  },
  contributors_credited: {
    sentence: 'This policy offers no credit for that part.',
    met: ({ policy: { publication } }, action) =>
      publication.credit.some((role) => (action.kind === 'decide-own-credit' && 'as' in action ? role === action.as : role !== 'reporter')),
  },
  class_recorded: {
    asksInput: true,
    sentence: 'Choose a class: this policy declares classes, and a verdict needs one.',
    met: ({ state, policy }, action) =>
      Object.keys(policy.eligibility.classes).length === 0 ||
      state.class !== null ||
      (action.kind === 'confirm-flaw' && action.class !== null) ||
      (action.kind === 'dismiss-flaw' && action.class !== undefined),
  },
} satisfies Record<string, Gate>;

/** The embargo holds, and parties were told, people have said go, or there is a flaw that others disclose at the same hour. */
function othersPrepare({ embargo, parties, disclosure, marks }: CaseState, policy: Policy): boolean {
  const together = policy.disclosure.togetherWith.length > 0 && marks.confirmation !== undefined;
  return (
    ['active', 'revising'].includes(embargo.state) &&
    (together || disclosure.armed || parties.some(({ notifiedAt }) => notifiedAt !== null))
  );
}

function classIn(action: Action): string | null {
  return (action.kind === 'set-class' || action.kind === 'confirm-flaw') && 'class' in action ? action.class : null;
}
