// SPDX-License-Identifier: Apache-2.0
// Gates: what must hold before an action, each with the sentence that a person reads when it does not. A new gate is one entry.

import type { Action } from '../model/action.ts';
import { type CaseState, hasFact } from '../model/case.ts';
import type { UnmetGate } from '../model/refusal.ts';
import { dated } from '../model/time.ts';
import type { Condition, Conditions } from '../policy/conditions.ts';
import { conditionText } from '../policy/conditions.ts';
import type { Policy } from '../policy/policy.ts';
import { rolesWith } from '../policy/policy.ts';
import { accessGates } from './access-gates.ts';
import { isAftermath, releaseUnderWay } from './aftermath.ts';
import { owedReports } from './authority.ts';
import { missedAims } from './branch-aims.ts';
import { bindingCap, endsWithoutFix } from './caps.ts';
import { conditionSentences } from './condition-sentences.ts';
import type { Said } from './conditions.ts';
import { asksForWords, holds, needingNumber, reached, required } from './conditions.ts';
import { closedAt, opensOn } from './disclosure-days.ts';
import { cannotWait, disclosureDue } from './disclosure-due.ts';
import { endGates } from './end-gates.ts';
import { lateNumbers, saidBefore } from './first-word.ts';
import { fixGates } from './fix-gates.ts';
import type { Gate } from './gate.ts';
import { judgementGates } from './judgement-gates.ts';
import { publishesNote } from './opening-rules.ts';
import { partyGates } from './party-gates.ts';
import { waiting } from './publication-instant.ts';
import { recordGates } from './record-gates.ts';
import { relationGates } from './relation-gates.ts';
import { reviewGates } from './review-gates.ts';
import { sendingGates } from './sending-gates.ts';
import type { Situation } from './situation.ts';
import { takesBack, voicesAsked } from './voices.ts';

export const gates = {
  ...partyGates,
  ...endGates,
  eligibility_decided: {
    sentence: 'Decide first whether the report is eligible; this policy allows no other step before that verdict.',
    met: ({ state, policy }) => policy.eligibility.decided === 'with_assessment' || state.eligibility?.verdict === 'in',
  },
  ...judgementGates,
  ...fixGates,
  filing_owed: {
    sentence: 'No report to an authority is owed: the policy has no clock for it, or nothing is known of an exploitation.',
    met: ({ state, policy }) => owedReports(state, policy).some(({ filedAt }) => filedAt === null),
  },
  advisory_wanted: {
    sentence: 'This policy publishes no advisory for such a case.',
    met: ({ state, policy }) =>
      isAftermath(state) && state.advisory.published === 0 ? publishesNote(state.class, policy) : mayGetAdvisory(state, policy),
  },
  advisory_complete: {
    sentence: 'The advisory lacks a part that this policy demands.',
    met: ({ state, policy }) => policy.advisory.mustContain.every((part) => state.advisory.parts.includes(part)),
  },
  not_the_author: {
    sentence: 'Whoever wrote the advisory cannot approve it, and nobody approves twice; someone else has to.',
    met: ({ state, actor }) =>
      actor.kind === 'person' && state.advisory.author !== actor.person && !state.advisory.approvals.includes(actor.person),
  },
  asked_to_agree: {
    sentence: 'Your agreement to this date is not asked for, or is given already.',
    met: (situation) => voicesAsked(situation).length > 0,
  },
  may_refuse: {
    sentence: 'Your answer to this date is not asked for, or is given already, and the date is not yours to take back.',
    met: (situation) => voicesAsked(situation).length > 0 || takesBack(situation),
  },
  owner_set: {
    sentence: 'Nobody owns the case yet.',
    met: ({ state }) => state.owner !== null,
  },
  second_person: {
    sentence: 'You have said so already; the second word must come from another person.',
    says: recordedIt,
    met: ({ state, actor }, action) => actor.kind === 'person' && !saidBefore(action, state).includes(actor.person),
  },
  embargo_possible: {
    sentence: 'What is public already cannot be embargoed.',
    says: ({ state }) =>
      isKnownToAll(state) ? undefined : 'What is exploited, or has got out, waits for no date: no embargo begins any more.',
    // T10: none begins; one that runs despite such a fact was kept by somebody, or is asked about.
    met: ({ state, policy }) => !isKnownToAll(state) && (state.embargo.until !== null || !cannotWait(state, policy)),
  },
  embargo_allowed: {
    sentence: 'This policy knows no embargo.',
    met: ({ policy }) => policy.embargo.mode !== 'never',
  },
  credit_decided: {
    sentence: 'For a reporter it is not decided how they are credited.',
    met: ({ state, policy }) =>
      policy.publication.credit.length === 0 || state.reporters.every((reporter) => !reporter.credited || reporter.credit !== 'undecided'),
  },
  advisory_approved: {
    sentence: 'The advisory is not approved.',
    met: ({ state, policy }) =>
      isAftermath(state) || state.imported !== null
        ? state.advisory.state === 'approved'
        : !publishesAdvisory(state, policy) || ['approved', 'published', 'errata'].includes(state.advisory.state),
  },
  branches_done: {
    sentence: 'A branch that must be fixed has no approved patch.',
    met: ({ state, policy }) =>
      policy.disclosure.trigger === 'patch_posted' ||
      state.handling === 'unfixed_public' ||
      isAftermath(state) ||
      required(state).every((fix) => reached(fix, 'patch_approved')),
  },
  ...relationGates,
  ...reviewGates,
  release_armed: {
    sentence: 'The release is not armed: not enough people have said go.',
    met: ({ state, policy }) => (!isAftermath(state) && state.imported === null && !needsRelease(state, policy)) || state.disclosure.armed,
  },
  release_under_way: {
    sentence: 'There is no release to stop: nobody has said go to anything that is not out yet.',
    met: ({ state }) => releaseUnderWay(state),
  },
  documents_prepared: {
    sentence: 'The documents are not rendered and signed yet.',
    met: ({ state, policy }) => !publishesAdvisory(state, policy) || (state.disclosure.prepared !== null && waiting(state).length === 0),
  },
  disclosure_due: {
    sentence: 'What makes this case public has not happened yet.',
    met: (situation) => disclosureDue(situation.state, situation.policy, situation.now),
  },
  disclosure_day: {
    sentence: 'This is no day or hour on which the project discloses.',
    says: ({ state, policy, now }) => `${closedAt(now, policy)} The case goes out on ${dated(opensOn(now, state, policy))}.`,
    // The program publishes at the hour that its clock names, which was lawful then, and catches up with it (I12).
    met: ({ state, policy, now, actor }) => actor.kind !== 'person' || opensOn(now, state, policy) === now,
  },
  bundle_proposed: {
    sentence: 'Nobody has proposed what would be opened at the cap.',
    met: ({ state }) => state.bundle !== null,
  },
  cap_reached: {
    sentence: 'The cap has not come.',
    met: ({ state, policy, now }) => endsWithoutFix(state, policy, now) || (bindingCap(state, policy)?.at ?? '9') <= now,
  },
  bundle_agreed: {
    sentence: 'Nobody has agreed what would be opened at the cap.',
    met: ({ state }) => state.bundle?.agreed ?? false,
  },
  is_public: {
    sentence: 'The case is not public; a private case is never closed.',
    met: isPublic,
  },
  import_complete: {
    sentence: 'Its archive is still being taken over.',
    met: ({ state }) => state.imported === null || state.visibility === 'public',
  },
  ...recordGates,
  ...accessGates,
  ...sendingGates,
  number_unclaimed: {
    asksInput: true,
    sentence: 'Another flaw of this case has that number.',
    met: ({ state }, action) =>
      action.kind !== 'record-cve' || !needingNumber(state).some((flaw) => flaw.number === action.number && flaw.flaw !== action.flaw),
  },
} satisfies Record<string, Gate>;

export type GateName = keyof typeof gates;

/** Whether the gate can be told before anybody has typed anything. */
export function isKnownBefore(name: GateName): boolean {
  const gate: Gate = gates[name];
  return gate.asksInput !== true;
}

/** Policy conditions that join an action's own gates. */
export type PolicyGates = 'disclosure' | 'closing' | 'downstream' | 'unfixed' | 'nothing';

export function unmet(names: readonly GateName[], policyGates: PolicyGates, situation: Situation, action: Action): readonly UnmetGate[] {
  const own = names
    .filter((name) => !gates[name].met(situation, action))
    .map((name): UnmetGate => ({ gate: name, strength: 'must', sentence: sentenceOf(gates[name], situation, action) }));
  const spoken = action.deviation !== undefined;
  return [
    ...own,
    ...unmetConditions(conditionsOf(policyGates, situation), situation, { reason: spoken, deviation: spoken }, situation.state.deviations),
    ...(policyGates === 'disclosure' && !isAftermath(situation.state) ? missedAims(situation) : []),
  ];
}

function sentenceOf({ sentence, says }: Gate, situation: Situation, action: Action): string {
  return says?.(situation, action) ?? sentence;
}

/** `recorded`: deviations on record that count here; none where each attempt needs its own. */
export function unmetConditions(
  conditions: Conditions,
  { state, policy }: Situation,
  said: Said,
  recorded: readonly string[],
): readonly UnmetGate[] {
  const onRecord = (condition: Condition) => recorded.includes(conditionText(condition));
  const missing = (condition: Condition) => !holds(condition, { state, policy, said }) && !(asksForWords(condition) && onRecord(condition));
  const tell =
    (strength: UnmetGate['strength']) =>
    (condition: Condition): UnmetGate => ({
      gate: conditionText(condition),
      strength,
      sentence: conditionSentences[condition.kind],
    });
  const undone = conditions.should.filter((condition) => missing(condition) && !onRecord(condition));
  return [...conditions.must.filter(missing).map(tell('must')), ...undone.map(tell('should'))];
}

/** What a reason that comes with an action leaves on record: the `should` gates that it goes past, and the conditions that ask for words. */
export function answeredByWords(unmetGates: readonly UnmetGate[], conditions: Conditions): readonly string[] {
  const words = [...conditions.must, ...conditions.should].filter(asksForWords).map(conditionText);
  return [...new Set([...unmetGates.map((gate) => gate.gate), ...words])];
}

export function conditionsOf(gate: PolicyGates, { policy, state }: Situation): Conditions {
  switch (gate) {
    // A later version discloses nothing: its advisory is reviewed like the first, and two people say go.
    case 'disclosure':
      return isAftermath(state) ? { must: [], should: [] } : policy.disclosure;
    case 'unfixed':
      return policy.disclosure.unfixed;
    case 'closing':
      return policy.closing;
    case 'downstream':
      return policy.downstream;
    case 'nothing':
      return { must: [], should: [] };
  }
}

type Classed = Pick<CaseState, 'class' | 'advisory' | 'visibility'>;

/** Whether the case gets an advisory of its own; a note that is published where it is useful, once somebody has written one (VMT-31). */
export function publishesAdvisory(state: Omit<Classed, 'visibility'>, policy: Policy): boolean {
  const onlyIfUseful = state.class !== null && policy.eligibility.classes[state.class]?.publishes === 'note_if_useful';
  return mayGetAdvisory(state, policy) && !(onlyIfUseful && state.advisory.state === 'none');
}

/** Whether the class, where there is one, publishes anything of its own: an advisory, a note, or a note where it is useful. */
function mayGetAdvisory(state: Pick<CaseState, 'class'>, policy: Policy): boolean {
  const publishes = state.class === null ? policy.advisory.kind : policy.eligibility.classes[state.class]?.publishes;
  return policy.advisory.kind !== 'none' && publishes !== undefined && publishes !== 'nothing' && publishes !== 'none';
}

/** Whether people arm the release; where posting an approved patch is the publication, they do not, unless somebody has to look first at what would be opened. */
export function needsRelease(state: Classed, policy: Policy): boolean {
  const looksFirst = policy.publication.findings === 'decided' && state.visibility === 'private';
  return policy.reviews.publication !== null || publishesAdvisory(state, policy) || looksFirst;
}

/** Who recorded a late number is the first of the two behind it; where each of several recorded one, none of them sends them out. */
function recordedIt({ state }: Situation, action: Action): string | undefined {
  if (action.kind !== 'add-late-number') return undefined;
  const several = lateNumbers(state).length > 1;
  return several
    ? 'You recorded one of these numbers, and somebody else another: one who recorded none sends them out. Where nobody is left, correct the advisory instead (correct-advisory); the version that two of you approve carries every number.'
    : 'You recorded this number; another person sends it out.';
}

function isPublic({ state }: Situation): boolean {
  return state.visibility === 'public';
}

function isKnownToAll(state: CaseState): boolean {
  return state.visibility === 'public' || hasFact(state, 'already_public', 'exploit_public');
}

export function rightHolders(policy: Situation['policy'], rights: Parameters<typeof rolesWith>[1][]): string {
  return [...new Set(rights.flatMap((right) => rolesWith(policy, right)))].join(', ');
}
