// SPDX-License-Identifier: Apache-2.0
// The clocks of silence: an owner who does nothing, a reporter who hears nothing, a team that hears nothing (QEMU-7, QEMU-8, P1, P14).

import type { CaseState, Reporter } from '../../model/case.ts';
import { ownReporters } from '../../model/case.ts';
import type { Handling } from '../../model/regions.ts';
import type { Instant } from '../../model/time.ts';
import { earliest } from '../../model/time.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Duration } from '../../policy/quantities.ts';
import { add } from '../caps.ts';
import type { Ask, Deadline } from './clock.ts';
import { daily, escalationClock, latest, reminder, repeated, weekly } from './clock.ts';
import { undecided } from './triage.ts';

/** Handling states in which the fix is under way and the reporter waits for news. */
const underWay: readonly Handling[] = ['confirmed', 'fixing', 'fix_ready'];
/** How long somebody who was asked has before the next is asked, where the policy sets no time to claim. */
const aDay: Duration = { amount: 24, unit: 'hours' };

export function silenceClocks(state: CaseState, policy: Policy): readonly Deadline[] {
  return [...escalation(state, policy), ...updates(state, policy), ...unanswered(state, policy), ...reporterSilent(state, policy)];
}

/** Who is asked in turn, from the first step to the last, which is a person and never a list. */
function ladder({ ownership }: Policy): readonly Ask[] {
  return [
    ...ownership.escalation.map((role): Ask => ({ how: 'escalated', roles: [role], person: null })),
    { how: 'last_resort', roles: [], person: ownership.lastResort },
  ];
}

/**
 * The ladder begins when a promise is broken or nothing was done for the time of a verdict, and goes a step up while nobody of the team does anything.
 * Above its last step the owner is called, each time that the time of a verdict has passed.
 */
function escalation(state: CaseState, policy: Policy): readonly Deadline[] {
  const neglected = neglectedSince(state, policy);
  if (neglected === undefined) return [];
  const last = state.reminders[escalationClock]?.at;
  const silent = add(latest(state.attended, state.ownership.since, last) ?? neglected, policy.clocks.claim ?? aDay, policy);
  const ask = ladder(policy)[state.ownership.rungs];
  if (ask === undefined) {
    const { verdict } = policy.clocks;
    const from = latest(state.attended, last);
    return verdict === null || from === undefined ? [] : [call(latest(neglected, add(from, verdict, policy)) ?? neglected)];
  }
  return [{ ...call(latest(neglected, silent) ?? silent), ask }];
}

function call(at: Instant): Deadline {
  return { clock: escalationClock, at, action: { kind: 'remind', clock: escalationClock } };
}

/** The instant from which the case counts as left alone, if nobody does anything until then. */
function neglectedSince(state: CaseState, policy: Policy): Instant | undefined {
  const { acknowledgement } = state.marks;
  const receipt = state.queuedUntil ?? state.marks.receipt;
  const { acknowledge, verdict } = policy.clocks;
  if (receipt === undefined || state.ownership.first === null) return undefined;
  const owned = latest(state.ownership.first, receipt) ?? receipt;
  if (undecided.includes(state.handling)) {
    const broken = [
      ...(acknowledge === null || acknowledgement !== undefined ? [] : [add(receipt, acknowledge, policy)]),
      ...(verdict === null ? [] : [add(owned, verdict, policy)]),
    ];
    const [first, ...rest] = broken;
    return first === undefined ? undefined : earliest(first, ...rest);
  }
  const over = secrecyOver(state);
  if (over !== undefined) return add(over, policy.clocks.claim ?? aDay, policy);
  if (!underWay.includes(state.handling) || state.disclosure.armed || verdict === null) return undefined;
  return add(latest(state.attended, state.ownership.since) ?? owned, verdict, policy);
}

/** The end of an embargo past which somebody was called in vain: the ladder does not wait for the time of a verdict then (P4). */
function secrecyOver({ visibility, handling, embargo, reminders }: CaseState): Instant | undefined {
  const end = embargo.state === 'exited' ? embargo.exitedAt : embargo.until;
  if (visibility === 'public' || !underWay.includes(handling) || end === null) return undefined;
  return ['embargo.until', 'disclosure.trigger'].some((clock) => (reminders[clock]?.at ?? '') >= end) ? end : undefined;
}

/** The reporter who waits longest is the measure; a word to them sets the clock anew. */
function updates(state: CaseState, policy: Policy): readonly Deadline[] {
  const at = newsDue(state, policy, ownReporters(state));
  return at === undefined ? [] : [repeated('clocks.update_reporter', at, daily, state)];
}

/** When the earliest of these reporters is to hear from the team next; nothing before the confirmation and after the disclosure. */
export function newsDue(state: CaseState, policy: Policy, reporters: readonly Reporter[]): Instant | undefined {
  const { confirmation } = state.marks;
  const { updateReporter } = policy.clocks;
  if (confirmation === undefined || updateReporter === null || !underWay.includes(state.handling)) return undefined;
  return reporters.map((one) => add(latest(confirmation, one.told, one.since) ?? confirmation, updateReporter, policy)).sort()[0];
}

/** A message of a reporter that nobody has answered: within the time of a first answer, or of news where the policy promises none. */
function unanswered(state: CaseState, policy: Policy): readonly Deadline[] {
  const { acknowledge, updateReporter } = policy.clocks;
  const open = undecided.includes(state.handling) || underWay.includes(state.handling);
  const since = state.reporters.flatMap(({ heard, told }) => (heard !== null && (told ?? '') < heard ? [heard] : [])).sort()[0];
  return open && since !== undefined ? reminder('reporter.unanswered', since, acknowledge ?? updateReporter, { state, policy }) : [];
}

/** P14: before the verdict, a question that the reporter has left open for the time of an update; the team decides what becomes of it. */
function reporterSilent(state: CaseState, policy: Policy): readonly Deadline[] {
  const since = state.reporters.flatMap(({ heard, told }) => (told !== null && (heard ?? '') < told ? [told] : [])).sort()[0];
  if (!undecided.includes(state.handling) || since === undefined) return [];
  return reminder('reporter.silent', since, policy.clocks.updateReporter, { state, policy }, weekly);
}
