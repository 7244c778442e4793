// SPDX-License-Identifier: Apache-2.0
// Every embargo of a project that somebody may know of, on one page: the cases that the database shows them, and no others.

import type { PersonActor } from '../core/model/actor.ts';
import type { CaseState } from '../core/model/case.ts';
import type { Instant } from '../core/model/time.ts';
import { guarded, reach } from '../core/policy/access.ts';
import type { Policy } from '../core/policy/policy.ts';
import { bindingCap, type Cap, caps } from '../core/process/caps.ts';
import { type EmbargoMark, embargoMarks } from '../core/process/embargo-marks.ts';
import { partyState } from './party-view.ts';
import type { World } from './world.ts';

export interface EmbargoRow {
  readonly state: CaseState;
  readonly policy: Policy;
  readonly marks: readonly EmbargoMark[];
  /** For those inside; a party does not learn what binds the others. */
  readonly caps: readonly Cap[];
  readonly cap: Cap | undefined;
  /** Parties that were told and still take part, of those that the policy names; null for a party. */
  readonly told: { readonly told: number; readonly ready: number; readonly of: number } | null;
}

export interface EmbargoesView {
  readonly now: Instant;
  /** Those that end first come first. */
  readonly rows: readonly EmbargoRow[];
}

export async function readEmbargoes(world: World, actor: PersonActor): Promise<EmbargoesView> {
  const { project, person, roles } = actor;
  const who = { kind: 'person', project, person, roles } as const;
  const now = world.clock.now();
  const entries = await world.store.as(who, ({ cases }) => cases.queue({ open: true, limit: 500 }));
  const rows = entries.flatMap(({ state, policy }): EmbargoRow[] => {
    if (state.visibility === 'public' || state.embargo.state === 'none') return [];
    const reached = reach(who, guarded(state, policy));
    if (reached === 'everything') return [embargoRow(state, policy)];
    if (reached !== 'party') return [];
    const own = partyState(state, 'party', actor, now);
    return [{ state: own, policy, marks: embargoMarks(own, policy), caps: [], cap: undefined, told: null }];
  });
  return { now, rows: rows.sort(byEnd) };
}

/** The row of a case for those who read all of it. */
export function embargoRow(state: CaseState, policy: Policy): EmbargoRow {
  const taking = state.parties.filter((party) => party.notifiedAt !== null && party.state !== 'left');
  return {
    state,
    policy,
    marks: embargoMarks(state, policy),
    caps: caps(state, policy),
    cap: bindingCap(state, policy),
    told: { told: taking.length, ready: taking.filter((party) => party.state === 'ready').length, of: policy.downstream.parties.length },
  };
}

/** Without an end last; cases of the same end in the order of their ids, which tell nothing (L-22). */
function byEnd(one: EmbargoRow, other: EmbargoRow): number {
  const key = ({ state }: EmbargoRow) => `${state.embargo.until ?? '9'} ${state.case}`;
  return key(one) < key(other) ? -1 : 1;
}
