// SPDX-License-Identifier: Apache-2.0
// Gates of judgements: a severity, a class, and credit for members where the policy offers it.

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
