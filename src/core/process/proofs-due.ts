// SPDX-License-Identifier: Apache-2.0
// When proofs of concept are opened that the policy holds back for a time after the disclosure (VMT-37, F4).

import type { CaseState } from '../model/case.ts';
import { openHandling } from '../model/regions.ts';
import type { Instant } from '../model/time.ts';
import type { Policy } from '../policy/policy.ts';
import { add } from './caps.ts';

/** Undefined where nothing is waited for: another rule holds, they are open, or there is none. */
export function proofsDueAt(state: CaseState, policy: Policy): Instant | undefined {
  const rule = policy.publication.proofOfConcept;
  if (rule.kind !== 'after_disclosure' || state.record.proofsOpenedAt !== null || !hasProof(state)) return undefined;
  const from = disclosedAt(state);
  return from === undefined ? undefined : add(from, rule.delay, policy);
}

/** A case that has no disclosure of its own, an ordinary bug, counts from the moment at which everybody could see it. */
function disclosedAt({ marks, visibility, publicSince, handling, disclosure }: CaseState): Instant | undefined {
  if (marks.disclosure !== undefined) return marks.disclosure;
  const under = openHandling.includes(handling) || disclosure.bundleOnly;
  return visibility === 'public' && !under ? (publicSince ?? undefined) : undefined;
}

function hasProof({ reporters }: CaseState): boolean {
  return reporters.some(
    ({ report, attachments }) =>
      report.some((content) => content.audience === 'proof') || attachments.some((file) => file.audience === 'proof'),
  );
}
