// SPDX-License-Identifier: Apache-2.0
// What several cases share, a report that was split above all: closed in each of them until the last of them is public (L-02, QEMU-11).

import type { CaseState } from '../model/case.ts';
import { ownReporters } from '../model/case.ts';
import type { EventData } from '../model/event.ts';
import type { CaseId, PieceId } from '../model/identifiers.ts';

/**
 * Whether a case keeps what it shares closed no more: it is public, or has ended in private without a flaw of ours or of anybody else's.
 * What is another project's flaw may be a secret there, and this project is not told when it ends: it keeps the rest closed until the passage is struck out.
 */
export function isSettled({ visibility, handling }: CaseState): boolean {
  return visibility === 'public' || handling === 'spam' || handling === 'withdrawn';
}

/** The cases that hold, or tell of, the same: the neighbours of this one, theirs, and so on. Undefined where one of them is not among those that are known. */
export function familyOf(state: CaseState, known: readonly CaseState[]): readonly CaseState[] | undefined {
  const states = new Map(known.map((one) => [one.case, one]));
  const family = new Map([[state.case, state]]);
  const next = [...state.record.sharers];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (family.has(id)) continue;
    const one = states.get(id);
    if (one === undefined) return undefined;
    family.set(id, one);
    next.push(...one.record.sharers);
  }
  return [...family.values()];
}

/** What the case shows to the world once no secret of the others is in it any more; nothing where all is open already. */
export function sharedOpened(state: CaseState, known: readonly CaseState[]): readonly EventData[] {
  if (state.record.shared.length === 0) return [];
  const settled = familyOf(state, known)?.every(isSettled) ?? false;
  return settled ? [{ kind: 'shared-opened' }] : [];
}

/** What the state itself knows of: title, reports and their files, the answers that were put in their place. */
export function reported(state: CaseState): readonly PieceId[] {
  const refs = [state.title, ...ownReporters(state).flatMap((one) => [...one.report, ...one.attachments]), ...state.corrected];
  return refs.map(({ id }) => id);
}

/** The ids of the same, looked up one by one. */
export async function sharersOf(state: CaseState, find: (id: CaseId) => Promise<CaseState | undefined>): Promise<readonly CaseId[]> {
  const seen = new Set<CaseId>();
  const next = [...state.record.sharers];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    next.push(...((await find(id))?.record.sharers ?? []));
  }
  return [...seen].filter((id) => id !== state.case);
}
