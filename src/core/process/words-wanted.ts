// SPDX-License-Identifier: Apache-2.0
// Whose word a case waits for, review by review: the pages, the API and the simulator say it in the same words.

import type { ActionKind } from '../model/action.ts';
import type { CaseState } from '../model/case.ts';
import type { Policy } from '../policy/policy.ts';
import { impactWords } from './conditions.ts';
import { backportAccepted, backportWords, isBackport } from './pre-approval.ts';
import { type Asked, asks, asksBy, asksForBundle, asksToPublish, stillNeeded, type Word, wordsOf } from './review.ts';

/** A word that is asked for and not given yet. */
export interface WordWanted {
  /** By which it is given. */
  readonly action: ActionKind;
  /** The branch or the redaction that it is about, where the case has several of them. */
  readonly branch?: string;
  readonly component?: string;
  readonly redaction?: string;
  /** Whose it is: `somebody with the role editor`. */
  readonly of: string;
}

export function wordsWanted(state: CaseState, policy: Policy): readonly WordWanted[] {
  return [...onBranches(state, policy), ...onTexts(state, policy), ...onPublication(state, policy)].filter(({ of }) => of !== '');
}

function onBranches({ branches }: CaseState, policy: Policy): readonly WordWanted[] {
  const { patch, backport } = policy.reviews;
  return branches.flatMap((fix) => {
    const about = { branch: fix.branch, ...(fix.component === null ? {} : { component: fix.component }) };
    const approved = wordsOf(fix.approvals, fix.heldAs);
    const refused = fix.backport.some(({ verdict }) => verdict !== 'acceptable');
    const asked = backport !== null && isBackport(fix) && fix.patches.length > 0 && !refused && !backportAccepted(fix, policy);
    return [
      ...(fix.state === 'patch_private' && patch !== null ? [wanted('approve-patch', asks(patch), approved, about)] : []),
      ...(asked && ['patch_private', 'patch_approved'].includes(fix.state)
        ? [wanted('judge-backport', asks(backport), backportWords(fix, backport), about)]
        : []),
    ];
  });
}

function onTexts({ impact, advisory, record }: CaseState, { reviews }: Policy): readonly WordWanted[] {
  const proposed = record.redactions.filter((one) => one.state === 'proposed');
  return [
    ...(impact === null || reviews.impact === null
      ? []
      : [wanted('approve-impact', asks(reviews.impact), impactWords(impact, reviews.impact))]),
    ...(advisory.state === 'in_review'
      ? [wanted('approve-advisory', asks(reviews.advisory), wordsOf(advisory.approvals, advisory.heldAs))]
      : []),
    ...proposed.map((one) =>
      wanted('approve-redaction', asks(reviews.redaction), wordsOf(one.approvals, one.heldAs), { redaction: one.redaction }),
    ),
  ];
}

/** Nobody is asked before somebody has said the first word. */
function onPublication({ visibility, disclosure, unfixed, embargo, bundle }: CaseState, policy: Policy): readonly WordWanted[] {
  const asked = asksToPublish(policy.reviews);
  const { ending } = embargo;
  return [
    ...(bundle === null || bundle.agreed || visibility === 'public'
      ? []
      : [wanted('agree-bundle', asksForBundle(policy.reviews), wordsOf(bundle.agreedBy, bundle.heldAs))]),
    ...(disclosure.armed || disclosure.approvedBy.length === 0
      ? []
      : [wanted('approve-release', asked, wordsOf(disclosure.approvedBy, disclosure.heldAs))]),
    ...(unfixed === null || unfixed.on !== null ? [] : [wanted('announce-unfixed', asked, wordsOf(unfixed.approvedBy, unfixed.heldAs))]),
    ...(ending.length === 0 ? [] : [wanted('end-embargo', asksBy('set_embargo', policy), wordsOf(ending, embargo.heldAs))]),
  ];
}

function wanted(
  action: ActionKind,
  asked: readonly Asked[],
  words: readonly Word[],
  about: Pick<WordWanted, 'branch' | 'component' | 'redaction'> = {},
): WordWanted {
  return { action, ...about, of: stillNeeded(asked, words) };
}
