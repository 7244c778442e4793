// SPDX-License-Identifier: Apache-2.0
// What is destroyed does not come back, so it takes two people under every policy, those too that let one person strike out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseAction } from '../../src/core/model/action.ts';
import type { RedactionId } from '../../src/core/model/identifiers.ts';
import { destroyedPieces } from '../../src/core/model/record.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { decide } from '../../src/core/process/decide.ts';
import { piece, preset } from '../support/core.ts';
import { presetNames } from '../support/policies.ts';
import { at, team } from './journey.ts';

const redaction = 'redaction1' as RedactionId;
const approve: CaseAction = { kind: 'approve-redaction', redaction, copy: null, covers: [redaction] };

for (const name of presetNames)
  test(`two people destroy what was sent by mistake, and one who strikes out alone does not, under ${name}`, () => {
    const policy = preset(name);
    const alone = {
      ...policy,
      reviews: { ...policy.reviews, redaction: null },
      publication: { ...policy.publication, withheld: ['tokens'] as const },
    };
    const mistake = piece();
    for (const destroys of [true, false]) {
      const bench = at('confirmed', alone);
      const { anna, boris } = team(bench.policy);
      bench.do(anna, { kind: 'propose-redaction', redaction, piece: mistake, span: null, why: 'tokens', destroys, opens: false });
      const { state } = bench;
      const own = decide(approve, { state, policy: bench.policy, actor: anna, now: bench.now, nextNumber: '' });
      assert.equal(isRefusal(own), destroys, 'the same person');
      if (isRefusal(own))
        assert.deepEqual(own.refusal.kind === 'gates' ? own.refusal.unmet.map(({ gate }) => gate) : [], ['redaction_second_person']);
      bench.do(boris, approve);
      assert.equal(destroyedPieces(bench.state.record).has(mistake.id), destroys);
    }
  });
