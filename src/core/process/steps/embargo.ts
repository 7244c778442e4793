// SPDX-License-Identifier: Apache-2.0
// The embargo: an agreement with an unambiguous end, at most one at a time, never past the binding cap (CONTRACT T10 to T12, I3).

import type { CaseState, EmbargoProposal, Milestone } from '../../model/case.ts';
import { hasFact } from '../../model/case.ts';
import type { EventData } from '../../model/event.ts';
import { refused } from '../../model/refusal.ts';
import type { Instant } from '../../model/time.ts';
import { earliest, toTheMinute } from '../../model/time.ts';
import type { Policy } from '../../policy/policy.ts';
import { add, bindingCap, countedFrom, onDisclosureDay } from '../caps.ts';
import { unmetConditions, voices, voicesAsked } from '../gates.ts';
import type { Decider, Situation } from '../situation.ts';
import { after } from '../situation.ts';

/** The embargo that begins by default at this milestone, if one does: its first end is the first rung, moved earlier to a lawful day, never past a cap. */
export function defaultEmbargo(situation: Situation, milestone: Milestone): readonly EventData[] {
  const { state, policy, now } = situation;
  if (policy.embargo.mode !== 'by_default' || policy.embargo.countedFrom !== milestone || !canBegin(state)) return [];
  const [first] = policy.embargo.length;
  if (first === undefined) return [];
  const proposed = onDisclosureDay(toTheMinute(add(now, first.upTo, policy)), policy);
  return [{ kind: 'embargo-activated', from: now, until: withinCaps(proposed, state, policy), zone: policy.calendar.zone }];
}

export const proposeEmbargo: Decider<'propose-embargo'> = (action, situation) => {
  const { state, policy, now } = situation;
  if (action.until <= now) return refused.invalid('until', 'The date has passed already.');
  const lawful = onDisclosureDay(action.until, policy);
  if (lawful !== action.until)
    return refused.invalid('until', `On that day or hour this project does not disclose; the last lawful instant before it is ${lawful}.`);
  const cap = bindingCap(asBegun(state, policy, now), policy);
  if (cap !== undefined && action.until > cap.at)
    return refused.invalid('until', `The latest lawful instant is ${cap.at}; ${cap.source} sets it.`);
  if (action.restart && policy.embargo.restartFor.length === 0) return refused.invalid('restart', 'This policy restarts no embargo.');
  const unmet = unmetRungs(action.until, action.reason !== null, situation);
  if (unmet.some((gate) => gate.strength === 'must') || (unmet.length > 0 && action.deviation === undefined)) return refused.gates(unmet);
  const proposal: EmbargoProposal = {
    until: action.until,
    zone: action.zone,
    reason: action.reason,
    restarts: action.restart,
    awaits: awaited(situation, action.until),
    agreed: voices(situation),
  };
  const proposed: EventData = { kind: 'embargo-proposed', ...proposal };
  return [proposed, ...settle(after(situation, [proposed]))];
};

export const agreeEmbargo: Decider<'agree-embargo'> = (_, situation) => {
  const events = voicesAsked(situation).map((as): EventData => ({ kind: 'embargo-agreed', as }));
  return [...events, ...settle(after(situation, events))];
};

export const refuseEmbargo: Decider<'refuse-embargo'> = (action, situation) =>
  voicesAsked(situation)
    .slice(0, 1)
    .map((as): EventData => ({ kind: 'embargo-refused', as, reason: action.reason }));

export const endEmbargo: Decider<'end-embargo'> = (action) => [{ kind: 'embargo-exited', exit: action.exit }];

/** What is known to everybody, or may no longer wait, ends the embargo in the same tick (I5). */
export const recordFact: Decider<'record-fact'> = (action, { state, policy, now }) => {
  if (action.since > now) return refused.invalid('since', 'That lies in the future.');
  const recorded: EventData = { kind: 'fact-recorded', fact: action.fact, since: action.since, evidence: action.evidence };
  if (state.embargo.state !== 'active' && state.embargo.state !== 'revising') return [recorded];
  switch (action.fact) {
    case 'already_public':
    case 'exploit_public':
      return [recorded, { kind: 'embargo-exited', exit: 'already_public' }];
    case 'leaked':
      return policy.embargo.endsEarlyOn.leaked === 'publish' ? [recorded, { kind: 'embargo-exited', exit: 'leak' }] : [recorded];
    case 'exploited':
      return policy.embargo.endsEarlyOn.exploited === 'publish' ? [recorded, { kind: 'embargo-exited', exit: 'exploited' }] : [recorded];
    case 'rediscovered':
      return policy.embargo.endsEarlyOn.rediscovered === 'publish'
        ? [recorded, { kind: 'embargo-exited', exit: 'early_agreed' }]
        : [recorded];
    case 'exposed':
      return [recorded];
  }
};

/** The proposal becomes the embargo once everybody who is asked has agreed on record; silence is no agreement. */
function settle({ state, policy, now }: Situation): readonly EventData[] {
  const { proposal, until } = state.embargo;
  if (proposal === null || !proposal.awaits.every((voice) => proposal.agreed.includes(voice))) return [];
  const { zone, restarts } = proposal;
  if (until === null) return [{ kind: 'embargo-activated', from: countedFrom(state, policy) ?? now, until: proposal.until, zone }];
  return [{ kind: 'embargo-moved', until: proposal.until, zone, restarted: restarts }];
}

/** A reporter who may refuse has to agree; and so has everyone with whom dates are agreed. Earlier is safer: the reporter's own wish for it waits for nobody (F34). */
function awaited(situation: Situation, until: Instant): EmbargoProposal['awaits'] {
  const { state, policy, actor } = situation;
  const earlier = state.embargo.until !== null && until < state.embargo.until;
  if (earlier && actor.kind === 'reporter') return [];
  const reporter: readonly 'reporter'[] = policy.embargo.reporterMay === 'ask' ? [] : ['reporter'];
  return [...reporter, ...policy.embargo.datesAgreedBy];
}

/** Conditions of the rungs that the date climbs: those of its rung and of every shorter one. */
function unmetRungs(until: Instant, reasonGiven: boolean, situation: Situation) {
  const { state, policy, now } = situation;
  const from = countedFrom(state, policy) ?? now;
  const rungs = policy.embargo.length;
  const reached = rungs.findIndex((rung) => until <= add(from, rung.upTo, policy));
  return rungs.slice(0, reached === -1 ? rungs.length : reached + 1).flatMap((rung) => unmetConditions(rung, situation, reasonGiven));
}

function withinCaps(until: Instant, state: CaseState, policy: Policy): Instant {
  const cap = bindingCap(state, policy);
  return cap === undefined ? until : earliest(until, cap.at);
}

function canBegin(state: CaseState): boolean {
  return (
    state.embargo.state === 'none' && state.visibility === 'private' && !hasFact(state, 'already_public', 'exploit_public', 'exploited')
  );
}

/** The case as if its embargo had begun, so that the ladder's cap counts before the first date is active. */
function asBegun(state: CaseState, policy: Policy, now: Instant): CaseState {
  if (state.embargo.state !== 'none') return state;
  return { ...state, embargo: { ...state.embargo, state: 'proposed', from: countedFrom(state, policy) ?? now } };
}
