// SPDX-License-Identifier: Apache-2.0
// An action as a door takes it for somebody: what has to be read first is read, then the case changes.

import type { Actor } from '../core/model/actor.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import type { Refused } from '../core/model/refusal.ts';
import { isRefusal } from '../core/model/refusal.ts';
import type { Request, Taken } from './act.ts';
import { act } from './act.ts';
import { succeed } from './owners.ts';
import { undecidedFindings } from './preview.ts';
import type { World } from './world.ts';

/** Before somebody says go, what would be opened is looked through; if the case moves meanwhile, it is a conflict (QEMU-28). @throws OutsideFailure */
export async function lookAndAct(world: World, actor: Actor, id: CaseId, request: Request): Promise<Taken | Refused> {
  const looks = request.action.kind === 'approve-release' && actor.kind === 'person';
  const looked = looks ? await undecidedFindings(world, actor, id) : undefined;
  const acted = await act(world, actor, id, looked === undefined ? request : { ...request, looked });
  // Whoever was let into a narrowed case may be the first who can own it.
  if (request.action.kind === 'name-reader' && !isRefusal(acted))
    await world.store.as({ kind: 'process', project: actor.project }, (transaction) => succeed(world, transaction, id));
  return acted;
}
