// SPDX-License-Identifier: Apache-2.0
// What is due about a person and when: roles that end, roles that nobody confirmed in time, and the warnings before (LIBVIRT-29, SAFETY: quarterly review).

import type { Instant } from '../model/time.ts';
import { shifted } from '../model/time.ts';
import type { Policy } from '../policy/policy.ts';
import { add } from '../process/caps.ts';
import type { PersonAction } from './action.ts';
import type { HeldRole, PersonState } from './person.ts';

export interface PersonDeadline {
  readonly at: Instant;
  readonly action: PersonAction;
}

/** Days before a role lapses on which those who may confirm it are told. */
const warnings = [14, 3];

/** What is due next, if anything ever is. */
export function nextForPerson(state: PersonState, policy: Policy): PersonDeadline | undefined {
  if (state.standing !== 'active' && state.standing !== 'suspended') return undefined;
  return state.roles.flatMap((held) => [...ends(held), ...renewals(held, state, policy)]).sort((a, b) => (a.at < b.at ? -1 : 1))[0];
}

function ends({ role, until }: HeldRole): readonly PersonDeadline[] {
  return until === null ? [] : [{ at: until, action: { kind: 'end-role', role } }];
}

function renewals(held: HeldRole, state: PersonState, policy: Policy): readonly PersonDeadline[] {
  const lapse = lapsesAt(held, policy);
  if (lapse === undefined) return [];
  const calls = warnings.flatMap((days): PersonDeadline[] => {
    const clock = `${held.role}.renewed_every:${days} days`;
    const at = shifted(lapse, { hours: -24 * days });
    return state.reminders[clock] !== undefined || at <= held.confirmedAt ? [] : [{ at, action: { kind: 'remind', clock } }];
  });
  return [...calls, { at: lapse, action: { kind: 'lapse', role: held.role } }];
}

/** When the role lapses unless somebody confirms it; undefined where the policy asks for no renewal, or it has lapsed. */
export function lapsesAt({ role, origin, lapsed, confirmedAt }: HeldRole, policy: Policy): Instant | undefined {
  const every = policy.roles[role]?.admission?.renewedEvery ?? null;
  if (every === null || lapsed || origin === 'synced') return undefined;
  return add(confirmedAt, every, policy);
}
