// SPDX-License-Identifier: Apache-2.0
// The clocks of the fix: its reasonable time, the moment from which nothing needs secrecy any more, and a merged case that is still open.

import type { CaseState } from '../../model/case.ts';
import type { Handling } from '../../model/regions.ts';
import type { Instant } from '../../model/time.ts';
import type { Policy } from '../../policy/policy.ts';
import { add } from '../caps.ts';
import { reached, required } from '../conditions.ts';
import { unmet } from '../gates.ts';
import { retirements } from '../retirement.ts';
import { table } from '../table.ts';
import type { Deadline } from './clock.ts';
import { latest, reminder, repeated, weekly } from './clock.ts';

export function fixClocks(state: CaseState, policy: Policy): readonly Deadline[] {
  return [...retirement(state, policy), ...reasonableTime(state, policy), ...noReasonLeft(state, policy), ...mergedButOpen(state, policy)];
}

/** LIBVIRT-38: from the end of its maintenance a branch holds nothing up. */
function retirement(state: CaseState, policy: Policy): readonly Deadline[] {
  const [first] = retirements(state, policy);
  return first === undefined ? [] : [{ clock: 'branches.maintained', at: first.at, action: { kind: 'retire-branches' } }];
}

/** QEMU-51: the time for a fix has passed. It is a question to the owner, each week; nothing is published by it. */
function reasonableTime(state: CaseState, policy: Policy): readonly Deadline[] {
  const since = fixAwaitedSince(state);
  return since === undefined ? [] : reminder('clocks.fix', since, policy.clocks.fix, { state, policy }, weekly);
}

/** Before the publication from the confirmation; after it, where a fix has still to be merged, from the day on which everybody waits for it. */
function fixAwaitedSince({ marks, handling, unfixed, branches }: CaseState): Instant | undefined {
  const before: readonly Handling[] = ['confirmed', 'fixing'];
  const after: readonly Handling[] = ['disclosed', 'unfixed_public'];
  if (before.includes(handling)) return (unfixed?.on ?? null) === null ? marks.confirmation : undefined;
  const open = branches.some((fix) => fix.required && !reached(fix, 'merged'));
  return after.includes(handling) && open ? latest(marks.confirmation, marks.disclosure) : undefined;
}

/** QEMU-47: patch approved, number assigned, and nothing else that was agreed keeps the case private. */
function noReasonLeft(state: CaseState, policy: Policy): readonly Deadline[] {
  const since = reasonGoneSince(state);
  return since === undefined ? [] : reminder('clocks.no_reason_left', since, policy.clocks.noReasonLeft, { state, policy });
}

function reasonGoneSince(state: CaseState): Instant | undefined {
  const { visibility, embargo, marks, flaws, handling } = state;
  const agreed = embargo.state === 'active' || embargo.state === 'revising';
  if (visibility === 'public' || agreed || handling !== 'fix_ready' || flaws.length === 0) return undefined;
  if (flaws.some((flaw) => ['undecided', 'required', 'requested'].includes(flaw.cve))) return undefined;
  return latest(marks.fix_ready, embargo.exitedAt, ...flaws.map((flaw) => flaw.since));
}

/** QEMU-44: the case is closed by itself where nothing else is asked for; otherwise its owner is told each week. */
function mergedButOpen(state: CaseState, policy: Policy): readonly Deadline[] {
  const { mergedButOpen: wait } = policy.clocks;
  const must = required(state);
  const goesOn = state.handling === 'fix_ready' && state.marks.disclosure !== undefined;
  if (!(state.handling === 'disclosed' || goesOn) || wait === null || must.length === 0) return [];
  if (!must.every((fix) => reached(fix, 'merged'))) return [];
  const merged = latest(state.marks.disclosure, ...must.map((fix) => fix.mergedAt));
  if (merged === undefined) return [];
  const at = add(merged, wait, policy);
  return closable(state, policy, at)
    ? [{ clock: 'clocks.merged_but_open', at, action: { kind: 'close-case' } }]
    : [repeated('clocks.merged_but_open', at, weekly, state)];
}

function closable(state: CaseState, policy: Policy, now: Instant): boolean {
  const { gates, policyGates } = table['close-case'];
  const situation = { state, policy, actor: { kind: 'process' as const, project: state.project }, now, nextNumber: '' };
  return unmet(gates, policyGates, situation, { kind: 'close-case' }).length === 0;
}
