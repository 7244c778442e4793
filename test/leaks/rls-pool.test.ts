// SPDX-License-Identifier: Apache-2.0
// Many principals on few connections: whatever ends a transaction takes its principal away, and no row crosses over.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PersonId } from '../../src/core/model/identifiers.ts';
import type { Principal } from '../../src/core/policy/access.ts';
import { OutsideFailure } from '../../src/ports/failure.ts';
import type { Transaction } from '../../src/ports/store/store.ts';
import { anyone, libvirt, personOf, processOf, qemu, type Report, receive, report, settle } from '../contract/store-material.ts';
import { testDatabase } from '../support/database.ts';

const { store, ask } = await testDatabase();
await settle(store);

class Stop extends Error {}

/** How a transaction ends beside its commit. */
const endings: readonly ((transaction: Transaction, one: Report) => Promise<unknown>)[] = [
  async () => {
    throw new Stop();
  },
  // A statement that the database refuses leaves the transaction aborted.
  ({ accounts }, one) =>
    accounts.addCaseLink({ tokenHash: 'x', case: one.id, participant: one.participant, expires: 'no instant' as never }),
  ({ cases }, one) => cases.append(one.id, one.first),
];

test('2,000 interleaved transactions of 50 principals, some aborted, some cut off: each sees its own case and no other', {
  timeout: 120_000,
}, async () => {
  const reports: Report[] = [];
  for (let index = 0; index < 46; index++) {
    const guest = `guest-${index}` as PersonId;
    reports.push(await receive(store, report(index % 2 === 0 ? libvirt : qemu), { guarded: { readers: [], guests: [guest] } }));
  }
  const looks = reports.flatMap((one, index): readonly (readonly [Principal, Report])[] => {
    const project = one.first.state.project;
    return index < 20 ? [[one.reporter, one]] : [[personOf(project, `guest-${index}` as PersonId), one]];
  });
  const strangers: readonly Principal[] = [libvirt, qemu].flatMap((project) => [anyone(project), personOf(project, 'cleo' as PersonId)]);
  const seen = { own: 0, crossed: 0, aborted: 0, cut: 0 };

  const look = async (turn: number) => {
    const [who, own] = looks[turn % looks.length] ?? assert.fail();
    const other = reports[(turn * 7 + 1) % reports.length] ?? assert.fail();
    await store.as(who, async (transaction) => {
      if (turn % 5 === 0) await endings[turn % endings.length]?.(transaction, own);
      const [mine, theirs] = [await transaction.cases.find(own.id), await transaction.cases.find(other.id)];
      seen.own += mine === undefined ? 0 : 1;
      seen.crossed += theirs !== undefined && other !== own ? 1 : 0;
    });
  };
  const strange = async (turn: number) => {
    const who = strangers[turn % strangers.length] ?? assert.fail();
    const found = await store.as(who, ({ cases }) => cases.find(reports[turn % reports.length]?.id ?? assert.fail()));
    seen.crossed += found === undefined ? 0 : 1;
  };
  const cutOff = () =>
    ask(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'daylight app' limit 2`,
    );

  const turns = Array.from({ length: 2000 }, (_, turn) => turn);
  const worker = async () => {
    for (let turn = turns.pop(); turn !== undefined; turn = turns.pop()) {
      if (turn % 200 === 100) await cutOff();
      try {
        await (turn % 11 === 0 ? strange(turn) : look(turn));
      } catch (error) {
        if (error instanceof OutsideFailure) seen.cut += 1;
        else seen.aborted += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: 25 }, worker));
  assert.equal(seen.crossed, 0);
  assert.ok(seen.own > 1200 && seen.aborted > 300 && seen.cut > 0, JSON.stringify(seen));
  const process = await store.as(processOf(libvirt), ({ cases }) => cases.queue({ open: true, limit: 100 }));
  assert.equal(process.length, 23);
});

test('a session that is over answers nothing any more', async () => {
  const kept = await store.as(processOf(libvirt), async (transaction) => transaction);
  await assert.rejects(kept.cases.queue({ open: true, limit: 1 }), /over/);
});
