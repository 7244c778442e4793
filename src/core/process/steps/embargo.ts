// SPDX-License-Identifier: Apache-2.0
// The embargo: an agreement with an unambiguous end, at most one at a time, never past the binding cap (T10 to T12, I3).

import type { ActionOf } from '../../model/action.ts';
import type { CaseState, Milestone } from '../../model/case.ts';
import type { ContentRef } from '../../model/content.ts';
import type { EventData, EventOf } from '../../model/event.ts';
import type { Refused, UnmetGate } from '../../model/refusal.ts';
import { refused } from '../../model/refusal.ts';
import type { EmbargoExit, FactName } from '../../model/regions.ts';
import type { Instant } from '../../model/time.ts';
import { earliest, toTheMinute } from '../../model/time.ts';
import type { Conditions } from '../../policy/conditions.ts';
import type { Policy } from '../../policy/policy.ts';
import { add, bindingCap, countedFrom, onDisclosureDay } from '../caps.ts';
import { conditionSentences } from '../condition-sentences.ts';
import { cannotWait } from '../disclosure-due.ts';
import { factOf } from '../early-end.ts';
import { openQuestions } from '../embargo-questions.ts';
import { answeredByWords } from '../gates.ts';
import { asksBy, enough, mayAddBy, speaksToPublish, stillNeeded, wordsOf } from '../review.ts';
import type { Decider, Situation } from '../situation.ts';
import { after, rolesOf } from '../situation.ts';
import { allVoices, granter, liftsEarly, voices, voicesAsked } from '../voices.ts';
import { awaited, climbed, deviating, missingFor, unlawful, unlawfulRestart } from './embargo-terms.ts';

/** The embargo that begins by default at this milestone, if one does: its first end is the first rung, moved earlier to a lawful day, never past a cap. */
export function defaultEmbargo(situation: Situation, milestone: Milestone): readonly EventData[] {
  const { state, policy, now } = situation;
  if (policy.embargo.mode !== 'by_default' || policy.embargo.countedFrom !== milestone || !canBegin(state, policy)) return [];
  const [first] = policy.embargo.length;
  if (first === undefined) return [];
  const from = state.marks[milestone] ?? now;
  const until = withinCaps(toTheMinute(add(from, first.upTo, policy)), situation);
  return [{ kind: 'embargo-activated', from, until, zone: policy.calendar.zone }];
}

/** The end that a new private case would get if the milestone came now: shown while there is none, so that somebody thinks of the date (LIBVIRT-1). */
export function endByDefault(situation: Situation): Instant | undefined {
  const { state, policy } = situation;
  if (!['received', 'eligibility', 'assessing'].includes(state.handling)) return undefined;
  const [begun] = defaultEmbargo(situation, policy.embargo.countedFrom);
  return begun?.kind === 'embargo-activated' ? begun.until : undefined;
}

/** What holds or is still discussed ends when the case opens: what is public cannot be embargoed (I4, F34). */
export function leaveEmbargo({ state }: Situation, exit: EmbargoExit): readonly EventData[] {
  return ['proposed', 'active', 'revising'].includes(state.embargo.state) ? [{ kind: 'embargo-exited', exit }] : [];
}

/** Who could grant the date has to meet the policy's conditions with it; a wish that somebody else grants is recorded as it is, and judged then. */
export const proposeEmbargo: Decider<'propose-embargo'> = (action, situation) => {
  const { until, zone, reason, restart, circumstances, evidence, purposes, deviation } = action;
  const dated = { until, restarts: restart };
  const wrong = unlawfulRestart(action, situation) ?? unlawful(dated, situation);
  if (wrong !== undefined) return wrong;
  const rungs = climbed(dated, situation.now, situation);
  if (situation.state.embargo.moves > 0 && rungs.some((rung) => rung.granted === 'at_start'))
    return refused.invalid('until', 'An end that late is granted as the first date only; this one was moved before.');
  // An earlier date lifts the embargo early as well, and one member does that alone no more. What a reporter may decide stands in the policy.
  const lifts = situation.actor.kind === 'person' && liftsEarly(until, situation);
  const awaits = lifts ? [...new Set([...awaited(rungs, action, situation), granter])] : awaited(rungs, action, situation);
  const agreed = voices(situation, awaits).filter((voice) => !lifts || voice !== granter);
  const proposed: EventData = {
    kind: 'embargo-proposed',
    ...{ until, zone, reason, restarts: restart, circumstances, evidence, purposes, awaits },
    askedAs: allVoices(situation).filter((voice) => voice !== granter),
    agreed,
  };
  const next = after(situation, [proposed]);
  if (awaits.includes(granter) && !agreed.includes(granter)) return unreasoned(action, situation) ?? [proposed];
  const { unmet, conditions } = missingFor(next, deviation !== undefined);
  if (stops(unmet, deviation)) return refused.gates(unmet);
  const silent = unreasoned(action, situation);
  if (silent !== undefined) return silent;
  return [...recorded(unmet, deviating(conditions, reason !== null), deviation), proposed, ...settle(next)];
};

/** Whoever grants answers for the policy's conditions; everybody else for their own agreement. */
export const agreeEmbargo: Decider<'agree-embargo'> = (action, situation) => {
  const { proposal } = situation.state.embargo;
  const wrong = proposal === null ? undefined : unlawful(proposal, situation);
  if (wrong !== undefined) return wrong;
  const asked = voicesAsked(situation);
  const events = asked.map((as): EventData => ({ kind: 'embargo-agreed', as }));
  const { unmet, conditions } = asked.includes(granter)
    ? missingFor(situation, action.deviation !== undefined)
    : { unmet: [], conditions: { must: [], should: [] } };
  if (stops(unmet, action.deviation)) return refused.gates(unmet);
  const passed = deviating(conditions, proposal?.reason !== null);
  return [...recorded(unmet, passed, action.deviation), ...events, ...settle(after(situation, events))];
};

/** A refusal names what the request lacks; where it lacks nothing, it needs a reason of its own (QEMU-50). */
export const refuseEmbargo: Decider<'refuse-embargo'> = (action, situation) => {
  const asked = voicesAsked(situation);
  const as = asked.includes(granter) ? granter : asked[0];
  // Nobody asked this actor, so they take back what their own side proposed.
  if (as === undefined) return [{ kind: 'embargo-refused', as: allVoices(situation)[0] ?? granter, reason: action.reason, missing: [] }];
  const missing = as === granter ? missingFor(situation, false).unmet.map(({ gate }) => gate) : [];
  if (missing.length === 0 && action.reason === null)
    return refused.invalid('reason', 'Please say why: the request lacks nothing that the policy asks for.');
  return [{ kind: 'embargo-refused', as, reason: action.reason, missing }];
};

/** By choice it takes as many people as a publication, for others plan by the date. A fact with its evidence, on record, needs nobody's second word. */
export const endEmbargo: Decider<'end-embargo'> = (action, situation) => {
  const { exit, reason, evidence, since = situation.now } = action;
  const fact = factOf[exit];
  if (fact === null) return evidence === undefined ? endByAgreement(reason, situation) : refused.invalid('evidence', agreedWithout);
  if (since > situation.now) return refused.invalid('since', 'That lies in the future.');
  const known = evidence === undefined ? [] : [{ kind: 'fact-recorded' as const, fact, since, evidence }];
  return [...known, { kind: 'embargo-exited', exit, reason }];
};

const agreedWithout =
  'What shows that it is known belongs to an end for that cause. An end by agreement takes a reason, and as many people as a publication.';

/** By choice: at the word that completes those of a publication, and not before. */
export function endByAgreement(reason: ContentRef, situation: Situation): readonly EventData[] | Refused {
  const { policy, state, actor } = situation;
  const own = speaksToPublish(policy.reviews, actor);
  const asked = asksBy('set_embargo', policy);
  const words = wordsOf(state.embargo.ending, state.embargo.heldAs);
  const early = liftsEarly(situation.now, situation);
  if (early && !mayAddBy(policy.reviews.publication, asked, words, rolesOf(actor))) return notAsked(policy, stillNeeded(asked, words));
  if (early && !enough(asked, [...words, own])) return [{ kind: 'embargo-end-proposed', reason, ...own }];
  return [{ kind: 'embargo-exited', exit: 'early_agreed', reason }];
}

function notAsked({ reviews }: Policy, needed: string): Refused {
  const why =
    reviews.publication?.kind === 'each_of' ? 'a word of each of several roles, and that of yours is given' : 'a word of somebody else';
  const sentence = `To end it early takes ${why}. Still needed: ${needed}.`;
  return refused.gates([{ gate: 'publication_reviewer', strength: 'must', sentence }]);
}

/** The answer to the question that a fact asks where the policy leaves it to people. */
export const keepEmbargo: Decider<'keep-embargo'> = (action, { state, policy }) =>
  openQuestions(state, policy).some((question) => question.fact === action.fact)
    ? [{ kind: 'embargo-kept', fact: action.fact, reason: action.reason }]
    : refused.invalid('fact', 'No such fact waits for an answer here.');

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

/** That somebody else found it is no leak: nothing has got out (P15). */
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
  return [{ kind: 'embargo-moved', until: proposal.until, zone, restarted: restarts !== null }];
}

/** The date on the table, where it waited for nobody but who is asked no more; one that nobody else was asked for, or that is not lawful any more, is decided by people. */
export function agreedMeanwhile(before: Situation, situation: Situation): readonly EventData[] {
  const { proposal } = situation.state.embargo;
  const waited = before.state.embargo.proposal?.awaits.length !== proposal?.awaits.length;
  if (proposal === null || !waited || proposal.awaits.length === 0) return [];
  return unlawful(proposal, situation) === undefined ? settle(situation) : [];
}

/** An embargo is a decision with a reason, never silent (VMT-29); only an earlier end explains itself. */
function unreasoned({ until, reason, circumstances, deviation, restart }: ActionOf<'propose-embargo'>, { state }: Situation) {
  const earlier = state.embargo.until !== null && until < state.embargo.until;
  if (earlier || reason !== null || circumstances !== null || deviation !== undefined || restart !== null) return undefined;
  return refused.gates([{ gate: 'reason_recorded', strength: 'must', sentence: conditionSentences.reason_recorded }]);
}

function stops(unmet: readonly UnmetGate[], deviation: ContentRef | undefined): boolean {
  return unmet.some((gate) => gate.strength === 'must') || (unmet.length > 0 && deviation === undefined);
}

function recorded(unmet: readonly UnmetGate[], passed: Conditions, deviation: ContentRef | undefined): readonly EventData[] {
  if (deviation === undefined) return [];
  return answeredByWords(unmet, passed).map((gate) => ({ kind: 'deviation-recorded', gate, reason: deviation }));
}

/** `until` moved earlier: to the binding cap, and from there to a lawful day that has not passed. */
function withinCaps(until: Instant, { state, policy, now }: Situation): Instant {
  const cap = bindingCap(state, policy);
  const latest = cap === undefined ? until : earliest(until, cap.at);
  const lawful = onDisclosureDay(latest, policy);
  return lawful > now ? lawful : latest;
}

function canBegin(state: CaseState, policy: Policy): boolean {
  return (
    (state.embargo.state === 'none' || state.embargo.state === 'proposed') && state.visibility === 'private' && !cannotWait(state, policy)
  );
}

/** The embargo's end, moved to the cap that now binds, and from there to a day and hour on which the project discloses (policy language, section 4). */
export function shortened({ state, policy, now }: Situation): readonly EventData[] {
  const { until, zone } = state.embargo;
  const cap = bindingCap(state, policy);
  if (until === null || cap === undefined || until <= cap.at) return [];
  const lawful = onDisclosureDay(cap.at, policy);
  return [{ kind: 'embargo-moved', until: lawful > now ? lawful : cap.at, zone: zone ?? policy.calendar.zone, restarted: false }];
}
