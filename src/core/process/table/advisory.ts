// SPDX-License-Identifier: Apache-2.0
// T16, T19, T24: the text that the world will read, whom it thanks, and its later versions.

import type { ActionKind } from '../../model/action.ts';
import { afterwards, confirmed, talking } from './places.ts';
import type { Row } from './row.ts';

export const advisoryRows = {
  'describe-impact': {
    label: 'Describe the impact',
    from: { handling: confirmed },
    to: {},
    by: ['handle', 'write_advisory'],
    gates: [],
    transition: 'T9',
  },
  'approve-impact': {
    label: 'Approve the description',
    from: { handling: confirmed },
    to: {},
    by: ['review', 'reporter'],
    gates: ['impact_framed', 'impact_not_twice'],
    seconds: true,
    transition: 'T16',
  },
  'write-advisory': {
    label: 'Save the advisory',
    from: { handling: [...confirmed, ...afterwards], advisory: ['none', 'draft', 'in_review', 'approved'] },
    to: { advisory: ['draft'] },
    by: ['write_advisory'],
    gates: ['advisory_wanted'],
    transition: 'T19',
  },
  'submit-advisory': {
    label: 'Ask for review',
    from: { advisory: ['draft'] },
    to: { advisory: ['in_review'] },
    by: ['write_advisory'],
    gates: ['advisory_wanted', 'advisory_complete'],
    transition: 'T19',
  },
  'approve-advisory': {
    label: 'Approve the advisory',
    from: { advisory: ['in_review'] },
    to: { advisory: ['approved'] },
    by: ['approve_advisory'],
    gates: ['advisory_wanted', 'not_the_author', 'advisory_reviewer'],
    seconds: true,
    transition: 'T19',
  },
  'return-advisory': {
    label: 'Return it to its author',
    from: { advisory: ['in_review', 'approved'] },
    to: { advisory: ['draft'] },
    by: ['approve_advisory'],
    gates: [],
    transition: 'T19',
  },
  'decide-credit': {
    label: 'Decide the credit',
    from: { handling: talking },
    to: {},
    by: ['handle', 'reporter'],
    gates: [],
    transition: 'T19',
  },
  'decide-own-credit': {
    label: 'Decide on my own credit',
    from: { handling: confirmed },
    to: {},
    by: ['handle', 'fix', 'review'],
    gates: ['contributors_credited'],
    transition: 'T19',
  },
  'correct-advisory': {
    label: 'Correct the advisory',
    from: { handling: [...confirmed, ...afterwards], visibility: ['public'], advisory: ['published', 'errata'] },
    to: { advisory: ['draft'] },
    by: ['write_advisory'],
    gates: [],
    transition: 'T24',
  },
  'add-late-number': {
    label: 'Send out the number that came late',
    from: { handling: [...confirmed, ...afterwards], visibility: ['public'], advisory: ['published', 'errata'] },
    to: { advisory: ['approved'] },
    by: ['disclose', 'approve_advisory'],
    gates: ['number_is_late', 'second_person', 'publication_reviewer'],
    irreversible: true,
    seconds: true,
    transition: 'T24',
  },
} as const satisfies Partial<Record<ActionKind, Row>>;
