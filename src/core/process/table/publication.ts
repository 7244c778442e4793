// SPDX-License-Identifier: Apache-2.0
// T17, T19, T20: the hour itself. People say go, documents are kept, the case becomes public, the channels confirm.

import type { ActionKind } from '../../model/action.ts';
import { afterwards, confirmed, published, working } from './places.ts';
import type { Row } from './row.ts';

export const publicationRows = {
  'go-on-call': {
    label: 'Be there at the hour',
    from: { handling: confirmed },
    to: {},
    by: ['review', 'fix', 'disclose'],
    gates: [],
    transition: 'T17',
  },
  'approve-release': {
    label: 'Say go',
    from: { handling: [...confirmed, ...afterwards] },
    to: {},
    by: ['disclose'],
    gates: [
      'second_person',
      'publication_reviewer',
      'credit_decided',
      'advisory_approved',
      'branches_done',
      'components_finished',
      'redactions_decided',
      'rules_read',
      'findings_decided',
    ],
    policyGates: 'disclosure',
    stepUp: true,
    seconds: true,
    transition: 'T17',
  },
  'stop-release': {
    label: 'Stop the release',
    from: { handling: [...confirmed, ...afterwards] },
    to: {},
    by: ['disclose'],
    gates: ['release_under_way'],
    transition: 'T17',
  },
  'record-preparation': {
    label: 'Keep the documents',
    from: { handling: [...confirmed, ...afterwards] },
    to: { advisory: ['published', 'errata'] },
    by: ['process'],
    gates: ['release_armed'],
    transition: 'T19',
  },
  'sign-documents': {
    label: 'Hand in signatures',
    from: { handling: [...confirmed, ...afterwards] },
    to: { advisory: ['published', 'errata'] },
    by: ['disclose'],
    gates: ['release_armed'],
    transition: 'T19',
  },
  'publish-case': {
    label: 'Publish now',
    from: { handling: confirmed },
    to: published,
    by: ['process', 'disclose'],
    gates: [
      'not_disclosed_before',
      'disclosure_due',
      'credit_decided',
      'advisory_approved',
      'branches_done',
      'components_finished',
      'release_armed',
      'documents_prepared',
    ],
    policyGates: 'disclosure',
    irreversible: true,
    stepUp: true,
    transition: 'T19',
  },
  'publish-bundle': {
    label: 'Publish what was agreed for the cap',
    from: { handling: working, visibility: ['private'] },
    to: { visibility: ['public'], embargo: ['exited'], handling: ['unfixed_public'] },
    by: ['process'],
    gates: ['cap_reached', 'bundle_agreed'],
    irreversible: true,
    transition: 'T12',
  },
  'confirm-channel': {
    label: 'Confirm that it is out',
    from: { handling: ['disclosing', ...confirmed, ...afterwards] },
    to: { handling: ['disclosed'] },
    by: ['process', 'disclose'],
    gates: [],
    transition: 'T20',
  },
} as const satisfies Partial<Record<ActionKind, Row>>;
