// SPDX-License-Identifier: Apache-2.0
// How soon a member has to know: what calls them at any hour, what is for today, and what may wait for the digest of the day (VMT-7).

import type { Policy } from '../policy/policy.ts';
import type { MayWait, Urgency } from '../policy/words.ts';
import { urgentClocks } from './clocks/clock.ts';
import type { NoticeName } from './consequence.ts';

/** Notices that call people: somebody has to act, or has acted, this very hour. */
const calling: readonly NoticeName[] = ['embargo-ended', 'glass-broken', 'release-stopped'];
/** Clocks that do, beside those that call until somebody acts. */
const callingClocks: readonly string[] = [
  ...urgentClocks,
  'embargo.ends_early_on.leaked',
  'embargo.ends_early_on.exploited',
  'clocks.cra_early',
];

/** What may wait where a policy that was kept before there was such a key says nothing. */
const mayWait: readonly MayWait[] = ['report_arrived', 'party_answered', 'redaction_proposed'];

/** `clocks`: of a reminder, the clocks that it is about. */
export function urgencyOf(notice: string, clocks: readonly string[], { ownership }: Policy): Urgency {
  if (calling.includes(notice as NoticeName) || clocks.some((clock) => callingClocks.includes(clock))) return 'page';
  return (ownership.mayWait ?? mayWait).includes(notice.replaceAll('-', '_') as MayWait) ? 'digest' : 'today';
}

/** Whether what calls people goes through their quiet hours. */
export function pagesGoThrough({ ownership }: Policy): boolean {
  return ownership.quietHours === 'broken_by_calls';
}
