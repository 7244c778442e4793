// SPDX-License-Identifier: Apache-2.0
// Patches that wait to be read and tried: what orders a check, and what is ordered anew after a worker died.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unchecked } from '../../src/core/process/consequences/patches.ts';
import { consequences } from '../../src/core/process/consequences.ts';
import { patchFile, preset, processItself, report } from '../support/core.ts';
import { at, team } from './journey.ts';

const policy = preset('qemu-2026');

test('QEMU-26 every patch whose check was ordered and is not on record is ordered anew, the reporter’s own among them', () => {
  const proposed = patchFile();
  const log = { ...patchFile(), purpose: 'evidence' as const };
  const bench = at('confirmed', policy, report({ attachments: [proposed, log] }));
  const own = patchFile();
  bench.do(team(policy).anna, { kind: 'add-patch', branch: 'master', component: null, patch: own, signedOff: true });
  const ordered = bench.log.flatMap((event) =>
    consequences([event], bench.state, policy).flatMap((one) => (one.kind === 'check-patch' ? [one.file] : [])),
  );
  assert.deepEqual(ordered, [proposed.id, own.id]);
  assert.deepEqual(unchecked(bench.state), ordered);
  for (const patch of ordered) {
    const check = { patch, branch: 'master', applies: 'not_checked', commits: [] } as const;
    bench.do(processItself, { kind: 'record-patch-check', check });
  }
  assert.deepEqual(unchecked(bench.state), []);
});

test('R-02 QEMU-26 what a check found is on record once, however often its job runs', () => {
  const patch = patchFile();
  const bench = at('confirmed', policy, report({ attachments: [patch] }));
  const commits = [{ signedOff: true, numbers: [], issue: 'none', trailers: [{ name: 'Signed-off-by', of: null }] }] as const;
  const check = { patch: patch.id, branch: 'master', applies: 'yes', commits } as const;
  assert.equal(bench.do(processItself, { kind: 'record-patch-check', check }).length, 1);
  assert.deepEqual(bench.do(processItself, { kind: 'record-patch-check', check }), []);
  assert.equal(
    bench.do(processItself, { kind: 'record-patch-check', check: { ...check, applies: 'no' } }).length,
    1,
    'what is new is kept',
  );
});
