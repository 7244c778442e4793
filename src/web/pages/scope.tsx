// SPDX-License-Identifier: Apache-2.0
// What the scope table says: to a reporter before the report is sent, and in the case beside the verdict of the person who decided.

import type { Child } from 'hono/jsx';
import type { CaseView } from '../../app/views.ts';
import { hasFact } from '../../core/model/case.ts';
import { affirmed } from '../../core/policy/intake-rules.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Answers, ScopeProposal } from '../../core/policy/scope.ts';
import { propose, ruleOf } from '../../core/policy/scope.ts';
import { castOf } from '../cast.ts';
import { Moment } from '../components/moment.tsx';
import { type Check, Checks, Notice } from '../components/notice.tsx';
import { Part } from '../components/part.tsx';
import { Said } from '../components/said.tsx';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { asLabel } from '../words.ts';

const says = { in: 'In scope', out: 'Out of scope', elsewhere: 'Belongs elsewhere' } as const;

interface ScopeAnswerProps {
  readonly policy: Policy;
  readonly answers: Answers;
  /** Said also where the table has a question left. */
  readonly ask?: boolean;
}

/** Before the report is sent: the sentence of the rule that fits, or the answer that the table needs first. */
export function ScopeAnswer({ policy, answers, ask }: ScopeAnswerProps) {
  const { scope } = policy.eligibility;
  const proposal = propose(scope, answers);
  if (proposal === null) return null;
  if (proposal.kind === 'question')
    return ask === true ? (
      <Notice title={`The scope table needs one more answer: ${asLabel(proposal.field)}`}>
        <p>You can send the report without it; then a person asks you.</p>
      </Notice>
    ) : null;
  return (
    <Notice title={says[proposal.verdict]}>
      <p>{ruleOf(scope, proposal.rule)?.say}</p>
      <p class="label">
        Rule <span class="id">{proposal.rule}</span>, {policy.name} version {policy.version}. It is a proposal: a person decides.{' '}
        {proposal.verdict === 'out' ? 'Out of scope means that it is handled as an ordinary, public bug.' : null}
      </p>
    </Notice>
  );
}

/** In the case: what the table proposes to the answers as they stand, and the verdict, which may go against it. */
export function Eligibility({ frame, view }: { readonly frame: Frame; readonly view: CaseView }) {
  const { state, policy, texts, reach } = view;
  if (reach !== 'everything' || (state.eligibility === null && policy.eligibility.scope.length === 0 && flags(view).length === 0))
    return null;
  const { eligibility } = state;
  const rows = [
    ...(eligibility === null ? [proposalRow(frame, view, state.proposal)] : [proposalRow(frame, view, eligibility.proposed ?? null)]),
    ...(eligibility === null ? [] : [verdictRow(view, eligibility)]),
  ].filter((row) => row !== undefined);
  return (
    <Part
      title="Eligibility"
      id="eligibility"
      remark={eligibility === null ? 'a rule proposes, a person decides' : `policy version ${eligibility.policyVersion ?? policy.version}`}
    >
      <Checks rows={[...flags(view), ...rows]} />
      {eligibility === null ? null : (
        <div class="prose">
          <Said text={texts.get(eligibility.reason.id)} />
        </div>
      )}
    </Part>
  );
}

/** What the reporter said that a person has to look at before the verdict. */
function flags({ state, texts }: CaseView): readonly Check[] {
  const exploited = state.reporters[0]?.report.find((ref) => ref.field === 'exploited');
  const said = exploited === undefined ? '' : (texts.get(exploited.id) ?? '');
  return [
    ...(affirmed(said) && !hasFact(state, 'exploited')
      ? [{ state: 'alert', text: 'It is being exploited, says its reporter.', remark: 'Record the fact where you find it so.' } as const]
      : []),
  ];
}

function proposalRow(frame: Frame, { policy }: CaseView, proposal: ScopeProposal | null): Check | undefined {
  const { scope } = policy.eligibility;
  if (scope.length === 0) return undefined;
  if (proposal === null) return { state: 'note', text: 'No rule of the scope table fits.', remark: 'It proposes nothing.' };
  const remark = policyLine(frame, policy, proposal.rule);
  if (proposal.kind === 'question')
    return { state: 'open', text: `The scope table needs an answer first: ${asLabel(proposal.field)}.`, remark };
  return { state: 'note', text: `Proposed: ${says[proposal.verdict].toLowerCase()}. ${ruleOf(scope, proposal.rule)?.say ?? ''}`, remark };
}

/** The line of the policy that speaks, with the way to read it. */
function policyLine(frame: Frame, policy: Policy, rule: string): Child {
  const index = ruleOf(policy.eligibility.scope, rule)?.index;
  return (
    <>
      <a href={`${pathsOf(frame.project.id).policy}#scope-${rule}`}>Rule {rule}</a>
      {index === undefined ? null : (
        <>
          , <span class="id">eligibility.scope[{index}]</span>
        </>
      )}{' '}
      of {policy.name}, version {policy.version}
    </>
  );
}

function verdictRow(view: CaseView, eligibility: NonNullable<CaseView['state']['eligibility']>): Check {
  const { verdict, proposed, rule, by, at } = eligibility;
  const against = proposed?.kind === 'verdict' && proposed.verdict !== verdict;
  return {
    state: 'met',
    text: `Decided: ${verdict in says ? says[verdict as keyof typeof says].toLowerCase() : verdict}${against ? ', against the proposal' : ''}.`,
    remark: (
      <>
        by {castOf(view).person(by)}, <Moment at={at} />
        {rule === null ? null : `, rule ${rule}`}
      </>
    ),
  };
}
