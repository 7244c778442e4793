// SPDX-License-Identifier: Apache-2.0
// The policy's conditions, decided: one answer for every word of the closed list (policy language, section 2).

import { commitsPass } from '../commits/of-branch.ts';
import type { BranchFix, CaseState, ChannelProgress } from '../model/case.ts';
import { hasFact } from '../model/case.ts';
import type { EmbargoRequest, Voice } from '../model/embargo.ts';
import type { Impact } from '../model/impact.ts';
import type { BranchState } from '../model/regions.ts';
import type { Condition } from '../policy/conditions.ts';
import type { Review } from '../policy/embargo-rules.ts';
import type { Policy } from '../policy/policy.ts';
import type { PlainCondition } from '../policy/words.ts';
import { allReady, untold } from './parties.ts';
import { backportAccepted } from './pre-approval.ts';
import { asks, enough, type Word } from './review.ts';

/** What the action at hand brings in words: a reason, or the reason for going past a rule. */
export interface Said {
  readonly reason: boolean;
  readonly deviation: boolean;
}

/** What a condition may look at. */
export interface Circumstances {
  readonly state: CaseState;
  readonly policy: Policy;
  readonly said: Said;
}

/** Whether the condition is met by words alone: what was said then stands on record. */
export function asksForWords({ kind }: Condition): boolean {
  return kind === 'reason_recorded' || kind === 'deviation_recorded';
}

export function holds(condition: Condition, circumstances: Circumstances): boolean {
  const { state, policy } = circumstances;
  switch (condition.kind) {
    case 'severity_at_least':
      return level(state, policy) >= policy.severity.scale.indexOf(condition.level) && state.severity !== null;
    case 'severity_at_most':
      return level(state, policy) <= policy.severity.scale.indexOf(condition.level) && state.severity !== null;
    case 'fix_merged':
      return inGroups(state, condition.groups).every((fix) => reached(fix, 'merged'));
    case 'fix_released':
      return inGroups(state, condition.groups).every((fix) => reached(fix, 'released'));
    case 'on_call':
      return condition.roles.every((role) => state.onCall.some((duty) => duty.role === role));
    case 'agreed_by':
      return condition.roles.every((role) => includesVoice(role, requestOf(state)?.agreed ?? []));
    case 'asked_by':
      return condition.roles.some((role) => includesVoice(role, requestOf(state)?.askedAs ?? []));
    case 'purpose':
      return condition.purposes.some((purpose) => requestOf(state)?.purposes.includes(purpose));
    default:
      return plainHolds(condition.kind, circumstances);
  }
}

function plainHolds(condition: PlainCondition, { state, policy, said }: Circumstances): boolean {
  switch (condition) {
    case 'circumstances_shown': {
      const request = requestOf(state);
      return request !== undefined && request.circumstances !== null && request.evidence !== null;
    }
    case 'reason_recorded':
      return said.reason || said.deviation;
    case 'deviation_recorded':
      return said.deviation;
    case 'found_by_hand':
      return state.reporters.every((reporter) => reporter.origin === 'manual');
    case 'kept_private':
      return !hasFact(state, 'already_public', 'exposed', 'leaked');
    case 'reproducer_given':
      return state.reporters.some(
        (reporter) =>
          reporter.report.some((content) => content.field === 'steps') ||
          reporter.attachments.some((file) => file.purpose === 'reproducer'),
      );
    case 'patches_approved':
      return required(state).every((fix) => reached(fix, 'patch_approved'));
    case 'commits_pass':
      return required(state).every(
        (fix) => withoutFix.includes(fix.state) || (hasCome(fix, 'patch_private') && commitsPass(state, policy, fix)),
      );
    case 'cve_requested':
      return needingNumber(state).every((flaw) => flaw.cve !== 'required' && flaw.cve !== 'undecided');
    case 'cve_assigned':
    case 'cve_recorded':
      return needingNumber(state).every((flaw) => flaw.number !== null);
    case 'impact_approved':
      return state.impact !== null && impactApproved(state, policy);
    case 'announced':
      return nothingToAnnounce(state) || (state.disclosure.channels.length > 0 && state.disclosure.channels.every(isConfirmed));
    case 'parties_notified':
      return untold(state, policy).length === 0;
    case 'parties_ready':
      return allReady(state, policy);
    case 'tests_recorded':
      return required(state).every(isTested);
    case 'backports_judged':
      return required(state).every((fix) => withoutFix.includes(fix.state) || fix.retired === true || backportAccepted(fix, policy));
    case 'approved':
    case 'vouched':
    case 'terms_accepted':
    case 'role_address':
      return false;
  }
}

/** The request that is open, or the one that was granted last: what conditions on an embargo speak of. */
function requestOf({ embargo }: CaseState): EmbargoRequest | undefined {
  return embargo.proposal ?? embargo.decided.findLast((one) => one.decision?.outcome === 'granted');
}

/** `party` stands for any party. */
function includesVoice(role: string, voices: readonly Voice[]): boolean {
  return role === 'party' ? voices.some((voice) => voice.startsWith('party:')) : voices.some((voice) => voice === role);
}

/** Groups of branches that must carry the fix of a case of this class. */
export function mustGroups(className: string | null, policy: Policy): readonly string[] {
  return (className === null ? undefined : policy.eligibility.classes[className]?.branches) ?? policy.branches.must;
}

/** Branches that must carry the fix before the case goes on. */
export function required(state: CaseState): readonly BranchFix[] {
  return state.branches.filter((fix) => fix.required);
}

const fixOrder: readonly BranchState[] = ['affected', 'patch_private', 'patch_approved', 'posted', 'merged', 'released'];

const withoutFix: readonly BranchState[] = ['not_affected', 'wont_fix', 'left_to_downstream'];

/** Whether the fix on this branch has come at least so far; a branch that gets none has nothing to wait for. */
export function reached(fix: BranchFix, state: BranchState): boolean {
  return withoutFix.includes(fix.state) || fix.retired === true || hasCome(fix, state);
}

/** Whether the last test of the newest patch passed; a branch without a fix has nothing to try. */
export function isTested(fix: BranchFix | undefined): boolean {
  if (fix === undefined) return false;
  return withoutFix.includes(fix.state) || fix.tests.at(-1)?.passed === true;
}

/** Whether this branch still is to get what it needs. */
export function isWaitedFor(fix: BranchFix): boolean {
  return !reached(fix, 'merged');
}

/** Whether there is a fix on this branch that has come at least so far. */
export function hasCome(fix: BranchFix, state: BranchState): boolean {
  return fixOrder.indexOf(fix.state) >= fixOrder.indexOf(state);
}

export function impactApproved(state: CaseState, policy: Policy): boolean {
  const review = policy.reviews.impact;
  if (review === null) return true;
  return enough(asks(review), impactWords(state.impact, review));
}

/** What was said of the impact description, the reporter's word among it. */
export function impactWords(impact: Impact | null, review: Review): readonly Word[] {
  const { approvals = [], as = [], heldAs = {} } = impact ?? {};
  if (review.kind === 'approvals') return approvals.map(() => ({}));
  return as.map((role, index) => {
    const by = approvals[index] ?? 'reporter';
    return { as: (by === 'reporter' ? undefined : heldAs[by]) ?? [role] };
  });
}

/** What became an ordinary public bug has no disclosure of its own. */
function nothingToAnnounce({ handling }: CaseState): boolean {
  return handling === 'public_bug' || handling === 'hardening';
}

function isConfirmed(channel: ChannelProgress): boolean {
  return channel.state === 'confirmed';
}

/** Flaws for which a number is waited for or there; flaws that need none stand outside. */
export function needingNumber(state: CaseState) {
  return state.flaws.filter((flaw) => flaw.cve !== 'not_needed');
}

function inGroups(state: CaseState, groups: readonly string[]): readonly BranchFix[] {
  return state.branches.filter((fix) => groups.includes(fix.group));
}

function level(state: CaseState, policy: Policy): number {
  return state.severity === null ? -1 : policy.severity.scale.indexOf(state.severity.level);
}

/** A case of this class is handled in public from the moment the class is set (VMT-31). */
export function isOpenClass(name: string | null, { eligibility }: Policy): boolean {
  return name !== null && eligibility.classes[name]?.handled === 'in_the_open';
}
