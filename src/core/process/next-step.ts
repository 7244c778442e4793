// SPDX-License-Identifier: Apache-2.0
// The next step of a case for one viewer: the one primary button of its page, and the group in which the queue shows it.

import type { ActionKind } from '../model/action.ts';
import type { CaseState } from '../model/case.ts';
import type { Policy } from '../policy/policy.ts';
import { isAftermath } from './aftermath.ts';
import { impactApproved, reached, required } from './conditions.ts';
import { openQuestions } from './embargo-questions.ts';
import { dutiesOf, partiesIn } from './parties.ts';
import { offerable, type Possibility, possibility } from './possibilities.ts';
import { isBackport } from './pre-approval.ts';
import { sendingRules } from './sending-rules.ts';
import type { Situation } from './situation.ts';

/** Actions that a case can wait for. All others are possible almost always, or are the exception: they say nothing about what is next. */
const steps: readonly ActionKind[] = [
  'release-report',
  'take-up-case',
  'widen-access',
  'decide-eligibility',
  'confirm-flaw',
  'agree-embargo',
  'notify-party',
  'record-notice',
  'accept-terms',
  'acknowledge-notice',
  'agree-bundle',
  'start-fixing',
  'add-patch',
  'approve-patch',
  'record-posting',
  'record-merge',
  'record-release',
  'request-cve',
  'record-cve',
  'record-cve-publication',
  'approve-impact',
  'write-advisory',
  'submit-advisory',
  'approve-advisory',
  'add-late-number',
  'approve-release',
  'sign-documents',
  'publish-case',
  'confirm-channel',
  'close-case',
  'answer-forwarding',
  'record-forwarding',
  'decide-withdrawal',
  'answer-rediscovery',
  'finish-component',
];

const stepsInOrder = offerable.filter((kind) => steps.includes(kind));

/** What one viewer can do in a case, with what it is judged by. */
interface Viewed {
  readonly possibilities: readonly Possibility[];
  readonly state: CaseState;
  readonly policy: Policy;
}

/** Without an answer to a question that nobody asks: there is no description to approve, or all have agreed. */
export function offered({ possibilities, state, policy }: Viewed): readonly Possibility[] {
  return possibilities.filter(({ action }) => !isAnswered(action, state, policy) && !isUnknown(action, state, policy));
}

/** The first action in the order of the table that moves the case on and that nothing stands in the way of. */
export function nextStep(view: Viewed): ActionKind | undefined {
  return offered(view).find(({ action, unmet }) => !isAside(action, view) && unmet.length === 0)?.action;
}

/** The same for one row of a list, without looking at what comes after it. */
export function nextStepOf(situation: Situation): ActionKind | undefined {
  return stepsInOrder.find((kind) => {
    if (isAnswered(kind, situation.state, situation.policy) || isAside(kind, situation)) return false;
    return possibility(kind, situation)?.unmet.length === 0;
  });
}

/** What would move the case on if its gates were met: shown in words when nothing is possible. */
export function nextBlocked(view: Viewed): Possibility | undefined {
  return offered(view).find(({ action, unmet }) => !isAside(action, view) && unmet.length > 0);
}

function isAside(action: ActionKind, { policy, state }: Pick<Viewed, 'policy' | 'state'>): boolean {
  if (!steps.includes(action)) return true;
  switch (action) {
    // Where one step decides on eligibility and flaw, a verdict of its own is the exception: out of scope, or another project's.
    case 'decide-eligibility':
      return policy.eligibility.decided === 'with_assessment';
    case 'add-patch':
      return required(state).every((fix) => reached(fix, 'patch_private'));
    case 'write-advisory':
      return !['none', 'draft'].includes(state.advisory.state) || (isAftermath(state) && state.advisory.correction === null);
    // An archive is no list of things to do.
    case 'request-cve':
    case 'record-cve':
      return state.handling === 'imported';
    case 'record-cve-publication':
      return state.visibility === 'private';
    // A fix that is merged in private, or noted while channels still wait, is not what the case waits for.
    case 'record-merge':
      return state.handling === 'disclosing' || (state.visibility === 'private' && policy.disclosure.trigger === 'date_reached');
    case 'record-posting':
      return policy.disclosure.trigger !== 'patch_posted';
    default:
      return false;
  }
}

/** What the policy does not know needs no answer: no parties to propose, no rules to read, no agents to admit. */
function isUnknown(action: ActionKind, state: CaseState, policy: Policy): boolean {
  switch (action) {
    case 'propose-party':
      return policy.downstream.proposal === 'none' || partiesIn(state, policy).length === 0;
    case 'acknowledge-rules':
      return sendingRules(policy).length === 0;
    case 'decide-agents':
      return policy.agents.allowed === 'nobody';
    default:
      return false;
  }
}

function isAnswered(action: ActionKind, state: CaseState, policy: Policy): boolean {
  const { bundle, impact, disclosure, record, withdrawal, unfixed, referral, advisory, flaws, handling, askedSince, components, narrowed } =
    state;
  const { publication } = policy;
  switch (action) {
    case 'decide-withdrawal':
      return withdrawal === null;
    case 'name-reader':
    case 'propose-widening':
      return narrowed === null;
    case 'widen-access':
      return (narrowed?.wideningBy ?? null) === null;
    case 'call-off-unfixed':
      return unfixed === null;
    case 'answer-forwarding':
      return referral === null || referral.forwardedAt !== null;
    case 'record-forwarding':
      return referral?.consent !== 'given' || referral.forwardedAt !== null;
    case 'agree-bundle':
      return bundle === null || bundle.agreed;
    case 'approve-impact':
      return impact === null || (policy.reviews.impact !== null && impactApproved(state, policy));
    case 'judge-backport':
      return policy.reviews.backport === null || !state.branches.some(isBackport);
    case 'approve-release':
      return disclosure.armed || (isAftermath(state) && advisory.state !== 'approved');
    case 'add-late-number':
      return flaws.every(({ number }) => number === null || advisory.numbers.includes(number));
    case 'confirm-channel':
      return disclosure.channels.every((channel) => channel.state === 'confirmed');
    case 'close-case':
      return ['fixing', 'fix_ready'].includes(handling) && !isAftermath(state);
    case 'keep-embargo':
      return openQuestions(state, policy).length === 0;
    case 'screen-party':
      return policy.downstream.screening === 'none' || partiesIn(state, policy).length === 0;
    case 'record-duty':
      return dutiesOf(state, policy).every((duty) => duty.done !== null);
    case 'answer-rediscovery':
      return askedSince === null;
    case 'assign-component':
    case 'drop-component':
      return components.length === 0;
    case 'finish-component':
      return components.every((one) => one.finished);
    case 'approve-redaction':
    case 'decline-redaction':
      return record.redactions.every((one) => one.state !== 'proposed');
    case 'propose-redaction':
    case 'keep-finding':
      return publication.withheld.length === 0;
    case 'decide-proof':
      return publication.proofOfConcept.kind !== 'reporter_decides';
    case 'agree-to-opening':
      return publication.scope !== 'fix_only' || record.consents.length > 0;
    default:
      return false;
  }
}
