// SPDX-License-Identifier: Apache-2.0
// Of the log of a case those who enter its CVE number read what they are told, and no more: what works on it can be counted by nobody else.

import { toldForANumber } from '../../../core/policy/told-in-part.ts';
import { ofCase } from './0001-access.ts';
import { eventOfAParty, everything, outside, party, project } from './0005-few.ts';

const eventForANumber = `event.kind in (${toldForANumber.map((kind) => `'${kind}'`).join(', ')})`;

/** canReadEvent of access.ts. */
const logReadable = `${everything} or ${party} and ${eventOfAParty} or c.case_id = (select own_case()) or ${outside} and c.opening <> 'nothing'
    or not c.public and c.cve_readers && (select acting_roles()) and not ${party} and ${eventForANumber}`;

export const toldForNumbers = (): string => `
alter policy readable on event using (${project} and ${ofCase('event', logReadable)});
`;
