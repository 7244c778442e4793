// SPDX-License-Identifier: Apache-2.0
// The invented people of the demo, by project: enough of each role to walk every path, and always two for what takes two.

import type { PersonId, ProjectId, Role } from '../core/model/identifiers.ts';
import type { NewMember } from '../ports/store/accounts.ts';

export interface DemoProject {
  readonly project: ProjectId;
  readonly title: string;
  /** Preset in `policies/`. */
  readonly policy: string;
  readonly sender: { readonly name: string; readonly address: string };
  readonly members: readonly NewMember[];
}

function member(name: string, ...roles: string[]): NewMember {
  return { person: name as PersonId, name, address: `${name}@members.example`, roles: roles as Role[] };
}

export const demoProjects: readonly DemoProject[] = [
  {
    project: 'libvirt' as ProjectId,
    title: 'libvirt',
    policy: 'libvirt-2023',
    sender: { name: 'libvirt security team', address: 'reports@libvirt.example' },
    members: [
      { ...member('anna', 'core'), covers: ['Fedora', 'CentOS'] },
      { ...member('jon', 'core'), covers: ['Debian'] },
      { ...member('viktor', 'vendor'), organisation: 'A vendor of distributions', covers: ['SUSE'] },
      member('mo', 'moderator'),
    ],
  },
  {
    project: 'qemu' as ProjectId,
    title: 'QEMU',
    policy: 'qemu-2026',
    sender: { name: 'QEMU security', address: 'reports@qemu.example' },
    members: [member('piotr', 'maintainer'), member('tomas', 'maintainer'), member('rhea', 'cna')],
  },
  {
    project: 'openstack' as ProjectId,
    title: 'OpenStack',
    policy: 'openstack-vmt',
    sender: { name: 'OpenStack VMT', address: 'reports@openstack.example' },
    members: [
      member('mei', 'coordinator'),
      member('ola', 'coordinator'),
      member('cora', 'core_reviewer', 'stable_maintainer'),
      member('rea', 'core_reviewer'),
      member('lia', 'liaison'),
    ],
  },
];
