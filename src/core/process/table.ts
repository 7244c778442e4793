// SPDX-License-Identifier: Apache-2.0
// THE TABLE: every action, where it is possible, who may take it, and which gates guard it. Buttons, refusals and docs come from here.

import type { ActionKind } from '../model/action.ts';
import { accessRows } from './table/access.ts';
import { advisoryRows } from './table/advisory.ts';
import { authorityRows } from './table/authority.ts';
import { branchRows } from './table/branches.ts';
import { conversationRows } from './table/conversation.ts';
import { capRows, embargoRows } from './table/embargo.ts';
import { endRows } from './table/ends.ts';
import { importRows } from './table/import.ts';
import { intakeRows } from './table/intake.ts';
import { numberRows } from './table/numbers.ts';
import { partyRows } from './table/parties.ts';
import { notEnded, weighed } from './table/places.ts';
import { publicationRows } from './table/publication.ts';
import { recordRows } from './table/record.ts';
import { relationRows } from './table/relations.ts';
import type { Row } from './table/row.ts';
import { triageRows } from './table/triage.ts';

/** In the order in which a case goes: a file of `table/` for each region and for what belongs to several. An action without a row does not compile. */
export const table = {
  ...intakeRows,
  ...accessRows,
  ...triageRows,
  ...embargoRows,
  ...partyRows,
  ...capRows,
  ...branchRows,
  ...numberRows,
  ...advisoryRows,
  ...publicationRows,
  ...importRows,
  ...endRows,
  ...authorityRows,
  ...conversationRows,
  ...relationRows,
  ...recordRows,
  'migrate-policy': {
    label: 'Move to the policy that holds now',
    from: { handling: notEnded },
    to: { handling: ['fixing', 'fix_ready'], embargo: ['active', 'revising'], cve: ['required', 'undecided'] },
    ways: { handling: weighed },
    by: ['change_policy'],
    gates: [],
    transition: 'I11',
  },
  remind: { label: 'Remind', from: {}, to: {}, by: ['process'], gates: [], transition: 'clock' },
} as const satisfies Record<ActionKind, Row>;

export function rowOf(kind: ActionKind): Row {
  return table[kind];
}
