// SPDX-License-Identifier: Apache-2.0
// Parties: told before the disclosure, each under its terms; what they answer, what they break, and what their rules ask of us (T17, T18, T27).

import type { ContentRef } from '../../model/content.ts';
import type { EventData } from '../../model/event.ts';
import type { Party, Vendor } from '../../model/party.ts';
import type { Refused, UnmetGate } from '../../model/refusal.ts';
import { refused } from '../../model/refusal.ts';
import type { Instant } from '../../model/time.ts';
import type { WithheldKind } from '../../policy/words.ts';
import { admittedTo, dutiesOf, isCleared, isProposed, isTooEarly, isTooLate, partiesOfActor, partyOf, rulesOf } from '../parties.ts';
import { isOut, patchesReady } from '../party-gates.ts';
import { hasRead, hasReadForParty, sendingRules } from '../sending-rules.ts';
import type { Decider, Situation } from '../situation.ts';
import { after, rolesOf } from '../situation.ts';
import { agreedMeanwhile, leaveEmbargo, shortened } from './embargo.ts';
import { fated, notWithheld } from './record.ts';

/** Why this party: the words of whoever proposes it stand beside its name before it is told (P24). */
export const proposeParty: Decider<'propose-party'> = ({ party, reason }, { policy }) =>
  rulesOf(policy, party) === undefined
    ? refused.invalid('party', `The policy names no party “${party}”.`)
    : [{ kind: 'party-proposed', party, reason }];

/** Which rules were shown is the application's to compare; who has read them has read them until they change. */
export const acknowledgeRules: Decider<'acknowledge-rules'> = ({ rules, text }, { actor, state, policy }) => {
  const known = sendingRules(policy).find((one) => one.of === rules);
  if (known === undefined) return refused.invalid('rules', 'The policy has no such rules of sending.');
  return hasRead(actor, known, state) ? [] : [{ kind: 'rules-acknowledged', rules, text }];
};

export const screenParty: Decider<'screen-party'> = ({ party, cleared, reason }, { policy }) =>
  rulesOf(policy, party) === undefined
    ? refused.invalid('party', `The policy names no party “${party}”.`)
    : [{ kind: 'party-screened', party, cleared, reason }];

/** A role is told inside Daylight: its members learn that there is something, and read it once they have accepted the terms. */
export const notifyParty: Decider<'notify-party'> = ({ party, text, deviation }, situation) => {
  const { state, policy, now } = situation;
  const to = rulesOf(policy, party)?.to;
  if (to?.kind !== 'role') return refused.invalid('party', 'That party is a mailing list: tell it by mail, and record here when that was.');
  const late = state.embargo.until !== null && isTooLate(state.embargo.until, now, policy) ? [tooLate] : [];
  return deviating(late, deviation, [{ kind: 'party-notified', party, role: to.role, text }]);
};

/** What has happened is recorded; the party's limit counts from then, and an agreed end that passes it moves earlier. */
export const recordNotice: Decider<'record-notice'> = ({ party, since, evidence, dated, deviation }, situation) => {
  const to = rulesOf(situation.policy, party)?.to;
  if (to?.kind !== 'list') return refused.invalid('party', 'The members of that party are told inside Daylight.');
  if (since > situation.now) return refused.invalid('since', 'That lies in the future.');
  const told: EventData = { kind: 'notice-recorded', party, since, evidence, ...(dated == null ? {} : { dated }) };
  const moved = shortened(after(situation, [told]));
  const against = [...stoodAgainst(party, since, situation), ...undated(party, dated ?? null, after(situation, [told, ...moved]))];
  return deviating(against, deviation, [told, ...moved]);
};

export const recordAnswer: Decider<'record-answer'> = ({ party, answer, evidence }, { state }) =>
  state.parties.some((one) => one.name === party && one.told === 'recorded')
    ? [{ kind: 'answer-recorded', party, answer, evidence }]
    : refused.invalid('party', 'The members of that party answer for themselves.');

/** A list is written to by mail; whoever is told inside Daylight is answered here, each party alone. */
export const writeToParty: Decider<'write-to-party'> = ({ party, body, never }, situation) => {
  if (partyOf(situation.state, party).told !== 'in_daylight')
    return refused.invalid('party', 'That party is not told inside Daylight: write to it by mail.');
  const written: EventData = { kind: 'party-written-to', party, body };
  return neverWithheld(never, situation) ?? [written, ...fated(written, never)];
};

/** Afterwards the party has never been told it; the log keeps that it was written, and by whom it was taken back. */
export const withdrawPartyMessage: Decider<'withdraw-party-message'> = ({ party, message, closes }, { state }) =>
  partyOf(state, party).thread?.some(({ from, body }) => from === 'team' && body.id === closes) === true
    ? [{ kind: 'party-message-withdrawn', party, message, closes }]
    : refused.invalid('message', 'No such message in this case.');

/** Which other parties there are, told or not, makes no difference to the answer. */
export const writeToTeam: Decider<'write-to-team'> = ({ as, body, attachments, never }, situation) => {
  const own = admittedTo(situation.actor, situation.state);
  if (own.length === 0) return [];
  const [party, another] = as === undefined ? own : own.filter(({ name }) => name === as);
  if (party === undefined) return refused.invalid('as', 'You do not write for that party.');
  if (another !== undefined) return refused.invalid('as', 'You belong to several parties: say for which one you write.');
  const wrote: EventData = { kind: 'party-wrote', party: party.name, body, attachments };
  return neverWithheld(never, situation) ?? [wrote, ...fated(wrote, never)];
};

function neverWithheld(never: WithheldKind | undefined, situation: Situation): Refused | undefined {
  return never === undefined ? undefined : notWithheld(never, situation);
}

export const acceptTerms: Decider<'accept-terms'> = (_, { actor, state, policy }) => {
  const open = partiesOfActor(actor, state).filter((party) => actor.kind === 'person' && !party.accepted.includes(actor.person));
  return open.map(({ name }) => ({ kind: 'terms-accepted', party: name, version: policy.version }));
};

export const acknowledgeNotice: Decider<'acknowledge-notice'> = (_, situation) =>
  own(
    situation,
    (party) => party.state === 'notified',
    (party) => ({ kind: 'notice-acknowledged', party: party.name }),
  );

/** For a party by its members; for a role that discloses together with the project by whoever holds it. */
export const sayReady: Decider<'say-ready'> = (_, situation) => {
  const { actor, state, policy } = situation;
  const asked = policy.disclosure.togetherWith.filter((role) => rolesOf(actor).includes(role));
  const said = asked.filter((role) =>
    state.readiness.some((one) => one.role === role && actor.kind === 'person' && one.person === actor.person),
  );
  const roles = asked.filter((role) => !said.includes(role)).map((role): EventData => ({ kind: 'readiness-said', role }));
  const ready = (party: Party) => party.state !== 'ready';
  const parties = admittedTo(actor, state).filter(ready);
  return [...roles, ...parties.map(({ name }): EventData => ({ kind: 'party-ready', party: name }))];
};

/** While the hour is waited for, the log keeps who is asked by name, so that clock and gates count each vendor and not a role (LIBVIRT-26). */
export function vendorsAsked(situation: Situation, events: readonly EventData[]): readonly EventData[] {
  const { vendors } = situation;
  if (vendors === undefined || events.length === 0) return [];
  const { state } = after(situation, events);
  const waits = state.visibility === 'private' && state.embargo.state === 'active';
  return waits && !isSame(vendors, state.vendors ?? []) ? [{ kind: 'vendors-asked', vendors }] : [];
}

/** By what they say: what comes from a store has its names in another order. */
function isSame(one: readonly Vendor[], other: readonly Vendor[]): boolean {
  const said = (vendors: readonly Vendor[]) => JSON.stringify(vendors.map(({ role, people }) => [role, people]));
  return said(one) === said(other);
}

export const raiseObjection: Decider<'raise-objection'> = ({ reason }, situation) =>
  own(
    situation,
    (party) => party.state !== 'objected',
    (party) => ({ kind: 'objection-raised', party: party.name, reason }),
  );

/** Where a date waited for this party alone, the others have agreed to it. */
export const removeParty: Decider<'remove-party'> = ({ party, reason }, situation) => {
  const left: EventData = { kind: 'party-left', party, cause: 'removed', reason };
  return [left, ...agreedMeanwhile(situation, after(situation, [left]))];
};

/** A leak that is traced to a party: its access ends, and so does the embargo; the others are told (T27). */
export const recordBreach: Decider<'record-breach'> = ({ party, since, evidence }, situation) => {
  if (since > situation.now) return refused.invalid('since', 'That lies in the future.');
  return [
    { kind: 'fact-recorded', fact: 'leaked', since, evidence },
    { kind: 'party-left', party, cause: 'breach', reason: evidence },
    ...leaveEmbargo(situation, 'leak'),
  ];
};

export const recordDuty: Decider<'record-duty'> = ({ party, duty, evidence }, { state, policy }) => {
  const asked = dutiesOf(state, policy).find((one) => one.party === party && one.duty === duty);
  if (asked === undefined) return refused.invalid('duty', 'That party asks no such thing of this case.');
  return asked.done === null ? [{ kind: 'duty-done', party, duty, evidence }] : [];
};

/** A list whose rules ask for the public post asks for its date and hour in the first message: the one that holds now (F3). */
function undated(party: string, dated: Instant | null, { state, policy }: Situation): readonly UnmetGate[] {
  const { until } = state.embargo;
  if (!(rulesOf(policy, party)?.duties.includes('public_post') ?? false) || (dated !== null && dated === until)) return [];
  const sentence =
    dated === null
      ? 'The rules of this party ask for a concrete date and hour in the first message: say which one yours named.'
      : 'The message named another date than the one that was agreed; tell the list which one holds.';
  return [{ gate: 'notice_dated', strength: 'should', sentence }];
}

const tooLate: UnmetGate = {
  gate: 'downstream.lead_time',
  strength: 'should',
  sentence: 'The party has less time than the policy promises; another date would mend it.',
};

/** What stood against telling the list when it was told: that it happened is recorded all the same, as a deviation. */
function stoodAgainst(party: string, since: Instant, situation: Situation): readonly UnmetGate[] {
  const { actor, state, policy } = situation;
  const { until } = state.embargo;
  const said = (gate: string, sentence: string): UnmetGate => ({ gate, strength: 'should', sentence });
  return [
    ...(isCleared(partyOf(state, party), policy) ? [] : [said('party_cleared', 'Nobody had cleared this party.')]),
    ...(isProposed(partyOf(state, party), policy) ? [] : [said('party_proposed', 'Nobody had said why this party is told.')]),
    ...(hasReadForParty(actor, party, state, policy)
      ? []
      : [said('party_rules_read', 'You have not said that you read the rules of this list.')]),
    ...(until !== null && isTooEarly(until, since, policy)
      ? [said('not_too_early', 'It was too early: the policy allows less time between notice and disclosure.')]
      : []),
    ...(until !== null && isTooLate(until, since, policy) ? [tooLate] : []),
    ...(isOut(state) ? [said('not_out_yet', 'A fix was in public already: that belongs on the public list.')] : []),
    ...(patchesReady(situation) ? [] : [said('patches_before_notice', 'A patch was not approved yet.')]),
  ];
}

function deviating(
  unmet: readonly UnmetGate[],
  deviation: ContentRef | undefined,
  events: readonly EventData[],
): readonly EventData[] | Refused {
  if (unmet.length === 0) return events;
  if (deviation === undefined) return refused.gates(unmet);
  return [...unmet.map(({ gate }): EventData => ({ kind: 'deviation-recorded', gate, reason: deviation })), ...events];
}

/** The actor's parties that stand so; doing it twice changes nothing. */
function own(situation: Situation, which: (party: Party) => boolean, tell: (party: Party) => EventData): readonly EventData[] | Refused {
  const mine = admittedTo(situation.actor, situation.state);
  return mine.filter(which).map(tell);
}
