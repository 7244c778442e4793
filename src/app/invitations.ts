// SPDX-License-Identifier: Apache-2.0
// What somebody was invited to by name: it ends with their membership, and whoever comes back is invited anew.

import type { PersonId, ProjectId } from '../core/model/identifiers.ts';
import type { Transaction } from '../ports/store/store.ts';
import { actIn } from './act.ts';
import { newContents } from './contents.ts';
import type { World } from './world.ts';

/** For whoever is removed, in the transaction that does it; the log of each case says so (L-11). */
export async function endInvitations(world: World, transaction: Transaction, project: ProjectId, person: PersonId): Promise<void> {
  const process = { kind: 'process', project } as const;
  for (const id of await transaction.cases.invitedTo(person))
    await actIn(world, transaction, process, id, { action: { kind: 'remove-person', person }, contents: newContents(world.random) });
}
