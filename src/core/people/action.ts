// SPDX-License-Identifier: Apache-2.0
// What may be done about people. An action carries ids, roles and instants; what is said with it is kept apart, and its digest is in the event.

import type { PersonId, Role } from '../model/identifiers.ts';
import type { Instant } from '../model/time.ts';
import type { ApplicantStatement } from '../policy/words.ts';

export type PersonAction =
  /** Who runs the program writes somebody down: the first of a project, before anybody can admit anybody. */
  | { readonly kind: 'found'; readonly roles: readonly Role[] }
  /** Somebody asks to be let in (LIBVIRT-27). */
  | {
      readonly kind: 'apply';
      readonly role: Role;
      readonly stated: readonly ApplicantStatement[];
      readonly until: Instant | null;
      readonly roleAddress: boolean;
    }
  /** A member proposes somebody, or a further role for a member. */
  | {
      readonly kind: 'invite';
      readonly role: Role;
      readonly stated: readonly ApplicantStatement[];
      readonly until: Instant | null;
      readonly roleAddress: boolean;
    }
  | { readonly kind: 'vouch' }
  /** Admits the applicant; `deviation` when a `should` of the policy is passed over, with its reason in the note. */
  | { readonly kind: 'admit'; readonly deviation: boolean }
  | { readonly kind: 'decline' }
  | { readonly kind: 'withdraw-application' }
  /** The digest of the text that was shown. */
  | { readonly kind: 'accept-terms'; readonly digest: string }
  | { readonly kind: 'confirm'; readonly role: Role }
  | { readonly kind: 'end-role'; readonly role: Role }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'reinstate' }
  | { readonly kind: 'remove' }
  /** Name, address, organisation or what they cover; the values are kept with the member. */
  | { readonly kind: 'change-details'; readonly fields: readonly Detail[] }
  /** What another system says that somebody is: roles gained and lost (QEMU-17). */
  | { readonly kind: 'sync-roles'; readonly gained: readonly Role[]; readonly lost: readonly Role[] }
  /** The clock: a role whose end has come, or that nobody confirmed in time. */
  | { readonly kind: 'lapse'; readonly role: Role }
  | { readonly kind: 'require-terms'; readonly digest: string }
  | { readonly kind: 'remind'; readonly clock: string };

export type PersonActionKind = PersonAction['kind'];

export type Detail = 'name' | 'address' | 'organisation' | 'covers';

/** Who asks. */
export type RosterActor =
  | { readonly kind: 'person'; readonly person: PersonId; readonly roles: readonly Role[] }
  | { readonly kind: 'outsider' }
  | { readonly kind: 'process' };
