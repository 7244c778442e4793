// SPDX-License-Identifier: Apache-2.0
// Which notices a member may get: decided when the mail is sent, by how far the recipient reads the case at that moment, and by nothing that held before (L-12).

import type { Principal } from '../core/policy/access.ts';
import { canSee, type Guarded, reach } from '../core/policy/access.ts';
import type { MemberNotice } from '../notices/to-member.ts';

/** What parties and those who plan by the date are told. Everything else that a member is told is of the inside. */
export const toldToThoseWhoPlan: readonly MemberNotice[] = [
  'party-told',
  'date-asked',
  'date-stands',
  'embargo-ended',
  'ready-asked',
  'team-wrote',
];

/** Who could not read on the page that it happened is not told by mail; before the terms there is one thing to tell. */
export function mayBeTold(notice: MemberNotice, who: Principal, what: Guarded): boolean {
  if (!canSee(who, what)) return false;
  switch (reach(who, what)) {
    case 'everything':
      return true;
    case 'terms':
      return notice === 'party-told';
    default:
      return toldToThoseWhoPlan.includes(notice);
  }
}
