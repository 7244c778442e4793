// SPDX-License-Identifier: Apache-2.0
// What is owed to an authority about an exploited flaw, and by when: F14, F16.

import type { AuthorityReport } from '../model/authority.ts';
import type { CaseState } from '../model/case.ts';
import type { Instant } from '../model/time.ts';
import { earliest } from '../model/time.ts';
import type { Policy } from '../policy/policy.ts';
import type { Duration } from '../policy/quantities.ts';
import { add } from './caps.ts';

/** Article 14 applies from this day (Article 71(2)); what somebody learnt before it is owed to nobody. */
const applies = '2026-09-11T00:00:00.000Z' as Instant;

export interface Owed {
  readonly report: AuthorityReport;
  /** Name of its clock. */
  readonly clock: string;
  readonly from: Instant;
  readonly due: Instant;
  readonly filedAt: Instant | null;
}

/** When the project learnt that the flaw is exploited: the instant at which somebody wrote it down, not the one since which it is so. */
function awareSince({ facts }: CaseState): Instant | undefined {
  const [first, ...rest] = facts
    .filter(({ fact, recordedAt }) => fact === 'exploited' && recordedAt >= applies)
    .map((one) => one.recordedAt);
  return first === undefined ? undefined : earliest(first, ...rest);
}

/** A corrective or mitigating measure is available: the first fix that was merged, or the publication with what to do meanwhile. */
function measureSince({ branches, marks, imported, publicSince }: CaseState): Instant | undefined {
  const merged = branches.flatMap(({ mergedAt }) => (mergedAt === null ? [] : [mergedAt])).sort()[0];
  // What comes from an archive was published there; here it is public since the archive was opened.
  return merged ?? marks.disclosure ?? (imported === null ? undefined : (publicSince ?? undefined));
}

/** Every report that the policy has a clock for, once the flaw is known to be exploited; the last once there is a measure. */
export function owedReports(state: CaseState, policy: Policy): readonly Owed[] {
  const aware = awareSince(state);
  if (aware === undefined) return [];
  const { craEarly, craNotify, craFinal } = policy.clocks;
  const one = (report: AuthorityReport, clock: string, from: Instant | undefined, time: Duration | null): readonly Owed[] => {
    const filedAt = state.filed.find((filed) => filed.report === report)?.at ?? null;
    return from === undefined || time === null ? [] : [{ report, clock, from, due: add(from, time, policy), filedAt }];
  };
  const measure = measureSince(state);
  return [
    ...one('early_warning', 'clocks.cra_early', aware, craEarly),
    ...one('notification', 'clocks.cra_notify', aware, craNotify),
    ...one('final_report', 'clocks.cra_final', measure !== undefined && measure < aware ? aware : measure, craFinal),
  ];
}
