// SPDX-License-Identifier: Apache-2.0
// The terms of an embargo date: the rungs it climbs, what the policy asks there, whose agreement it needs, and what makes it unlawful.

import type { ActionOf } from '../../model/action.ts';
import type { CaseState } from '../../model/case.ts';
import type { EmbargoRequest, Voice } from '../../model/embargo.ts';
import type { Refused, UnmetGate } from '../../model/refusal.ts';
import { refused } from '../../model/refusal.ts';
import type { Instant } from '../../model/time.ts';
import { dated } from '../../model/time.ts';
import type { Condition, Conditions } from '../../policy/conditions.ts';
import type { Rung } from '../../policy/embargo-rules.ts';
import type { Policy } from '../../policy/policy.ts';
import { add, bindingCap, capInWords, countedFrom, onDisclosureDay } from '../caps.ts';
import { closedAt } from '../disclosure-days.ts';
import { unmetConditions } from '../gates.ts';
import { toldParties, voiceOf } from '../parties.ts';
import type { Situation } from '../situation.ts';
import { changesLate, granter, grants } from '../voices.ts';

type Dated = Pick<EmbargoRequest, 'until' | 'restarts'>;

/** Why the date cannot be agreed on at all; asked before anybody is told of it, and again when it is agreed (P5). */
export function unlawful({ until }: Dated, { state, policy, now }: Situation): Refused | undefined {
  if (until <= now) return refused.invalid('until', 'The date has passed already.');
  const lawful = onDisclosureDay(until, policy);
  if (lawful !== until)
    return refused.invalid('until', `${closedAt(until, policy)} The last lawful instant before it is ${dated(lawful)}.`);
  const cap = bindingCap(asBegun(state, policy, now), policy);
  if (cap !== undefined && until > cap.at)
    return refused.invalid('until', `The latest lawful instant is ${dated(cap.at)}: ${capInWords(cap)}`);
  return undefined;
}

/** A restart names a reason that the policy knows, and begins a count that has begun before (LIBVIRT-33). */
export function unlawfulRestart({ restart }: ActionOf<'propose-embargo'>, { state, policy }: Situation): Refused | undefined {
  const reasons = policy.embargo.restartFor;
  if (restart === null) return undefined;
  if (reasons.length === 0) return refused.invalid('restart', 'This policy restarts no embargo.');
  if (!reasons.includes(restart)) return refused.invalid('restart', `This policy restarts an embargo for: ${reasons.join(', ')}.`);
  return state.embargo.until === null ? refused.invalid('restart', 'There is no embargo yet that could begin again.') : undefined;
}

/** The rungs that the date climbs: its own and every shorter one, counted from the beginning, or from when it was asked to begin again. */
export function climbed({ until, restarts }: Dated, asked: Instant, { state, policy }: Situation): readonly Rung[] {
  const from = restarts === null ? (countedFrom(state, policy) ?? asked) : asked;
  const rungs = policy.embargo.length;
  const last = rungs.findIndex((rung) => until <= add(from, rung.upTo, policy));
  return last === -1 ? rungs : rungs.slice(0, last + 1);
}

/** What has to hold when the date is granted. Whose agreement it needs is asked for by `awaited`. */
function conditionsOf(rungs: readonly Rung[], deviates: boolean): Conditions {
  return {
    must: rungs.flatMap((rung) => rung.must).filter((condition) => condition.kind !== 'agreed_by'),
    should: rungs.flatMap((rung) => rung.should).filter((condition) => condition.kind !== 'agreed_by' || deviates),
  };
}

/** What the open request lacks, judged as the case stands now (QEMU-50). */
export function missingFor(
  situation: Situation,
  deviates: boolean,
): { readonly unmet: readonly UnmetGate[]; readonly conditions: Conditions } {
  const { proposal } = situation.state.embargo;
  if (proposal === null) return { unmet: [], conditions: { must: [], should: [] } };
  const conditions = conditionsOf(climbed(proposal, proposal.askedAt, situation), deviates);
  return { unmet: unmetConditions(conditions, situation, { reason: proposal.reason !== null, deviation: deviates }, []), conditions };
}

/** Conditions that the reason of the proposal does not answer, so that the deviation does. */
export function deviating({ must, should }: Conditions, reasonGiven: boolean): Conditions {
  const isDeviation = ({ kind }: Condition) => kind === 'deviation_recorded' || !reasonGiven;
  return { must: must.filter(isDeviation), should: should.filter(isDeviation) };
}

/**
 * Whose agreement the date needs: everyone with whom dates, or dates that late, are agreed; a reporter who may refuse; and somebody who grants what others ask for.
 * Earlier is safer: the reporter's own wish for it waits for nobody (F34), and where their terms prevail no wish of theirs does; but once a party was told,
 * whoever the policy names has the last word (P22).
 */
export function awaited(rungs: readonly Rung[], { until, deviation }: ActionOf<'propose-embargo'>, situation: Situation): readonly Voice[] {
  const { state, policy, actor } = situation;
  const free = changesLate(situation);
  const earlier = state.embargo.until !== null && until < state.embargo.until;
  if (actor.kind === 'reporter' && free && (earlier || policy.embargo.reporterMay === 'decide')) return [];
  const reporter: readonly Voice[] = policy.embargo.reporterMay === 'ask' ? [] : ['reporter'];
  const agreeing = rungs.flatMap((rung) => agreeingTo(rung, deviation !== undefined));
  const named = [...reporter, ...spoken([...policy.embargo.datesAgreedBy, ...agreeing], situation)];
  const others = named.some((voice) => voice !== 'reporter' && !voice.startsWith('party:'));
  const needed = !free || (!grants(situation) && !others);
  return [...new Set([...named, ...(needed ? [granter] : [])])];
}

function agreeingTo(rung: Rung, deviates: boolean): readonly string[] {
  const conditions = deviates ? rung.must : [...rung.must, ...rung.should];
  return conditions.flatMap((condition) => (condition.kind === 'agreed_by' ? condition.roles : []));
}

/** A role of the policy, the reporter, or every party that was told inside Daylight: nobody else can answer here. */
function spoken(roles: readonly string[], { state, policy }: Situation): readonly Voice[] {
  return roles.flatMap((role): readonly Voice[] => {
    if (role === 'party') return toldParties(state).flatMap((party) => (party.role === null ? [] : [voiceOf(party)]));
    return role === 'reporter' || policy.roles[role] !== undefined ? [role as Voice] : [];
  });
}

/** The case as if its embargo had begun, so that the ladder's cap counts before the first date is active. */
function asBegun(state: CaseState, policy: Policy, now: Instant): CaseState {
  if (state.embargo.until !== null) return state;
  return { ...state, embargo: { ...state.embargo, state: 'proposed', from: countedFrom(state, policy) ?? now } };
}
