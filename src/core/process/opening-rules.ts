// SPDX-License-Identifier: Apache-2.0
// What the policy's scope means for the reports themselves, where it has to be known before anything opens.

import type { Policy } from '../policy/policy.ts';

/** Whether reports and discussion open with the case; else the public reads what was written for it, and no more. */
export function scopeOpensReports({ publication }: Policy): boolean {
  return publication.scope === 'issue' || publication.scope === 'full_record';
}

/** Whether a report that is taken back before anybody confirmed it is opened all the same (T25, I2). */
export function withdrawalOpens({ publication }: Policy): boolean {
  return publication.reports === 'every_report' && publication.scope !== 'fix_only';
}

/** Whether something is written about what was no flaw, or was never disclosed as one (T8). */
export function publishesNote(className: string | null, policy: Policy): boolean {
  const publishes = className === null ? undefined : policy.eligibility.classes[className]?.publishes;
  return policy.advisory.kind !== 'none' && (publishes === 'note' || publishes === 'note_if_useful');
}
