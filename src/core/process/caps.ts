// SPDX-License-Identifier: Apache-2.0
// The cap calculus: the latest lawful public instant of a case is the earliest of all caps, and the one that binds is named.

import type { CaseState } from '../model/case.ts';
import type { Instant } from '../model/time.ts';
import { addDuration, type DisclosureTimes, earliestAllowedAfter, latestAllowedBefore } from '../policy/calendar.ts';
import type { Policy } from '../policy/policy.ts';
import { type Duration, durationText } from '../policy/quantities.ts';
import type { Section } from '../policy/words.ts';
import { partyLimit, partyOf } from './parties.ts';

export interface Cap {
  /** Where the cap comes from, as the policy spells it: `embargo.length[1].up_to`, `disclosure.at_latest`, `downstream.parties[0].limit`; `reporter.deadline`, `fact.already_public`. */
  readonly source: string;
  readonly at: Instant;
  /** What the policy says there, as a file writes it: `21 days`; null where it is no value of the policy. */
  readonly value: string | null;
  /** Why the policy has this value, in its own words. */
  readonly because: string | null;
}

/** Milestone from which the embargo counts; before it happened, the embargo has not begun. */
export function countedFrom(state: CaseState, policy: Policy): Instant | undefined {
  return state.embargo.from ?? state.marks[policy.embargo.countedFrom];
}

/** All caps that act on the case now, in no order. Facts that end an embargo cap it at the instant they were recorded. */
export function caps(state: CaseState, policy: Policy): readonly Cap[] {
  return [
    ...embargoCap(state, policy),
    ...latestCap(state, policy),
    ...reporterCaps(state),
    ...partyCaps(state, policy),
    ...factCaps(state),
  ];
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
  return latestAllowedBefore(at, disclosureTimes(policy));
}

/** The same, moved later: a warning is never shortened. */
export function fromDisclosureDay(at: Instant, policy: Policy): Instant {
  return earliestAllowedAfter(at, disclosureTimes(policy));
}

/** The days and hour of disclosure, with the calendar that they are read in. */
export function disclosureTimes({ disclosure: { days, hour }, calendar: { zone, holidays } }: Policy): DisclosureTimes {
  return { days, hour, holidays, zone };
}

/**
 * An end of the policy's own, at which something opens by itself: on the last day and hour before it on which the project discloses, since the end was
 * counted. Where there is none the end stands. What others set binds to the minute: it may be told too late to be moved.
 */
function lawfulAfter(from: Instant, at: Instant, policy: Policy): Instant {
  const lawful = onDisclosureDay(at, policy);
  return lawful > from ? lawful : at;
}

export function add(at: Instant, duration: Duration, policy: Policy): Instant {
  return addDuration(at, duration, policy.calendar);
}

/** The last rung counts in total: so from the first beginning, and not from the latest restart, nor from a fix that was ready once more. */
function embargoCap(state: CaseState, policy: Policy): readonly Cap[] {
  const last = policy.embargo.length.at(-1);
  const begun = [state.marks[policy.embargo.countedFrom], state.embargo.from].filter((one) => one != null).sort();
  const [from] = begun;
  if (last === undefined || from === undefined || state.embargo.state === 'none') return [];
  const rung = policy.embargo.length.length - 1;
  const at = lawfulAfter(from, add(from, last.upTo, policy), policy);
  return [{ source: `embargo.length[${rung}].up_to`, at, value: durationText(last.upTo), because: because(policy, 'embargo', 'length') }];
}

function latestCap(state: CaseState, policy: Policy): readonly Cap[] {
  const latest = policy.disclosure.atLatest;
  if (latest === null || (latest.applies === 'without_embargo' && state.embargo.state !== 'none')) return [];
  const from = state.marks[latest.from];
  const at = from === undefined ? undefined : lawfulAfter(from, add(from, latest.duration, policy), policy);
  const value = `${durationText(latest.duration)} from ${latest.from}`;
  return at === undefined ? [] : [{ source: 'disclosure.at_latest', at, value, because: because(policy, 'disclosure', 'at_latest') }];
}

function reporterCaps(state: CaseState): readonly Cap[] {
  return state.reporters.flatMap((reporter) =>
    reporter.deadline === null ? [] : [{ source: 'reporter.deadline', at: reporter.deadline, value: null, because: null }],
  );
}

/** Each told party accepts no longer embargo than its limit, from its own first mail (F1). */
function partyCaps(state: CaseState, policy: Policy): readonly Cap[] {
  return policy.downstream.parties.flatMap(({ name, limit }, position) => {
    const at = partyLimit(partyOf(state, name), policy);
    return at === undefined
      ? []
      : [
          {
            source: `downstream.parties[${position}].limit`,
            at,
            value: limit === null ? null : durationText(limit),
            because: because(policy, 'downstream', 'parties'),
          },
        ];
  });
}

/** What ends an embargo at once leaves no time: public already, or an embargo that ended because details got out or are used. */
function factCaps({ facts, embargo }: CaseState): readonly Cap[] {
  const open = facts
    .filter((fact) => fact.fact === 'already_public' || fact.fact === 'exploit_public')
    .map((fact) => ({ source: `fact.${fact.fact}`, at: fact.recordedAt, value: null, because: null }));
  const { exit, exitedAt } = embargo;
  const ended = (exit === 'leak' || exit === 'exploited') && exitedAt !== null;
  return ended ? [...open, { source: `fact.${exit === 'leak' ? 'leaked' : exit}`, at: exitedAt, value: null, because: null }] : open;
}

/** The cap in a sentence: which line sets it, with what it says there. A reason that speaks of more than that line is left to the page. */
export function capInWords({ source, value, because: why }: Cap): string {
  const own = why === null || source.includes('[') ? '' : ` ${why}`;
  return `${source}${value === null ? '' : ` (${value})`} sets it.${own}`;
}

function because({ origins }: Policy, section: Section, key: string): string | null {
  return origins[section].because[key] ?? null;
}
