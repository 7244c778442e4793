// SPDX-License-Identifier: Apache-2.0
// What those who admit people do about their ways in, by the same words on the page, in the API and at the console.

import type { PersonId } from '../../core/model/identifiers.ts';
import type { Refused } from '../../core/model/refusal.ts';
import type { World } from '../world.ts';
import { type Admitter, askRecovery, bindIdentity, confirmRecovery, type EnrolmentLink, inviteMember } from './enrolment.ts';

export const wayDeeds = ['make-link', 'bind-identity', 'ask-recovery', 'confirm-recovery'] as const;
export type WayDeed = (typeof wayDeeds)[number];

export const wayLabels: Readonly<Record<WayDeed, string>> = {
  'make-link': 'Make a link',
  'bind-identity': 'Bind an account',
  'ask-recovery': 'Ask for recovery',
  'confirm-recovery': 'Confirm the recovery',
};

export function isWayDeed(kind: string): kind is WayDeed {
  return (wayDeeds as readonly string[]).includes(kind);
}

/** A link is shown once, to the one who asked for it. Each of these wants a fresh proof of whoever is no console; the door has asked for it. */
export function giveWay(
  world: World,
  by: Admitter,
  person: PersonId,
  deed: WayDeed,
  { subject = '' }: { readonly subject?: string | undefined },
): Promise<EnrolmentLink | 'asked' | 'bound' | Refused> {
  switch (deed) {
    case 'make-link':
      return inviteMember(world, by, person);
    case 'bind-identity':
      return bindIdentity(world, by, person, subject.trim());
    case 'ask-recovery':
      return askRecovery(world, by, person);
    case 'confirm-recovery':
      return confirmRecovery(world, by, person);
  }
}
