// SPDX-License-Identifier: Apache-2.0
// Many cases in one action: a cluster of near copies is closed by marking each as a duplicate of one case (QEMU-1, P7).

import type { ActionOf } from '../core/model/action.ts';
import type { PersonActor } from '../core/model/actor.ts';
import type { Event } from '../core/model/event.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import type { Refusal } from '../core/model/refusal.ts';
import { isRefusal } from '../core/model/refusal.ts';
import { evolve } from '../core/process/evolve.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { Hands } from './act.ts';
import { actOn, byId, secretsEnded } from './act.ts';
import { foundAgain } from './bodies/relations.ts';
import type { Contents } from './contents.ts';
import { newContents } from './contents.ts';
import { keep } from './keep.ts';
import { principalOf } from './principal.ts';
import { readQueue } from './read-queue.ts';
import type { World } from './world.ts';

/** A whole wave of near copies, far more than a page of the queue shows, and no more than one request should do. */
export const mostAtOnce = 500;

export interface Outcome {
  readonly case: CaseId;
  /** Null: it is done. */
  readonly refusal: Refusal | null;
}

export interface Cluster {
  readonly cases: readonly CaseId[];
  readonly of: CaseId;
  readonly independent: boolean;
  readonly reason: string | undefined;
}

/**
 * How many copies share a transaction. The target grows with each copy and is read and written as a whole: seen with 300 copies on two busy
 * processors, once for each copy is 36 s, once for each fifty 5 to 11 s, no slower for each than taking a report in. So nobody has to come back for the
 * answer, and no list is kept for a worker. More at once would keep others waiting for these cases.
 */
const together = 50;

/** One that is refused holds up no other, and the answer says which. What was done before an outside failure stays done; asked again, the rest is. */
export async function markDuplicates(world: World, actor: PersonActor, cluster: Cluster): Promise<readonly Outcome[]> {
  const cases = [...new Set(cluster.cases)].slice(0, mostAtOnce);
  const outcomes: Outcome[] = [];
  for (let from = 0; from < cases.length; from += together)
    outcomes.push(...(await markTogether(world, actor, { ...cluster, cases: cases.slice(from, from + together) })));
  return outcomes;
}

async function markTogether(world: World, actor: PersonActor, cluster: Cluster): Promise<readonly Outcome[]> {
  const { cases, of } = cluster;
  const contents = newContents(world.random);
  const requests = cases.map((id) => ({ id, action: marking(cluster, contents) }));
  const said = await secretsEnded(world, actor, contents);
  if (said !== undefined) return cases.map((id) => ({ case: id, refusal: said.refusal }));
  return world.store.as(principalOf(actor), async (transaction) => {
    const locked = byId(await transaction.cases.lockAll([...new Set([...cases, of])]));
    const found: Event[] = [];
    const target = locked.get(of);
    const beside: Hands['beside'] = async (other, events) => {
      found.push(...events);
      locked.set(of, { ...other, state: events.reduce(evolve, other.state) });
    };
    const outcomes: Outcome[] = [];
    for (const { id, action } of requests) {
      const acted = await actOn(world, transaction, actor, id, { action, contents }, { locked: pairIn(locked, id, of), beside });
      outcomes.push({ case: id, refusal: isRefusal(acted) ? acted.refusal : null });
    }
    if (target !== undefined && found.length > 0) await keep(world, transaction, target, found, contents, world.clock.now());
    return outcomes;
  });
}

/** Nothing becomes public by a list: for a target that is public each case is opened by itself. */
function marking({ of, independent, reason }: Cluster, contents: Contents): ActionOf<'mark-duplicate'> {
  const evidence = contents.text({ kind: 'evidence', audience: 'team' }, foundAgain);
  const why = reason === undefined ? null : contents.text({ kind: 'reason', audience: 'team' }, reason);
  return { kind: 'mark-duplicate', of, independent, opens: false, reason: why, evidence };
}

function pairIn(locked: ReadonlyMap<CaseId, CaseRecord>, ...ids: readonly CaseId[]): ReadonlyMap<CaseId, CaseRecord> {
  return new Map([...locked].filter(([id]) => ids.includes(id)));
}

/** The case that a member means by its codename, among those of their queue; anything else is taken for an id. */
export async function caseNamed(world: World, actor: PersonActor, name: string): Promise<string> {
  const wanted = name.trim().toLowerCase();
  if (!/^[a-z]+-[a-z]+$/.test(wanted)) return name;
  const named = (await readQueue(world, actor, { codename: wanted, lookup: true })).rows;
  return named.length === 1 ? (named[0]?.state.case ?? name) : name;
}
