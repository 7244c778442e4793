// SPDX-License-Identifier: Apache-2.0
// The cap calculus: the latest lawful public instant of a case is the earliest of all caps, and the one that binds is named.

import type { CaseState, Milestone } from '../model/case.ts';
import { hasFact } from '../model/case.ts';
import type { Instant } from '../model/time.ts';
import { addDuration, latestAllowedBefore } from '../policy/calendar.ts';
import type { Policy } from '../policy/policy.ts';
import type { Deadline, Duration } from '../policy/quantities.ts';

export interface Cap {
  /** Where the cap comes from, as the policy spells it: `embargo.length`, `disclosure.at_latest`, `reporter.deadline`. */
  readonly source: string;
  readonly at: Instant;
}

/** Milestone from which the embargo counts; before it happened, the embargo has not begun. */
export function countedFrom(state: CaseState, policy: Policy): Instant | undefined {
  return state.embargo.from ?? state.marks[policy.embargo.countedFrom];
}

/** All caps that act on the case now, in no order. Facts that end an embargo cap it at the instant they were recorded. */
export function caps(state: CaseState, policy: Policy): readonly Cap[] {
  return [...embargoCap(state, policy), ...latestCap(state, policy), ...reporterCaps(state), ...factCap(state)];
}

/** The cap that binds: the earliest. Nothing where nothing bounds the case yet. */
export function bindingCap(state: CaseState, policy: Policy): Cap | undefined {
  return caps(state, policy).reduce<Cap | undefined>((least, cap) => (least === undefined || cap.at < least.at ? cap : least), undefined);
}

/** Whether the embargo has ended without a fix, and the policy publishes then and asks nobody (VMT-30). */
export function endsWithoutFix({ embargo, handling }: CaseState, policy: Policy, now: Instant): boolean {
  const waits = handling === 'confirmed' || handling === 'fixing';
  return (
    policy.embargo.atEndWithoutFix === 'publish' && waits && embargo.until !== null && embargo.state !== 'exited' && embargo.until <= now
  );
}

/** `at` moved earlier to a day and hour on which the project discloses (LANGUAGE 4). */
export function onDisclosureDay(at: Instant, policy: Policy): Instant {
  const { days, hour } = policy.disclosure;
  const { zone, holidays } = policy.calendar;
  return latestAllowedBefore(at, { days, hour, holidays, zone });
}

function deadlineAt(state: CaseState, policy: Policy, deadline: Deadline): Instant | undefined {
  const from = state.marks[deadline.from satisfies Milestone];
  return from === undefined ? undefined : add(from, deadline.duration, policy);
}

export function add(at: Instant, duration: Duration, policy: Policy): Instant {
  return addDuration(at, duration, policy.calendar);
}

/** The last rung counts in total, restarts included: so from the first beginning, not from the latest restart. */
function embargoCap(state: CaseState, policy: Policy): readonly Cap[] {
  const last = policy.embargo.length.at(-1);
  const from = state.marks[policy.embargo.countedFrom] ?? state.embargo.from;
  if (last === undefined || from === undefined || from === null || state.embargo.state === 'none') return [];
  return [{ source: 'embargo.length', at: add(from, last.upTo, policy) }];
}

function latestCap(state: CaseState, policy: Policy): readonly Cap[] {
  const latest = policy.disclosure.atLatest;
  if (latest === null || (latest.applies === 'without_embargo' && state.embargo.state !== 'none')) return [];
  const at = deadlineAt(state, policy, latest);
  return at === undefined ? [] : [{ source: 'disclosure.at_latest', at }];
}

function reporterCaps(state: CaseState): readonly Cap[] {
  return state.reporters.flatMap((reporter) =>
    reporter.deadline === null ? [] : [{ source: 'reporter.deadline', at: reporter.deadline }],
  );
}

function factCap(state: CaseState): readonly Cap[] {
  if (!hasFact(state, 'already_public', 'exploit_public')) return [];
  return state.facts
    .filter((fact) => fact.fact === 'already_public' || fact.fact === 'exploit_public')
    .map((fact) => ({ source: `fact.${fact.fact}`, at: fact.recordedAt }));
}
