// SPDX-License-Identifier: Apache-2.0
// T16: the number of each flaw.

import type { ActionKind } from '../../model/action.ts';
import type { Row } from './row.ts';

export const numberRows = {
  'request-cve': {
    label: 'Record that a number was asked for',
    from: { cve: ['undecided', 'required', 'requested', 'refused', 'rejected'] },
    to: { cve: ['requested'] },
    by: ['request_cve'],
    gates: [],
    transition: 'T16',
  },
  'record-cve-refusal': {
    label: 'Record that the number was refused',
    from: { cve: ['requested'] },
    to: { cve: ['refused'] },
    by: ['request_cve', 'record_cve'],
    gates: [],
    transition: 'T16',
  },
  'record-cve': {
    label: 'Record the CVE number',
    from: { cve: ['undecided', 'required', 'requested', 'refused', 'rejected'] },
    to: { cve: ['assigned'] },
    by: ['record_cve'],
    gates: ['number_unclaimed'],
    transition: 'T16',
  },
  'record-cve-publication': {
    label: 'Record that the CVE record is public',
    from: { cve: ['assigned', 'disputed'] },
    to: { cve: ['record_published'] },
    by: ['request_cve', 'record_cve', 'disclose', 'process'],
    gates: ['public_reference'],
    transition: 'T16',
  },
  'reject-cve': {
    label: 'Give the number back',
    from: { cve: ['assigned', 'record_published', 'disputed'] },
    to: { cve: ['rejected'] },
    by: ['request_cve', 'record_cve'],
    gates: [],
    transition: 'T16',
  },
  'dispute-cve': {
    label: 'Record that the number is disputed',
    from: { cve: ['assigned', 'record_published'] },
    to: { cve: ['disputed'] },
    by: ['request_cve', 'record_cve', 'handle'],
    gates: [],
    transition: 'T16',
  },
  'waive-cve': {
    label: 'Record: no number needed',
    from: { cve: ['undecided', 'required', 'refused', 'rejected'] },
    to: { cve: ['not_needed'] },
    by: ['handle'],
    gates: [],
    transition: 'T16',
  },
} as const satisfies Partial<Record<ActionKind, Row>>;
