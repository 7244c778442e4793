// SPDX-License-Identifier: Apache-2.0
// T10 to T12: the agreement on the hour before which nothing becomes public, and what opens at its cap.

import type { ActionKind } from '../../model/action.ts';
import { confirmed, working } from './places.ts';
import type { Row } from './row.ts';

export const embargoRows = {
  'propose-embargo': {
    label: 'Propose an embargo date',
    from: { handling: working, embargo: ['none', 'proposed', 'active', 'revising'] },
    to: { embargo: ['proposed', 'active', 'revising'] },
    by: ['set_embargo', 'reporter', 'party'],
    gates: ['embargo_allowed', 'embargo_possible', 'terms_accepted', 'late_change'],
    stepUp: true,
    transition: 'T10 T11',
  },
  'agree-embargo': {
    label: 'Agree to the date',
    from: { handling: working, embargo: ['proposed', 'revising'] },
    to: { embargo: ['active'] },
    by: ['set_embargo', 'handle', 'reporter', 'party'],
    gates: ['embargo_possible', 'asked_to_agree'],
    stepUp: true,
    transition: 'T10 T11',
  },
  'refuse-embargo': {
    label: 'Refuse the date',
    from: { handling: working, embargo: ['proposed', 'revising'] },
    to: { embargo: ['none', 'active'] },
    by: ['set_embargo', 'reporter', 'party'],
    gates: ['may_refuse'],
    transition: 'T10 T11',
  },
  'end-embargo': {
    label: 'End the embargo now',
    from: { handling: working, embargo: ['active', 'revising'] },
    to: { embargo: ['exited'] },
    by: ['set_embargo'],
    gates: ['second_person', 'cause_on_record'],
    irreversible: true,
    stepUp: true,
    seconds: true,
    transition: 'T12',
  },
  'keep-embargo': {
    label: 'Keep the embargo all the same',
    from: { handling: working, embargo: ['active', 'revising'] },
    to: {},
    by: ['set_embargo'],
    gates: [],
    transition: 'T12',
  },
} as const satisfies Partial<Record<ActionKind, Row>>;

/** What opens at the hard cap when nothing else has opened the case. */
export const capRows = {
  'propose-bundle': {
    label: 'Propose what opens at the cap',
    from: { handling: confirmed, visibility: ['private'] },
    to: {},
    by: ['disclose'],
    gates: [],
    stepUp: true,
    transition: 'T10',
  },
  'agree-bundle': {
    label: 'Agree to what opens at the cap',
    from: { handling: confirmed, visibility: ['private'] },
    to: {},
    by: ['disclose'],
    gates: ['bundle_proposed', 'second_person', 'publication_reviewer', 'findings_decided'],
    stepUp: true,
    seconds: true,
    transition: 'T10',
  },
} as const satisfies Partial<Record<ActionKind, Row>>;
