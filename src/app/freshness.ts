// SPDX-License-Identifier: Apache-2.0
// Whether a case moved since somebody looked at it, and the version by which they say so.

import type { Actor } from '../core/model/actor.ts';
import type { CaseState } from '../core/model/case.ts';
import type { Event } from '../core/model/event.ts';
import { reach } from '../core/policy/access.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { Transaction } from '../ports/store/store.ts';
import { numberVersion } from './number-view.ts';
import { partyVersion } from './party-view.ts';
import { principalOf } from './principal.ts';
import { reporterVersion, toldSince } from './reporter-view.ts';

const ofTheRecord: readonly Event['kind'][] = [
  'content-classified',
  'redaction-proposed',
  'redaction-approved',
  'redaction-declined',
  'finding-kept',
  'proof-decided',
  'proofs-opened',
  'opening-agreed',
];

/** Reminders, what people say and what becomes of it in the record do not make a form stale; whatever moves the case does. */
const harmless: readonly Event['kind'][] = [
  'reminder-due',
  'note-added',
  'message-sent',
  'message-withdrawn',
  'message-received',
  'party-written-to',
  'party-wrote',
  'report-acknowledged',
  'patch-checked',
  'vendors-asked',
  'rules-acknowledged',
  'relations-updated',
  'documents-signed',
  'target-followed',
  ...ofTheRecord,
];

export async function changedSince(seen: number, record: CaseRecord, actor: Actor, transaction: Transaction): Promise<boolean> {
  const { state } = record;
  if (readsInPart(actor, record)) return seen !== (await versionTo(actor, record, transaction));
  if (actor.kind === 'reporter') {
    const log = await transaction.cases.log(state.case);
    if (seen < 1 || seen > reporterVersion(log, actor.participant)) return true;
    return toldSince(log, actor.participant, seen).some((event) => !harmless.includes(event.kind));
  }
  if (seen === state.version) return false;
  if (seen < 1 || seen > state.version) return true;
  const log = await transaction.cases.log(state.case);
  return log.some((event) => event.seq > seen && !harmless.includes(event.kind));
}

/**
 * The version of a case to who acts: told parties, who enters numbers and reporters count what they are told, so that nothing of the rest can be counted;
 * everybody else the whole (L-08).
 */
export async function versionTo(actor: Actor, record: CaseRecord, { cases }: Transaction): Promise<number> {
  const { state } = record;
  if (actor.kind === 'reporter') return reporterVersion(await cases.log(state.case), actor.participant);
  const part = readsInPart(actor, record);
  if (part === undefined) return state.version;
  return part === 'for_a_number' ? numberVersion(await cases.log(state.case)) : partyVersion(await cases.log(state.case));
}

/** The same after an action, which may have changed how much its actor reads; of a case that they read no longer, and read in part before, nothing. */
export async function versionAfter(
  actor: Actor,
  before: CaseRecord | undefined,
  state: CaseState,
  transaction: Transaction,
): Promise<number> {
  const inPart = actor.kind === 'reporter' || (before !== undefined && readsInPart(actor, before) !== undefined);
  if (!inPart) return state.version;
  const record = await transaction.cases.find(state.case);
  return record === undefined || reach(principalOf(actor), record.guarded) === 'nothing' ? 1 : versionTo(actor, record, transaction);
}

function readsInPart(actor: Actor, { guarded }: CaseRecord): 'party' | 'terms' | 'for_a_number' | undefined {
  const reached = actor.kind === 'person' ? reach(principalOf(actor), guarded) : 'nothing';
  return reached === 'party' || reached === 'terms' || reached === 'for_a_number' ? reached : undefined;
}
