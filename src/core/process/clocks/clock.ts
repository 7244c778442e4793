// SPDX-License-Identifier: Apache-2.0
// What a clock is: when it is due, what the process does then, and how often it comes again.

import type { ActionData } from '../../model/action.ts';
import type { CaseState, OwnerHow } from '../../model/case.ts';
import type { Role } from '../../model/identifiers.ts';
import type { Instant } from '../../model/time.ts';
import { shifted } from '../../model/time.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Duration } from '../../policy/quantities.ts';
import { add } from '../caps.ts';

/** What the process does when the deadline has come. */
type DueAction = Extract<
  ActionData,
  {
    readonly kind: 'remind' | 'publish-case' | 'publish-bundle' | 'publish-unfixed' | 'close-case' | 'open-proofs' | 'update-relations';
  }
>;

/** Who is asked to own the case when the deadline has come: somebody of these roles, or the person of this name. The application knows the people. */
export interface Ask {
  readonly how: Extract<OwnerHow, 'rota' | 'fallback' | 'escalated' | 'last_resort'>;
  readonly roles: readonly Role[];
  /** A name of the policy, for the last resort; null is the first administrator. */
  readonly person: string | null;
}

export interface Deadline {
  /** Name of the clock, as the policy spells it; for a warning with its distance: `embargo.warning:7 days`. */
  readonly clock: string;
  readonly at: Instant;
  /** Where it comes again and again: when it was due first, which is what was promised. */
  readonly first?: Instant;
  readonly action: DueAction;
  /** Where the clock gives the case another owner. Without anybody to ask it only calls. */
  readonly ask?: Ask;
}

/** The ladder: each call of this clock is a step up. */
export const escalationClock = 'ownership.escalation';

export const hourly = { hours: 1 };
export const daily = { hours: 24 };
export const weekly = { hours: 168 };

/** The first time after a duration of the policy, then again at the pace; no clock where the policy has none. */
export function reminder(
  clock: string,
  from: Instant,
  after: Duration | null,
  { state, policy }: { readonly state: CaseState; readonly policy: Policy },
  pace: { readonly hours: number } = daily,
): readonly Deadline[] {
  return after === null ? [] : [repeated(clock, add(from, after, policy), pace, state)];
}

/** The first time at `first`, then again at the pace until what it waits for has happened. A clock that was set anew since its last call begins anew. */
export function repeated(clock: string, first: Instant, pace: { readonly hours: number }, state: CaseState): Deadline {
  const last = state.reminders[clock];
  return { clock, at: last === undefined || last.at < first ? first : shifted(last.at, pace), first, action: { kind: 'remind', clock } };
}

/** The latest of the instants that there are. */
export function latest(...instants: readonly (Instant | null | undefined)[]): Instant | undefined {
  return instants
    .filter((one): one is Instant => one !== null && one !== undefined)
    .sort()
    .at(-1);
}
