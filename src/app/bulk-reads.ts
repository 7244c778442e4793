// SPDX-License-Identifier: Apache-2.0
// Reading in bulk: whoever opens too many confidential cases within an hour is locked out at once, for that is how a stolen session works (L-31).

import type { CaseId, PersonId, ProjectId } from '../core/model/identifiers.ts';
import { isRefusal } from '../core/model/refusal.ts';
import type { Principal } from '../core/policy/access.ts';
import { rolesWith } from '../core/policy/policy.ts';
import { administrator } from '../core/process/owners.ts';
import type { Transaction } from '../ports/store/store.ts';
import { actOnPersonIn } from './roster.ts';
import { endAccess } from './sign-in/sessions.ts';
import type { QueueRow } from './views.ts';
import type { World } from './world.ts';

/**
 * Different confidential cases that one person may open within an hour. Somebody who triages opens a dozen in a busy hour; a case each ninety seconds
 * for a whole hour is nobody's reading. Reports that wait for a moderator come on top of that, for they come in floods. It is the same for everybody and no policy moves it: it limits what one stolen session is worth.
 */
export const mostCasesInAnHour = 40;

/**
 * Different confidential titles that lists show one person within an hour: two full pages. Beyond them a list shows the codename alone, so that a stolen session
 * does not walk off with every title, and nobody who has a long queue is locked out over it.
 */
export const mostTitlesInAnHour = 200;

const why = `More than ${mostCasesInAnHour} confidential cases were opened within an hour.`;

/**
 * Ends every session and token of the reader, suspends them, and tells those who may admit and who run the system. The case that was one too many was
 * not shown: for the reader it is not there. Nobody but a person reads in bulk.
 */
export async function stopReading(
  world: World,
  { kind, project, ...who }: Principal | { readonly kind: 'agent'; readonly project: ProjectId },
): Promise<undefined> {
  if (kind !== 'person' || !('person' in who)) return undefined;
  const { person } = who;
  const stopped = await world.store.as({ kind: 'process', project }, (transaction) => stop(world, transaction, project, person));
  if (stopped) world.log('reading-stopped', { person });
  return undefined;
}

/** False when another request of theirs has done it before. */
async function stop(world: World, transaction: Transaction, project: ProjectId, person: PersonId): Promise<boolean> {
  const at = world.clock.now();
  const request = { person, action: { kind: 'suspend' }, note: why } as const;
  const suspended = await actOnPersonIn(world, transaction, project, { kind: 'process' }, request);
  if (isRefusal(suspended)) {
    await endAccess(world, transaction, person, false);
    return false;
  }
  const { accounts, policies, projectMail, signIn } = transaction;
  await signIn.log({ at, person, kind: 'reading-stopped', detail: String(mostCasesInAnHour) });
  const { policy } = await policies.active();
  for (const one of await accounts.membersIn([...rolesWith(policy, 'admit'), administrator]))
    await projectMail.put({
      key: `reading-stopped:${person}:${suspended.version}:${one.person}`,
      notice: 'reading-stopped',
      person: one.person,
      askedAt: at,
    });
  return true;
}

/** Rows of a list with the titles that they may have: beyond those of an hour a row has its codename alone (L-31). Whoever screens held reports is shown theirs. */
export async function withinAnHour(
  { cases }: Transaction,
  rows: readonly QueueRow[],
  titled: (rows: readonly QueueRow[]) => readonly CaseId[],
): Promise<readonly QueueRow[]> {
  const counted = new Set(titled(rows.filter(({ state }) => state.handling !== 'held')));
  const shown = await cases.mayBeTitled([...counted], mostTitlesInAnHour);
  const isHeldBack = ({ state }: QueueRow) => counted.has(state.case) && !shown.has(state.case);
  return rows.map((row) => (isHeldBack(row) ? { ...row, title: '', heldBack: true } : row));
}

/** Tells those who may admit and who run the system that somebody was shown as many titles as anybody is; once an hour for each. */
export async function tellHeldBack(world: World, { kind, project, ...who }: Principal): Promise<void> {
  if (kind !== 'person' || !('person' in who)) return;
  const at = world.clock.now();
  world.log('titles-held-back', { person: who.person });
  await world.store.as({ kind: 'process', project }, async ({ accounts, policies, projectMail }) => {
    const { policy } = await policies.active();
    for (const one of await accounts.membersIn([...rolesWith(policy, 'admit'), administrator]))
      await projectMail.put({
        key: `titles-held-back:${who.person}:${at.slice(0, 13)}:${one.person}`,
        notice: 'titles-held-back',
        person: one.person,
        askedAt: at,
      });
  });
}
