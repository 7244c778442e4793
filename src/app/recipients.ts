// SPDX-License-Identifier: Apache-2.0
// Groups of recipients: who belongs to one is looked up when its mail is sent, with the roles of that moment (L-36).

import { readsByName } from '../core/policy/access.ts';
import { rolesWith } from '../core/policy/policy.ts';
import { administrator } from '../core/process/owners.ts';
import type { Member } from '../ports/store/accounts.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { Outgoing } from '../ports/store/outbox.ts';
import type { Transaction } from '../ports/store/store.ts';
import { askedMembers } from './routing.ts';

/** These say that something waits, and neither what nor by which name: so they also reach those who do not see the case. */
export const tellsNothing: readonly Outgoing['notice'][] = [
  'case-waits',
  'nobody-owns',
  'maintainer-without-account',
  'glass-broken-elsewhere',
  'reader-asked-elsewhere',
  'reader-named-elsewhere',
  'narrowed-unread',
];

/** The members of the group that this is meant for, as they are now; undefined for a message to one recipient. */
export async function groupOf(transaction: Transaction, { to }: Outgoing, record: CaseRecord): Promise<readonly Member[] | undefined> {
  switch (to.kind) {
    case 'right':
      return transaction.accounts.membersIn(rolesWith(record.policy, to.right));
    case 'role':
      return transaction.accounts.membersIn([to.role]);
    case 'asked':
      return askedMembers(transaction, record);
    case 'readers':
      return (await readersOf(transaction, record)).filter((one) => one.person !== record.state.owner);
    case 'administrators':
      return transaction.accounts.membersIn([administrator]);
    default:
      return undefined;
  }
}

/** By role, and where the case is narrowed the few, as far as they still read it. */
async function readersOf({ accounts }: Transaction, { state, guarded }: CaseRecord): Promise<readonly Member[]> {
  if (state.narrowed === null) return accounts.membersIn(guarded.readers);
  const named = await Promise.all([...new Set(state.narrowed.people)].map((person) => accounts.member(person)));
  const few = named.flatMap((one) => (one !== undefined && readsByName(one, guarded) ? [one] : []));
  return [...(await accounts.membersIn(guarded.readers)), ...few];
}
