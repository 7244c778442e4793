// SPDX-License-Identifier: Apache-2.0
// Handling, folded: reports and their moderation, people, verdicts, facts, talk, reminders, the end.

import type { CaseState, Reporter } from '../../model/case.ts';
import type { Envelope, EventOf } from '../../model/event.ts';
import { escalationClock } from '../clocks/clock.ts';
import type { Folds } from './fold.ts';
import { person } from './fold.ts';

export const handlingFolds = {
  'report-submitted': (state, event) => ({ reporters: [...state.reporters, reporterOf(event)] }),
  'report-released': () => ({ handling: 'received' }),
  'report-discarded': () => ({ handling: 'spam' }),
  'report-acknowledged': (state, event) => ({ marks: { acknowledgement: event.at, ...state.marks } }),
  'owner-assigned': ownerAssigned,
  'case-taken-up': () => ({ handling: 'eligibility' }),
  'eligibility-proposed': (_, event) => ({ proposal: event.proposal }),
  'answers-corrected': (state, event) => ({
    corrected: [...state.corrected.filter((old) => !event.answers.some((one) => one.field === old.field)), ...event.answers],
  }),
  'eligibility-decided': eligibilityDecided,
  'flaw-confirmed': flawConfirmed,
  'flaw-dismissed': (state, event) => ({
    handling: event.to,
    class: event.class ?? state.class,
    assessment: assessed(event, 'not_exploitable', null),
  }),
  'severity-assessed': (_, event) => ({ severity: severityOf(event) }),
  'class-set': (state, event) => ({
    class: event.class,
    branches: state.branches.map((fix) => ({ ...fix, required: event.requires.includes(fix.group) })),
  }),
  'fact-recorded': (state, event) => ({
    facts: [
      ...state.facts,
      {
        fact: event.fact,
        since: event.since,
        recordedAt: event.at,
        evidence: event.evidence,
        participant: event.participant ?? null,
      },
    ],
  }),
  'message-sent': (state, event) => ({
    reporters: state.reporters.map((one) => (event.to.includes(one.participant) ? { ...one, told: event.at } : one)),
  }),
  'message-received': (state, { by, at }) => ({
    reporters: state.reporters.map((one) => (by.kind === 'reporter' && by.participant === one.participant ? { ...one, heard: at } : one)),
  }),
  'message-withdrawn': messageWithdrawn,
  'note-added': () => ({}),
  'deviation-recorded': (state, event) => ({ deviations: [...state.deviations, event.gate] }),
  'reminder-due': reminderDue,
  'case-closed': () => ({ handling: 'closed' }),
} as const satisfies Folds;

/** The reporter that a report brings; the first opens the case (evolve.ts). */
export function reporterOf(event: Envelope & EventOf<'report-submitted'>): Reporter {
  const { participant, channel, name, address, creditName, origin, deadline, report, attachments } = event;
  const since = event.at;
  const own = { credit: 'undecided', creditRequest: null, from: null, credited: true, told: null, heard: null } as const;
  return { participant, channel, since, name, address, creditName, origin, deadline, report, attachments, ...own };
}

/** What was taken back was never said: the clocks of the first answer and of news go on from what was said beside it. */
function messageWithdrawn({ reporters, marks }: CaseState, { to, still }: Envelope & EventOf<'message-withdrawn'>): Partial<CaseState> {
  if (still === undefined) return {};
  const { acknowledgement: _, ...others } = marks;
  return {
    reporters: reporters.map((one) => (one.participant === to ? { ...one, told: still.told } : one)),
    marks: still.answered === null ? others : { ...others, acknowledgement: still.answered },
  };
}

/** A person who takes the case, or gives it to somebody, brings the ladder back to its foot. */
function ownerAssigned({ ownership }: CaseState, { at, person: owner, how, by }: Envelope & EventOf<'owner-assigned'>): Partial<CaseState> {
  const came = how ?? (by.kind === 'person' && by.person === owner ? 'claimed' : 'given');
  const rungs = came === 'claimed' || came === 'given' ? 0 : ownership.rungs;
  return { owner, ownership: { how: came, since: at, first: ownership.first ?? at, rungs } };
}

function reminderDue(state: CaseState, { at, seq, clock, also = [] }: Envelope & EventOf<'reminder-due'>): Partial<CaseState> {
  const called = [clock, ...also].map((one) => [one, { at, count: (state.reminders[one]?.count ?? 0) + 1, seq }]);
  const rungs = state.ownership.rungs + (clock === escalationClock ? 1 : 0);
  return { reminders: { ...state.reminders, ...Object.fromEntries(called) }, ownership: { ...state.ownership, rungs } };
}

function eligibilityDecided(state: CaseState, event: Envelope & EventOf<'eligibility-decided'>): Partial<CaseState> {
  const { proposed = null, policyVersion = state.policy.version } = event;
  const eligibility = { ...assessed(event, event.verdict, event.rule), proposed, policyVersion };
  switch (event.verdict) {
    case 'in':
      return { handling: 'assessing', eligibility, marks: { ...state.marks, acceptance: event.at } };
    case 'out':
      return { handling: 'public_bug', eligibility };
    case 'elsewhere':
      return { handling: 'not_ours', eligibility, referral: { target: event.target ?? null, consent: 'asked', forwardedAt: null } };
  }
}

function flawConfirmed(state: CaseState, event: Envelope & EventOf<'flaw-confirmed'>): Partial<CaseState> {
  return {
    handling: 'confirmed',
    class: event.class,
    assessment: assessed(event, 'exploitable', null),
    flaws: event.flaws.map((flaw) => ({ flaw, cve: 'undecided', number: null, numberedBy: null, since: event.at, title: null })),
    marks: { ...state.marks, acceptance: state.marks.acceptance ?? event.at, confirmation: event.at },
  };
}

/** A score always names who gave it (VMT-34). */
function severityOf({
  level,
  vector,
  score,
  cwes,
  ssvc,
  by,
  at,
}: Envelope & EventOf<'severity-assessed'>): NonNullable<CaseState['severity']> {
  const beside = {
    ...(score === undefined ? {} : { score }),
    ...(cwes === undefined ? {} : { cwes }),
    ...(ssvc === undefined ? {} : { ssvc }),
  };
  return { level, vector, by: person(by), at, ...beside };
}

function assessed<V extends string>(event: Envelope & { readonly reason: CaseState['title'] }, verdict: V, rule: string | null) {
  return { at: event.at, by: person(event.by), verdict, rule, reason: event.reason };
}
