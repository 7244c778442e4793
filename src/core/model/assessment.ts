// SPDX-License-Identifier: Apache-2.0
// Judgements on a report: whether it is eligible, whether there is a flaw, and how severe it is; each by somebody, at an instant.

import type { ScopeProposal } from '../policy/scope.ts';
import type { ContentRef } from './content.ts';
import type { PersonId } from './identifiers.ts';
import type { Judgement } from './severity.ts';
import type { Instant } from './time.ts';

export interface Assessment {
  readonly at: Instant;
  readonly by: PersonId;
  readonly verdict: 'in' | 'out' | 'elsewhere' | 'exploitable' | 'not_exploitable';
  /** Scope rule that was cited, when one was. */
  readonly rule: string | null;
  readonly reason: ContentRef;
  /** Of an eligibility: what the scope table proposed then, and the policy version that was read. */
  readonly proposed?: ScopeProposal | null;
  readonly policyVersion?: number;
}

export interface Severity extends Judgement {
  readonly level: string;
  readonly vector: string | null;
  readonly by: PersonId;
  readonly at: Instant;
}
