// SPDX-License-Identifier: Apache-2.0
// Clocks towards the end of a case: a fix that takes too long, the announced day without one, an embargo that ends so, closing, and CVE numbers.

import type { CaseState, Flaw } from '../model/case.ts';
import type { Instant } from '../model/time.ts';
import { earliest, latest } from '../model/time.ts';
import type { Policy } from '../policy/policy.ts';
import { add, endsWithoutFix } from './caps.ts';
import { hasCome, required } from './conditions.ts';
import type { Deadline } from './deadline.ts';
import { repeated } from './deadline.ts';
import { unmet } from './gates.ts';
import type { Situation } from './situation.ts';
import { table } from './table.ts';

const hourly = { hours: 1 };
const daily = { hours: 24 };
const weekly = { hours: 168 };

/** CNA 4.2.1.2: for what is public, an answer within this time. */
const answerForPublic = { amount: 72, unit: 'hours' } as const;

export function endClocks(state: CaseState, policy: Policy): readonly Deadline[] {
  return [
    ...unfixedClocks(state, policy),
    ...closingClocks(state, policy),
    ...state.flaws.flatMap((flaw) => cveClocks(flaw, state, policy)),
  ];
}

/** The end of an embargo publishes by itself where the policy says so and two people have agreed on what opens. */
export function endWithoutFix(state: CaseState, policy: Policy): readonly Deadline[] {
  const { until } = state.embargo;
  const ends = until !== null && endsWithoutFix(state, policy, until) && (state.bundle?.agreed ?? false);
  return ends ? [{ clock: 'embargo.until', at: until, action: { kind: 'publish-bundle' } }] : [];
}

/** Too long without a fix is a question to the owner, never an answer (QEMU-51); the day that people announced is one. */
function unfixedClocks(state: CaseState, policy: Policy): readonly Deadline[] {
  const waits = state.visibility === 'private' && (state.handling === 'confirmed' || state.handling === 'fixing');
  if (!waits) return [];
  const { confirmation } = state.marks;
  const held = state.embargo.state === 'active' || state.embargo.state === 'revising';
  if (state.unfixed?.on != null) return [announced(state, policy, state.unfixed.on)];
  const asks = policy.disclosure.unfixed.allowed === 'by_choice' && policy.clocks.fix !== null && !held;
  return asks && confirmation !== undefined && policy.clocks.fix !== null
    ? [repeated('clocks.fix', add(confirmation, policy.clocks.fix, policy), weekly, state)]
    : [];
}

function announced(state: CaseState, policy: Policy, on: Instant): Deadline {
  const { until, state: embargo } = state.embargo;
  const at = until === null || embargo === 'exited' ? on : latest(on, until);
  return possible('publish-unfixed', state, policy, at)
    ? { clock: 'disclosure.unfixed', at, action: { kind: 'publish-unfixed' } }
    : repeated('disclosure.unfixed', at, hourly, state);
}

/** Merged everywhere and still open: closed, or somebody is told what is missing (QEMU-44). */
function closingClocks(state: CaseState, policy: Policy): readonly Deadline[] {
  const { mergedButOpen } = policy.clocks;
  const fixes = required(state);
  const merged = fixes.flatMap((fix) => (fix.mergedAt === null ? [] : [fix.mergedAt]));
  const isOut = state.handling === 'disclosed' || (state.handling === 'fix_ready' && state.marks.disclosure !== undefined);
  const [first, ...others] = merged;
  if (
    mergedButOpen === null ||
    !isOut ||
    first === undefined ||
    !fixes.every((fix) => hasCome(fix, 'merged') || fix.state === 'not_affected')
  )
    return [];
  const at = add(latest(state.marks.disclosure ?? first, first, ...others), mergedButOpen, policy);
  const clock = 'clocks.merged_but_open';
  return [possible('close-case', state, policy, at) ? { clock, at, action: { kind: 'close-case' } } : repeated(clock, at, weekly, state)];
}

/** A number that was asked for is answered; a number that is out has its record (F8, F10, P10). */
function cveClocks({ cve, since }: Flaw, state: CaseState, policy: Policy): readonly Deadline[] {
  const { cveAnswer, cveRecordAim, cveRecord } = policy.clocks;
  if (cve === 'requested' && cveAnswer !== null) {
    const answered = add(since, cveAnswer, policy);
    const at = state.visibility === 'public' ? earliest(answered, add(since, answerForPublic, policy)) : answered;
    return [repeated('clocks.cve_answer', at, daily, state)];
  }
  const disclosed = state.marks.disclosure ?? (state.handling === 'unfixed_public' ? state.publicSince : null);
  if (cve !== 'assigned' || disclosed === null || disclosed === undefined) return [];
  const from = latest(disclosed, since);
  const pace = state.handling === 'closed' ? weekly : daily;
  return [
    ...(cveRecordAim === null || state.reminders['clocks.cve_record_aim'] !== undefined
      ? []
      : [repeated('clocks.cve_record_aim', add(from, cveRecordAim, policy), daily, state)]),
    ...(cveRecord === null ? [] : [repeated('clocks.cve_record', add(from, cveRecord, policy), pace, state)]),
  ];
}

/** Whether nothing but time is missing for what the process would do. */
function possible(kind: 'publish-unfixed' | 'close-case', state: CaseState, policy: Policy, at: Instant): boolean {
  const row = table[kind];
  const situation: Situation = { state, policy, actor: { kind: 'process', project: state.project }, now: at, nextNumber: '' };
  return unmet(row.gates, 'policyGates' in row ? row.policyGates : 'nothing', situation, { kind }).length === 0;
}
