// SPDX-License-Identifier: Apache-2.0
// Breaking the glass: whoever runs the system reads no case; in an emergency they open one, for a few hours, and everybody who reads it is told at once (SAFETY 4.8).

import { z } from 'zod';
import type { PersonActor } from '../core/model/actor.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import type { Refused } from '../core/model/refusal.ts';
import { isRefusal, refused } from '../core/model/refusal.ts';
import { shifted } from '../core/model/time.ts';
import { reach } from '../core/policy/access.ts';
import type { Policy } from '../core/policy/policy.ts';
import { administrator } from '../core/process/owners.ts';
import type { Transaction } from '../ports/store/store.ts';
import { actIn } from './act.ts';
import { newContents } from './contents.ts';
import { principalOf } from './principal.ts';
import { isFresh } from './sign-in/sessions.ts';
import type { World } from './world.ts';

/** What is asked: the codename or the id of the case, why, and for how long. */
export const emergency = z.object({
  case: z.string({ error: 'Name the case: its codename or its id.' }).trim().min(1, 'Name the case: its codename or its id.').max(200),
  reason: z.string({ error: 'Say why.' }).trim().min(20, 'Say why, in a sentence: everybody who reads the case reads it.').max(2000),
  hours: z.coerce
    .number({ error: 'Give a number of hours.' })
    .int('Give whole hours.')
    .min(1, 'One hour at least.')
    .max(8, 'Eight hours at most.'),
});

export type Emergency = z.output<typeof emergency>;

/** Administrators, and the person whom the policy names as the last resort. */
export async function mayBreakGlass(world: World, actor: PersonActor): Promise<boolean> {
  if (actor.roles.includes(administrator)) return true;
  const { policy } = await world.store.as(principalOf(actor), ({ policies }) => policies.active());
  return isLastResort(actor, policy);
}

function isLastResort({ person }: PersonActor, { ownership }: Policy): boolean {
  return ownership.lastResort !== null && ownership.lastResort === person;
}

/** The case that is open to the actor from now on. Undefined where there is none of that name, or they may not. No token does it, and a fresh proof is asked for. */
export async function breakGlass(
  world: World,
  actor: PersonActor,
  asked: Emergency,
): Promise<{ readonly case: CaseId } | Refused | undefined> {
  if (!(await mayBreakGlass(world, actor))) return undefined;
  if (actor.proof.by === 'token') return refused.notPermitted('No token does this: a person does, signed in.');
  const now = world.clock.now();
  if (!isFresh(actor, now)) return refused.proveAgain('This lets you read what you do not read otherwise. Prove once more that it is you.');
  const { project, person } = actor;
  return world.store.as({ kind: 'process', project }, async (transaction) => {
    const id = await found(transaction, asked.case);
    const record = id === undefined ? undefined : await transaction.cases.find(id);
    if (id === undefined || record === undefined || record.guarded.public) return undefined;
    if (reach(principalOf(actor), record.guarded) === 'everything') return refused.invalid('case', 'You read this case already.');
    const contents = newContents(world.random);
    const why = contents.text({ kind: 'reason', audience: 'team' }, asked.reason);
    const action = { kind: 'add-person', person, until: shifted(now, { hours: asked.hours }), emergency: why } as const;
    const acted = await actIn(world, transaction, { kind: 'process', project }, id, { action, contents });
    if (isRefusal(acted)) return acted;
    world.log('glass-broken', { person, case: id });
    return { case: id };
  });
}

/** By its id, or by its codename while it is open. */
export async function found({ cases }: Transaction, named: string): Promise<CaseId | undefined> {
  const byId = /^[0-9a-z]{26}$/.test(named) ? await cases.find(named as CaseId) : undefined;
  if (byId !== undefined) return byId.state.case;
  const [one] = await cases.queue({ open: true, patchesFirst: false, codename: named, limit: 1 });
  return one?.state.case;
}
