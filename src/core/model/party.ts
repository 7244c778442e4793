// SPDX-License-Identifier: Apache-2.0
// Parties: downstreams that may be told before the disclosure, each with its own standing in the case.

import type { ContentRef } from './content.ts';
import type { PersonId, Role } from './identifiers.ts';
import type { PartyState } from './regions.ts';
import type { Instant } from './time.ts';

/** What a party's own rules ask of us once the case is public (F3, F4). */
export const partyDuties = ['public_post', 'exploit_post'] as const;
export type PartyDuty = (typeof partyDuties)[number];

/** What a party that has no account answered, as somebody of the project writes it down. */
export type PartyAnswer = Extract<PartyState, 'acknowledged' | 'ready' | 'objected'>;

/** A person's decision whether this party may get private material; the program gives no advice (VMT-28). */
export interface Screening {
  readonly cleared: boolean;
  readonly by: PersonId;
  readonly at: Instant;
  readonly reason: ContentRef;
}

/** Why this party is to be told, in the words of who proposed it (P24). */
export interface Proposed {
  readonly by: PersonId;
  readonly at: Instant;
  readonly reason: ContentRef;
}

/** That somebody read the rules of a channel or party before sending: which, and which text of it (P17). */
export interface RulesRead {
  /** `party:linux-distros`, or a channel as `4:mail`. */
  readonly of: string;
  /** SHA-256 of the text, hexadecimal. */
  readonly text: string;
  readonly person: PersonId;
  readonly at: Instant;
}

/** A person’s word on whether agents get anything of the case; without one the policy and the embargo say it (P21). */
export interface AgentsDecided {
  readonly allowed: boolean;
  readonly by: PersonId;
  readonly at: Instant;
  readonly reason: ContentRef;
}

/** One message of the thread between a party and the team. */
export interface PartyMessage {
  readonly from: 'party' | 'team';
  readonly at: Instant;
  readonly body: ContentRef;
  /** How many files came with it; the team reads them. */
  readonly files: number;
}

export interface Party {
  /** As the policy names it. */
  readonly name: string;
  readonly state: PartyState;
  readonly proposed: Proposed | null;
  readonly screening: Screening | null;
  /** First mail or notice to the party: its limit counts from here. */
  readonly notifiedAt: Instant | null;
  /** Told inside Daylight, or told outside and recorded by a person. */
  readonly told: 'in_daylight' | 'recorded' | null;
  /** The date and hour that the first message named; null where it named none, or nobody was told. */
  readonly dated: Instant | null;
  /** Who told it: what its rules ask once the case is public is theirs to do (F3). */
  readonly broughtBy: PersonId | null;
  /** What this party was told in words. */
  readonly notice: ContentRef | null;
  /** What it and the team said to each other, oldest first; absent where nothing was. No other party reads it. */
  readonly thread?: readonly PartyMessage[];
  /** Role whose members are the party, where it is told inside Daylight. */
  readonly role: Role | null;
  /** Members who have accepted the terms of this policy version; nobody reads before. */
  readonly accepted: readonly PersonId[];
  /** Why a party no longer takes part. */
  readonly left: 'breach' | 'removed' | null;
  readonly done: readonly { readonly duty: PartyDuty; readonly at: Instant }[];
}

/** Who discloses at the same hour in one role: the people of one organisation; who names none is a vendor alone. Nobody: a role that nobody holds. */
export interface Vendor {
  readonly role: Role;
  readonly people: readonly PersonId[];
}

/** A word of “ready” for the common hour: of a role that discloses together with the project (LIBVIRT-26). */
export interface Readiness {
  readonly role: Role;
  readonly person: PersonId;
  readonly at: Instant;
}
