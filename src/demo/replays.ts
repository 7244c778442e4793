// SPDX-License-Identifier: Apache-2.0
// Real public cases, told anew in our own words from public facts, with shifted dates. Every page of them says so.

import type { AdvisoryDraft } from '../app/advisory-draft.ts';
import { line, prose } from '../core/model/prose.ts';

export interface Replay {
  /** Shown with the case: what it replays, and since when that is public. */
  readonly replays: string;
  readonly title: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly reporter: { readonly name: string; readonly address: string };
}

/** libvirt, CVE-2020-14339: published in the demo. */
export const mapperControl: Replay = {
  replays: 'Replay of CVE-2020-14339, public since 2020; dates shifted',
  title: 'QEMU guest process inherits /dev/mapper/control',
  fields: {
    description:
      'When libvirt fills the private /dev of a QEMU process, it asks libdevmapper which devices a disk depends on. That library opens /dev/mapper/control and keeps it open, and the descriptor is passed on to the QEMU process.\n\nA process that escapes from the guest into QEMU finds an open descriptor to the device mapper of the host.',
    steps:
      '1. Start a guest with a disk on a device-mapper volume.\n2. Look at the open files of its QEMU process.\n3. One of them is /dev/mapper/control.',
    version: '6.2.0 to 6.5.0',
    credit_name: 'C. J.',
  },
  reporter: { name: 'C. J.', address: 'reporter-one@reporters.example' },
};

/** QEMU, CVE-2024-3446: waits for somebody in the demo. */
export const reentrantDma: Replay = {
  replays: 'Replay of CVE-2024-3446, public since 2024; dates shifted',
  title: 'virtio devices can be entered again by their own DMA; double free in the host process',
  fields: {
    description:
      'The guard that keeps a device from being entered again while it does DMA does not cover virtio-gpu, virtio-serial-bus and virtio-crypto. A guest with privileges can make the device write to its own registers during a transfer. An element is then freed twice in the QEMU process.\n\nIt stops QEMU; code execution in the QEMU process may be possible.',
    version: 'a build of the development branch, four days old',
    command_line:
      'qemu-system-x86_64 -M q35 -accel kvm -m 512M -nodefaults -device virtio-crypto-pci,cryptodev=c0 -object cryptodev-backend-builtin,id=c0 -qtest stdio',
    steps:
      '1. Start the guest with the line above.\n2. Point a descriptor of the control queue at the notify register.\n3. AddressSanitizer reports a double free.',
    found_with: 'A fuzzer for virtual devices.',
    findings_checked: 'I ran the reproducer on two machines and read the code path.',
    component: 'virtio',
    accelerator: 'kvm',
    machine: 'x86_64/q35',
    attacker: 'guest',
    build: 'upstream',
  },
  reporter: { name: 'reporter two', address: 'reporter-two@reporters.example' },
};

/** OpenStack, CVE-2023-2088: under a running embargo in the demo. */
export const volumeAttachment: Replay = {
  replays: 'Replay of CVE-2023-2088, public since 2023; dates shifted',
  title: "Deleting a volume attachment can hand another tenant's volume to an instance",
  fields: {
    description:
      'A user who deletes a volume attachment directly in Cinder leaves the iSCSI or Fibre Channel connection of the compute host as it was. The storage array then gives the same host, port and LUN to a new volume. When the kernel reconnects, the old instance reads and writes data of somebody else.\n\nA network fault during an ordinary detach leaves the same trace, so it also happens by accident.',
    component: 'cinder, nova, glance_store, os-brick',
    version: 'all supported releases',
    steps:
      '1. Attach a volume over iSCSI.\n2. Delete the attachment through the API of Cinder instead of Nova.\n3. Create and attach further volumes until the LUN is used again.',
    credit_name: 'J. W.',
  },
  reporter: { name: 'J. W.', address: 'reporter-three@reporters.example' },
};

function said<Text>(text: Text | undefined): Text {
  if (text === undefined) throw new Error('a text of the demo is empty');
  return text;
}

/** The advisory for the published replay. Commits and tags are those of the public notice LSN-2020-0003. */
export const mapperControlAdvisory: AdvisoryDraft = {
  title: said(line('Open descriptor of /dev/mapper/control leaks into the QEMU process')),
  summary: said(prose('A descriptor of the host’s device mapper is left open in QEMU processes that libvirt starts in a private /dev.')),
  description: said(
    prose(
      'To fill the private /dev of a QEMU process, libvirt uses libdevmapper to find every device that a disk depends on. The library opens /dev/mapper/control and does not close it, so the QEMU process inherits the descriptor.',
    ),
  ),
  impact: said(prose('Whoever takes over a QEMU process can use the descriptor to reach the device mapper of the host.')),
  conditions: [
    said(prose('The guest has a disk on a device-mapper volume.')),
    said(prose('QEMU runs with a private /dev, which is the default.')),
  ],
  workarounds: 'none-known',
  solution: said(prose('Upgrade to 6.6.0 or later, or to a package of your distributor that has the fix.')),
  products: [
    {
      name: said(line('libvirt')),
      repository: said(line('libvirt.git')),
      branches: [
        {
          name: said(line('master')),
          status: 'fixed',
          introducedBy: [said(line('a30078cb832646177defd256e77c632905f1e6d0'))],
          fixedBy: [said(line('22494556542c676d1b9e7f1c1f2ea13ac17e1e3e'))],
          vulnerableTags: ['v6.2.0', 'v6.3.0', 'v6.4.0', 'v6.5.0'].map((tag) => said(line(tag))),
          fixedTags: [said(line('v6.6.0'))],
        },
      ],
    },
  ],
  notes: [
    said(
      prose('This is a replay of a public case, told anew for a demonstration; its dates are shifted and its number is not the real one.'),
    ),
  ],
};

export const mapperControlPatch = `From 22494556542c676d1b9e7f1c1f2ea13ac17e1e3e Mon Sep 17 00:00:00 2001
Subject: [PATCH] Do not use libdevmapper to find the devices of a disk

A stand-in for the public commit: the demo shows the process, not the code.

Signed-off-by: anna <anna@members.example>
---
 src/util/virdevmapper.c | 1 +
`;
