// SPDX-License-Identifier: Apache-2.0
// Whom a reminder reaches: whoever has to act, and ever more people while it stays in vain.

import type { CaseState } from '../../model/case.ts';
import type { Event } from '../../model/event.ts';
import type { Instant } from '../../model/time.ts';
import type { Policy } from '../../policy/policy.ts';
import { type Circle, circleOf, urgentClocks } from '../clocks/clock.ts';
import type { Consequence } from '../consequence.ts';
import { callsThose, deadlines } from '../deadlines.ts';
import { type Notify, ownerOr } from './to-whom.ts';

/** What calls those who run the system as soon as nobody is left of the few who read a narrowed case. The roster tells it, so no clock of the case does. */
export const unread = 'narrowed.unread';

/** An urgent call that stays in vain goes to more people (P4); the last circle holds those who run the system, who learn only that a case waits. */
export function reminded(
  { clock, also = [], at }: Event & { readonly kind: 'reminder-due' },
  state: CaseState,
  policy: Policy,
  notice: Notify,
): readonly Consequence[] {
  if (clock === unread) return [notice('narrowed-unread', { kind: 'administrators' })];
  const called = callsThose(clock);
  const own = called === 'owner' ? ownerOr(state, 'handle') : ({ kind: 'right', right: called } as const);
  switch (circleAt([clock, ...also], at, state, policy)) {
    case 'nearest':
      return [notice('reminder', own)];
    case 'able':
      return [notice('reminder', { kind: 'right', right: 'disclose' })];
    case 'everybody':
      return [
        notice('reminder', ownerOr(state, 'handle')),
        notice('reminder', { kind: 'readers' }),
        notice('case-waits', { kind: 'administrators' }),
      ];
  }
}

/** The widest circle that any of the clocks asks for which this one mail names. */
function circleAt(clocks: readonly string[], at: Instant, state: CaseState, policy: Policy): Circle {
  const running = deadlines(state, policy).filter(({ clock }) => urgentClocks.includes(clock) && clocks.includes(clock));
  const first = running.flatMap((one) => one.first ?? []).sort()[0];
  return first === undefined ? 'nearest' : circleOf(first, at);
}
