// SPDX-License-Identifier: Apache-2.0
// Gates of reviews: whoever approves, or seconds, is one of those whom the policy names for it, and whose word is not given yet (VMT-12, VMT-21).

import type { Action } from '../model/action.ts';
import { branchOf } from '../model/case.ts';
import { redactionOf } from '../model/record.ts';
import type { Review } from '../policy/embargo-rules.ts';
import { heldBefore, saidBefore } from './first-word.ts';
import type { Gate } from './gate.ts';
import { type Asked, asks, asksForBundle, asksToPublish, maySpeak, reviewerRoles, stillNeeded, type Word, wordsOf } from './review.ts';
import type { Situation } from './situation.ts';
import { rolesOf } from './situation.ts';

/** What a word would be given to: one review of one thing, and what was said of it. */
interface Reviewed {
  readonly review: Review | null;
  readonly asked: readonly Asked[];
  readonly words: readonly Word[];
}

export const reviewGates = {
  patch_reviewer: {
    sentence: 'The policy names who approves patches, and you hold none of these roles.',
    met: (situation, action) => situation.policy.reviews.patch !== null && mayAdd(patches(situation, action), situation),
    says: (situation, action) => openFor(patches(situation, action), situation),
  },
  advisory_reviewer: {
    sentence: 'The policy names who approves advisories, and you hold none of these roles.',
    met: (situation) => mayAdd([advisory(situation)], situation),
    says: (situation) => openFor([advisory(situation)], situation),
  },
  // The reviewers are counted beside the first word, which is anybody's who may publish.
  publication_reviewer: {
    sentence: 'The policy names who says the second word to a publication, and you hold none of these roles.',
    met: (situation, action) => mayAdd([publication(situation, action)], situation),
    says: (situation, action) => openFor([publication(situation, action)], situation),
  },
  redaction_reviewer: {
    sentence: 'The policy names who approves redactions, and you hold none of these roles.',
    met: (situation, action) => mayAdd(redactions(situation, action), situation),
    says: (situation, action) => openFor(redactions(situation, action), situation),
  },
} satisfies Record<string, Gate>;

/** Whether the actor may speak to one of these. Where there is none, their roles alone are asked. */
function mayAdd(all: readonly Reviewed[], { actor }: Situation): boolean {
  return all.some(({ review, asked, words }) => maySpeak(review, asked, words, rolesOf(actor)));
}

/** Whoever holds an asked role whose word is given reads whose word is not. */
function openFor(all: readonly Reviewed[], { actor }: Situation): string | undefined {
  const own = all.find(({ review }) => reviewerRoles(review).some((role) => rolesOf(actor).includes(role)));
  if (own === undefined) return undefined;
  return `The policy asks each of several roles for one word, and that of yours is given. Still needed: ${stillNeeded(own.asked, own.words)}.`;
}

/** The patch on the branch that the action names; before it names one, every patch that waits. */
function patches({ state, policy }: Situation, action: Action): readonly Reviewed[] {
  const { patch: review } = policy.reviews;
  const named = 'branch' in action ? branchOf(state, action.branch, action.component) : undefined;
  const waiting = 'branch' in action ? [named] : state.branches.filter((fix) => fix.state === 'patch_private');
  const words = waiting.map((fix) => (fix === undefined ? [] : wordsOf(fix.approvals, fix.heldAs)));
  return (words.length === 0 ? [[]] : words).map((said) => ({ review, asked: asks(review), words: said }));
}

function advisory({ state, policy }: Situation): Reviewed {
  const { advisory: review } = policy.reviews;
  return { review, asked: asks(review), words: wordsOf(state.advisory.approvals, state.advisory.heldAs) };
}

function publication({ state, policy }: Situation, action: Action): Reviewed {
  const words = wordsOf(saidBefore(action, state), heldBefore(action, state));
  const asked = action.kind === 'agree-bundle' ? asksForBundle(policy.reviews) : asksToPublish(policy.reviews);
  return { review: policy.reviews.publication, asked, words };
}

/** The proposal that the action names; before it names one, every proposal that is open. */
function redactions({ state, policy }: Situation, action: Action): readonly Reviewed[] {
  const { redaction: review } = policy.reviews;
  const named = action.kind === 'approve-redaction' && 'redaction' in action ? redactionOf(state.record, action.redaction) : undefined;
  const open = named === undefined ? state.record.redactions.filter((one) => one.state === 'proposed') : [named];
  const words = open.map((one) => wordsOf(one.approvals, one.heldAs));
  return (words.length === 0 ? [[]] : words).map((said) => ({ review, asked: asks(review), words: said }));
}
