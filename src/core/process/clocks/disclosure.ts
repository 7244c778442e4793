// SPDX-License-Identifier: Apache-2.0
// The clocks of publication: the trigger, the cap, channels that are not confirmed, and what should agree and does not.

import type { CaseState } from '../../model/case.ts';
import { hasFact } from '../../model/case.ts';
import { openHandling } from '../../model/regions.ts';
import type { Instant } from '../../model/time.ts';
import { shifted } from '../../model/time.ts';
import type { Policy } from '../../policy/policy.ts';
import { isAftermath } from '../aftermath.ts';
import { bindingCap } from '../caps.ts';
import { isOpenClass, reached } from '../conditions.ts';
import { opensOn } from '../disclosure-days.ts';
import { cannotWait, disclosureDue } from '../disclosure-due.ts';
import { unmet } from '../gates.ts';
import { instantHolds, madeAnewSince } from '../publication-instant.ts';
import type { Situation } from '../situation.ts';
import { table } from '../table.ts';
import type { Deadline } from './clock.ts';
import { daily, hourly, latest, reminder, repeated, urgent } from './clock.ts';

/** The publication itself, when its trigger has come and nothing is missing; what is missing calls the owner, and at the cap everyone responsible. */
export function disclosureClocks(state: CaseState, policy: Policy): readonly Deadline[] {
  if (!openHandling.includes(state.handling)) return [];
  const at = state.visibility === 'public' ? publishOpenAt(state, policy) : publishAt(state, policy);
  if (at !== undefined && readyToPublish(state, policy, at))
    return [{ clock: 'disclosure.trigger', at: openDay(at, state, policy), action: { kind: 'publish-case' } }];
  if (state.visibility === 'public') return [];
  const cap = bindingCap(state, policy);
  return [
    ...(at !== undefined && triggered(state, policy) ? [repeated('disclosure.trigger', missedAt(state, at), urgent, state)] : []),
    ...(cap === undefined ? [] : [atCap(cap.at, state)]),
  ];
}

/** What should agree and does not: a patch is posted while the case is private, or the case is open and no patch posted (QEMU-43); a channel is open (P4). */
export function mismatchClocks(state: CaseState, policy: Policy): readonly Deadline[] {
  const posted = state.branches.flatMap((fix) => (fix.postedAt === null ? [] : [fix.postedAt])).sort()[0];
  const byPosting = policy.disclosure.trigger === 'patch_posted';
  const hidden = byPosting && state.visibility === 'private' && posted !== undefined;
  const { postedButPrivate } = policy.clocks;
  const of = { state, policy };
  return [
    ...(hidden ? reminder('clocks.posted_but_private', posted, postedButPrivate, of, urgent) : []),
    ...(byPosting && state.publicSince !== null && openedWithoutPosting(state, policy)
      ? reminder('clocks.public_but_not_posted', state.publicSince, postedButPrivate, of)
      : []),
    ...channelClock(state),
  ];
}

/** A channel that confirms nothing: of the disclosure, and of each version after it, a correction or a number that came late (P4, T20, T24). */
function channelClock(state: CaseState): readonly Deadline[] {
  const since = sentSince(state);
  return since === undefined ? [] : [repeated('disclosure.channels', shifted(since, hourly), daily, state)];
}

/** Since when something is on its way to the channels; a version that people said go to is, from their last word on. */
function sentSince(state: CaseState): Instant | undefined {
  const { begunAt, armed, carries, channels } = state.disclosure;
  if (state.handling === 'disclosing') return begunAt ?? undefined;
  if (!isAftermath(state)) return undefined;
  const { correction, errata, state: written } = state.advisory;
  if (armed && written === 'approved') return latest(state.attended, correction?.at);
  const open = channels.some((one) => one.state !== 'confirmed');
  return open ? latest(errata.at(-1)?.at, carries?.published) : undefined;
}

/** Whether nothing but time is missing: every gate of the publication is asked as at the hour, so that no publication is tried in vain. */
export function readyToPublish(state: CaseState, policy: Policy, at: Instant): boolean {
  const { from, gates, policyGates } = table['publish-case'];
  if (!from.handling.some((handling) => handling === state.handling)) return false;
  const situation: Situation = { state, policy, actor: { kind: 'process', project: state.project }, now: at, nextNumber: '' };
  return unmet(gates, policyGates, situation, { kind: 'publish-case' }).every((gate) => gate.gate === 'disclosure_due');
}

/** A case that is public, but whose advisory is not out: it goes as soon as it is ready. */
function publishOpenAt(state: CaseState, policy: Policy): Instant | undefined {
  const at = state.publicSince;
  return at !== null && disclosureDue(state, policy, at) ? at : undefined;
}

/** Somebody opened a private case whose patch is not out: not one that began in public, was public anyway, was disclosed before, or was opened on purpose without a fix. */
function openedWithoutPosting(state: CaseState, policy: Policy): boolean {
  const { marks, publicSince, disclosure, handling } = state;
  const inTheOpen = isOpenClass(state.class, policy);
  return (
    ['confirmed', 'fixing', 'fix_ready'].includes(handling) &&
    publicSince !== marks.receipt &&
    marks.disclosure === undefined &&
    !inTheOpen &&
    !disclosure.bundleOnly &&
    !hasFact(state, 'already_public', 'exploit_public', 'leaked', 'exposed') &&
    !state.branches.some((fix) => fix.state !== 'not_affected' && reached(fix, 'posted'))
  );
}

/** Whether something has happened, beside a posting, that should have made the case public; before an agreed date and where people publish by hand, nothing has. */
function triggered(state: CaseState, policy: Policy): boolean {
  const { embargo } = state;
  // What is public has its cap, which calls already.
  const open = hasFact(state, 'already_public', 'exploit_public');
  const neverBegins = embargo.state === 'none' && policy.embargo.mode === 'by_default' && cannotWait(state, policy) && !open;
  return embargo.state === 'exited' || neverBegins || ['fix_merged', 'fix_released'].includes(policy.disclosure.trigger);
}

/** While the documents are made anew with the hour that has come, nobody is called; when that takes too long, they are. */
function missedAt(state: CaseState, at: Instant): Instant {
  const since = madeAnewSince(state);
  return since === null ? at : (latest(at, shifted(since, { minutes: instantHolds })) ?? at);
}

function publishAt(state: CaseState, policy: Policy): Instant | undefined {
  const { until, exitedAt } = state.embargo;
  const now = exitedAt ?? state.facts.at(-1)?.recordedAt ?? state.marks.confirmation;
  if (now !== undefined && disclosureDue(state, policy, now)) return now;
  return until !== null && disclosureDue(state, policy, until) ? until : undefined;
}

/** The agreed end, where all was ready by then; what people made ready at another time waits for a day of disclosure (VMT-18). */
function openDay(at: Instant, state: CaseState, policy: Policy): Instant {
  const ready = latest(at, state.attended) ?? at;
  return ready === state.embargo.until ? at : opensOn(ready, state, policy);
}

function atCap(at: Instant, state: CaseState): Deadline {
  return state.bundle?.agreed ? { clock: 'cap', at, action: { kind: 'publish-bundle' } } : repeated('cap', at, urgent, state);
}
