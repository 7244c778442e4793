// SPDX-License-Identifier: Apache-2.0
// A preset with one more party: packagers, whose members are told inside the program.

import type { Role } from '../../src/core/model/identifiers.ts';
import type { Policy } from '../../src/core/policy/policy.ts';

export const packager = 'packager' as Role;
export const partyName = 'packagers';

/** The resolved policy with the packagers beside its own parties. */
export function withPackagers(policy: Policy, changes: Partial<Policy['downstream']['parties'][number]> = {}): Policy {
  const party = {
    name: partyName,
    to: { kind: 'role' as const, role: packager },
    sent: 'signed' as const,
    prefix: null,
    limit: null,
    duties: [],
    ...changes,
  };
  const role = { from: { kind: 'invited' as const }, per: 'project' as const, may: [], admission: null };
  return {
    ...policy,
    roles: { ...policy.roles, [packager]: role },
    downstream: { ...policy.downstream, parties: [...policy.downstream.parties, party] },
  };
}
