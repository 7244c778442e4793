// SPDX-License-Identifier: Apache-2.0
// What a worker takes up again when another died: the steps of every publication, those of versions after the disclosure too.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resumeJobs } from '../../src/app/resume.ts';
import type { World } from '../../src/app/world.ts';
import type { CaseState } from '../../src/core/model/case.ts';
import { libvirt, morning, receive, report, settle } from '../contract/store-material.ts';
import { testDatabase } from '../support/database.ts';

const { store, ask } = await testDatabase();
await settle(store);

/** A case that ended, whose second version has reached these channels and no others. */
async function corrected(confirmed: readonly string[], clocked: boolean): Promise<string> {
  const one = report(libvirt);
  const { state } = one.first;
  const channels = ['0:site', '1:git', '2:mail'].map((channel): CaseState['disclosure']['channels'][number] =>
    confirmed.includes(channel) ? { channel, state: 'confirmed', at: morning } : { channel, state: 'due', at: null },
  );
  const closed: CaseState = { ...state, handling: 'closed', disclosure: { ...state.disclosure, prepared: [], channels } };
  return (await receive(store, one, { state: closed, nextDeadline: clocked ? morning : null })).id;
}

test('P4 T24 the channels of a version after the disclosure are taken up again, the site before the others; a case of which no clock runs is left', async () => {
  const none = await corrected([], true);
  const seen = await corrected(['0:site', '1:git'], true);
  await corrected([], false);
  await resumeJobs({ store } as World, libvirt);
  const rows = await ask<{ key: string }>('select key from graphile_worker.jobs order by key');
  assert.deepEqual(
    rows.map(({ key }) => key),
    [`libvirt:announce:${seen}:2:mail`, `libvirt:publish-site:${none}:0:site`],
  );
});
