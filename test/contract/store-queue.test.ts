// SPDX-License-Identifier: Apache-2.0
// A long queue in pages: each goes on where the one before ended, the count is that of all of them, and patches can stand first.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasPatch } from '../../src/core/model/case.ts';
import type { ProjectId } from '../../src/core/model/identifiers.ts';
import type { Instant } from '../../src/core/model/time.ts';
import type { QueueEntry, QueuePlace } from '../../src/ports/store/cases.ts';
import { testDatabase } from '../support/database.ts';
import { anna, anyone, cna, file, libvirt, personOf, policyVersion, processOf, qemu, receive, report, settle } from './store-material.ts';

const { store } = await testDatabase();
await settle(store);

test('a page of the queue goes on behind a place, whatever came or went in between, and the count is that of all pages', async () => {
  const project = libvirt;
  const at = (hour: number) => `2026-03-10T${String(hour).padStart(2, '0')}:00:00.000Z` as Instant;
  for (const hour of [1, 2, 3, 4, 5]) await receive(store, report(project, { title: `${hour}` }), { nextDeadline: at(hour) });
  for (const title of ['none 1', 'none 2']) await receive(store, report(project, { title }));
  await receive(store, report(project, { title: 'hidden' }), { guarded: { readers: [cna] } });
  await receive(store, report(project, { title: 'open to all' }), { guarded: { readers: [cna], public: true, opening: 'issue' } });
  const page = (after?: QueuePlace) =>
    store.as(personOf(project, anna), ({ cases }) => cases.queue({ open: true, limit: 2, ...(after === undefined ? {} : { after }) }));
  const behind = (entries: readonly QueueEntry[]): QueuePlace => {
    const last = entries.at(-1);
    assert.ok(last !== undefined);
    return { patches: false, deadline: last.nextDeadline, openedAt: last.openedAt, case: last.state.case };
  };
  const first = await page();
  assert.deepEqual(
    first.map((entry) => entry.title),
    ['1', '2'],
  );
  await receive(store, report(project, { title: 'new, and urgent' }), { nextDeadline: at(0) });
  const second = await page(behind(first));
  assert.deepEqual(
    second.map((entry) => entry.title),
    ['3', '4'],
  );
  const third = await page(behind(second));
  assert.deepEqual([third[0]?.title, third[1]?.nextDeadline], ['5', null]);
  const fourth = await page(behind(third));
  assert.deepEqual(
    fourth.map((entry) => entry.nextDeadline),
    [null],
  );
  assert.deepEqual(await page(behind(fourth)), []);
  const total = await store.as(personOf(project, anna), ({ cases }) => cases.queued({ open: true, limit: 100 }));
  assert.equal(total, 8, 'neither what is hidden nor what everybody may read');
  assert.equal(await store.as(anyone(project), ({ cases }) => cases.queued({ open: true, limit: 100 })), 0);
  assert.equal(await store.as(personOf(project, anna), ({ cases }) => cases.queued({ open: true, limit: 3 })), 3, 'counting ends there');
});

test('QEMU-26 cases with a patch can stand first, on every page', async () => {
  const project = qemu;
  const at = (hour: number) => `2026-03-10T0${hour}:00:00.000Z` as Instant;
  const patch = () => file({ purpose: 'patch', audience: 'shared' }, 'fix.patch', new TextEncoder().encode('diff'));
  await receive(store, report(project, { title: 'soon' }), { nextDeadline: at(1) });
  await receive(store, report(project, { title: 'later, with a patch', files: [patch()] }), { nextDeadline: at(5) });
  await receive(store, report(project, { title: 'never, with a patch', files: [patch()] }));
  await receive(store, report(project, { title: 'never' }));
  const titles: string[] = [];
  let after: QueuePlace | undefined;
  for (;;) {
    const place = after === undefined ? {} : { after };
    const [entry] = await store.as(personOf(project, anna), ({ cases }) =>
      cases.queue({ open: true, limit: 1, patchesFirst: true, ...place }),
    );
    if (entry === undefined) break;
    titles.push(entry.title);
    const { nextDeadline: deadline, openedAt, state } = entry;
    after = { patches: hasPatch(state), deadline, openedAt, case: state.case };
  }
  assert.deepEqual(titles, ['later, with a patch', 'never, with a patch', 'soon', 'never']);
});

test('P4 T24 the process is given the cases that have ended while a clock of theirs runs, and no others', async () => {
  const project = 'ended' as ProjectId;
  await store.as(processOf(project), async ({ accounts, policies }) => {
    await accounts.addProject({ project, title: 'The ended project' });
    await policies.activate(policyVersion(project, 1));
  });
  const soon = '2026-03-10T01:00:00.000Z' as Instant;
  const ended = (title: string, nextDeadline: Instant | null) => {
    const one = report(project, { title });
    return receive(store, one, { state: { ...one.first.state, handling: 'closed' }, nextDeadline });
  };
  await receive(store, report(project, { title: 'open' }), { nextDeadline: soon });
  await ended('ended, and quiet', null);
  await ended('ended, a channel is open', soon);
  const titles = (filter: { readonly open: boolean; readonly clocked?: boolean }) =>
    store.as(processOf(project), async ({ cases }) => (await cases.queue({ ...filter, limit: 10 })).map(({ title }) => title));
  assert.deepEqual(await titles({ open: false, clocked: true }), ['ended, a channel is open']);
  assert.deepEqual((await titles({ open: false })).toSorted(), ['ended, a channel is open', 'ended, and quiet']);
  assert.deepEqual(await titles({ open: true, clocked: true }), ['open']);
});
