// SPDX-License-Identifier: Apache-2.0
// How a project's policy changes, step by step: an append-only log beside the cases, in a chain of its own (LIBVIRT-42).

import type { PolicyRef } from './case.ts';
import type { PersonId, Role } from './identifiers.ts';
import type { Instant } from './time.ts';

/** Id of a proposal, random. */
export type ProposalId = string & { readonly id: 'policy-proposal' };

interface At {
  readonly at: Instant;
}

export type PolicyStep = At &
  /** By those who run the system: the first policy of a project, or a file that changed where the policy asks for no second person. */
  (
    | { readonly kind: 'policy-installed'; readonly policy: PolicyRef }
    | {
        readonly kind: 'policy-proposed';
        readonly proposal: ProposalId;
        readonly by: PersonId;
        readonly policy: PolicyRef;
        /** The version that held when it was proposed: the difference is against this one. */
        readonly replaces: PolicyRef;
        readonly reason: string;
        readonly text: string;
      }
    /** `as`: the roles in which the person accepted. */
    | { readonly kind: 'policy-accepted'; readonly proposal: ProposalId; readonly by: PersonId; readonly as: readonly Role[] }
    | { readonly kind: 'policy-withdrawn'; readonly proposal: ProposalId; readonly by: PersonId; readonly reason: string | null }
    | { readonly kind: 'policy-published'; readonly proposal: ProposalId; readonly policy: PolicyRef }
    /** Somebody looked at security.txt and says that it is still true (RFC 9116 section 2.5.5). */
    | { readonly kind: 'security-txt-renewed'; readonly by: PersonId }
    /** Those who run the project were told that it ends; `expires` and `stage` say of which end and how near. */
    | { readonly kind: 'security-txt-called'; readonly expires: Instant; readonly stage: string }
  );

/** What the archive says of a version to everybody: who proposed it, who accepted it, when, and why. Names as they were then. */
export interface PolicyOrigin {
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  readonly reason: string;
  /** Empty where the policy asks for no second person. */
  readonly accepted: readonly { readonly by: string; readonly at: Instant }[];
}
