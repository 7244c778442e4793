// SPDX-License-Identifier: Apache-2.0
// The lint of a case: what the commits of a branch's latest patch lack, by the numbers that the case has now.

import type { BranchFix, CaseState } from '../model/case.ts';
import type { AttachmentId } from '../model/identifiers.ts';
import { checkOf } from '../model/patches.ts';
import type { Policy } from '../policy/policy.ts';
import type { Finding } from './lint.ts';
import { lintCommits, passes } from './lint.ts';

/** Sign-off is asked of every project. */
const signOffAlone = { cve: null, issueUrl: null, trailers: [], placedBefore: [] } as const;

/** What a policy asks of commit messages; where it checks none, the sign-off alone. */
export function rulesOf({ commits }: Pick<Policy, 'commits'>): Parameters<typeof lintCommits>[1] {
  return commits.checked === 'never' ? signOffAlone : commits;
}

/** Null while the patch was not read yet. */
export function findingsOn(state: CaseState, policy: Policy, patch: AttachmentId, issue: string): readonly Finding[] | null {
  const check = checkOf(state, patch);
  if (check === undefined) return null;
  return lintCommits(check.commits, rulesOf(policy), {
    numbers: state.flaws.flatMap(({ number, cve }) => (number === null || cve === 'rejected' ? [] : [number])),
    issue,
  });
}

/** A branch whose fix was never a private patch has nothing to check: its commits are public. */
export function commitsPass(state: CaseState, policy: Policy, { patches }: BranchFix): boolean {
  const latest = patches.at(-1);
  const findings = latest === undefined ? [] : findingsOn(state, policy, latest.id, '');
  return findings !== null && passes(findings);
}
