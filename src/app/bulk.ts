// SPDX-License-Identifier: Apache-2.0
// Many cases in one action: a cluster of near copies is closed by marking each as a duplicate of one case (QEMU-1, P7).

import type { PersonActor } from '../core/model/actor.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import type { Refusal } from '../core/model/refusal.ts';
import { isRefusal } from '../core/model/refusal.ts';
import { act } from './act.ts';
import { foundAgain } from './bodies/relations.ts';
import { newContents } from './contents.ts';
import { readQueue } from './read.ts';
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

/** Each case in a transaction of its own: one that is refused holds up no other, and the answer says which. */
export async function markDuplicates(world: World, actor: PersonActor, cluster: Cluster): Promise<readonly Outcome[]> {
  const { of, independent, reason } = cluster;
  const outcomes: Outcome[] = [];
  for (const id of [...new Set(cluster.cases)].slice(0, mostAtOnce)) {
    const contents = newContents(world.random);
    const evidence = contents.text({ kind: 'evidence', audience: 'team' }, foundAgain);
    const why = reason === undefined ? null : contents.text({ kind: 'reason', audience: 'team' }, reason);
    // Nothing becomes public by a list: for a target that is public each case is opened by itself.
    const action = { kind: 'mark-duplicate', of, independent, opens: false, reason: why, evidence } as const;
    const acted = await act(world, actor, id, { action, contents });
    outcomes.push({ case: id, refusal: isRefusal(acted) ? acted.refusal : null });
  }
  return outcomes;
}

/** The case that a member means by its codename, among those of their queue; anything else is taken for an id. */
export async function caseNamed(world: World, actor: PersonActor, name: string): Promise<string> {
  const wanted = name.trim().toLowerCase();
  if (!/^[a-z]+-[a-z]+$/.test(wanted)) return name;
  const named = (await readQueue(world, actor, { codename: wanted, lookup: true })).rows;
  return named.length === 1 ? (named[0]?.state.case ?? name) : name;
}
