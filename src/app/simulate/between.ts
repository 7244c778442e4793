// SPDX-License-Identifier: Apache-2.0
// What the cases of a script have to do with each other: which stand beside an action, what it brings to them, and the parts that a split opens.

import type { ActionOf, CaseAction } from '../../core/model/action.ts';
import type { CaseState } from '../../core/model/case.ts';
import type { EventData } from '../../core/model/event.ts';
import type { CaseId } from '../../core/model/identifiers.ts';
import { decideBeside } from '../../core/process/decide.ts';
import { reported } from '../../core/process/shared.ts';
import type { Situation } from '../../core/process/situation.ts';
import { partnersOf } from '../../core/process/steps/duplicates.ts';
import { partOpened, reportToSplit } from '../../core/process/steps/flaws.ts';
import { stoodWithin } from '../split.ts';
import type { Begun, Cue, Scene, Stage } from './stage.ts';

/** The action with what the door looks up: what stood in each case when one of them was split. */
export function completed({ scenes }: Stage, action: CaseAction): CaseAction {
  if (action.kind !== 'split-case') return action;
  return { ...action, stood: [...scenes.values()].map(({ state, log }) => stoodWithin(state, log)) };
}

/** Cases that are locked together with this one: its partners, and for what is told among relatives all that share something with it. */
export function othersOf({ scenes }: Stage, state: CaseState, action: CaseAction): readonly Scene[] {
  const ids = new Set<CaseId>(partnersOf(action, state));
  if (action.kind === 'update-relations') {
    const next = [...state.record.sharers];
    for (let id = next.pop(); id !== undefined; id = next.pop()) {
      if (ids.has(id)) continue;
      ids.add(id);
      next.push(...(scenes.get(id)?.state.record.sharers ?? []));
    }
  }
  ids.delete(state.case);
  return [...ids].flatMap((id) => scenes.get(id) ?? []);
}

/** What the action brings to the other cases, decided before anything was kept. */
export function broughtToOthers(action: CaseAction, before: Situation): readonly (readonly [CaseId, readonly EventData[]])[] {
  return (before.others ?? []).flatMap((other) => {
    const events = decideBeside(action, before, other);
    return events.length === 0 ? [] : [[other.state.case, events] as const];
  });
}

/** Each part holds the report under a title of its own. */
export function partsOf(action: ActionOf<'split-case'>, { state }: Situation, { opens }: Pick<Cue, 'opens'>): readonly Begun[] {
  const report = reportToSplit(action, state);
  if (report === undefined) return [];
  const shared = state.visibility === 'private' ? reported(state) : [];
  return action.parts.map((part, index) => ({
    name: opens[index] ?? part.codename,
    data: partOpened(part, state, { ...report, title: part.title }, shared),
  }));
}
