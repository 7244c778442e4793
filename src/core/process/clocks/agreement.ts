// SPDX-License-Identifier: Apache-2.0
// The clocks of the agreement: facts that ask for an answer, who has not said ready, parties that are not told, and what their rules ask of us.

import type { CaseState } from '../../model/case.ts';
import { shifted } from '../../model/time.ts';
import type { Policy } from '../../policy/policy.ts';
import { add } from '../caps.ts';
import { openQuestions } from '../embargo-questions.ts';
import { allReady, dutiesOf, readinessClock, untold } from '../parties.ts';
import type { Deadline } from './clock.ts';
import { daily, repeated } from './clock.ts';

/** What the agreement itself asks: an answer to a fact, and a word of ready from everybody who discloses at the same hour (LIBVIRT-26). */
export function agreementClocks(state: CaseState, policy: Policy): readonly Deadline[] {
  const questions = openQuestions(state, policy).map(({ fact, since }) => repeated(`embargo.ends_early_on.${fact}`, since, daily, state));
  const { until, from, state: embargo } = state.embargo;
  const clock = readinessClock;
  if (until === null || embargo !== 'active' || allReady(state, policy) || state.reminders[clock] !== undefined) return questions;
  const at = shifted(until, { hours: -24 });
  return at < (from ?? at) ? questions : [...questions, { clock, at, action: { kind: 'remind', clock } }];
}

/** Parties that should have been told by now, and what the rules of those that were told ask once the case is public (P4, F3, F4). */
export function partyClocks(state: CaseState, policy: Policy): readonly Deadline[] {
  const open = dutiesOf(state, policy).filter((duty) => duty.done === null);
  const duties = open.map(({ due: at }) => at).sort();
  const { toldWithin } = policy.downstream;
  const from = toldWithin === null ? undefined : state.marks[toldWithin.from];
  const late = state.embargo.state === 'active' && state.visibility === 'private' && untold(state, policy).length > 0;
  return [
    ...duties.slice(0, 1).map((at) => repeated('downstream.parties.duties', at, daily, state)),
    ...(toldWithin !== null && from !== undefined && late
      ? [repeated('downstream.told_within', add(from, toldWithin.duration, policy), daily, state)]
      : []),
  ];
}
