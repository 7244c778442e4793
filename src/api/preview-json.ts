// SPDX-License-Identifier: Apache-2.0
// The preview as JSON: the record file as it would be, what the hard cap would open, and what was found.

import type { Preview } from '../app/preview.ts';
import { fileAddress } from '../app/read-record.ts';
import { recordFile } from '../app/record-file.ts';
import type { World } from '../app/world.ts';

export function previewJson(world: World, { published, atCap, findings, verifiable }: Preview) {
  const { project, case: id } = published.state;
  const href = fileAddress(world, project, id);
  return {
    record: recordFile(published, verifiable, href),
    atCap: atCap === null ? null : recordFile(atCap, { ...verifiable, events: [] }, href),
    findings,
    open: findings.filter((one) => one.status === 'open').length,
  };
}
