// SPDX-License-Identifier: Apache-2.0
// The store's cases: opened, locked, appended to, found, and replayed.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { CaseId } from '../../src/core/model/identifiers.ts';
import type { Store } from '../../src/ports/store/store.ts';
import { testDatabase } from '../support/database.ts';
import { add, anna, libvirt, personOf, processOf, receive, report, settle } from './store-material.ts';

let store: Store;

before(async () => {
  ({ store } = await testDatabase());
  await settle(store);
});

test('a case that was opened is found with its state, its policy and its access', async () => {
  const one = await receive(store, report(libvirt));
  const found = await store.as(personOf(libvirt, anna), ({ cases }) => cases.find(one.id));
  assert.deepEqual(found?.state, one.first.state);
  assert.equal(found?.policy.title, 'libvirt');
  assert.deepEqual(found?.guarded, one.first.guarded);
  assert.equal(found?.openedAt, '2026-03-02T08:00:00.000Z');
});

test('events are added to a locked case, and the log tells them in order', async () => {
  const one = await receive(store, report(libvirt));
  await add(store, personOf(libvirt, anna), one.id, [{ kind: 'case-taken-up' }, { kind: 'owner-assigned', person: anna }]);
  await store.as(personOf(libvirt, anna), async ({ cases }) => {
    assert.deepEqual(
      (await cases.log(one.id)).map((event) => event.kind),
      ['report-submitted', 'case-taken-up', 'owner-assigned'],
    );
    assert.equal((await cases.find(one.id))?.state.owner, anna);
    const verified = await cases.verify(one.id);
    assert.equal(verified.brokenAt, null);
    assert.equal(verified.events, 3);
  });
  assert.equal(await store.as(processOf(libvirt), ({ cases }) => cases.find('nothing' as CaseId)), undefined);
  const texts = await store.as(one.reporter, ({ cases }) => cases.texts(one.id));
  assert.equal(texts.get(one.title.ref.id), 'Guest can write past the ring');
  const queue = await store.as(personOf(libvirt, anna), ({ cases }) => cases.queue({ open: true, limit: 10 }));
  assert.equal(queue.length, 2);
  assert.equal(queue[0]?.title, 'Guest can write past the ring');
});
