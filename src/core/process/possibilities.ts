// SPDX-License-Identifier: Apache-2.0
// What an actor can do where a case stands: the buttons of its page, and what its queue offers.

import type { ActionKind, CaseAction } from '../model/action.ts';
import type { UnmetGate } from '../model/refusal.ts';
import { deciders } from './deciders.ts';
import { isKnownBefore, unmet } from './gates.ts';
import { waiting } from './publication-instant.ts';
import type { Situation } from './situation.ts';
import { missingFor } from './steps/embargo-terms.ts';
import { rowOf } from './table.ts';
import { granter, voicesAsked } from './voices.ts';
import { fitsSomewhere } from './where.ts';
import { entitled } from './who-may.ts';

/** What an actor could do now, and what stands in the way of the rest: the buttons of the case page. */
export interface Possibility {
  readonly action: ActionKind;
  readonly unmet: readonly UnmetGate[];
}

/** Offered beside the message that waits, which the outbox knows and the case does not. */
const besideItsMessage: readonly ActionKind[] = ['withdraw-message', 'withdraw-party-message'];
/** Offered while a document waits: where the program signs by itself nobody ever does this. */
const signing: ActionKind = 'sign-documents';
/** In the order in which possibilities are told. */
export const offerable = (Object.keys(deciders) as CaseAction['kind'][]).filter((kind) => !besideItsMessage.includes(kind));

/** Actions that this actor may take where the case stands, each with the gates that are not met yet. Flaw and branch actions appear when any of theirs fits. */
export function possibilities(situation: Situation): readonly Possibility[] {
  return offerable.flatMap((kind) => possibility(kind, situation) ?? []);
}

/** The same for one action; nothing where it is not this actor's, or not possible here. */
export function possibility(kind: CaseAction['kind'], situation: Situation): Possibility | undefined {
  const row = rowOf(kind);
  if (kind === signing && waiting(situation.state).length === 0) return undefined;
  if (!fitsSomewhere(row, situation) || !row.by.some((by) => by !== 'process' && entitled(by, situation))) return undefined;
  const known = unmet(row.gates.filter(isKnownBefore), row.policyGates ?? 'nothing', situation, { kind } as CaseAction);
  return { action: kind, unmet: [...known, ...lacking(kind, situation)] };
}

/** Whoever would grant a request sees what it lacks before they press. */
function lacking(kind: CaseAction['kind'], situation: Situation): readonly UnmetGate[] {
  return kind === 'agree-embargo' && voicesAsked(situation).includes(granter) ? missingFor(situation, false).unmet : [];
}
