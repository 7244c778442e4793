// SPDX-License-Identifier: Apache-2.0
// A person of a project: where they stand, which roles they hold since when and by whom, and what they are still asked for.

import type { PersonId, ProjectId, Role } from '../model/identifiers.ts';
import type { Instant } from '../model/time.ts';
import type { ApplicantStatement } from '../policy/words.ts';

/**
 * `applicant`: asks to be let in, holds nothing. `active`: what they hold counts. `suspended`: what they hold does not count until they are taken back.
 * `declined` and `removed` are ends, from which only another application leads back.
 */
export type Standing = 'applicant' | 'active' | 'suspended' | 'declined' | 'removed';

/** Who did something to a person: a member, the process, or somebody from outside. */
export type RosterMark =
  | { readonly kind: 'person'; readonly person: PersonId }
  | { readonly kind: 'process' }
  | { readonly kind: 'outsider' };

/** How a role came to somebody: written down when the project began, admitted after an application or an invitation, or by the membership of another system. */
export type RoleOrigin = 'founded' | 'admitted' | 'synced';

export interface HeldRole {
  readonly role: Role;
  readonly since: Instant;
  /** When it ends by itself; null is open. */
  readonly until: Instant | null;
  readonly by: RosterMark;
  readonly origin: RoleOrigin;
  /** Counts only while the terms that hold now are accepted (LIBVIRT-29). */
  readonly bound: boolean;
  /** When it was last confirmed that the person still belongs. */
  readonly confirmedAt: Instant;
  /** True when nobody confirmed it in time: it does not count until somebody does. */
  readonly lapsed: boolean;
}

/** Somebody's word on an application. */
export interface Word {
  readonly by: PersonId;
  readonly at: Instant;
}

export interface Application {
  readonly role: Role;
  readonly at: Instant;
  /** What was stated; the words themselves are kept with the member. */
  readonly stated: readonly ApplicantStatement[];
  readonly until: Instant | null;
  /** The applicant says that the address belongs to a function and not to a person (Xen). */
  readonly roleAddress: boolean;
  /** Who proposed them, when it was not they themselves. */
  readonly invitedBy: PersonId | null;
  readonly vouches: readonly Word[];
}

export interface PersonState {
  readonly project: ProjectId;
  readonly person: PersonId;
  readonly version: number;
  readonly standing: Standing;
  /** Since when they stand there. */
  readonly since: Instant;
  readonly roles: readonly HeldRole[];
  readonly application: Application | null;
  /** Digest of the terms that they have accepted, and of those that hold now; null before any. */
  readonly terms: { readonly accepted: string | null; readonly acceptedAt: Instant | null; readonly due: string | null };
  /** Clocks that have called, by name, with the instant of their last call. */
  readonly reminders: Readonly<Record<string, Instant>>;
}

/** The roles that count at `now`. */
export function inForce(state: PersonState, now: Instant): readonly Role[] {
  return state.roles.filter((held) => counts(state, held, now)).map(({ role }) => role);
}

export function counts({ standing, terms }: PersonState, { until, lapsed, bound }: HeldRole, now: Instant): boolean {
  if (standing !== 'active' || lapsed || (until !== null && until <= now)) return false;
  return !bound || terms.due === null || terms.accepted === terms.due;
}

/** Whether the person must accept the terms before what they hold counts. */
export function owesTerms({ standing, roles, terms }: PersonState): boolean {
  return standing === 'active' && terms.due !== null && terms.accepted !== terms.due && roles.some(({ bound }) => bound);
}
