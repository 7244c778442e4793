// SPDX-License-Identifier: Apache-2.0
// An action as a door takes it for somebody: what has to be read first is read, then the case changes.

import type { CaseAction } from '../core/model/action.ts';
import type { Actor, PersonActor } from '../core/model/actor.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import type { Refused } from '../core/model/refusal.ts';
import { isRefusal } from '../core/model/refusal.ts';
import { rowOf } from '../core/process/table.ts';
import type { Request, Taken } from './act.ts';
import { act } from './act.ts';
import { accessEnded } from './owners.ts';
import { undecidedFindings } from './preview.ts';
import { principalOf } from './principal.ts';
import type { World } from './world.ts';

/**
 * Before somebody says go, or opens a case by another word, what would be opened is looked through, where the policy wants findings decided; if the case
 * moves meanwhile, it is a conflict (QEMU-28).
 * @throws OutsideFailure
 */
export async function lookAndAct(world: World, actor: Actor, id: CaseId, request: Request): Promise<Taken | Refused> {
  const looks = actor.kind === 'person' && (await asksToLook(world, actor, id, request.action));
  const looked = looks ? await undecidedFindings(world, actor, id, request.action.kind === 'agree-bundle') : undefined;
  const acted = await act(world, actor, id, looked === undefined ? request : { ...request, looked });
  // Whoever was let into a narrowed case may be the first who can own it; whoever lost their access may have been the last.
  const { kind } = request.action;
  if ((kind === 'name-reader' || kind === 'remove-person') && !isRefusal(acted))
    await world.store.as({ kind: 'process', project: actor.project }, (transaction) => accessEnded(world, transaction, id));
  return acted;
}

/** Looking is a reading of the whole case, and is logged as one: it is done where a gate asks for it, and nowhere else. */
async function asksToLook(world: World, actor: PersonActor, id: CaseId, { kind }: CaseAction): Promise<boolean> {
  if (!rowOf(kind).gates.includes('findings_decided')) return false;
  const record = await world.store.as(principalOf(actor), ({ cases }) => cases.find(id));
  return record?.policy.publication.findings === 'decided';
}
