// SPDX-License-Identifier: Apache-2.0
// What has happened to people: the roster is a log, chained for each project. Names, addresses and reasons stand beside it and can be erased.

import type { PersonId, ProjectId, Role } from '../model/identifiers.ts';
import type { Instant } from '../model/time.ts';
import type { ApplicantStatement } from '../policy/words.ts';
import type { Detail } from './action.ts';
import type { RosterMark } from './person.ts';

export type PersonChange =
  /** Somebody who was written down before there was a log of people, with the roles of that day. */
  | { readonly kind: 'person-founded'; readonly roles: readonly Role[] }
  /** A role by the word of who runs the program; it counts once the terms are accepted, where the policy binds it to them. */
  | { readonly kind: 'role-founded'; readonly role: Role; readonly bound: boolean }
  | {
      readonly kind: 'membership-applied';
      readonly role: Role;
      readonly stated: readonly ApplicantStatement[];
      readonly until: Instant | null;
      readonly roleAddress: boolean;
      readonly invited: boolean;
    }
  | { readonly kind: 'applicant-vouched' }
  | {
      readonly kind: 'member-admitted';
      readonly role: Role;
      readonly until: Instant | null;
      readonly bound: boolean;
      readonly deviation: boolean;
    }
  | { readonly kind: 'application-declined' }
  | { readonly kind: 'application-withdrawn' }
  | { readonly kind: 'terms-required'; readonly digest: string }
  | { readonly kind: 'terms-accepted'; readonly digest: string }
  | { readonly kind: 'role-confirmed'; readonly role: Role }
  | { readonly kind: 'role-lapsed'; readonly role: Role }
  | { readonly kind: 'role-synced'; readonly role: Role; readonly bound: boolean }
  | { readonly kind: 'role-ended'; readonly role: Role; readonly why: 'ended' | 'expired' | 'synced' }
  | { readonly kind: 'member-suspended' }
  | { readonly kind: 'member-reinstated' }
  | { readonly kind: 'member-removed' }
  | { readonly kind: 'details-changed'; readonly fields: readonly Detail[] }
  | { readonly kind: 'person-reminded'; readonly clock: string };

export interface PersonEnvelope {
  readonly v: 1;
  readonly project: ProjectId;
  readonly person: PersonId;
  /** Place in the person's own log, from 1. */
  readonly seq: number;
  readonly at: Instant;
  readonly by: RosterMark;
  /** SHA-256 of salt and note, hexadecimal; absent where nothing was said. */
  readonly note?: string;
}

export type PersonEvent = PersonEnvelope & PersonChange;
