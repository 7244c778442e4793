// SPDX-License-Identifier: Apache-2.0
// Who discloses at the same hour (LIBVIRT-26): the people of the policy's roles who read the case, by organisation.

import type { Actor } from '../core/model/actor.ts';
import type { Role } from '../core/model/identifiers.ts';
import type { Vendor } from '../core/model/party.ts';
import { reach } from '../core/policy/access.ts';
import type { Member } from '../ports/store/accounts.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { Transaction } from '../ports/store/store.ts';
import { principalOf } from './principal.ts';

export interface NamedVendor extends Vendor {
  readonly organisation: string | null;
  readonly names: readonly string[];
}

/** By role and name; people of one organisation are one vendor. Empty where the policy asks nobody. */
export async function vendorsIn({ accounts }: Transaction, { state, policy, guarded }: CaseRecord): Promise<readonly NamedVendor[]> {
  const roles = policy.disclosure.togetherWith;
  if (roles.length === 0) return [];
  const { project } = state;
  const members = (await accounts.membersIn(roles)).filter(
    ({ person, roles: held }) => reach({ kind: 'person', project, person, roles: held }, guarded) === 'everything',
  );
  return roles.flatMap((role) => grouped(role, members));
}

/** The same as ids, for the log; undefined for actors who may not read who the members are. */
export async function vendorsOf(transaction: Transaction, record: CaseRecord, actor: Actor): Promise<readonly Vendor[] | undefined> {
  const { state, policy, guarded } = record;
  const waits = state.visibility === 'private' && policy.disclosure.togetherWith.length > 0;
  if (!waits || reach(principalOf(actor), guarded) !== 'everything') return undefined;
  return (await vendorsIn(transaction, record)).map(({ role, people }) => ({ role, people }));
}

function grouped(role: Role, members: readonly Member[]): readonly NamedVendor[] {
  const holders = members.filter(({ roles }) => roles.includes(role));
  const keys = [...new Set(holders.map(({ organisation, person }) => organisation ?? `person ${person}`))];
  return keys.map((key) => {
    const own = holders.filter(({ organisation, person }) => (organisation ?? `person ${person}`) === key);
    const people = own.map(({ person }) => person).sort();
    return { role, people, organisation: own[0]?.organisation ?? null, names: own.map(({ name }) => name) };
  });
}
