// SPDX-License-Identifier: Apache-2.0
// Eligibility: the scope table proposes, a person decides, for or against it, with a reason (T5 to T7, QEMU-20, QEMU-21).

import type { ActionOf } from '../../model/action.ts';
import type { EventData } from '../../model/event.ts';
import { refused } from '../../model/refusal.ts';
import { ruleOf, sameProposal } from '../../policy/scope.ts';
import type { Decider, Situation } from '../situation.ts';
import { after } from '../situation.ts';
import { defaultEmbargo } from './embargo.ts';
import { opened } from './triage.ts';

/** The verdict stands with what was proposed, the rule that it cites and the policy version. A rule is cited for what it says, and for nothing else. */
export const decideEligibility: Decider<'decide-eligibility'> = (action, situation) => {
  const { policy, state } = situation;
  const rule = citedRule(action, situation);
  const row = rule === null ? undefined : ruleOf(policy.eligibility.scope, rule);
  if (rule !== null && row === undefined) return refused.invalid('rule', `The scope table of this policy has no rule “${rule}”.`);
  if (row !== undefined && row.proposes !== action.verdict)
    return refused.invalid(
      'rule',
      `The rule “${rule}” says ${words[row.proposes]}. For another verdict, cite no rule and give your reason.`,
    );
  const { verdict, reason } = action;
  const decided: EventData = {
    kind: 'eligibility-decided',
    verdict,
    rule,
    reason,
    proposed: state.proposal,
    policyVersion: policy.version,
    ...(verdict === 'elsewhere' && action.target !== undefined ? { target: action.target } : {}),
  };
  switch (verdict) {
    case 'in':
      return [decided, ...defaultEmbargo(after(situation, [decided]), 'acceptance')];
    case 'out':
      return [decided, ...opened(situation), ...(policy.eligibility.outOfScope === 'close_publicly' ? [closed] : [])];
    case 'elsewhere':
      return [decided];
  }
};

/** What changes nothing is no event. The reporter of the first report answers for it; whoever handles the case may correct what they know better. */
export const correctAnswers: Decider<'correct-answers'> = ({ answers, proposal }, { state, policy, actor }) => {
  if (actor.kind === 'reporter' && actor.participant !== state.reporters[0]?.participant)
    return refused.notPermitted('Whoever reported first answers these questions.');
  if (answers.length === 0) return refused.invalid('answers', 'Nothing has changed.');
  const proposed: EventData = { kind: 'eligibility-proposed', proposal, policyVersion: policy.version };
  return [{ kind: 'answers-corrected', answers }, ...(sameProposal(proposal, state.proposal) ? [] : [proposed])];
};

const closed: EventData = { kind: 'case-closed' };
const words = { in: 'in scope', out: 'out of scope', elsewhere: 'elsewhere' } as const;

/** A verdict that follows the proposal cites its rule, also when nobody typed it. */
function citedRule(action: ActionOf<'decide-eligibility'>, { state }: Situation): string | null {
  if (action.rule !== null || state.proposal?.kind !== 'verdict') return action.rule;
  return state.proposal.verdict === action.verdict ? state.proposal.rule : null;
}
