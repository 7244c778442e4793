// SPDX-License-Identifier: Apache-2.0
// How many people have looked at a fix in private, and what that suggests: fewer people read it there than in the open (VMT-24). Hints only.

import type { CaseState } from '../model/case.ts';
import type { PersonId, Role } from '../model/identifiers.ts';
import { checkOf } from '../model/patches.ts';
import type { Policy } from '../policy/policy.ts';
import { rolesWith } from '../policy/policy.ts';

export interface ReviewHints {
  /** People who approved or tried a patch, each once, whoever wrote it left out. */
  readonly reviewers: readonly PersonId[];
  /** Roles of a second tier who could be added by name, where too few have looked. */
  readonly add: readonly Role[];
  /** Commits of the longest series, where the fix counts as complex: better reviewed in the open. */
  readonly complex: number | null;
}

/** Nothing where there is no patch, or everybody can review it. */
export function reviewHints(state: CaseState, policy: Policy): ReviewHints | undefined {
  const patched = state.branches.filter(({ patches }) => patches.length > 0);
  if (state.visibility === 'public' || patched.length === 0) return undefined;
  const authors = patched.map(({ patchedBy }) => patchedBy as string | null);
  const looked = patched.flatMap(({ approvals, tests }) => [...approvals, ...tests.map(({ by }) => by)]);
  const reviewers = [...new Set(looked)].filter((person) => !authors.includes(person));
  const { enough, complexFrom } = policy.reviews;
  const second = policy.visibility.whenAdded.filter((role) => rolesWith(policy, 'review').includes(role));
  const commits = Math.max(...patched.map(({ patches }) => commitsIn(state, patches.at(-1)?.id)));
  return {
    reviewers,
    add: enough !== null && reviewers.length < enough ? second : [],
    complex: complexFrom !== null && commits >= complexFrom ? commits : null,
  };
}

function commitsIn(state: CaseState, patch: Parameters<typeof checkOf>[1] | undefined): number {
  return patch === undefined ? 0 : (checkOf(state, patch)?.commits.length ?? 0);
}
