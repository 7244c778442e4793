// SPDX-License-Identifier: Apache-2.0
// Parties, folded: screening, notice, terms, answers, the end of their part.

import type { CaseState } from '../../model/case.ts';
import type { Party, PartyMessage } from '../../model/party.ts';
import { partyOf, readinessClock } from '../parties.ts';
import type { Folds } from './fold.ts';
import { person } from './fold.ts';
import { unsaid } from './record.ts';

export const partyFolds = {
  'party-proposed': (state, event) =>
    changed(state, event.party, { proposed: { by: person(event.by), at: event.at, reason: event.reason } }),
  'rules-acknowledged': (state, event) => ({
    rulesRead: [...state.rulesRead, { of: event.rules, text: event.text, person: person(event.by), at: event.at }],
  }),
  'agents-decided': (_, event) => ({
    agents: { allowed: event.allowed, by: person(event.by), at: event.at, reason: event.reason },
  }),
  'party-screened': (state, event) =>
    changed(state, event.party, {
      screening: { cleared: event.cleared, by: person(event.by), at: event.at, reason: event.reason },
    }),
  'party-notified': (state, event) => ({
    ...changed(state, event.party, {
      state: 'notified',
      notifiedAt: event.at,
      told: 'in_daylight',
      notice: event.text,
      role: event.role,
      dated: state.embargo.until,
      broughtBy: person(event.by),
    }),
    marks: { notice: event.at, ...state.marks },
  }),
  'notice-recorded': (state, event) => ({
    ...changed(state, event.party, {
      state: 'notified',
      notifiedAt: event.since,
      told: 'recorded',
      dated: event.dated ?? null,
      broughtBy: person(event.by),
    }),
    marks: { notice: event.since, ...state.marks },
  }),
  'answer-recorded': (state, event) => changed(state, event.party, { state: event.answer }),
  'party-written-to': (state, event) =>
    changed(state, event.party, said(state, event.party, { from: 'team', at: event.at, body: event.body, files: 0 })),
  'party-message-withdrawn': (state, { party, closes }) => ({
    ...changed(state, party, { thread: (partyOf(state, party).thread ?? []).filter(({ body }) => body.id !== closes) }),
    record: unsaid(state.record, closes),
  }),
  'party-wrote': (state, event) =>
    changed(
      state,
      event.party,
      said(state, event.party, { from: 'party', at: event.at, body: event.body, files: event.attachments.length }),
    ),
  'terms-accepted': (state, event) =>
    changed(state, event.party, { accepted: [...partyOf(state, event.party).accepted, person(event.by)] }),
  'notice-acknowledged': (state, event) => changed(state, event.party, { state: 'acknowledged' }),
  'party-ready': (state, event) => changed(state, event.party, { state: 'ready' }),
  'vendors-asked': (_, event) => ({ vendors: event.vendors }),
  'readiness-said': (state, event) => ({
    readiness: [...state.readiness, { role: event.role, person: person(event.by), at: event.at }],
  }),
  'objection-raised': (state, event) => changed(state, event.party, { state: 'objected' }),
  'party-left': (state, event) => ({
    ...changed(state, event.party, { state: 'left', left: event.cause }),
    embargo: withoutVoice(state, event.party),
  }),
  'duty-done': (state, event) =>
    changed(state, event.party, { done: [...partyOf(state, event.party).done, { duty: event.duty, at: event.at }] }),
} as const satisfies Folds;

function said(state: CaseState, party: string, message: PartyMessage): Pick<Party, 'thread'> {
  return { thread: [...(partyOf(state, party).thread ?? []), message] };
}

/** Who has left is asked for nothing any more: a date waits for the others alone. */
function withoutVoice({ embargo }: CaseState, party: string): CaseState['embargo'] {
  const { proposal } = embargo;
  if (proposal === null) return embargo;
  const others = (voices: typeof proposal.awaits) => voices.filter((voice) => voice !== `party:${party}`);
  return { ...embargo, proposal: { ...proposal, awaits: others(proposal.awaits), agreed: others(proposal.agreed) } };
}

/** Another date takes back who was ready for the first, and who had agreed to be there at its hour: everybody is asked anew (T11, T17). */
export function askedAnew(state: CaseState): Pick<CaseState, 'parties' | 'readiness' | 'reminders' | 'onCall'> {
  const { [readinessClock]: _, ...reminders } = state.reminders;
  const parties = state.parties.map(
    (party): Party => (['acknowledged', 'ready'].includes(party.state) ? { ...party, state: 'notified' } : party),
  );
  return { parties, readiness: [], reminders, onCall: [] };
}

/** Once the case is public every party may speak; who never answered is remembered as silent. */
export function released({ parties }: CaseState): readonly Party[] {
  return parties.map((party): Party => {
    if (party.state === 'notified') return { ...party, state: 'silent' };
    return ['acknowledged', 'ready', 'objected'].includes(party.state) ? { ...party, state: 'released' } : party;
  });
}

function changed(state: CaseState, name: string, changes: Partial<Party>): Pick<CaseState, 'parties'> {
  const party = { ...partyOf(state, name), ...changes };
  const known = state.parties.some((one) => one.name === name);
  return { parties: known ? state.parties.map((one) => (one.name === name ? party : one)) : [...state.parties, party] };
}
