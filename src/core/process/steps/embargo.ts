// SPDX-License-Identifier: Apache-2.0
// The embargo: an agreement with an unambiguous end, at most one at a time, never past the binding cap (T10 to T12, I3).

import type { ActionOf } from '../../model/action.ts';
import type { CaseState, EmbargoProposal, Milestone } from '../../model/case.ts';
import { hasFact } from '../../model/case.ts';
import type { EventData, EventOf } from '../../model/event.ts';
import { refused } from '../../model/refusal.ts';
import type { EmbargoExit, FactName } from '../../model/regions.ts';
import type { Instant } from '../../model/time.ts';
import { earliest, toTheMinute } from '../../model/time.ts';
import type { Condition, Conditions } from '../../policy/conditions.ts';
import type { Rung } from '../../policy/embargo-rules.ts';
import type { Policy } from '../../policy/policy.ts';
import { add, bindingCap, countedFrom, onDisclosureDay } from '../caps.ts';
import { answeredByWords, granter, unmetConditions, voices, voicesAsked } from '../gates.ts';
import type { Decider, Situation } from '../situation.ts';
import { after, rolesOf } from '../situation.ts';

type Voices = EmbargoProposal['awaits'];

/** The embargo that begins by default at this milestone, if one does: its first end is the first rung, moved earlier to a lawful day, never past a cap. */
export function defaultEmbargo(situation: Situation, milestone: Milestone): readonly EventData[] {
  const { state, policy, now } = situation;
  if (policy.embargo.mode !== 'by_default' || policy.embargo.countedFrom !== milestone || !canBegin(state)) return [];
  const [first] = policy.embargo.length;
  if (first === undefined) return [];
  const until = withinCaps(onDisclosureDay(toTheMinute(add(now, first.upTo, policy)), policy), state, policy);
  const { proposal } = state.embargo;
  return [
    { kind: 'embargo-activated', from: now, until, zone: policy.calendar.zone },
    ...(proposal === null ? [] : [{ kind: 'embargo-proposed' as const, ...proposal }]),
  ];
}

/** What holds or is still discussed ends when the case opens: what is public cannot be embargoed (I4, F34). */
export function leaveEmbargo({ state }: Situation, exit: EmbargoExit): readonly EventData[] {
  return ['proposed', 'active', 'revising'].includes(state.embargo.state) ? [{ kind: 'embargo-exited', exit }] : [];
}

export const proposeEmbargo: Decider<'propose-embargo'> = (action, situation) => {
  const rungs = climbed(action, situation);
  const unlawful = unlawfulDate(action, rungs, situation);
  if (unlawful !== undefined) return unlawful;
  const { reason, deviation } = action;
  const said = { reason: reason !== null, deviation: deviation !== undefined };
  const conditions = conditionsNow(rungs, situation, said.deviation);
  const missing = unmetConditions(conditions, situation, said, []);
  if (missing.some((gate) => gate.strength === 'must') || (missing.length > 0 && deviation === undefined)) return refused.gates(missing);
  const awaits = awaited(rungs, action, situation);
  const { until, zone, restart } = action;
  const proposed: EventData = {
    kind: 'embargo-proposed',
    until,
    zone,
    reason,
    restarts: restart,
    awaits,
    agreed: voices(situation, awaits),
  };
  const recorded = deviation === undefined ? [] : answeredByWords(missing, deviating(conditions, said.reason));
  return [
    ...recorded.flatMap((gate): readonly EventData[] =>
      deviation === undefined ? [] : [{ kind: 'deviation-recorded', gate, reason: deviation }],
    ),
    proposed,
    ...settle(after(situation, [proposed])),
  ];
};

export const agreeEmbargo: Decider<'agree-embargo'> = (_, situation) => {
  const events = voicesAsked(situation).map((as): EventData => ({ kind: 'embargo-agreed', as }));
  return [...events, ...settle(after(situation, events))];
};

export const refuseEmbargo: Decider<'refuse-embargo'> = (action, situation) =>
  voicesAsked(situation)
    .slice(0, 1)
    .map((as): EventData => ({ kind: 'embargo-refused', as, reason: action.reason }));

export const endEmbargo: Decider<'end-embargo'> = (action) => [{ kind: 'embargo-exited', exit: action.exit, reason: action.reason }];

/** What is known to everybody, or may no longer wait, ends the embargo in the same tick (I5). */
export const recordFact: Decider<'record-fact'> = (action, situation) => {
  if (action.since > situation.now) return refused.invalid('since', 'That lies in the future.');
  const { fact, since, evidence } = action;
  return known({ kind: 'fact-recorded', fact, since, evidence }, situation);
};

/** A fact with what follows from it. Where nothing follows by itself from a second finder, the owner is asked whether to publish now (QEMU-49). */
export function known(recorded: EventOf<'fact-recorded'>, situation: Situation): readonly EventData[] {
  const { state, policy } = situation;
  const ended = endsEmbargo(recorded.fact, state, policy) ? leaveEmbargo(situation, exits[recorded.fact]) : [];
  const asks = recorded.fact === 'rediscovered' && policy.duplicates.rediscovery !== 'note' && state.visibility === 'private';
  return [recorded, ...ended, ...(asks && ended.length === 0 ? [{ kind: 'rediscovery-asked' as const }] : [])];
}

const exits: Readonly<Record<FactName, EmbargoExit>> = {
  already_public: 'already_public',
  exploit_public: 'already_public',
  leaked: 'leak',
  exploited: 'exploited',
  rediscovered: 'early_agreed',
  exposed: 'leak',
};

function endsEmbargo(fact: FactName, { embargo }: CaseState, { embargo: rules, duplicates }: Policy): boolean {
  if (fact === 'already_public' || fact === 'exploit_public') return true;
  const runs = embargo.state === 'active' || embargo.state === 'revising';
  if (fact === 'rediscovered' && duplicates.rediscovery === 'publish') return runs;
  return runs && fact !== 'exposed' && rules.endsEarlyOn[fact] === 'publish';
}

/** The proposal becomes the embargo once everybody who is asked has agreed on record; silence is no agreement. */
function settle({ state, policy, now }: Situation): readonly EventData[] {
  const { proposal, until } = state.embargo;
  if (proposal === null || !proposal.awaits.every((voice) => proposal.agreed.includes(voice))) return [];
  const { zone, restarts } = proposal;
  if (until === null) return [{ kind: 'embargo-activated', from: countedFrom(state, policy) ?? now, until: proposal.until, zone }];
  return [{ kind: 'embargo-moved', until: proposal.until, zone, restarted: restarts }];
}

function unlawfulDate(action: ActionOf<'propose-embargo'>, rungs: readonly Rung[], { state, policy, now }: Situation) {
  if (action.until <= now) return refused.invalid('until', 'The date has passed already.');
  const lawful = onDisclosureDay(action.until, policy);
  if (lawful !== action.until)
    return refused.invalid('until', `On that day or hour this project does not disclose; the last lawful instant before it is ${lawful}.`);
  const cap = bindingCap(asBegun(state, policy, now), policy);
  if (cap !== undefined && action.until > cap.at)
    return refused.invalid('until', `The latest lawful instant is ${cap.at}; ${cap.source} sets it.`);
  if (action.restart && policy.embargo.restartFor.length === 0) return refused.invalid('restart', 'This policy restarts no embargo.');
  const tooLate = state.embargo.moves > 0 && rungs.some((rung) => rung.granted === 'at_start');
  return tooLate ? refused.invalid('until', 'An end that late is granted as the first date only; this one was moved before.') : undefined;
}

/** The rungs that the date climbs: its own and every shorter one, counted from the beginning, or from now when the count begins again. */
function climbed(action: ActionOf<'propose-embargo'>, { state, policy, now }: Situation): readonly Rung[] {
  const from = action.restart ? now : (countedFrom(state, policy) ?? now);
  const rungs = policy.embargo.length;
  const last = rungs.findIndex((rung) => action.until <= add(from, rung.upTo, policy));
  return last === -1 ? rungs : rungs.slice(0, last + 1);
}

/** What has to hold when the date is proposed. Whose agreement it needs is asked for afterwards, and whoever proposes has asked. */
function conditionsNow(rungs: readonly Rung[], { actor }: Situation, deviates: boolean): Conditions {
  const voice = actor.kind === 'reporter' ? ['reporter'] : rolesOf(actor);
  const now = (condition: Condition) => condition.kind !== 'asked_by' || !condition.roles.some((role) => voice.includes(role));
  return {
    must: rungs.flatMap((rung) => rung.must).filter((condition) => condition.kind !== 'agreed_by' && now(condition)),
    should: rungs.flatMap((rung) => rung.should).filter((condition) => (condition.kind !== 'agreed_by' || deviates) && now(condition)),
  };
}

/** Conditions that the reason of the proposal does not answer, so that the deviation does. */
function deviating({ must, should }: Conditions, reasonGiven: boolean): Conditions {
  const isDeviation = ({ kind }: Condition) => kind === 'deviation_recorded' || !reasonGiven;
  return { must: must.filter(isDeviation), should: should.filter(isDeviation) };
}

/**
 * A reporter who may refuse has to agree; so has everyone with whom dates, or dates that late, are agreed.
 * Earlier is safer: the reporter's own wish for it waits for nobody (F34), and where their terms prevail no wish of theirs does.
 */
function awaited(rungs: readonly Rung[], { until, deviation }: ActionOf<'propose-embargo'>, { state, policy, actor }: Situation): Voices {
  const earlier = state.embargo.until !== null && until < state.embargo.until;
  if (actor.kind === 'reporter' && (earlier || policy.embargo.reporterMay === 'decide')) return [];
  const reporter: Voices = policy.embargo.reporterMay === 'ask' ? [] : ['reporter'];
  const named = [...reporter, ...policy.embargo.datesAgreedBy, ...rungs.flatMap((rung) => agreeing(rung, deviation !== undefined, policy))];
  const granted = actor.kind !== 'reporter' || named.some((voice) => voice !== 'reporter') ? [] : [granter];
  return [...new Set([...named, ...granted])];
}

/** The voices of `agreed_by`; parties and guests have one once they were told, and nobody tells them before. */
function agreeing(rung: Rung, deviates: boolean, policy: Policy): Voices {
  const conditions = deviates ? rung.must : [...rung.must, ...rung.should];
  const roles = conditions.flatMap((condition) => (condition.kind === 'agreed_by' ? condition.roles : []));
  return roles.filter((role) => role === 'reporter' || policy.roles[role] !== undefined);
}

function withinCaps(until: Instant, state: CaseState, policy: Policy): Instant {
  const cap = bindingCap(state, policy);
  return cap === undefined ? until : earliest(until, cap.at);
}

function canBegin(state: CaseState): boolean {
  return (
    (state.embargo.state === 'none' || state.embargo.state === 'proposed') &&
    state.visibility === 'private' &&
    !hasFact(state, 'already_public', 'exploit_public', 'exploited')
  );
}

/** The case as if its embargo had begun, so that the ladder's cap counts before the first date is active. */
function asBegun(state: CaseState, policy: Policy, now: Instant): CaseState {
  if (state.embargo.until !== null) return state;
  return { ...state, embargo: { ...state.embargo, state: 'proposed', from: countedFrom(state, policy) ?? now } };
}
