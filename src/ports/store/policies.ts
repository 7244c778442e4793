// SPDX-License-Identifier: Apache-2.0
// Policy versions: kept for ever, text and resolved form; one is active in a project.

import type { Instant } from '../../core/model/time.ts';
import type { Policy } from '../../core/policy/policy.ts';

export interface PolicyVersion {
  readonly policy: Policy;
  readonly text: string;
  /** SHA-256 of the text, hexadecimal. */
  readonly sha256: string;
  readonly activeSince: Instant;
}

export interface Policies {
  /** The version under which new cases open. @throws Error in a project without a policy. */
  active(): Promise<PolicyVersion>;
  all(): Promise<readonly PolicyVersion[]>;
  /** Keeps a version and makes it the active one; the process only. The same name and version with another text is refused. */
  activate(version: PolicyVersion): Promise<'activated' | 'unchanged' | 'text_differs'>;
}
