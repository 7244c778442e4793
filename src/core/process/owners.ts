// SPDX-License-Identifier: Apache-2.0
// Who owns a case: from its first second, when nobody claims it, up the ladder of escalation, and when its owner leaves (I8, QEMU-7, QEMU-8).

import type { CaseState } from '../model/case.ts';
import type { PersonId, Role } from '../model/identifiers.ts';
import type { OwnerHow } from '../model/ownership.ts';
import type { Guarded } from '../policy/access.ts';
import { guestsOf, readsByName } from '../policy/access.ts';
import type { Policy } from '../policy/policy.ts';
import { rolesWith } from '../policy/policy.ts';
import type { Ask } from './clocks/clock.ts';

/** A member as far as ownership asks. */
export interface Candidate {
  readonly person: PersonId;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly covers: readonly string[];
}

/** A case, as far as the choice depends on it. `order` is its random id: every case has an order of the people of its own. */
export interface Owned extends Pick<Guarded, 'readers' | 'guests' | 'few'> {
  readonly order: string;
  readonly component: string | null;
  readonly owner: PersonId | null;
}

export interface Chosen {
  readonly person: PersonId;
  readonly how: OwnerHow;
}

/** The reserved role of those who run the system: they read no case by it. */
export const administrator = 'administrator' as Role;

/** Whether the member sees the case and may handle it: anybody else would be called in vain. */
export function mayOwn({ person, roles }: Candidate, owned: Pick<Owned, 'readers' | 'guests' | 'few'>, policy: Policy): boolean {
  const handling = rolesWith(policy, 'handle');
  return roles.some((role) => handling.includes(role)) && (holds({ roles }, owned.readers) || readsByName({ person, roles }, owned));
}

/** The first owner: somebody who looks after the component where the policy routes by it, then the fallback, then whoever handles. */
export function firstOwner(policy: Policy, owned: Owned, roster: readonly Candidate[], routed: readonly PersonId[]): Chosen | undefined {
  const { routedBy, fallback } = policy.ownership;
  const able = roster.filter((one) => mayOwn(one, owned, policy));
  if (routedBy === 'rota') return chosen(next(able, owned), 'rota');
  return (
    chosen(
      next(
        able.filter((one) => routed.includes(one.person)),
        owned,
      ),
      'routed',
    ) ??
    chosen(
      next(
        able.filter((one) => one.roles.includes(fallback)),
        owned,
      ),
      'fallback',
    ) ??
    chosen(next(able, owned), 'rota')
  );
}

/** Another owner, because the present one can own it no more. */
export function successor(policy: Policy, owned: Owned, roster: readonly Candidate[], routed: readonly PersonId[]): Chosen | undefined {
  const others = roster.filter((one) => one.person !== owned.owner);
  const found = firstOwner(policy, owned, others, routed);
  return found === undefined ? undefined : { ...found, how: 'successor' };
}

/** Who is asked when a clock asks: an owner, or, where they do not see the case, somebody who can only be told that a case waits. */
export type Answer = { readonly kind: 'owner'; readonly chosen: Chosen } | { readonly kind: 'outsider'; readonly person: PersonId };

export function answerTo(ask: Ask, policy: Policy, owned: Owned, roster: readonly Candidate[]): Answer | undefined {
  const others = roster.filter((one) => one.person !== owned.owner);
  const asked = ask.how === 'last_resort' ? lastResort(ask.person, roster) : others.filter((one) => holds(one, ask.roles));
  const near = asked.filter((one) => owned.component !== null && one.covers.includes(owned.component));
  const first = next(
    asked.filter((one) => mayOwn(one, owned, policy)),
    owned,
    near,
  );
  if (first !== undefined)
    return first.person === owned.owner ? undefined : { kind: 'owner', chosen: { person: first.person, how: ask.how } };
  const outside = ask.how === 'rota' || ask.how === 'fallback' ? undefined : next(asked, owned, near);
  return outside === undefined || outside.person === owned.owner ? undefined : { kind: 'outsider', person: outside.person };
}

/** The people whose business the component is, where roles are held per component (VMT-14). */
export function coveringComponent(policy: Policy, component: string | null, roster: readonly Candidate[]): readonly PersonId[] {
  if (component === null) return [];
  const perComponent = Object.entries(policy.roles).flatMap(([role, { per }]) => (per === 'component' ? [role as Role] : []));
  return roster.filter((one) => holds(one, perComponent) && one.covers.includes(component)).map((one) => one.person);
}

/** What the choice depends on, from a case as it stands. */
export function ownedBy(state: CaseState, { readers, few }: Pick<Guarded, 'readers' | 'few'>): Owned {
  return { order: state.case, readers, few, guests: guestsOf(state), component: state.component, owner: state.owner };
}

/** A name of the policy, or the first administrator by name: a person and never a list (QEMU-8). */
function lastResort(name: string | null, roster: readonly Candidate[]): readonly Candidate[] {
  if (name !== null) return roster.filter((one) => one.name === name || one.person === name).slice(0, 1);
  return byName(roster.filter((one) => one.roles.includes(administrator))).slice(0, 1);
}

function holds({ roles }: Pick<Candidate, 'roles'>, asked: readonly Role[]): boolean {
  return roles.some((role) => asked.includes(role));
}

/**
 * The next of these people in the case's own order, drawn from its random id: over many cases everybody is asked equally often, it is the same on every
 * node, and nobody can tell from it how many other cases there are (L-08). Those who are `preferred` come before the others.
 */
function next(people: readonly Candidate[], { order, owner }: Owned, preferred: readonly Candidate[] = []): Candidate | undefined {
  const key = (one: Candidate) => `${preferred.includes(one) ? 0 : 1}${place(order, one.person)}`;
  const ordered = byName(people).sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const after = owner === null || preferred.length > 0 ? undefined : ordered.find((one) => place(order, one.person) > place(order, owner));
  return after ?? ordered[0];
}

function byName(people: readonly Candidate[]): Candidate[] {
  return [...people].sort((a, b) => (a.name + a.person < b.name + b.person ? -1 : 1));
}

function chosen(found: Candidate | undefined, how: OwnerHow): Chosen | undefined {
  return found === undefined ? undefined : { person: found.person, how };
}

/** FNV-1a over case and person, with the finish of MurmurHash3, as eight hexadecimal digits: no secret, only a fair order. */
function place(order: string, person: string): string {
  let hash = 0x811c9dc5;
  for (const letter of `${order} ${person}`) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, '0');
}
