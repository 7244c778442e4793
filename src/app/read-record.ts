// SPDX-License-Identifier: Apache-2.0
// The opened record, as anybody gets it: read as a visitor without a session, whoever asks.

import type { CaseId, ProjectId } from '../core/model/identifiers.ts';
import type { AttachmentInfo } from '../ports/store/cases.ts';
import { readCase } from './read.ts';
import type { RecordFile } from './record-file.ts';
import { recordFile } from './record-file.ts';
import type { World } from './world.ts';

/** Undefined where the case is not public, or nothing of it is opened. */
export async function readRecord(world: World, project: ProjectId, id: CaseId): Promise<RecordFile | undefined> {
  const visitor = { kind: 'anonymous', project } as const;
  const view = await readCase(world, visitor, id);
  if (view === undefined || view.reach === 'nothing') return undefined;
  const verifiable = await world.store.as(visitor, ({ cases }) => cases.verifiable(id));
  return recordFile(view, verifiable, fileAddress(world, project, id));
}

/** Where the bytes of a file of this case are to be had. */
export function fileAddress(world: World, project: ProjectId, id: CaseId): (file: AttachmentInfo) => string {
  return ({ ref }) => `${world.baseUrl}/api/v1/${project}/cases/${id}/attachments/${ref.id}`;
}
