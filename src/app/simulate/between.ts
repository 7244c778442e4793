// SPDX-License-Identifier: Apache-2.0
// What the cases of a script have to do with each other: which stand beside an action, what it brings to them, and the parts that a split opens.

import type { CaseAction } from '../../core/model/action.ts';
import type { CaseState } from '../../core/model/case.ts';
import type { CaseId } from '../../core/model/identifiers.ts';
import { decideBeside } from '../../core/process/decide.ts';
import { evolve, opened } from '../../core/process/evolve.ts';
import { reported } from '../../core/process/shared.ts';
import type { Situation } from '../../core/process/situation.ts';
import { partnersOf } from '../../core/process/steps/duplicates.ts';
import { partOpened, reportToSplit } from '../../core/process/steps/flaws.ts';
import { stoodWithin } from '../split.ts';
import type { Cue, Scene, Stage } from './scene.ts';
import { follow, keep, stamped } from './scene.ts';

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

interface Done {
  readonly cue: Cue;
  readonly action: CaseAction;
  /** As it was when the action was decided. */
  readonly before: Situation;
}

/** What the action brings to the other cases, told in each; and the parts that it opens. */
export function tellOthers(stage: Stage, { cue, action, before }: Done): void {
  for (const other of before.others ?? []) {
    const events = decideBeside(action, before, other);
    if (events.length > 0) keep(stage, other.state.case, cue, action.kind, events);
  }
  if (action.kind === 'split-case') openParts(stage, cue, before, action);
}

/** Each part holds the report under a title of its own. */
function openParts(stage: Stage, cue: Cue, { state }: Situation, action: CaseAction & { readonly kind: 'split-case' }): void {
  const report = reportToSplit(action, state);
  if (report === undefined) return;
  const shared = state.visibility === 'private' ? reported(state) : [];
  for (const [index, part] of action.parts.entries()) {
    const data = partOpened(part, state, { ...report, title: part.title }, shared);
    const [head, ...rest] = stamped(data, cue, 0);
    if (head === undefined) continue;
    const name = cue.opens[index] ?? part.codename;
    stage.scenes.set(part.case, { name, state: rest.reduce(evolve, opened(head)), log: [head, ...rest] });
    follow(stage, part.case, null, cue, 'split-case', [head, ...rest]);
  }
}
