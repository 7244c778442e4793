// SPDX-License-Identifier: Apache-2.0
// Whether a case moved since somebody looked at it, and the version by which they say so.

import type { Actor } from '../core/model/actor.ts';
import type { CaseState } from '../core/model/case.ts';
import type { Event } from '../core/model/event.ts';
import { reach } from '../core/policy/access.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { Transaction } from '../ports/store/store.ts';
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
  if (isToldParty(actor, record)) return seen !== (await versionTo(actor, record, transaction));
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

/** The version of a case to who acts: told parties and reporters count what they are told, so that nothing of the rest can be counted; everybody else the whole (L-08). */
export async function versionTo(actor: Actor, record: CaseRecord, { cases }: Transaction): Promise<number> {
  const { state } = record;
  if (actor.kind === 'reporter') return reporterVersion(await cases.log(state.case), actor.participant);
  return isToldParty(actor, record) ? partyVersion(await cases.log(state.case)) : state.version;
}

/** The same after an action, which may have changed how much its actor reads. */
export async function versionAfter(actor: Actor, state: CaseState, transaction: Transaction): Promise<number> {
  const concerns =
    actor.kind === 'reporter' || (actor.kind === 'person' && state.parties.some(({ role }) => role !== null && actor.roles.includes(role)));
  const record = concerns ? await transaction.cases.find(state.case) : undefined;
  return record === undefined ? state.version : versionTo(actor, record, transaction);
}

function isToldParty(actor: Actor, { guarded }: CaseRecord): boolean {
  return actor.kind === 'person' && ['party', 'terms'].includes(reach(principalOf(actor), guarded));
}
