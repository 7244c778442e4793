// SPDX-License-Identifier: Apache-2.0
// The address that commits name: the page of the case, where its public record will stand.

import type { CaseId, ProjectId } from '../core/model/identifiers.ts';
import type { World } from './world.ts';

export function issueAddress({ baseUrl }: Pick<World, 'baseUrl'>, project: ProjectId, id: CaseId): string {
  return `${baseUrl}/${project}/cases/${id}`;
}
