// SPDX-License-Identifier: Apache-2.0
// What a clock is: when it is due, what the process does then, and how often it comes again.

import type { ActionData } from '../../model/action.ts';
import type { CaseState } from '../../model/case.ts';
import type { Role } from '../../model/identifiers.ts';
import type { OwnerHow } from '../../model/ownership.ts';
import type { Instant } from '../../model/time.ts';
import { shifted } from '../../model/time.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Duration } from '../../policy/quantities.ts';
import { add } from '../caps.ts';

/** What the process does when the deadline has come. */
type DueAction = Extract<
  ActionData,
  {
    readonly kind:
      | 'remind'
      | 'publish-case'
      | 'publish-bundle'
      | 'publish-unfixed'
      | 'close-case'
      | 'open-proofs'
      | 'update-relations'
      | 'remove-person'
      | 'retire-branches';
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

/** Whom an urgent call reaches: those whose business it is, everybody who could end it, or everybody who reads the case and those who run the system. */
export type Circle = 'nearest' | 'able' | 'everybody';

/** Of a call that comes until somebody acts (P4): the longer it is in vain, the more people it reaches, and the longer it leaves between. */
const urgentCalls: readonly { readonly from: number; readonly hours: number; readonly circle: Circle }[] = [
  { from: 0, hours: 1, circle: 'nearest' },
  { from: 6, hours: 6, circle: 'able' },
  { from: 72, hours: 24, circle: 'everybody' },
];

/** The clocks that call so. */
export const urgentClocks: readonly string[] = [
  'embargo.until',
  'disclosure.trigger',
  'disclosure.unfixed',
  'clocks.posted_but_private',
  'fact.leaked',
  'cap',
];

/** Pace of an urgent call: by how long it has been in vain. */
export const urgent = 'urgent';
type Pace = { readonly hours: number } | typeof urgent;

function urgentCall(first: Instant, at: Instant): { readonly hours: number; readonly circle: Circle } {
  return urgentCalls.findLast(({ from }) => shifted(first, { hours: from }) <= at) ?? { ...hourly, circle: 'nearest' };
}

/** Whom a call reaches that was due first at `first` and comes now. */
export function circleOf(first: Instant, now: Instant): Circle {
  return urgentCall(first, now).circle;
}

/** The first time after a duration of the policy, then again at the pace; no clock where the policy has none. */
export function reminder(
  clock: string,
  from: Instant,
  after: Duration | null,
  { state, policy }: { readonly state: CaseState; readonly policy: Policy },
  pace: Pace = daily,
): readonly Deadline[] {
  return after === null ? [] : [repeated(clock, add(from, after, policy), pace, state)];
}

/** The first time at `first`, then again at the pace until what it waits for has happened. A clock that was set anew since its last call begins anew. */
export function repeated(clock: string, first: Instant, pace: Pace, state: CaseState): Deadline {
  const last = state.reminders[clock];
  const next = (at: Instant) => shifted(at, { hours: pace === urgent ? urgentCall(first, at).hours : pace.hours });
  return { clock, at: last === undefined || last.at < first ? first : next(last.at), first, action: { kind: 'remind', clock } };
}

/** The latest of the instants that there are. */
export function latest(...instants: readonly (Instant | null | undefined)[]): Instant | undefined {
  return instants
    .filter((one): one is Instant => one !== null && one !== undefined)
    .sort()
    .at(-1);
}
