// SPDX-License-Identifier: Apache-2.0
// Who of the project gives a CVE number (LIBVIRT-37): the members of the policy's role who see the case.

import { reach } from '../core/policy/access.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { Transaction } from '../ports/store/store.ts';

/** By name. Empty where no member gives numbers, or every flaw has one. */
export async function assignersIn({ accounts }: Transaction, { state, policy, guarded }: CaseRecord): Promise<readonly string[]> {
  const { kind, role } = policy.cve.assigner;
  const waits = state.flaws.some(({ cve }) => ['undecided', 'required', 'requested', 'refused', 'rejected'].includes(cve));
  if (kind !== 'member' || role === null || !waits) return [];
  const { project } = state;
  return (await accounts.membersIn([role])).flatMap(({ person, roles, name }) =>
    reach({ kind: 'person', project, person, roles }, guarded) === 'everything' ? [name] : [],
  );
}
