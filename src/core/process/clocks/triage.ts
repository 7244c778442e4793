// SPDX-License-Identifier: Apache-2.0
// The clocks of a young case: moderation, the first answer, an owner, a verdict.

import type { CaseState } from '../../model/case.ts';
import type { Handling } from '../../model/regions.ts';
import { openHandling } from '../../model/regions.ts';
import type { Instant } from '../../model/time.ts';
import type { Policy } from '../../policy/policy.ts';
import { rolesWith } from '../../policy/policy.ts';
import type { Ask, Deadline } from './clock.ts';
import { latest, reminder } from './clock.ts';

/** Handling states in which a verdict is still to be given. */
export const undecided: readonly Handling[] = ['received', 'eligibility', 'assessing'];

export function triageClocks(state: CaseState, policy: Policy): readonly Deadline[] {
  const { acknowledgement } = state.marks;
  // What is beyond a reporter's number of a day is not looked at before its turn, and nobody is late with it until then.
  const receipt = state.queuedUntil ?? state.marks.receipt;
  if (receipt === undefined) return [];
  const { moderation, acknowledge, verdict } = policy.clocks;
  const of = { state, policy };
  const open = openHandling.includes(state.handling);
  return [
    ...turnOfQueued(state),
    ...(state.handling === 'held' ? reminder('clocks.moderation', receipt, moderation, of) : []),
    ...(open && acknowledgement === undefined ? reminder('clocks.acknowledge', receipt, acknowledge, of) : []),
    ...(open ? claim(state, policy, receipt) : []),
    ...(undecided.includes(state.handling)
      ? reminder('clocks.verdict', latest(state.ownership.first, receipt) ?? receipt, verdict, of)
      : []),
  ];
}

/** A report beyond its reporter's number of a day: those who would have been called at receipt are called when its turn comes, once (QEMU-1). */
function turnOfQueued({ queuedUntil, handling, reminders }: CaseState): readonly Deadline[] {
  const clock = 'intake.reports_per_day';
  const waits = queuedUntil !== null && reminders[clock] === undefined && handling === 'received';
  return waits ? [{ clock, at: queuedUntil, action: { kind: 'remind', clock } }] : [];
}

/** Whether a person took the case or gave it: one whom the process alone chose may not even know of it. */
function isClaimed({ ownership, handling }: CaseState): boolean {
  return handling !== 'received' || ownership.how === 'claimed' || ownership.how === 'given';
}

/** QEMU-8: nobody claims, and the policy says who becomes the owner; from then on that one is called each day. Without any owner it is asked each day. */
function claim(state: CaseState, policy: Policy, receipt: Instant): readonly Deadline[] {
  if (state.owner !== null && isClaimed(state)) return [];
  const [deadline] = reminder('clocks.claim', latest(state.ownership.first, receipt) ?? receipt, policy.clocks.claim, { state, policy });
  if (deadline === undefined) return [];
  const again = state.reminders['clocks.claim'] !== undefined && state.owner !== null;
  return [again ? deadline : { ...deadline, ask: unclaimed(policy) }];
}

function unclaimed(policy: Policy): Ask {
  const { unclaimed: how, fallback } = policy.ownership;
  return { how, roles: how === 'fallback' ? [fallback] : rolesWith(policy, 'handle'), person: null };
}
