// SPDX-License-Identifier: Apache-2.0
// The branches that are maintained, and until when: outside its dates a branch is asked for nothing (LIBVIRT-38).

import type { Instant } from '../model/time.ts';
import type { Branches, Maintained } from './embargo-rules.ts';

type Dated = Pick<Branches, 'groups' | 'maintained'>;

/** The row of a branch: the one that names it, else the first whose pattern it fits. */
function rowOf({ maintained }: Dated, branch: string): Maintained | undefined {
  return maintained.find((row) => row.branch === branch) ?? maintained.find((row) => fits(branch, row.branch));
}

function fits(branch: string, pattern: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  const end = rest.at(-1);
  return end !== undefined && branch.startsWith(start) && branch.endsWith(end) && branch.length >= start.length + end.length;
}

/** The end that a branch has, as far as the policy knows one. */
export function endOf(branches: Dated, branch: string): Instant | null {
  return rowOf(branches, branch)?.until?.at ?? null;
}

export function isMaintained(branches: Dated, branch: string, now: Instant): boolean {
  const row = rowOf(branches, branch);
  return (row?.from?.at ?? now) <= now && (row?.until === null || row?.until === undefined || now < row.until.at);
}

/** The names of a group that are no patterns and are maintained now. */
export function maintainedNames(branches: Dated, group: string, now: Instant): readonly string[] {
  return (branches.groups[group] ?? []).filter((name) => !name.includes('*') && isMaintained(branches, name, now));
}

/** When the last branch of a group ends; null where one goes on, or the group names none. */
export function endOfGroup(branches: Dated, group: string): Instant | null {
  const ends = (branches.groups[group] ?? []).map((name) => endOf(branches, name));
  const known = ends.filter((end): end is Instant => end !== null);
  return known.length === ends.length ? (known.sort().at(-1) ?? null) : null;
}
