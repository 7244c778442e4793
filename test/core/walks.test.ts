// SPDX-License-Identifier: Apache-2.0
// The invariants of the process over random walks, a few hundred for each policy; `npm run long walks` goes on to a hundred thousand.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preset } from '../support/core.ts';
import { presetNames } from '../support/policies.ts';
import { checkedWalk } from './invariants.ts';

const walks = Number(process.env['DAYLIGHT_WALKS'] ?? 120);
const firstSeed = Number(process.env['DAYLIGHT_SEED'] ?? 20261122);

for (const name of presetNames) {
  test(`I1 I2 I3 I4 I5 I6 I7 I8 I9 I10 I13 hold over random walks under ${name}`, (t) => {
    const policy = preset(name);
    const ends = new Map<string, number>();
    for (let index = 0; index < walks; index++) {
      const { handling } = checkedWalk(policy, firstSeed + index);
      ends.set(handling, (ends.get(handling) ?? 0) + 1);
    }
    t.diagnostic(`${walks} walks, first seed ${firstSeed}; they end ${JSON.stringify(Object.fromEntries(ends))}`);
    assert.ok(ends.size >= 5, 'walks get somewhere');
  });
}
