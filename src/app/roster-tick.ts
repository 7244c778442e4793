// SPDX-License-Identifier: Apache-2.0
// What is due about people: roles that end or lapse, and the warnings before.

import type { PersonId, ProjectId } from '../core/model/identifiers.ts';
import { nextForPerson } from '../core/people/deadlines.ts';
import { actOnPersonIn } from './roster.ts';
import type { World } from './world.ts';

/** Takes the one step that is due for this person. */
export async function tickPerson(world: World, project: ProjectId, person: PersonId): Promise<void> {
  await world.store.as({ kind: 'process', project }, async (transaction) => {
    const entry = await transaction.roster.person(person);
    const { policy } = await transaction.policies.active();
    const next = entry && nextForPerson(entry.state, policy);
    if (next === undefined || next.at > world.clock.now()) return;
    await actOnPersonIn(world, transaction, project, { kind: 'process' }, { person, action: next.action });
  });
}
