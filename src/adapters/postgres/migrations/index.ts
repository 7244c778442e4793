// SPDX-License-Identifier: Apache-2.0
// The migrations, in order: forward only, each as it was released. A change of the schema is a new line here and never a change of an old one.

import type { RoleNames } from '../roles.ts';
import { caseAccess, forced, grants, projectAccess } from './0001-access.ts';
import { auditAccess, auditTables } from './0001-audit.ts';
import { functions } from './0001-functions.ts';
import { rosterAccess, rosterGrants, rosterTables } from './0001-roster.ts';
import { signInAccess, signInTables } from './0001-sign-in.ts';
import { tables } from './0001-tables.ts';
import { partyMessages } from './0002-party-messages.ts';
import { mailHours } from './0003-mail-hours.ts';
import { openedBy } from './0004-opened-by.ts';
import { few } from './0005-few.ts';
import { readsOfLate } from './0006-reads-of-late.ts';
import { toldForNumbers } from './0007-told-for-a-number.ts';
import { recordedNumbers } from './0008-recorded-numbers.ts';
import { standing } from './0009-standing.ts';

export interface SchemaMigration {
  /** Sorts after the one before. */
  readonly name: string;
  /** Statements run by the role \`owner\` with the search path \`daylight\`, all in one transaction. */
  readonly sql: (roles: RoleNames) => string;
}

export const migrations: readonly SchemaMigration[] = [
  {
    name: '0001_first_release',
    sql: (roles) =>
      [
        tables,
        auditTables,
        rosterTables,
        signInTables,
        functions(roles),
        caseAccess(roles),
        auditAccess(roles),
        projectAccess(roles),
        rosterAccess(roles),
        grants(roles),
        rosterGrants(roles),
        signInAccess(roles),
        forced,
      ].join('\n'),
  },
  { name: '0002_party_messages', sql: partyMessages },
  { name: '0003_mail_hours', sql: mailHours },
  { name: '0004_opened_by', sql: openedBy },
  { name: '0005_few', sql: few },
  { name: '0006_reads_of_late', sql: readsOfLate },
  { name: '0007_told_for_a_number', sql: toldForNumbers },
  { name: '0008_recorded_numbers', sql: recordedNumbers },
  { name: '0009_standing', sql: standing },
];
