// SPDX-License-Identifier: Apache-2.0
// Clocks towards the end of a case: the announced day without a fix, an embargo that ends so, and what CVE numbers still need.

import type { CaseState, Flaw } from '../../model/case.ts';
import type { Handling } from '../../model/regions.ts';
import type { Instant } from '../../model/time.ts';
import { earliest } from '../../model/time.ts';
import type { Policy } from '../../policy/policy.ts';
import { add, endsWithoutFix } from '../caps.ts';
import { unmet } from '../gates.ts';
import type { Situation } from '../situation.ts';
import { table } from '../table.ts';
import type { Deadline } from './clock.ts';
import { daily, latest, reminder, repeated, urgent, weekly } from './clock.ts';

/** CNA 4.2.1.2: for what is public, an answer within this time. */
const answerForPublic = { amount: 72, unit: 'hours' } as const;

export function endClocks(state: CaseState, policy: Policy): readonly Deadline[] {
  return [...announcedDay(state, policy), ...state.flaws.flatMap((flaw) => cveClocks(flaw, state, policy))];
}

/** The end of an embargo publishes by itself where the policy says so and people have agreed on what opens. */
export function endWithoutFix(state: CaseState, policy: Policy): Deadline | undefined {
  const { until } = state.embargo;
  const ends = until !== null && endsWithoutFix(state, policy, until) && (state.bundle?.agreed ?? false);
  return ends ? { clock: 'embargo.until', at: until, action: { kind: 'publish-bundle' } } : undefined;
}

/** The day that people announced; never before the end of an embargo, and with everything that it needs (QEMU-51). */
function announcedDay(state: CaseState, policy: Policy): readonly Deadline[] {
  const on = state.unfixed?.on ?? null;
  if (on === null || state.visibility === 'public' || !['confirmed', 'fixing'].includes(state.handling)) return [];
  const { until, state: embargo } = state.embargo;
  const at = latest(on, embargo === 'exited' ? null : until) ?? on;
  return [
    possible(state, policy, at)
      ? { clock: 'disclosure.unfixed', at, action: { kind: 'publish-unfixed' } }
      : repeated('disclosure.unfixed', at, urgent, state),
  ];
}

function possible(state: CaseState, policy: Policy, at: Instant): boolean {
  const situation: Situation = { state, policy, actor: { kind: 'process', project: state.project }, now: at, nextNumber: '' };
  const { gates, policyGates } = table['publish-unfixed'];
  return unmet(gates, policyGates, situation, { kind: 'publish-unfixed' }).length === 0;
}

/** A number that was asked for is answered; a number that is out has its record (F8, F9, F10, P10). */
function cveClocks({ cve, since }: Flaw, state: CaseState, policy: Policy): readonly Deadline[] {
  const { cveAnswer, cveRecordAim, cveRecord } = policy.clocks;
  if (cve === 'requested' && cveAnswer !== null) {
    const answered = add(since, cveAnswer, policy);
    const at = state.visibility === 'public' ? earliest(answered, add(since, answerForPublic, policy)) : answered;
    return [repeated('clocks.cve_answer', at, daily, state)];
  }
  if (cve !== 'assigned') return [];
  const of = { state, policy };
  const own = ownDisclosure(state);
  const aware = earliestOf(own, disclosedByOthers(state));
  const aim = 'clocks.cve_record_aim';
  return [
    ...(own !== undefined && state.reminders[aim] === undefined ? reminder(aim, latest(own, since) ?? own, cveRecordAim, of) : []),
    ...(aware === undefined
      ? []
      : reminder('clocks.cve_record', latest(aware, since) ?? aware, cveRecord, of, state.handling === 'closed' ? weekly : daily)),
  ];
}

/** When this project told the world: its advisory, or a case that ended in the open. A number of such a case becomes public or is given back (F13). */
function ownDisclosure({ marks, handling, publicSince }: CaseState): Instant | undefined {
  return marks.disclosure ?? (endedInTheOpen.includes(handling) ? (publicSince ?? undefined) : undefined);
}

const endedInTheOpen: readonly Handling[] = ['unfixed_public', 'public_bug', 'hardening', 'closed', 'imported'];

/** When the project learnt that somebody else had disclosed the flaw: its record is due 72 hours from then (F9, CNA 4.5.1.6). */
function disclosedByOthers({ facts }: CaseState): Instant | undefined {
  return facts.find(({ fact }) => fact === 'already_public' || fact === 'exploit_public' || fact === 'leaked')?.recordedAt;
}

function earliestOf(...instants: readonly (Instant | undefined)[]): Instant | undefined {
  const [first, ...rest] = instants.filter((one) => one !== undefined);
  return first === undefined ? undefined : earliest(first, ...rest);
}
