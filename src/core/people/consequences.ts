// SPDX-License-Identifier: Apache-2.0
// Who is told what after something has happened to a person. The mails say that something happened, and nothing of any case.

import type { PersonEvent } from './event.ts';

/** A right: everybody who may admit; the person: they themselves. */
export type PersonAddressee = 'admitters' | 'themselves';

export type PersonNoticeName =
  | 'application-arrived'
  | 'application-received'
  | 'application-vouched'
  | 'application-declined'
  | 'member-welcome'
  | 'terms-asked'
  | 'confirmation-asked'
  | 'role-lapsed'
  | 'role-ended'
  | 'access-ended'
  | 'access-restored'
  | 'reading-stopped'
  | 'titles-held-back';

export interface PersonNotice {
  readonly notice: PersonNoticeName;
  readonly to: PersonAddressee;
}

export function personNotices(event: PersonEvent): readonly PersonNotice[] {
  switch (event.kind) {
    case 'membership-applied':
      return [to('admitters', 'application-arrived'), ...(event.invited ? [] : [to('themselves', 'application-received')])];
    case 'applicant-vouched':
      return [to('admitters', 'application-vouched')];
    case 'application-declined':
      return [to('themselves', 'application-declined')];
    case 'member-admitted':
      return [to('themselves', 'member-welcome')];
    case 'terms-required':
      return [to('themselves', 'terms-asked')];
    case 'person-reminded':
      return [to('admitters', 'confirmation-asked')];
    case 'role-lapsed':
      return [to('themselves', 'role-lapsed'), to('admitters', 'role-lapsed')];
    case 'role-ended':
      return [to('themselves', 'role-ended')];
    case 'member-suspended':
    case 'member-removed':
      return [to('themselves', 'access-ended')];
    case 'member-reinstated':
      return [to('themselves', 'access-restored')];
    case 'person-founded':
    case 'role-founded':
    case 'application-withdrawn':
    case 'terms-accepted':
    case 'role-confirmed':
    case 'role-synced':
    case 'details-changed':
      return [];
  }
}

function to(addressee: PersonAddressee, notice: PersonNoticeName): PersonNotice {
  return { notice, to: addressee };
}
