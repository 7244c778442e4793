// SPDX-License-Identifier: Apache-2.0
// Duplicates: a report that belongs to another case, its link undone, and what the two have to know of each other (T4, QEMU-49, VMT-42).

import type { ActionOf } from '../../model/action.ts';
import type { CaseState, Reporter } from '../../model/case.ts';
import { duplicatesOf, ownReporters } from '../../model/case.ts';
import type { EventData } from '../../model/event.ts';
import type { CaseId, ParticipantId } from '../../model/identifiers.ts';
import type { Refused } from '../../model/refusal.ts';
import { isRefusal, refused } from '../../model/refusal.ts';
import type { Handling } from '../../model/regions.ts';
import { same } from '../../model/same.ts';
import { guarded, guestsOf } from '../../policy/access.ts';
import type { Policy } from '../../policy/policy.ts';
import { sharedOpened } from '../shared.ts';
import type { Decider, Other, Situation } from '../situation.ts';
import { after, otherOf } from '../situation.ts';
import { creditSaid } from './advisory.ts';
import { endByAgreement, known, leaveEmbargo, shortened } from './embargo.ts';

/** Ends that stay private: what belongs to such a case would stay private with it (I2). */
const privateEnds: readonly Handling[] = ['spam', 'not_ours', 'withdrawn'];

/** Events of the two cases of one pair. */
interface Pair {
  readonly target: readonly EventData[];
  readonly duplicate: readonly EventData[];
}
const nothing: Pair = { target: [], duplicate: [] };

export const markDuplicate: Decider<'mark-duplicate'> = (action, situation) => {
  const target = otherOf(situation, action.of);
  const wrong = unfit(action, situation.state, target);
  if (target === undefined || wrong !== undefined) return wrong ?? unseen;
  const { of, reason } = action;
  const marked: EventData = { kind: 'duplicate-marked', of, reason, ...fromTarget(situation.state, target) };
  return [marked, ...openedWith(target, after(situation, [marked]))];
};

/** What the target's record gets of it: every report, and that the flaw was found again. */
export function attached(action: ActionOf<'mark-duplicate'>, { state }: Situation, target: Situation): readonly EventData[] {
  const reports = ownReporters(state).map((reporter): EventData => {
    const { participant, since, channel, name, address, credit, creditName, origin, report, attachments } = reporter;
    // What its reporter announced for a time that has passed caps nothing here: whether it happened is a fact that somebody records.
    const deadline = reporter.deadline !== null && reporter.deadline > target.now ? reporter.deadline : null;
    const said = { participant, since, channel, name, address, credit, creditName, origin, deadline, report, attachments };
    return {
      kind: 'report-attached',
      from: state.case,
      ...said,
      uncredited: withoutCredit([...target.state.reporters, reporter], target.policy),
    };
  });
  const joined = [...reports, ...shortened(after(target, reports))];
  const [first] = ownReporters(state);
  if (!action.independent || first === undefined) return joined;
  const { participant, since } = first;
  return [
    ...joined,
    ...known({ kind: 'fact-recorded', fact: 'rediscovered', since, evidence: action.evidence, participant }, after(target, joined)),
  ];
}

/** The report stands by itself again, where it stood. Nothing of it was ever in the other case, so nothing is left there to be published. */
export const undoDuplicate: Decider<'undo-duplicate'> = (action, situation) => {
  const { duplicateOf } = situation.state;
  const target = duplicateOf === null ? undefined : otherOf(situation, duplicateOf.case);
  if (target === undefined) return unseen;
  if (target.state.visibility === 'public')
    return refused.gates([{ gate: 'target_private', strength: 'must', sentence: 'The other case is public, and this report with it.' }]);
  return [{ kind: 'duplicate-undone', reason: action.reason }];
};

export function detached({ state }: Situation, target: Other): readonly EventData[] {
  const left = target.state.reporters.filter((reporter) => reporter.from !== state.case);
  if (left.length === target.state.reporters.length) return [];
  return [{ kind: 'report-detached', from: state.case, uncredited: withoutCredit(left, target.policy) }];
}

/** Tells what happened here to the cases that belong to this one, or to the one that it belongs to. Telling twice is telling once. */
export const updateRelations: Decider<'update-relations'> = (_, situation) => {
  const { state } = situation;
  if (state.untoldSince === null) return [];
  const told = toldHere(situation);
  return [...told, ...sharedOpened(after(situation, told).state, standing(situation)), { kind: 'relations-updated' }];
};

function toldHere(situation: Situation): readonly EventData[] {
  return (situation.others ?? []).flatMap(
    (other) => pairWith(other, situation)[situation.state.duplicateOf === null ? 'target' : 'duplicate'],
  );
}

function toldThere(other: Other, situation: Situation): readonly EventData[] {
  return pairWith(other, situation)[situation.state.duplicateOf === null ? 'duplicate' : 'target'];
}

/** All that are locked together, as they stand once they were told. */
function standing(situation: Situation): readonly CaseState[] {
  const others = (situation.others ?? []).map((other) => after({ ...situation, ...other }, toldThere(other, situation)).state);
  return [after(situation, toldHere(situation)).state, ...others];
}

/** The same, for the other case of the pair. */
export function updatedBeside(other: Other, situation: Situation): readonly EventData[] {
  if (situation.state.untoldSince === null) return [];
  const told = toldThere(other, situation);
  return [...told, ...sharedOpened(after({ ...situation, ...other }, told).state, standing(situation))];
}

/**
 * Whether to publish now that somebody else has found it, answered and on record (QEMU-49, P15). It has not got out: so a yes ends an embargo with as
 * many words as any end by choice, and the question stays until the last of them.
 */
export const answerRediscovery: Decider<'answer-rediscovery'> = ({ publish, reason }, situation) => {
  const { state } = situation.state.embargo;
  const runs = state === 'active' || state === 'revising';
  const ended = publish && runs ? endByAgreement(reason, situation) : publish ? leaveEmbargo(situation, 'early_agreed') : [];
  if (isRefusal(ended)) return ended;
  const waits = ended.some((event) => event.kind === 'embargo-end-proposed');
  return waits ? ended : [{ kind: 'rediscovery-answered', publish, reason }, ...ended];
};

/** Reporters whom the policy does not credit: all but the first, where it says so. */
function withoutCredit(reporters: readonly Pick<Reporter, 'participant' | 'since'>[], policy: Policy): readonly ParticipantId[] {
  if (policy.duplicates.credit === 'every_reporter') return [];
  const first = reporters.reduce((least, one) => (one.since < least.since ? one : least), reporters[0] ?? { since: '', participant: '' });
  return reporters.filter((one) => one.participant !== first.participant).map((one) => one.participant);
}

const unseen = refused.invalid('of', 'This project has no such case, or you do not read it.');

function unfit(action: ActionOf<'mark-duplicate'>, state: CaseState, target: Other | undefined): Refused | undefined {
  if (action.of === state.case) return refused.invalid('of', 'A case is no duplicate of itself.');
  if (target === undefined) return unseen;
  const { duplicateOf, handling, visibility } = target.state;
  if (duplicateOf?.case === state.case) return refused.invalid('of', 'That case is marked as a duplicate of this one.');
  if (duplicateOf !== null) return refused.invalid('of', 'That case is a duplicate itself; name the case that it belongs to.');
  if (handling === 'held') return refused.invalid('of', 'That report is held for a moderator; nothing belongs to it yet.');
  if (privateEnds.includes(handling))
    return refused.invalid('of', 'That case has ended in private; what belongs to it would never become public.');
  if (duplicatesOf(state).length > 0)
    return refused.invalid('of', 'Other reports belong to this case. Mark the other case as a duplicate of this one, or undo those first.');
  if (visibility === 'public' && state.visibility === 'private' && !action.opens)
    return refused.invalid('opens', 'That case is public, and this report becomes public with it. Say that it may.');
  return undefined;
}

function fromTarget(state: CaseState, target: Other) {
  const own = state.added.filter((person) => !state.duplicateOf?.people.includes(person));
  const openByItself = state.visibility === 'public' && state.duplicateOf?.opening == null;
  const isPublic = target.state.visibility === 'public';
  const reporters = [...target.state.reporters.filter((reporter) => reporter.from !== state.case), ...ownReporters(state)];
  return {
    owner: target.state.owner,
    people: guestsOf(target.state).filter((person) => !own.includes(person)),
    opening: isPublic && !openByItself ? guarded(target.state, target.policy).opening : null,
    told: toldOf(target),
    credited: !withoutCredit(reporters, target.policy).some((one) => ownReporters(state).some(({ participant }) => participant === one)),
  };
}

/** As much of the target as its policy shares with a second reporter before the disclosure, and not a word that anybody said. */
function toldOf({ state, policy }: Other) {
  const { reporterLearns } = policy.duplicates;
  if (reporterLearns === 'that_it_is_known') return null;
  const whole = reporterLearns === 'the_case';
  return {
    verdict: state.assessment?.verdict ?? (state.eligibility?.verdict === 'in' ? null : (state.eligibility?.verdict ?? null)),
    numbers: state.flaws.flatMap((flaw) => (flaw.number === null ? [] : [flaw.number])),
    handling: whole ? state.handling : null,
    until: whole && ['active', 'revising'].includes(state.embargo.state) ? state.embargo.until : null,
  };
}

/** A duplicate becomes public with its target, in the same step where that is public already (I2). */
function openedWith(target: Other, situation: Situation): readonly EventData[] {
  if (target.state.visibility === 'private' || situation.state.visibility === 'public') return [];
  return [...leaveEmbargo(situation, 'process_public'), { kind: 'case-opened' }];
}

function pairWith(other: Other, situation: Situation): Pair {
  const here: Other = { state: situation.state, policy: situation.policy };
  return situation.state.duplicateOf === null ? pair(here, other, situation) : pair(other, here, situation);
}

/** What is missing so that both know what they should: worked out from where they stand, so that it does not matter what was told before. */
function pair(target: Other, duplicate: Other, situation: Situation): Pair {
  const { duplicateOf } = duplicate.state;
  if (duplicateOf?.case !== target.state.case) return nothing;
  const beside: Situation = { ...situation, ...duplicate };
  // A target that ends in private takes nobody with it: the report stands by itself again, and somebody decides.
  if (privateEnds.includes(target.state.handling))
    return { target: detached(beside, target), duplicate: [{ kind: 'duplicate-undone', reason: null }] };
  const next = fromTarget(duplicate.state, target);
  const news = !same(next.told, duplicateOf.told);
  const { owner, people, opening, told } = duplicateOf;
  const changed = !same({ ...next, credited: true }, { owner, people, opening, told, credited: true });
  const followed: readonly EventData[] = changed ? [{ kind: 'target-followed', ...next, news }] : [];
  return {
    target: creditsOf(target.state, duplicate.state),
    duplicate: [...followed, ...openedWith(target, after(beside, followed))],
  };
}

/** How the reporters of the duplicate want to be named, as they said it in their own case; what it means here is the same as if they had said it here. */
function creditsOf(target: CaseState, duplicate: CaseState): readonly EventData[] {
  return ownReporters(duplicate).flatMap(({ participant, credit, creditName }): readonly EventData[] => {
    const there = target.reporters.find((reporter) => reporter.participant === participant);
    const { decision, name } = there?.creditRequest ?? { decision: there?.credit, name: there?.creditName };
    const same = there === undefined || (decision === credit && name?.id === creditName?.id);
    return same || credit === 'undecided' ? [] : [creditSaid({ participant, decision: credit, name: creditName }, target)];
  });
}

/** The cases that an action changes or asks beside its own; they are locked together, in the order of their ids. */
export function partnersOf(action: { readonly kind: string; readonly of?: CaseId }, state: CaseState): readonly CaseId[] {
  switch (action.kind) {
    case 'mark-duplicate':
      return action.of === undefined || action.of === state.case ? [] : [action.of];
    case 'split-case':
      return duplicatesOf(state);
    case 'undo-duplicate':
    case 'update-relations':
      return state.duplicateOf === null ? duplicatesOf(state) : [state.duplicateOf.case];
    default:
      return [];
  }
}
