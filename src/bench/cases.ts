// SPDX-License-Identifier: Apache-2.0
// Many reports for a benchmark, taken in by the same way as everybody's.

import { receiveReport } from '../app/intake.ts';
import type { World } from '../app/world.ts';
import type { CaseId, ProjectId } from '../core/model/identifiers.ts';
import { isRefusal } from '../core/model/refusal.ts';

/** Reports that are under way at one time. */
const atOnce = 8;

/** Takes in `count` reports, each with words of its own. `progress` is told how many there are. @returns their ids */
export async function manyCases(
  world: World,
  project: ProjectId,
  count: number,
  progress: (done: number) => void,
): Promise<readonly CaseId[]> {
  const ids: CaseId[] = [];
  let next = 0;
  const take = async () => {
    while (next < count) {
      ids.push(await oneCase(world, project, next++));
      if (ids.length % 1000 === 0) progress(ids.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, take));
  return ids;
}

async function oneCase(world: World, project: ProjectId, number: number): Promise<CaseId> {
  const component = components[number % components.length] ?? '';
  const received = await receiveReport(world, {
    project,
    channel: 'api',
    mailbox: null,
    proof: { by: 'nothing' },
    member: false,
    key: `bench-${number}-of-a-key-that-is-long-enough`,
    title: `Report ${number}: a guest writes behind the ring of ${component}`,
    fields: {
      component,
      description: `The index of descriptor ${number} is not checked against the length of the ring.\n`.repeat(8),
      version: '11.0.0',
      command_line: `qemu-system-x86_64 -M q35 -device ${component},id=d${number}`,
      steps: `1. Start the guest.\n2. Write ${number} to the doorbell.\n3. Read the log of the sanitizer.`,
      found_with: 'Read in the source.',
      findings_checked: 'Yes, on two machines.',
    },
    files: [],
    name: `Reporter ${number}`,
    address: `reporter-${number}@reporters.example`,
    sensitive: 'yes',
    origin: 'manual',
    deadline: null,
    consented: true,
  });
  if (isRefusal(received)) throw new Error(`report ${number} was refused: ${JSON.stringify(received)}`);
  return received.case;
}

const components = ['virtio', 'network_device', 'storage_device', 'usb_device', 'display', 'migration', 'remote_display', 'other_device'];
