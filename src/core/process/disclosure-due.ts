// SPDX-License-Identifier: Apache-2.0
// Has that happened which makes the case public? The policy's trigger, or a fact that leaves nothing to wait for.

import type { CaseState } from '../model/case.ts';
import { hasFact } from '../model/case.ts';
import type { Instant } from '../model/time.ts';
import type { Policy } from '../policy/policy.ts';
import { endingFacts } from '../policy/words.ts';
import { hasCome, reached, required } from './conditions.ts';

export function disclosureDue(state: CaseState, policy: Policy, now: Instant): boolean {
  if (state.handling === 'unfixed_public') return dueUnfixed(state, policy);
  if (hasFact(state, 'already_public', 'exploit_public')) return dueWhenPublic(state, policy);
  if (state.embargo.state === 'exited') return true;
  if (state.visibility === 'public' && policy.disclosure.trigger === 'date_reached') return dueWhenPublic(state, policy);
  switch (policy.disclosure.trigger) {
    case 'date_reached':
      return state.embargo.until === null
        ? state.embargo.state === 'none' && (policy.embargo.mode !== 'by_default' || cannotWait(state, policy))
        : now >= state.embargo.until;
    case 'patch_posted':
      return embargoOver(state, now) && state.branches.some((fix) => hasCome(fix, 'posted'));
    case 'fix_merged':
      return embargoOver(state, now) && every(state, 'merged');
    case 'fix_released':
      return embargoOver(state, now) && every(state, 'released');
    case 'by_hand':
      return embargoOver(state, now);
  }
}

/** Whether something is known that leaves no embargo to begin: nobody agrees on a date then, and none is waited for. */
export function cannotWait(state: CaseState, { embargo: { endsEarlyOn } }: Policy): boolean {
  return (
    hasFact(state, 'already_public', 'exploit_public', 'exploited') ||
    endingFacts.some((fact) => endsEarlyOn[fact] === 'publish' && hasFact(state, fact))
  );
}

/** What is public without a fix is disclosed with its advisory, as soon as people say go; or else with the fix. */
function dueUnfixed(state: CaseState, { disclosure }: Policy): boolean {
  if (state.advisory.state === 'approved') return true;
  return disclosure.trigger === 'patch_posted' ? state.branches.some((fix) => hasCome(fix, 'posted')) : every(state, 'merged');
}

/** An embargo that was granted holds every other trigger back until its end (I4). */
function embargoOver(state: CaseState, now: Instant): boolean {
  return state.embargo.until === null || now >= state.embargo.until;
}

function dueWhenPublic(state: CaseState, policy: Policy): boolean {
  switch (policy.disclosure.whenAlreadyPublic) {
    case 'on_receipt':
      return true;
    case 'on_confirmation':
      return state.marks.confirmation !== undefined;
    case 'on_fix':
      return state.marks.fix_ready !== undefined;
  }
}

function every(state: CaseState, fix: 'merged' | 'released'): boolean {
  return required(state).length > 0 && required(state).every((branch) => reached(branch, fix));
}
