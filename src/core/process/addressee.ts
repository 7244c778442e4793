// SPDX-License-Identifier: Apache-2.0
// To whom a notice goes: one person, or a group as it is when the mail is sent.

import type { ParticipantId, PersonId, Role } from '../model/identifiers.ts';
import type { Right } from '../policy/words.ts';

export type Addressee =
  | { readonly kind: 'reporter'; readonly participant: ParticipantId }
  | { readonly kind: 'person'; readonly person: PersonId }
  /** Everyone who holds the right and sees the case when the mail is sent. */
  | { readonly kind: 'right'; readonly right: Right }
  /** Everyone who holds the role and sees the case when the mail is sent: a party, or those who disclose at the same hour. */
  | { readonly kind: 'role'; readonly role: Role }
  /** Those whose business the component is, beside the owner, who see the case when the mail is sent. */
  | { readonly kind: 'asked' }
  /** Everyone who reads the case when the mail is sent. */
  | { readonly kind: 'readers' }
  /** Whoever runs the system: told of nothing but that something waits. */
  | { readonly kind: 'administrators' }
  /** Somebody of the project's own files who is no member; an address that is public. */
  | { readonly kind: 'address'; readonly address: string };
