// SPDX-License-Identifier: Apache-2.0
// Components: parts of the software that teams of their own fix, each with an owner; the publication waits for all of them (VMT-3, VMT-23).

import type { CaseState } from '../../model/case.ts';
import { branchOf } from '../../model/case.ts';
import type { EventData } from '../../model/event.ts';
import { refused } from '../../model/refusal.ts';
import { maintainedNames } from '../../policy/maintained.ts';
import { mustGroups } from '../conditions.ts';
import type { Decider, Situation } from '../situation.ts';
import { after } from '../situation.ts';
import { fixCompleted, fixReopened, judged } from './fix.ts';

/** The branches that were named; where none was, those of the groups that must be fixed and whose names are no patterns. A component that was dropped is waited for again. */
export const addComponent: Decider<'add-component'> = (action, situation) => {
  const { state, policy } = situation;
  const { component, person } = action;
  if (state.components.some((one) => one.component === component))
    return refused.invalid('component', 'This case has that component already.');
  const unknown = action.branches.find(({ group }) => policy.branches.groups[group] === undefined);
  if (unknown !== undefined) return refused.invalid('branches', `The policy declares no branch group “${unknown.group}”.`);
  const must = mustGroups(state.class, policy);
  const named = action.branches.length > 0 ? action.branches : must.flatMap((group) => plainNames(group, situation));
  const branches = named
    .filter(({ branch }) => branchOf(state, branch, component)?.required !== true)
    .flatMap(({ group, branch }) => judged({ branch, component, group, affected: true }, situation));
  const added: readonly EventData[] = [{ kind: 'component-added', component, person }, ...branches];
  return [...added, ...fixReopened(after(situation, added))];
};

export const assignComponent: Decider<'assign-component'> = (action, { state }) =>
  componentOf(state, action.component) === undefined
    ? noSuch
    : [{ kind: 'component-assigned', component: action.component, person: action.person }];

export const finishComponent: Decider<'finish-component'> = (action, { state }) => {
  const component = componentOf(state, action.component);
  if (component === undefined) return noSuch;
  return component.finished ? [] : [{ kind: 'component-finished', component: action.component }];
};

/** Found not to be concerned: nobody waits for its branches any more. */
export const dropComponent: Decider<'drop-component'> = (action, situation) => {
  if (componentOf(situation.state, action.component) === undefined) return noSuch;
  const dropped: EventData = { kind: 'component-dropped', component: action.component, reason: action.reason };
  return situation.state.handling === 'fixing' ? [dropped, ...fixCompleted(after(situation, [dropped]))] : [dropped];
};

const noSuch = refused.invalid('component', 'This case has no such component.');

function componentOf(state: CaseState, component: string) {
  return state.components.find((one) => one.component === component);
}

function plainNames(group: string, { policy, now }: Situation) {
  return maintainedNames(policy.branches, group, now).map((branch) => ({ group, branch }));
}
