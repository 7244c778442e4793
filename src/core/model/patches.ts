// SPDX-License-Identifier: Apache-2.0
// What the process knows of a patch file: facts of its commits, and whether it applies. Its words stay in the sealed file.

import type { AttachmentId, CveId } from './identifiers.ts';

/** A trailer of a name that the policy speaks of, and what it names: a CVE number, the issue, or something else. */
export interface TrailerFact {
  readonly name: string;
  readonly of: CveId | 'issue' | null;
}

/** How a commit's message names the issue: behind a word by which forges close, bare, or not at all. */
export type IssueMention = 'closes' | 'named' | 'none';

/** Of one commit of a series, in its order. */
export interface CommitFacts {
  readonly signedOff: boolean;
  readonly numbers: readonly CveId[];
  readonly issue: IssueMention;
  readonly trailers: readonly TrailerFact[];
}

/** `not_checked`: no repository is configured, it lacks the branch, or it did not answer in time. */
export type Applies = 'yes' | 'no' | 'not_checked';

export interface PatchCheck {
  readonly patch: AttachmentId;
  /** The branch that it was tried on; null: the default branch. */
  readonly branch: string | null;
  readonly applies: Applies;
  /** Empty where the file holds no commit message, as a bare diff. */
  readonly commits: readonly CommitFacts[];
}

/** Whether every commit carries a sign-off; a bare diff carries none. */
export function isSignedOff({ commits }: Pick<PatchCheck, 'commits'>): boolean {
  return commits.length > 0 && commits.every((commit) => commit.signedOff);
}

export function checkOf(state: { readonly patchChecks: readonly PatchCheck[] }, patch: AttachmentId): PatchCheck | undefined {
  return state.patchChecks.find((check) => check.patch === patch);
}
