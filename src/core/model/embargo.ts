// SPDX-License-Identifier: Apache-2.0
// The embargo of a case: requests that are asked and decided, and the one agreement that holds.

import type { ActorMark } from './actor.ts';
import type { ContentRef } from './content.ts';
import type { PersonId, Role } from './identifiers.ts';
import type { EmbargoExit, EmbargoState, FactName } from './regions.ts';
import type { Instant } from './time.ts';
import type { HeldAs } from './word.ts';

/** In whose name somebody agrees to a date: the reporters, a role of the policy, or one notified party. */
export type Voice = 'reporter' | Role | `party:${string}`;

/** Why the count begins again (LIBVIRT-33). */
export const restartReasons = ['patch_problem', 'wider_impact', 'new_party'] as const;
export type RestartReason = (typeof restartReasons)[number];

/** What the time is wanted for. */
export type Purpose = 'qa' | 'rollout' | 'vendor_packages' | 'other_project';

/** What is asked for with a date, as it stands in the event that asks. */
export interface Asked {
  readonly until: Instant;
  /** IANA zone in which the instant was agreed. */
  readonly zone: string;
  readonly reason: ContentRef | null;
  /** Why the count would begin again; null where it goes on. */
  readonly restarts: RestartReason | null;
  readonly circumstances: ContentRef | null;
  readonly evidence: ContentRef | null;
  readonly purposes: readonly Purpose[];
  /** In whose name it was asked. */
  readonly askedAs: readonly Voice[];
  readonly awaits: readonly Voice[];
  readonly agreed: readonly Voice[];
}

/** How a request ended. `countered`: another date was proposed instead; `ended`: the embargo ended before it was decided. */
export interface EmbargoDecision {
  readonly outcome: 'granted' | 'refused' | 'countered' | 'ended';
  readonly at: Instant;
  readonly as: Voice | null;
  readonly reason: ContentRef | null;
  /** Conditions of the policy that the request did not meet, as the file spells them. */
  readonly missing: readonly string[];
}

/** A request for an embargo, or for another date of it (QEMU-50). */
export interface EmbargoRequest extends Asked {
  readonly askedBy: ActorMark;
  readonly askedAt: Instant;
  /** The severity on record when it was asked. */
  readonly severity: string | null;
  readonly decision: EmbargoDecision | null;
}

export interface Embargo {
  readonly state: EmbargoState;
  readonly from: Instant | null;
  readonly until: Instant | null;
  readonly zone: string | null;
  /** The request that is open now; at most one. */
  readonly proposal: EmbargoRequest | null;
  /** Requests that were decided, oldest first: everybody who is asked sees them (LIBVIRT-25). */
  readonly decided: readonly EmbargoRequest[];
  readonly moves: number;
  readonly restarts: number;
  /** Facts despite which somebody decided to keep the embargo, with the instant of that decision. */
  readonly kept: readonly { readonly fact: FactName; readonly at: Instant }[];
  /** Who wants it to end early by choice, while another word is missing. */
  readonly ending: readonly PersonId[];
  readonly heldAs?: HeldAs;
  readonly exit: EmbargoExit | null;
  readonly exitedAt: Instant | null;
}
