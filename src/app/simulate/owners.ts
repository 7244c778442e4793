// SPDX-License-Identifier: Apache-2.0
// Owners in a simulation: the people of the script are all the people there are.

import type { CaseAction } from '../../core/model/action.ts';
import type { CaseState } from '../../core/model/case.ts';
import type { PersonId, Role } from '../../core/model/identifiers.ts';
import { guarded } from '../../core/policy/access.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Deadline } from '../../core/process/deadlines.ts';
import type { Candidate, Chosen, Owned } from '../../core/process/owners.ts';
import { answerTo, coveringComponent, firstOwner, ownedBy } from '../../core/process/owners.ts';
import type { People } from './script.ts';

/** What the clock does where it asks for another owner and the script has somebody. */
export function asked(
  { state, policy }: { readonly state: CaseState; readonly policy: Policy },
  people: People,
  { ask, clock }: Deadline,
): CaseAction | undefined {
  const owned = ownedBy(state, guarded(state, policy));
  const answer = ask === undefined ? undefined : answerTo(ask, policy, owned, rosterOf(people));
  return answer?.kind === 'owner' ? { kind: 'pass-on-case', ...answer.chosen, clock } : undefined;
}

/** The first owner among the people of the script. */
export function ownerFor(
  policy: Policy,
  people: People,
  { order, component }: Pick<Owned, 'order' | 'component'>,
): { readonly owner?: Chosen } {
  const roster = rosterOf(people);
  const owned: Owned = { order, component, readers: policy.visibility.onReceipt, guests: [], few: [], owner: null };
  const owner = firstOwner(policy, owned, roster, coveringComponent(policy, component, roster));
  return owner === undefined ? {} : { owner };
}

function rosterOf(people: People): readonly Candidate[] {
  return Object.entries(people).map(([name, roles]) => ({ person: name as PersonId, name, roles: roles as readonly Role[], covers: [] }));
}
