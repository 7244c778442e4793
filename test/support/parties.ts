// SPDX-License-Identifier: Apache-2.0
// A preset with one more party: packagers, whose members are told inside the program.

import type { Role } from '../../src/core/model/identifiers.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { presetText } from './policies.ts';

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
    readFirst: null,
    ...changes,
  };
  const role = { from: { kind: 'invited' as const }, per: 'project' as const, may: [], admission: null };
  return {
    ...policy,
    roles: { ...policy.roles, [packager]: role },
    downstream: { ...policy.downstream, parties: [...policy.downstream.parties, party] },
  };
}

/** OpenStack as the text of a policy file, with the packagers and a second party whose members are told inside the program; both read terms first. */
export function openstackWithPackagers(): string {
  const rows = `    - { name: ${partyName}, role: ${packager} }\n    - { name: hosters, role: hoster }\n`;
  const roles = `  ${packager}: { per: distribution }\n  hoster: { per: project }\n`;
  return presetText('openstack-vmt')
    .replace(/^ {2}stable_maintainer:/m, `${roles}  stable_maintainer:`)
    .replace(/^ {2}parties:\n/m, `  parties:\n${rows}`)
    .replace(/^ {2}may_say: .*\n/m, '')
    .replace(/^texts:\n/m, 'texts:\n  terms: |\n    What you read here you keep to yourself until the date.\n');
}
