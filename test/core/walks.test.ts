// SPDX-License-Identifier: Apache-2.0
// The invariants of the process over two thousand random walks for each preset; `npm run long walks` goes on to a hundred thousand.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Policy } from '../../src/core/policy/policy.ts';
import { preset } from '../support/core.ts';
import { withPackagers } from '../support/parties.ts';
import { presetNames } from '../support/policies.ts';
import { severally } from '../support/severally.ts';
import { checkedWalk } from './invariants.ts';

const walks = Number(process.env['DAYLIGHT_WALKS'] ?? 2000);
const firstSeed = Number(process.env['DAYLIGHT_SEED'] ?? 20261122);

/** The presets tell lists by mail; here members of a party are told inside the program, soon and with nothing asked before. */
function telling(): Policy {
  const { downstream, reviews, ...rest } = withPackagers(preset('openstack-vmt'), { duties: ['public_post'] });
  return {
    ...rest,
    reviews: { ...reviews, impact: null },
    downstream: { ...downstream, must: [], screening: 'none', proposal: 'none', leadTime: null },
  };
}

const policies: readonly (readonly [string, () => Policy])[] = [
  ...presetNames.map((name) => [name, () => preset(name)] as const),
  ['openstack-vmt with packagers who are told inside', telling],
  ['libvirt-2023 with a word of each of two roles', severally],
];

for (const [name, read] of policies) {
  test(`I1 I2 I3 I4 I5 I6 I7 I8 I9 I10 I11 I12 I13 L-18 hold over ${walks} random walks of up to 20 actions under ${name}`, (t) => {
    const policy = read();
    const ends = new Map<string, number>();
    for (let index = 0; index < walks; index++) {
      const { handling } = checkedWalk(policy, firstSeed + index);
      ends.set(handling, (ends.get(handling) ?? 0) + 1);
    }
    t.diagnostic(`${walks} walks, first seed ${firstSeed}; they end ${JSON.stringify(Object.fromEntries(ends))}`);
    assert.ok(ends.size >= 5, 'walks get somewhere');
  });
}
