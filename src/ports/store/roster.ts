// SPDX-License-Identifier: Apache-2.0
// The roster in the store: the log of people, what it folds to, and the members that everything else reads. Changed by the process alone.

import type { PersonId, Role } from '../../core/model/identifiers.ts';
import type { Instant } from '../../core/model/time.ts';
import type { PersonEvent } from '../../core/people/event.ts';
import type { PersonState } from '../../core/people/person.ts';

/** What people are called and where they are reached; personal, so beside the log and not in it. */
export interface PersonDetails {
  readonly name: string;
  readonly address: string | null;
  readonly organisation: string | null;
  /** Who sent or proposed them, in their own words (LIBVIRT-21). */
  readonly nominatedBy: string | null;
  readonly covers: readonly string[];
}

export interface RosterEntry {
  readonly state: PersonState;
  readonly details: PersonDetails;
}

/** What was said with an action, sealed; `salt` is 16 random bytes, and the event has the digest of both. */
export interface RosterNote {
  readonly seq: number;
  readonly salt: Uint8Array;
  readonly text: string;
}

export interface RosterAddition {
  readonly state: PersonState;
  readonly events: readonly PersonEvent[];
  readonly notes: readonly RosterNote[];
  /** Roles that count now; the others are kept and do not act. */
  readonly inForce: readonly Role[];
  readonly nextDeadline: Instant | null;
  readonly details: PersonDetails;
}

export interface PersonHistoryLine {
  readonly event: PersonEvent;
  readonly note: string | null;
}

export interface Roster {
  /** Takes the project's roster for the rest of the transaction, so that changes come one after the other; the process only. */
  lock(): Promise<void>;
  person(person: PersonId): Promise<RosterEntry | undefined>;
  /** Everybody who was ever known, by name; for members and the process. */
  all(limit: number): Promise<readonly RosterEntry[]>;
  /** After `lock`; the process only. */
  append(addition: RosterAddition): Promise<void>;
  /** The person's own log; for themselves, for those who may admit, audit or run the system, and the process. */
  history(person: PersonId): Promise<readonly PersonHistoryLine[]>;
  /** People whose next deadline has come; the process only. */
  due(now: Instant, limit: number): Promise<readonly PersonId[]>;
  /** Checks the chain of the project's roster, and that it folds to what is kept: how many events, and the first that does not fit; the process only. */
  verify(): Promise<{ readonly events: number; readonly brokenAt: number | null; readonly head: string }>;
}
