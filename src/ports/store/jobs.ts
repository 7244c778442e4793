// SPDX-License-Identifier: Apache-2.0
// Jobs: what the worker is to do after the commit. A payload carries ids only; a job may run twice.

import type { AttachmentId, CaseId, ProjectId } from '../../core/model/identifiers.ts';

export type Job =
  | { readonly task: 'prepare-publication'; readonly case: CaseId }
  | { readonly task: 'check-patch'; readonly case: CaseId; readonly file: AttachmentId }
  | { readonly task: 'publish-site'; readonly case: CaseId; readonly channel: string }
  | { readonly task: 'publish-notices'; readonly case: CaseId; readonly channel: string }
  | { readonly task: 'announce'; readonly case: CaseId; readonly channel: string }
  /** Asks the forge again who belongs to its projects. */
  | { readonly task: 'check-members' }
  /** Looks for what is due: deadlines of cases and messages whose hold is over. */
  | { readonly task: 'tick' };

export type JobPayload = Job & { readonly project: ProjectId };

export interface Jobs {
  /** In the transaction at hand, for the principal's own project; a job with the same key that has not begun is the same job. */
  enqueue(job: Job, key: string): Promise<void>;
}
