// SPDX-License-Identifier: Apache-2.0
// The instant that documents carry as `published` is that of the publication, and nobody types it (P19): documents that carry another are made anew first.

import type { CaseState } from '../model/case.ts';
import type { Instant } from '../model/time.ts';
import { shifted } from '../model/time.ts';
import type { Policy } from '../policy/policy.ts';
import { isAftermath } from './aftermath.ts';
import { opensOn } from './disclosure-days.ts';
import type { Situation } from './situation.ts';

/** How long the instant that documents carry stays good: longer than the program takes from an hour to its publication. In minutes. */
export const instantHolds = 5;

/** The same where a person signs: between the making and the last signature lie a walk to the card and a night. In minutes. */
export const instantHoldsForPeople = 24 * 60;

/** Documents of this case that wait for a person's signature. */
export function waiting({ disclosure: { prepared, unsigned } }: CaseState): readonly string[] {
  return prepared === null ? [] : (unsigned ?? []);
}

/** What documents carry that are made now: the agreed end while it lies ahead, or the day of disclosure that is waited for; now, where nothing is or the hour has come. */
export function instantToCarry(state: CaseState, policy: Policy, now: Instant): Instant {
  const { until, state: embargo } = state.embargo;
  if (isAftermath(state)) return state.disclosure.begunAt ?? now;
  if (madeAnewSince(state) !== null) return now;
  const agreed = embargo === 'active' || embargo === 'revising' ? until : null;
  return agreed !== null && agreed >= now ? agreed : opensOn(now, state, policy);
}

/** Since when the documents are made anew for their date alone; null when they are not. */
export function madeAnewSince({ disclosure: { carries } }: CaseState): Instant | null {
  return carries === null ? null : carries.timedAt;
}

/** Whether the documents that are kept would tell another instant than that at which they go out. */
export function tellsAnotherInstant({ state: { disclosure }, now }: Pick<Situation, 'state' | 'now'>): boolean {
  const { prepared, carries, unsigned } = disclosure;
  if (prepared === null || carries === null) return false;
  const holds = (unsigned ?? null) === null ? instantHolds : instantHoldsForPeople;
  return carries.published > now || shifted(carries.published, { minutes: holds }) < now;
}
