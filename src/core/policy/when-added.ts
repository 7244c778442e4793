// SPDX-License-Identifier: Apache-2.0
// Whom somebody may add to a case by name: `visibility.when_added`.

import type { CaseState } from '../model/case.ts';
import type { PersonId, Role } from '../model/identifiers.ts';
import { type Guarded, rolesOfFew } from './access.ts';
import { type Policy, rolesWith } from './policy.ts';

const guest = 'guest' as Role;
const party = 'party' as Role;

/**
 * Who reads such cases anyway, and who holds a role of the list. `guest` stands for any other member; `party` for the members of a party that was told:
 * they read what a party reads, and more only where the policy says so (VMT-14).
 */
export function mayBeAdded(roles: readonly Role[], { parties }: Pick<Guarded, 'parties'>, { visibility, downstream }: Policy): boolean {
  const { onReceipt, whenAdded } = visibility;
  if (roles.some((role) => onReceipt.includes(role) || whenAdded.includes(role))) return true;
  const ofAParty = downstream.parties.some(({ to }) => to.kind === 'role' && roles.includes(to.role));
  if (!ofAParty) return whenAdded.includes(guest);
  return whenAdded.includes(party) && roles.some((role) => parties.includes(role));
}

/** Whom two people may let into a narrowed case: whoever would read it if it were not narrowed, and may work on it or let others in. */
export function mayJoinNarrowed(roles: readonly Role[], policy: Policy): boolean {
  const able = [...rolesWith(policy, 'add_people'), ...rolesWith(policy, 'handle')];
  return roles.some((role) => policy.visibility.onReceipt.includes(role)) && roles.some((role) => able.includes(role));
}

/** Whether somebody who holds these roles, whether they count just now or not, may stay among the few of a narrowed case. */
export function staysAmongFew(state: CaseState, policy: Policy, person: PersonId, held: readonly Role[]): boolean {
  return state.added.includes(person) || held.some((role) => rolesOfFew(state, policy).includes(role));
}
