// SPDX-License-Identifier: Apache-2.0
// THE TABLE of people: every action about a person, where they must stand, who may take it, and whether it asks for a fresh proof of who acts.

import type { PersonActionKind } from './action.ts';
import type { Standing } from './person.ts';

/**
 * `admit`: a role with that right. `administrator`: who runs the system. `member`: anybody whose role counts. `self`: the person themselves.
 * `outsider`: anybody at all. `process`: the clock, the program itself, or what another system says.
 */
export type RosterVoice = 'admit' | 'administrator' | 'member' | 'self' | 'outsider' | 'process';

export interface PersonRow {
  readonly label: string;
  /** Where the person must stand; `nobody` is somebody who is not known yet. */
  readonly from: readonly (Standing | 'nobody')[];
  readonly by: readonly RosterVoice[];
  /** Changes who may see cases: whoever does it proves anew who they are (SAFETY, step-up). */
  readonly stepUp: boolean;
  /** Needs a sentence that says why, which is kept. */
  readonly reason: boolean;
}

const known = ['active', 'suspended'] as const;
const outside = ['nobody', 'declined', 'removed'] as const;

export const peopleTable = {
  found: { label: 'Write down', from: ['nobody', 'active'], by: ['process'], stepUp: false, reason: false },
  apply: { label: 'Apply', from: outside, by: ['outsider'], stepUp: false, reason: true },
  invite: { label: 'Invite', from: [...outside, 'active'], by: ['admit', 'administrator'], stepUp: true, reason: true },
  vouch: { label: 'Vouch for', from: ['applicant', 'active'], by: ['member'], stepUp: false, reason: true },
  admit: { label: 'Admit', from: ['applicant', 'active'], by: ['admit', 'administrator'], stepUp: true, reason: false },
  decline: { label: 'Decline', from: ['applicant', 'active'], by: ['admit'], stepUp: false, reason: true },
  'withdraw-application': { label: 'Withdraw', from: ['applicant', 'active'], by: ['self'], stepUp: false, reason: false },
  'accept-terms': { label: 'Accept the terms', from: known, by: ['self'], stepUp: false, reason: false },
  confirm: { label: 'Still belongs', from: ['active'], by: ['admit'], stepUp: false, reason: false },
  'end-role': { label: 'End the role', from: known, by: ['admit', 'administrator', 'self', 'process'], stepUp: true, reason: true },
  suspend: { label: 'Suspend', from: ['active'], by: ['admit', 'administrator', 'process'], stepUp: false, reason: true },
  reinstate: { label: 'Take back', from: ['suspended'], by: ['admit'], stepUp: true, reason: true },
  remove: { label: 'Remove', from: known, by: ['admit', 'administrator', 'self'], stepUp: false, reason: true },
  'change-details': { label: 'Change details', from: ['applicant', ...known], by: ['self', 'admit'], stepUp: true, reason: false },
  'sync-roles': {
    label: 'Follow the other system',
    from: ['nobody', 'applicant', ...known],
    by: ['process'],
    stepUp: false,
    reason: false,
  },
  lapse: { label: 'Lapse', from: known, by: ['process'], stepUp: false, reason: false },
  'require-terms': { label: 'Ask for the terms', from: known, by: ['process'], stepUp: false, reason: false },
  remind: { label: 'Remind', from: ['applicant', ...known], by: ['process'], stepUp: false, reason: false },
} as const satisfies Record<PersonActionKind, PersonRow>;

export function personRow(kind: PersonActionKind): PersonRow {
  return peopleTable[kind];
}
