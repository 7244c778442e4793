// SPDX-License-Identifier: Apache-2.0
// THE CLOCK: what is due when, as a function of the case and its policy. A process that was down asks again and catches up (I12).

import type { CaseState } from '../model/case.ts';
import type { Handling } from '../model/regions.ts';
import { openHandling } from '../model/regions.ts';
import type { Instant } from '../model/time.ts';
import { shifted } from '../model/time.ts';
import type { Policy } from '../policy/policy.ts';
import type { Duration } from '../policy/quantities.ts';
import { add, bindingCap } from './caps.ts';
import type { Deadline } from './deadline.ts';
import { repeated } from './deadline.ts';
import { disclosureDue } from './disclosure-due.ts';
import { endClocks, endWithoutFix } from './end-clocks.ts';
import { unmet } from './gates.ts';
import type { Situation } from './situation.ts';
import { table } from './table.ts';

/** Handling states in which a verdict is still to be given. */
const undecided: readonly Handling[] = ['received', 'eligibility', 'assessing'];
const daily = { hours: 24 };
const hourly = { hours: 1 };

/** Everything that will come due if nobody acts, in order of time. */
export function deadlines(state: CaseState, policy: Policy): readonly Deadline[] {
  return [
    ...intakeClocks(state, policy),
    ...embargoClocks(state, policy),
    ...disclosureClocks(state, policy),
    ...mismatchClocks(state, policy),
    ...endClocks(state, policy),
  ].sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** What was promised for a deadline: a reminder that comes again moves nothing. */
export function promisedAt({ at, first }: Deadline): Instant {
  return first ?? at;
}

/** The instant at which the case must be looked at next; nothing when no clock runs. */
export function nextDeadline(state: CaseState, policy: Policy): Instant | null {
  return deadlines(state, policy)[0]?.at ?? null;
}

/** What is to be done now. After a time of silence several may be due: a publication goes before the reminders that it makes idle. */
export function due(state: CaseState, policy: Policy, now: Instant): Deadline | undefined {
  const all = deadlines(state, policy).filter((deadline) => deadline.at <= now);
  return all.find((deadline) => deadline.action.kind !== 'remind') ?? all[0];
}

function intakeClocks(state: CaseState, policy: Policy): readonly Deadline[] {
  const { receipt, acknowledgement } = state.marks;
  if (receipt === undefined) return [];
  const { moderation, acknowledge, claim, verdict } = policy.clocks;
  const held = state.handling === 'held';
  const open = openHandling.includes(state.handling);
  return [
    ...(held ? reminder('clocks.moderation', receipt, moderation, state, policy) : []),
    ...(open && acknowledgement === undefined ? reminder('clocks.acknowledge', receipt, acknowledge, state, policy) : []),
    ...(open && state.owner === null ? reminder('clocks.claim', receipt, claim, state, policy) : []),
    ...(undecided.includes(state.handling) ? reminder('clocks.verdict', receipt, verdict, state, policy) : []),
  ];
}

/** Warnings before the end, once each; at the end, the owner is called every hour until someone acts. */
function embargoClocks(state: CaseState, policy: Policy): readonly Deadline[] {
  const { until } = state.embargo;
  if (until === null || (state.embargo.state !== 'active' && state.embargo.state !== 'revising')) return [];
  const warnings = policy.clocks.warnBeforeEnd.flatMap((before): Deadline[] => {
    const clock = `embargo.warning:${inWords(before)}`;
    const at = earlierBy(until, before);
    return state.reminders[clock] !== undefined || at < (state.embargo.from ?? at)
      ? []
      : [{ clock, at, action: { kind: 'remind', clock } }];
  });
  if (readyToPublish(state, policy, until)) return warnings;
  const [end = repeated('embargo.until', until, hourly, state)] = endWithoutFix(state, policy);
  return [...warnings, end];
}

/** The publication itself, when its trigger has come and nothing is missing; what is missing calls the owner, and at the cap everyone responsible. */
function disclosureClocks(state: CaseState, policy: Policy): readonly Deadline[] {
  if (!openHandling.includes(state.handling)) return [];
  const at = state.visibility === 'public' ? publishOpenAt(state, policy) : publishAt(state, policy);
  if (at !== undefined && readyToPublish(state, policy, at)) return [{ clock: 'disclosure.trigger', at, action: { kind: 'publish-case' } }];
  if (state.visibility === 'public') return [];
  const cap = bindingCap(state, policy);
  return [
    ...(at !== undefined && triggered(state, policy) ? [repeated('disclosure.trigger', at, hourly, state)] : []),
    ...(cap === undefined ? [] : [atCap(cap.at, state)]),
  ];
}

/** A case that is public, but whose advisory is not out: it goes as soon as it is ready. */
function publishOpenAt(state: CaseState, policy: Policy): Instant | undefined {
  const at = state.publicSince;
  return at !== null && disclosureDue(state, policy, at) ? at : undefined;
}

/** What should agree and does not: a patch is posted while the case is private (QEMU-43), or a disclosure has begun and a channel is not confirmed (P4). */
function mismatchClocks(state: CaseState, policy: Policy): readonly Deadline[] {
  const { begunAt } = state.disclosure;
  const posted = state.branches.flatMap((fix) => (fix.postedAt === null ? [] : [fix.postedAt])).sort()[0];
  const hidden = state.visibility === 'private' && posted !== undefined && policy.disclosure.trigger === 'patch_posted';
  const { postedButPrivate } = policy.clocks;
  return [
    ...(hidden && postedButPrivate !== null
      ? [repeated('clocks.posted_but_private', add(posted, postedButPrivate, policy), hourly, state)]
      : []),
    ...(state.handling === 'disclosing' && begunAt !== null
      ? [repeated('disclosure.channels', shifted(begunAt, hourly), daily, state)]
      : []),
  ];
}

/** Whether something has happened, beside a posting, that should have made the case public; before an agreed date and where people publish by hand, nothing has. */
function triggered({ embargo }: CaseState, { disclosure }: Policy): boolean {
  return embargo.state === 'exited' || ['fix_merged', 'fix_released'].includes(disclosure.trigger);
}

function publishAt(state: CaseState, policy: Policy): Instant | undefined {
  const { until, exitedAt } = state.embargo;
  const now = exitedAt ?? state.facts.at(-1)?.recordedAt ?? state.marks.confirmation;
  if (now !== undefined && disclosureDue(state, policy, now)) return now;
  return until !== null && disclosureDue(state, policy, until) ? until : undefined;
}

/** Whether nothing but time is missing: every gate of the publication is asked as at the hour, so that no publication is tried in vain. */
function readyToPublish(state: CaseState, policy: Policy, at: Instant): boolean {
  const { from, gates, policyGates } = table['publish-case'];
  if (!from.handling.some((handling) => handling === state.handling)) return false;
  const situation: Situation = { state, policy, actor: { kind: 'process', project: state.project }, now: at, nextNumber: '' };
  return unmet(gates, policyGates, situation, { kind: 'publish-case' }).every((gate) => gate.gate === 'disclosure_due');
}

function atCap(at: Instant, state: CaseState): Deadline {
  return state.bundle?.agreed ? { clock: 'cap', at, action: { kind: 'publish-bundle' } } : repeated('cap', at, hourly, state);
}

function reminder(clock: string, from: Instant, after: Duration | null, state: CaseState, policy: Policy): readonly Deadline[] {
  return after === null ? [] : [repeated(clock, add(from, after, policy), daily, state)];
}

/** Warnings count elapsed time backwards: a day is 24 hours. */
function earlierBy(at: Instant, duration: Duration): Instant {
  if (duration === 'at once') return at;
  const hours = { minutes: 1 / 60, hours: 1, days: 24, weeks: 168, months: 720, 'business days': 24 }[duration.unit];
  return shifted(at, { minutes: -Math.round(hours * 60 * duration.amount) });
}

function inWords(duration: Duration): string {
  return duration === 'at once' ? duration : `${duration.amount} ${duration.unit}`;
}
