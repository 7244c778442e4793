// SPDX-License-Identifier: Apache-2.0
// Policy versions: kept for ever, text and resolved form; one is active in a project. And the log of how they came to be.

import type { PolicyOrigin, PolicyStep } from '../../core/model/policy-step.ts';
import type { Instant } from '../../core/model/time.ts';
import type { Policy } from '../../core/policy/policy.ts';

export interface PolicyVersion {
  readonly policy: Policy;
  readonly text: string;
  /** SHA-256 of the text, hexadecimal. */
  readonly sha256: string;
  readonly activeSince: Instant;
  /** When somebody last said that what security.txt tells is true: at first when it began to hold. */
  readonly confirmedAt: Instant;
  /** Who proposed and who accepted it; null where the installation put it in. */
  readonly origin: PolicyOrigin | null;
}

export interface Policies {
  /** The version under which new cases open. @throws Error in a project without a policy. */
  active(): Promise<PolicyVersion>;
  all(): Promise<readonly PolicyVersion[]>;
  /** Keeps a version and makes it the active one; the process only. The same name and version with another text is refused. */
  activate(version: PolicyVersion): Promise<'activated' | 'unchanged' | 'text_differs'>;
  /** `confirmedAt` of the active version, alone; null in a project without a policy. */
  confirmedAt(): Promise<Instant | null>;
  /** Somebody says so again; the process only. */
  confirm(at: Instant): Promise<void>;
  /** Holds the project until the transaction ends, so that one change of its policy comes after the other; the process only. */
  lock(): Promise<void>;
  /** The oldest first; for members and the process. */
  steps(): Promise<readonly PolicyStep[]>;
  /** Adds to the log and its chain; the process only, and only after `lock`. */
  record(steps: readonly PolicyStep[]): Promise<void>;
  /** Checks the chain: number of steps, and the first that does not fit, if any. */
  verify(): Promise<{ readonly steps: number; readonly brokenAt: number | null; readonly head: string }>;
}
