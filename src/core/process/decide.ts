// SPDX-License-Identifier: Apache-2.0
// The one place where an action is allowed or refused: who, where, which gates, and then what happened.

import type { CaseAction } from '../model/action.ts';
import type { EventData } from '../model/event.ts';
import type { Refused, UnmetGate } from '../model/refusal.ts';
import { isRefusal, refused } from '../model/refusal.ts';
import { deciders } from './deciders.ts';
import { answeredByWords, conditionsOf, unmet } from './gates.ts';
import type { Decider, Other, Situation } from './situation.ts';
import * as disclosure from './steps/disclosure.ts';
import * as duplicates from './steps/duplicates.ts';
import * as flaws from './steps/flaws.ts';
import * as parties from './steps/parties.ts';
import type { Row } from './table/row.ts';
import { rowOf } from './table.ts';
import { wrongState } from './where.ts';
import { entitled, whoMay } from './who-may.ts';

export interface Decision {
  /** In order; empty when the action changes nothing because it was done before. */
  readonly events: readonly EventData[];
}

/** Decides one action on an existing case. Whether the actor may see the case at all was asked before (core/policy/access.ts). */
export function decide(action: CaseAction, situation: Situation): Decision | Refused {
  const row = rowOf(action.kind);
  if (!row.by.some((by) => entitled(by, situation))) return refused.notPermitted(whoMay(row, situation));
  const misplaced = wrongState(row, action, situation);
  if (misplaced !== undefined) return misplaced;
  const missing = unmet(row.gates, row.policyGates ?? 'nothing', situation, action);
  if (missing.some((gate) => gate.strength === 'must') || (missing.length > 0 && action.deviation === undefined))
    return refused.gates(missing);
  const events = (deciders[action.kind] as Decider<CaseAction['kind']>)(action, situation);
  if (isRefusal(events)) return events;
  const all = [...deviations(missing, row, action, situation), ...events];
  return { events: [...all, ...disclosure.stoppedByFinding(situation, all), ...parties.vendorsAsked(situation, all)] };
}

/** The events that an action brings to another case which is locked together with its own. Asked once the action itself was decided. */
export function decideBeside(action: CaseAction, situation: Situation, other: Other): readonly EventData[] {
  switch (action.kind) {
    case 'mark-duplicate':
      return duplicates.attached(action, situation, { ...situation, ...other });
    case 'undo-duplicate':
      return duplicates.detached(situation, other);
    case 'split-case':
      return flaws.sharedBeside(action, situation, other);
    case 'update-relations':
      return duplicates.updatedBeside(other, situation);
    default:
      return [];
  }
}

function deviations(missing: readonly UnmetGate[], row: Row, { deviation }: CaseAction, situation: Situation): readonly EventData[] {
  if (deviation === undefined) return [];
  const gates = answeredByWords(missing, conditionsOf(row.policyGates ?? 'nothing', situation));
  return gates.map((gate) => ({ kind: 'deviation-recorded', gate, reason: deviation }));
}
