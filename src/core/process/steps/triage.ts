// SPDX-License-Identifier: Apache-2.0
// Triage: an owner, and the verdict whether there is a flaw (T3, T8, T9).

import type { ActionOf } from '../../model/action.ts';
import type { EventData } from '../../model/event.ts';
import { refused } from '../../model/refusal.ts';
import { maintainedNames } from '../../policy/maintained.ts';
import { isOpenClass, mustGroups } from '../conditions.ts';
import { publishesAdvisory } from '../gates.ts';
import { speaksToPublish } from '../review.ts';
import type { Decider, Situation } from '../situation.ts';
import { after } from '../situation.ts';
import { defaultEmbargo, leaveEmbargo } from './embargo.ts';
import { fixWeighed, judged } from './fix.ts';
import { numbersWeighed, wantsNumber } from './flaws.ts';

export const takeUpCase: Decider<'take-up-case'> = (_, { actor }) =>
  actor.kind === 'person'
    ? [{ kind: 'owner-assigned', person: actor.person }, { kind: 'case-taken-up' }]
    : refused.notPermitted('A case is owned by a person.');

export const assignOwner: Decider<'assign-owner'> = (action) => [{ kind: 'owner-assigned', person: action.person }];

/** The clock calls, and the case has another owner by the same event batch: one mail says both. */
export const passOnCase: Decider<'pass-on-case'> = ({ person, how, clock }) => [
  ...(clock === null ? [] : [{ kind: 'reminder-due' as const, clock }]),
  { kind: 'owner-assigned', person, how },
];

/** A confirmed flaw gets what the policy gives it by itself: numbers to ask for, branches to fix, an end date. */
export const confirmFlaw: Decider<'confirm-flaw'> = (action, situation) => {
  const invalid = unknownWord(action, situation);
  if (invalid !== undefined) return invalid;
  const { severity } = action;
  const className = action.class ?? situation.state.class;
  const confirmed: readonly EventData[] = [
    { kind: 'flaw-confirmed', flaws: action.flaws, reason: action.reason, class: className },
    ...(severity === null ? [] : [{ kind: 'severity-assessed' as const, ...severity }]),
    ...numbered(situation),
    ...numbers(action, className, situation),
    ...branches(action, className, situation),
    ...listed(action, className, situation),
    ...(action.summary === null
      ? []
      : [{ kind: 'bundle-proposed' as const, summary: action.summary, ...speaksToPublish(situation.policy.reviews, situation.actor) }]),
  ];
  if (isOpenClass(className, situation.policy)) return [...confirmed, ...opened(situation)];
  return [...confirmed, ...confirmationEmbargo(after(situation, confirmed))];
};

/** T8: what is no flaw may have a class as well, where the policy declares some. */
export const dismissFlaw: Decider<'dismiss-flaw'> = (action, situation) => {
  const to = { public_bug: 'public_bug', hardening: 'hardening', close_publicly: 'closed' } as const;
  const { eligibility } = situation.policy;
  if (action.class !== undefined && eligibility.classes[action.class] === undefined)
    return refused.invalid('class', `The classes are ${Object.keys(eligibility.classes).join(', ')}.`);
  const classed = action.class === undefined ? {} : { class: action.class };
  return [{ kind: 'flaw-dismissed', to: to[eligibility.notExploitable], reason: action.reason, ...classed }, ...opened(situation)];
};

/**
 * VMT-31, VMT-33: a class that is handled in the open opens the case; which branches must be fixed follows from the class as well, and so whether the fix is
 * complete; and where the class gets an advisory, each flaw that nobody decided on wants its number, and where it gets none any more, none does (T9, VMT-11).
 */
export const setClass: Decider<'set-class'> = (action, situation) => {
  const { policy, state } = situation;
  if (state.class === action.class) return [];
  const set: EventData = { kind: 'class-set', class: action.class, requires: mustGroups(action.class, policy) };
  const classed = after(situation, [set]);
  const events = [
    set,
    ...adviseNoMore(classed),
    ...numbersWeighed(classed),
    ...(isOpenClass(action.class, situation.policy) ? opened(situation) : []),
  ];
  return [...events, ...fixWeighed(after(situation, events))];
};

/** A text that was meant for another class goes out with none that gets no advisory: it is a draft again (VMT-31). */
function adviseNoMore({ state, policy }: Situation): readonly EventData[] {
  const { state: written, published } = state.advisory;
  const waits = published === 0 && (written === 'in_review' || written === 'approved');
  return waits && !publishesAdvisory(state, policy) ? [{ kind: 'advisory-returned', reason: null }] : [];
}

/** A level, and beside it whatever somebody worked out; each is on record with who gave it (VMT-34). */
export const assessSeverity: Decider<'assess-severity'> = ({ kind: _, deviation: __, ...severity }, { policy }) =>
  wrongSeverity(severity, policy) ?? [{ kind: 'severity-assessed', ...severity }];

function wrongSeverity(
  { level, score, vector, ssvc }: NonNullable<ActionOf<'confirm-flaw'>['severity']>,
  { severity }: Situation['policy'],
) {
  if (!severity.scale.includes(level)) return refused.invalid('level', `The scale is ${severity.scale.join(', ')}.`);
  const takes = severity.scores.length === 0 ? 'This project records no scores.' : `This project records: ${severity.scores.join(', ')}.`;
  if (vector !== null && (severity.scores.length === 0 || (score !== undefined && !severity.scores.includes(score.scheme))))
    return refused.invalid('vector', takes);
  return ssvc !== undefined && !severity.scores.includes('ssvc') ? refused.invalid('ssvc', takes) : undefined;
}

/** The case becomes public, and an embargo ends with it; nothing where it is public already. */
export function opened(situation: Situation): readonly EventData[] {
  return situation.state.visibility === 'public' ? [] : [...leaveEmbargo(situation, 'process_public'), { kind: 'case-opened' }];
}

/** A confirmed, private case has its end date, from whatever that has happened by then the policy counts; only what counts from the fix waits for it. */
function confirmationEmbargo(situation: Situation): readonly EventData[] {
  const { countedFrom } = situation.policy.embargo;
  return countedFrom === 'fix_ready' ? [] : defaultEmbargo(situation, countedFrom);
}

function unknownWord(action: ActionOf<'confirm-flaw'>, { policy }: Situation) {
  if (action.flaws.length === 0) return refused.invalid('flaws', 'A confirmation names at least one flaw.');
  if (action.class !== null && policy.eligibility.classes[action.class] === undefined)
    return refused.invalid('class', `The classes are ${Object.keys(policy.eligibility.classes).join(', ')}.`);
  const wrong = action.severity === null ? undefined : wrongSeverity(action.severity, policy);
  if (wrong !== undefined) return wrong;
  const group = action.branches.find((branch) => policy.branches.groups[branch.group] === undefined);
  return group === undefined ? undefined : refused.invalid('branches', `The policy declares no branch group “${group.group}”.`);
}

function numbered({ policy, state, nextNumber }: Situation): readonly EventData[] {
  const due = policy.advisory.kind !== 'none' && policy.advisory.numbered === 'at_confirmation' && state.advisory.number === null;
  return due ? [{ kind: 'advisory-numbered', number: nextNumber }] : [];
}

function numbers(action: ActionOf<'confirm-flaw'>, className: string | null, { policy, state }: Situation): readonly EventData[] {
  return wantsNumber({ ...state, class: className }, policy) ? action.flaws.map((flaw) => ({ kind: 'cve-required', flaw })) : [];
}

/** The branches that were named; where none was, those of the groups that must be fixed and whose names are no patterns. */
function branches(action: ActionOf<'confirm-flaw'>, className: string | null, situation: Situation): readonly EventData[] {
  const { policy, state } = situation;
  const classed = { ...situation, state: { ...state, class: className } };
  const must = mustGroups(className, policy);
  const named = action.branches.length > 0 ? action.branches : must.flatMap((group) => plainBranches(group, situation));
  return named.flatMap((one) => judged({ ...one, affected: true }, classed));
}

/** Branches that the policy would like to see fixed, for somebody to judge (LIBVIRT-24, LIBVIRT-39); patterns name none. */
function listed(action: ActionOf<'confirm-flaw'>, className: string | null, situation: Situation): readonly EventData[] {
  const { policy } = situation;
  const known = branches(action, className, situation).flatMap((event) => (event.kind === 'branch-judged' ? [event.branch] : []));
  return [...policy.branches.should, ...policy.branches.aim]
    .flatMap((group) => plainBranches(group, situation))
    .filter(({ branch }) => !known.includes(branch))
    .map((named) => ({ kind: 'branch-listed', ...named }));
}

function plainBranches(group: string, { policy, state, now }: Situation) {
  return maintainedNames(policy.branches, group, now).map((branch) => ({ branch, component: state.component, group }));
}
