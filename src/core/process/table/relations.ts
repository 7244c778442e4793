// SPDX-License-Identifier: Apache-2.0
// T3, T4, T12, T14: duplicates, the parts of a case, its flaws and its components.

import type { ActionKind } from '../../model/action.ts';
import { confirmed, undecided, working } from './places.ts';
import type { Row } from './row.ts';

/** A closed case is gone on with first (T26); one from an archive has nowhere to go back to, and an advisory of several flaws may name too few numbers. */
const withFlaws = [...confirmed, 'imported'] as const;

export const relationRows = {
  'mark-duplicate': {
    label: 'Mark as a duplicate',
    from: { handling: ['held', ...undecided] },
    to: { handling: ['duplicate'], visibility: ['public'], embargo: ['exited'] },
    by: ['handle'],
    gates: ['findings_decided'],
    transition: 'T4',
  },
  'undo-duplicate': {
    label: 'Undo the duplicate',
    from: { handling: ['duplicate'] },
    to: { handling: ['held', ...undecided] },
    by: ['handle'],
    gates: [],
    transition: 'T4',
  },
  'update-relations': {
    label: 'Tell the related cases',
    from: {},
    to: { handling: ['held', ...undecided], visibility: ['public'], embargo: ['exited'] },
    by: ['process'],
    gates: [],
    transition: 'T4',
  },
  'answer-rediscovery': {
    label: 'Answer: publish now?',
    from: { handling: ['received', ...working], visibility: ['private'] },
    to: { embargo: ['exited'] },
    by: ['handle', 'set_embargo', 'disclose'],
    gates: ['rediscovery_asked', 'second_person'],
    seconds: true,
    transition: 'T12',
  },
  'split-case': {
    label: 'Split into a case for each flaw',
    from: { handling: [...undecided, 'confirmed'] },
    to: { advisory: ['draft'] },
    by: ['handle'],
    gates: [],
    irreversible: true,
    transition: 'T3',
  },
  'add-flaw': {
    label: 'Add a flaw',
    from: { handling: withFlaws },
    to: { cve: ['undecided', 'required'] },
    by: ['handle'],
    gates: ['import_complete'],
    transition: 'T9',
  },
  'drop-flaw': {
    label: 'Drop a flaw',
    from: { handling: withFlaws, cve: ['undecided', 'not_needed', 'required', 'requested', 'refused', 'rejected'] },
    to: {},
    by: ['handle'],
    gates: ['import_complete'],
    transition: 'T9',
  },
  'add-component': {
    label: 'Add a component',
    from: { handling: confirmed },
    to: { branch: ['affected'], handling: ['fixing'] },
    ways: { handling: { fix_ready: ['fixing'] } },
    by: ['handle'],
    gates: [],
    transition: 'T14',
  },
  'assign-component': {
    label: 'Give a component an owner',
    from: { handling: confirmed },
    to: {},
    by: ['handle'],
    gates: [],
    transition: 'T14',
  },
  'finish-component': {
    label: 'Record that a component is finished',
    from: { handling: confirmed },
    to: {},
    by: ['handle', 'fix'],
    gates: ['component_fixed'],
    transition: 'T15',
  },
  'drop-component': {
    label: 'Drop a component',
    from: { handling: confirmed },
    to: { handling: ['fix_ready'] },
    by: ['handle'],
    gates: [],
    transition: 'T14',
  },
} as const satisfies Partial<Record<ActionKind, Row>>;
