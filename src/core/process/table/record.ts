// SPDX-License-Identifier: Apache-2.0
// T19: what the public record shows of the discussion, and what is struck out.

import type { ActionKind } from '../../model/action.ts';
import type { Row } from './row.ts';

export const recordRows = {
  'classify-content': {
    label: 'Say what becomes of a text or file',
    from: {},
    to: {},
    by: ['handle', 'fix', 'review', 'moderate', 'disclose', 'reporter'],
    gates: [],
    transition: 'T19',
  },
  'propose-redaction': {
    label: 'Propose to strike something out',
    from: {},
    to: {},
    by: ['disclose', 'handle'],
    gates: [],
    transition: 'T19',
  },
  'keep-finding': {
    label: 'Keep what was found',
    from: {},
    to: {},
    by: ['disclose', 'handle', 'moderate'],
    gates: [],
    transition: 'T19',
  },
  'approve-redaction': {
    label: 'Approve striking it out',
    from: {},
    to: {},
    by: ['disclose'],
    gates: ['redaction_second_person', 'redaction_reviewer'],
    seconds: true,
    transition: 'T19',
  },
  'decline-redaction': {
    label: 'Leave it as it stands',
    from: {},
    to: {},
    by: ['disclose', 'handle'],
    gates: [],
    transition: 'T19',
  },
  'decide-proof': {
    label: 'Decide on your proof of concept',
    from: {},
    to: {},
    by: ['reporter'],
    gates: ['proof_is_the_reporters'],
    transition: 'T19',
  },
  'open-proofs': {
    label: 'Open the proofs of concept',
    from: { visibility: ['public'] },
    to: {},
    by: ['process'],
    gates: ['proofs_due'],
    transition: 'clock',
  },
  'agree-to-opening': {
    label: 'Agree that the discussion is opened',
    from: {},
    to: {},
    by: ['reporter'],
    gates: ['opening_needs_consent'],
    transition: 'T19',
  },
} as const satisfies Partial<Record<ActionKind, Row>>;
