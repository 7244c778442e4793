// SPDX-License-Identifier: Apache-2.0
// Handling, folded: reports and their moderation, people, verdicts, facts, talk, reminders, the end.

import type { CaseState, Reporter } from '../../model/case.ts';
import type { Envelope, EventOf } from '../../model/event.ts';
import type { Folds } from './fold.ts';
import { person } from './fold.ts';

export const handlingFolds = {
  'report-submitted': (state, event) => ({ reporters: [...state.reporters, reporterOf(event)] }),
  'report-released': () => ({ handling: 'received' }),
  'report-discarded': () => ({ handling: 'spam' }),
  'report-acknowledged': (state, event) => ({ marks: { acknowledgement: event.at, ...state.marks } }),
  'person-added': (state, event) => ({ added: [...state.added, event.person] }),
  'person-removed': (state, event) => ({ added: state.added.filter((one) => one !== event.person) }),
  'owner-assigned': (_, event) => ({ owner: event.person }),
  'case-taken-up': () => ({ handling: 'eligibility' }),
  'eligibility-decided': eligibilityDecided,
  'flaw-confirmed': flawConfirmed,
  'flaw-dismissed': (_, event) => ({ handling: event.to, assessment: assessed(event, 'not_exploitable', null) }),
  'severity-assessed': (_, event) => ({ severity: { level: event.level, vector: event.vector, by: person(event.by), at: event.at } }),
  'fact-recorded': (state, event) => ({
    facts: [...state.facts, { fact: event.fact, since: event.since, recordedAt: event.at, evidence: event.evidence }],
  }),
  'message-sent': () => ({}),
  'message-withdrawn': () => ({}),
  'message-received': () => ({}),
  'note-added': () => ({}),
  'deviation-recorded': (state, event) => ({ deviations: [...state.deviations, event.gate] }),
  'reminder-due': (state, event) => ({
    reminders: {
      ...state.reminders,
      [event.clock]: { at: event.at, count: (state.reminders[event.clock]?.count ?? 0) + 1, seq: event.seq },
    },
  }),
  'case-closed': () => ({ handling: 'closed' }),
} as const satisfies Folds;

/** The reporter that a report brings; the first opens the case (evolve.ts). */
export function reporterOf(event: Envelope & EventOf<'report-submitted'>): Reporter {
  const { participant, channel, name, address, creditName, origin, deadline, report, attachments } = event;
  const since = event.at;
  return { participant, channel, since, name, address, credit: 'undecided', creditName, origin, deadline, report, attachments };
}

function eligibilityDecided(state: CaseState, event: Envelope & EventOf<'eligibility-decided'>): Partial<CaseState> {
  const eligibility = assessed(event, event.verdict, event.rule);
  switch (event.verdict) {
    case 'in':
      return { handling: 'assessing', eligibility, marks: { ...state.marks, acceptance: event.at } };
    case 'out':
      return { handling: 'public_bug', eligibility };
    case 'elsewhere':
      return { handling: 'not_ours', eligibility };
  }
}

function flawConfirmed(state: CaseState, event: Envelope & EventOf<'flaw-confirmed'>): Partial<CaseState> {
  return {
    handling: 'confirmed',
    class: event.class,
    assessment: assessed(event, 'exploitable', null),
    flaws: event.flaws.map((flaw) => ({ flaw, cve: 'undecided', number: null, since: event.at })),
    marks: { ...state.marks, acceptance: state.marks.acceptance ?? event.at, confirmation: event.at },
  };
}

function assessed<V extends string>(event: Envelope & { readonly reason: CaseState['title'] }, verdict: V, rule: string | null) {
  return { at: event.at, by: person(event.by), verdict, rule, reason: event.reason };
}
