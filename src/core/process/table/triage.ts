// SPDX-License-Identifier: Apache-2.0
// T5 to T9: what the report is, whether the policy covers it, and how bad it is.

import type { ActionKind } from '../../model/action.ts';
import { alive, working } from './places.ts';
import type { Row } from './row.ts';

export const triageRows = {
  'decide-eligibility': {
    label: 'Decide eligibility',
    from: { handling: ['eligibility'] },
    to: { handling: ['assessing', 'public_bug', 'not_ours', 'closed'], visibility: ['public'], embargo: ['active', 'revising', 'exited'] },
    by: ['handle'],
    gates: ['owner_set', 'target_named', 'findings_decided'],
    irreversible: true,
    transition: 'T5 T6 T7',
  },
  'correct-answers': {
    label: 'Correct the answers',
    from: { handling: ['received', 'eligibility', 'assessing'] },
    to: {},
    by: ['handle', 'reporter'],
    gates: [],
    transition: 'T5',
  },
  'confirm-flaw': {
    label: 'Confirm the flaw',
    from: { handling: ['eligibility', 'assessing'] },
    to: {
      handling: ['confirmed'],
      visibility: ['public'],
      embargo: ['active', 'revising', 'exited'],
      cve: ['undecided', 'required'],
      branch: ['affected', 'unknown'],
    },
    by: ['handle'],
    gates: ['eligibility_decided', 'owner_set', 'severity_recorded', 'class_recorded', 'nobody_prepares', 'findings_decided'],
    transition: 'T9',
  },
  'dismiss-flaw': {
    label: 'Record: not exploitable',
    from: { handling: ['eligibility', 'assessing'] },
    to: { handling: ['public_bug', 'hardening', 'closed'], visibility: ['public'], embargo: ['exited'] },
    by: ['handle'],
    gates: ['eligibility_decided', 'owner_set', 'class_recorded', 'findings_decided'],
    irreversible: true,
    transition: 'T8',
  },
  'set-class': {
    label: 'Set the class',
    from: { handling: working },
    to: {
      handling: ['fixing', 'fix_ready'],
      visibility: ['public'],
      embargo: ['active', 'revising', 'exited'],
      cve: ['required', 'undecided'],
      advisory: ['draft'],
    },
    ways: { handling: { confirmed: ['fix_ready'], fixing: ['fix_ready'], fix_ready: ['fixing'] } },
    by: ['handle'],
    gates: ['eligibility_decided', 'classes_declared', 'nobody_prepares', 'findings_decided'],
    irreversible: true,
    transition: 'T8 T9',
  },
  'assess-severity': {
    label: 'Record the severity',
    from: { handling: working },
    to: {},
    by: ['handle'],
    gates: ['eligibility_decided'],
    transition: 'T9',
  },
  // What is published is found to be exploited later more often than before, and is owed to an authority then as well; who published it first does not matter (F14).
  'record-fact': {
    label: 'Record a fact',
    from: { handling: [...alive, 'closed', 'imported'] },
    to: { embargo: ['exited'] },
    by: ['handle', 'set_embargo', 'process'],
    gates: ['import_complete'],
    transition: 'T12',
  },
} as const satisfies Partial<Record<ActionKind, Row>>;
