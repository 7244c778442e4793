// SPDX-License-Identifier: Apache-2.0
// Gates of reviews: whoever approves the advisory, or seconds a publication, is one of those whom the policy names for it (VMT-12, VMT-21).

import type { Review } from '../policy/embargo-rules.ts';
import { saidBefore } from './first-word.ts';
import type { Gate } from './gate.ts';
import { reviewerRoles } from './gate.ts';
import type { Situation } from './situation.ts';
import { rolesOf } from './situation.ts';

export const reviewGates = {
  advisory_reviewer: {
    sentence: 'The policy names who approves advisories, and you hold none of these roles.',
    met: (situation) => isNamed(situation.policy.reviews.advisory, situation),
  },
  // The reviewers are counted beside the first word, which is anybody's who may publish.
  publication_reviewer: {
    sentence: 'The policy names who says the second word to a publication, and you hold none of these roles.',
    met: (situation, action) =>
      saidBefore(action, situation.state).length === 0 || isNamed(situation.policy.reviews.publication, situation),
  },
} satisfies Record<string, Gate>;

function isNamed(review: Review | null, { actor }: Situation): boolean {
  return review === null || reviewerRoles(review).some((role) => rolesOf(actor).includes(role));
}
