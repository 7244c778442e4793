// SPDX-License-Identifier: Apache-2.0
// Reading the queue: one page of the open cases that somebody sees, each as far as it reaches them.

import type { Actor } from '../core/model/actor.ts';
import type { CaseState } from '../core/model/case.ts';
import type { CaseId, PersonId } from '../core/model/identifiers.ts';
import type { Instant } from '../core/model/time.ts';
import { guarded, reach } from '../core/policy/access.ts';
import type { Policy } from '../core/policy/policy.ts';
import { nextStepOf } from '../core/process/next-step.ts';
import { rowOf } from '../core/process/table.ts';
import { tellHeldBack, withinAnHour } from './bulk-reads.ts';
import { numberState } from './number-view.ts';
import { partyState } from './party-view.ts';
import { pressingClock } from './pressing-clock.ts';
import { principalOf } from './principal.ts';
import { placeIn, placeOf } from './queue-place.ts';
import { namesIn } from './read.ts';
import type { QueueGroup, QueueOrder, QueueRow, QueueView } from './views.ts';
import type { World } from './world.ts';

export interface QueueAsked {
  readonly order?: QueueOrder;
  readonly after?: string | undefined;
  readonly codename?: string;
  /** Somebody looks for a codename, and no title is shown: it leaves no row in the log of reads. */
  readonly lookup?: true;
}

/** Cases on one page of the queue. */
export const pageLength = 100;

/** Counting all of a hundred thousand cases takes longer than the page, and nobody needs it so exactly. */
const mostCounted = 1000;

/** One page of the queue. `after`: the place that the page before named; one that has not its form begins at the top. */
export async function readQueue(
  world: World,
  actor: Actor,
  { order = 'clock', after, codename, lookup }: QueueAsked = {},
): Promise<QueueView> {
  const now = world.clock.now();
  const place = placeIn(after);
  const view = await world.store.as(principalOf(actor), async (transaction): Promise<QueueView> => {
    const byAge = readsInPart(actor, (await transaction.policies.active()).policy);
    const which = { open: true, byAge, patchesFirst: order === 'patches', ...(codename === undefined ? {} : { codename }) };
    const [found, counted, members] = await Promise.all([
      transaction.cases.queue({ ...which, limit: pageLength + 1, ...(place === undefined ? {} : { after: place }) }),
      transaction.cases.queued({ ...which, limit: mostCounted + 1 }),
      namesIn(transaction),
    ]);
    const entries = found.slice(0, pageLength);
    const last = found.length > pageLength ? entries.at(-1) : undefined;
    const all = entries.flatMap(({ state, policy, openedAt, title }): QueueRow[] => {
      const reached = reach(principalOf(actor), guarded(state, policy));
      const row = queueRow(state, openedAt, title, policy, actor, now, members);
      if (reached === 'everything') return [{ ...row, reach: reached }];
      if (reached === 'for_a_number')
        return [{ ...row, group: ownGroup(row.next), reach: reached, state: numberState(state), owner: null, clock: null }];
      return reached === 'party' || reached === 'terms' ? [forAPartyRow(row, state, reached, actor)] : [];
    });
    const rows = lookup === true ? all : await withinAnHour(transaction, all, titled);
    // One row for a page, with the confidential cases whose titles it shows (L-33).
    if (lookup !== true) await transaction.cases.recordList('queue', titled(rows));
    return {
      now,
      rows,
      total: Math.min(counted, mostCounted),
      more: counted > mostCounted,
      order,
      after: place === undefined ? null : (after ?? null),
      next: last === undefined ? null : placeOf(last, byAge),
    };
  });
  if (view.rows.some(({ heldBack }) => heldBack)) await tellHeldBack(world, principalOf(actor));
  return view;
}

/** Somebody who reads of cases what a party or a number needs, and none as a whole by a role: no list of theirs follows clocks that are not theirs. */
function readsInPart(actor: Actor, { visibility, downstream }: Policy): boolean {
  if (actor.kind !== 'person' || actor.roles.some((role) => visibility.onReceipt.includes(role))) return false;
  const inPart = [...visibility.cveQueue, ...downstream.parties.flatMap(({ to }) => (to.kind === 'role' ? [to.role] : []))];
  return actor.roles.some((role) => inPart.includes(role));
}

function titled(rows: readonly QueueRow[]): readonly CaseId[] {
  return rows.filter(({ state, title }) => state.visibility === 'private' && title !== '').map(({ state }) => state.case);
}

function queueRow(
  state: CaseState,
  openedAt: Instant,
  title: string,
  policy: Policy,
  actor: Actor,
  now: Instant,
  names: ReadonlyMap<PersonId, string>,
): Omit<QueueRow, 'reach'> {
  const next = pressingClock(state, policy);
  const doable = nextStepOf({ state, policy, actor, now, nextNumber: '' });
  const overdue = next !== null && next.at <= now;
  const group: QueueGroup = isLater(state, now) ? 'later' : overdue ? 'overdue' : doable === undefined ? 'waiting' : 'decide';
  return {
    group,
    state,
    title,
    openedAt,
    owner: state.owner === null ? null : (names.get(state.owner) ?? null),
    clock: next,
    next: doable === undefined ? null : rowOf(doable).label,
  };
}

/** A report beyond what its reporter may send in a day stands below all others until its turn comes; whoever takes it up brings it to the rest (QEMU-1). */
function isLater({ queuedUntil, handling }: CaseState, now: Instant): boolean {
  return queuedUntil !== null && now < queuedUntil && (handling === 'held' || handling === 'received');
}

/** For who is told of no clock: whether the project is late is its own affair. */
function ownGroup(next: string | null): QueueGroup {
  return next === null ? 'waiting' : 'decide';
}

/** For a party its own standing, and the codename alone before the terms are accepted. */
function forAPartyRow(row: Omit<QueueRow, 'reach'>, state: CaseState, reached: 'party' | 'terms', actor: Actor): QueueRow {
  const who = actor.kind === 'person' ? actor : { person: '' as PersonId, roles: [] };
  const title = reached === 'party' ? row.title : '';
  // Before the terms there is one answer.
  const doable = reached === 'terms' ? rowOf('accept-terms').label : row.next;
  return {
    ...row,
    group: ownGroup(doable),
    next: doable,
    reach: reached,
    title,
    state: partyState(state, reached, who),
    owner: null,
    clock: null,
  };
}
