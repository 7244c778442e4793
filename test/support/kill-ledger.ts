// SPDX-License-Identifier: Apache-2.0
// What clients were told, and the judge who compares it with what is there in the end.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Event } from '../../src/core/model/event.ts';
import type { CaseId, ProjectId } from '../../src/core/model/identifiers.ts';
import type { Installation } from '../../src/installation.ts';
import type { Transaction } from '../../src/ports/store/store.ts';
import type { Arrival } from './kill-clients.ts';

/** A report that was answered by 201 or 250. */
export interface Acknowledged {
  readonly door: 'api' | 'smtp' | 'lmtp';
  /** What the answer told; mail tells nothing. */
  readonly case: string | null;
  /** SHA-256 of the text and of the file that were sent, or of the whole message. */
  readonly pieces: readonly string[];
  /** How often it was sent until it was answered. */
  readonly sent: number;
}

/** An action that was answered by 200, or found in the log after an attempt that was not answered. */
export interface Taken {
  readonly case: string;
  readonly action: string;
  readonly answered: boolean;
  /** Numbers and kinds of its events. */
  readonly events: readonly { readonly seq: number; readonly kind: string }[];
}

export interface Ledger {
  readonly reports: Acknowledged[];
  readonly actions: Taken[];
  /** When something was killed: `performance.now()`. */
  readonly kills: number[];
}

export interface Verdict {
  readonly reports: number;
  readonly repeated: number;
  readonly cases: number;
  readonly events: number;
  readonly answered: number;
  readonly unanswered: number;
  readonly mails: number;
  /** Mails that came twice because of a kill between the relay's 250 and our commit. */
  readonly doubled: number;
}

export function hashOf(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** @throws AssertionError naming the first thing that was acknowledged and is not there, or is there twice. */
export async function judge({ world }: Installation, project: ProjectId, ledger: Ledger, arrivals: readonly Arrival[]): Promise<Verdict> {
  return world.store.as({ kind: 'process', project }, async (transaction) => {
    const ids = await everyCase(transaction);
    const kept = new Map<string, CaseId[]>();
    let events = 0;
    for (const id of ids) {
      const verified = await transaction.cases.verify(id);
      assert.equal(verified.brokenAt, null, `the chain of ${id} is broken`);
      events += verified.events;
      checkActions(id, await transaction.cases.log(id), ledger.actions);
      for (const hash of await pieces(transaction, id)) kept.set(hash, [...(kept.get(hash) ?? []), id]);
      const waiting = (await transaction.outbox.of(id)).filter((one) => one.state === 'failed' || one.state === 'waiting');
      assert.deepEqual(waiting, [], `mail of ${id} did not leave`);
    }
    for (const report of ledger.reports) checkReport(report, kept);
    assert.equal(ids.length, ledger.reports.length, 'there are as many cases as reports');
    return {
      reports: ledger.reports.length,
      repeated: ledger.reports.filter((one) => one.sent > 1).length,
      cases: ids.length,
      events,
      answered: ledger.actions.filter((one) => one.answered).length,
      unanswered: ledger.actions.filter((one) => !one.answered).length,
      mails: arrivals.length,
      doubled: doubled(arrivals, ledger.kills),
    };
  });
}

async function everyCase({ cases }: Transaction): Promise<readonly CaseId[]> {
  const queues = await Promise.all([true, false].map((open) => cases.queue({ open, limit: 100_000 })));
  return queues.flat().map((entry) => entry.state.case);
}

/** Hashes of the texts and files of a case, as they come out of the store. */
async function pieces({ cases }: Transaction, id: CaseId): Promise<readonly string[]> {
  const hashes = [...(await cases.texts(id)).values()].map(hashOf);
  for (const { ref } of await cases.attachments(id)) {
    const found = await cases.attachment(id, ref.id);
    const hash = createHash('sha256');
    for await (const piece of found?.bytes ?? []) hash.update(piece);
    hashes.push(hash.digest('hex'));
  }
  return hashes;
}

function checkReport({ door, case: told, pieces: sent }: Acknowledged, kept: ReadonlyMap<string, readonly CaseId[]>): void {
  for (const piece of sent) {
    const cases = kept.get(piece) ?? [];
    assert.equal(cases.length, 1, `a report by ${door} that was acknowledged is there ${cases.length} times`);
    if (told !== null) assert.equal(cases[0], told, 'the report is in the case that was told');
  }
}

/** Every event of a person or a reporter belongs to exactly one action of the ledger, and the other way round; what the process did with it was told, too. */
function checkActions(id: CaseId, log: readonly Event[], actions: readonly Taken[]): void {
  const noted = actions.filter((one) => one.case === id).flatMap((one) => one.events.map(({ seq, kind }) => `${seq} ${kind}`));
  const found = log
    .filter((event) => event.seq > 1 && (event.by.kind !== 'process' || noted.includes(`${event.seq} ${event.kind}`)))
    .map(({ seq, kind }) => `${seq} ${kind}`);
  assert.deepEqual(
    found,
    noted.toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)),
    `actions in ${id}`,
  );
}

/**
 * Counts what came twice. Whoever is killed between the relay's 250 and the commit sends again, and so does a Node whose database was killed
 * under a message that was on its way. @throws AssertionError when no kill explains it
 */
function doubled(arrivals: readonly Arrival[], kills: readonly number[]): number {
  const first = new Map<string, Arrival>();
  let count = 0;
  for (const arrival of arrivals) {
    const before = first.get(arrival.messageId);
    first.set(arrival.messageId, before ?? arrival);
    if (before === undefined) continue;
    const explained = kills.some((at) => at >= before.named - onItsWay && at <= arrival.named);
    assert.ok(explained, `a mail to ${arrival.to} came twice, and no kill explains it`);
    count += 1;
  }
  return count;
}

/** Longest time from the start of a sending to the relay's first answer, in milliseconds. */
const onItsWay = 2_000;
