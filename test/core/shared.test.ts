// SPDX-License-Identifier: Apache-2.0
// A report that was split, in the process alone: whatever is done in one of its cases, nothing that they share is readable while another is private.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseState } from '../../src/core/model/case.ts';
import type { CaseId } from '../../src/core/model/identifiers.ts';
import { closedPieces, publicVersion } from '../../src/core/model/record.ts';
import { bundleOf } from '../../src/core/policy/access.ts';
import { familyOf, isSettled, reported } from '../../src/core/process/shared.ts';
import { Bench, content, preset, processItself } from '../support/core.ts';
import { presetNames } from '../support/policies.ts';
import { splitOff } from './golden-parts.ts';
import { team } from './journey.ts';
import { walk } from './walk.ts';

const split = () => ({
  kind: 'split-case' as const,
  parts: [{ case: 'case3' as CaseId, codename: 'wide-otter', title: content('title') }],
  title: null,
  reason: content(),
  stood: [],
});

/** Pieces of the report that the world could read of this state, by whatever stands for them. */
function readable(state: CaseState): readonly string[] {
  const closed = closedPieces(state.record);
  const early = (piece: string) => state.record.redactions.some((one) => one.piece === piece && one.opens && one.state === 'approved');
  return state.record.shared.filter(
    (piece) => !early(piece) && (!closed.has(piece) || !closed.has(publicVersion(state.record, piece as never))),
  );
}

test('L-02 QEMU-11 what was shared by a split is closed in every state to which a walk leads, until the process opens it', (t) => {
  let splits = 0;
  for (const name of presetNames)
    for (let seed = 1; seed <= 20; seed++)
      walk(preset(name), seed, 60, ({ state, log }, before) => {
        if (log.slice(before.version).some(({ kind }) => kind === 'case-split')) splits++;
        const where = `${name}, seed ${seed}, event ${state.version}`;
        assert.deepEqual(readable(state), [], where);
        assert.ok(!bundleOf(state).some((id) => state.record.shared.includes(id)), `the bundle, ${where}`);
        assert.ok(!log.some(({ kind }) => kind === 'shared-opened'), 'nobody opens it while the other case is unknown');
      });
  t.diagnostic(`${splits} cases were split`);
  assert.ok(splits > 0, 'walks do split cases');
});

test('L-02 QEMU-11 the last of a family opens what all share, and a family that is not known as a whole opens nothing', () => {
  const whole = new Bench(preset('qemu-2026'));
  const { anna } = team(whole.policy);
  whole.do(anna, { kind: 'take-up-case' });
  whole.do(anna, split());
  const part = splitOff(whole);
  part.do(anna, { kind: 'take-up-case' });
  whole.do(anna, { kind: 'decide-eligibility', verdict: 'out', rule: null, reason: content() });
  assert.notEqual(whole.state.untoldSince, null, 'the clock tells the others');
  whole.tryBeside(processItself, { kind: 'update-relations' }, [part]);
  assert.deepEqual([whole.state.visibility, part.state.visibility], ['public', 'private']);
  assert.ok(reported(whole.state).every((piece) => closedPieces(whole.state.record).has(piece)));
  part.do(anna, { kind: 'decide-eligibility', verdict: 'out', rule: null, reason: content() });
  assert.equal(familyOf(part.state, []), undefined);
  const alone = part.twin();
  alone.tryBeside(processItself, { kind: 'update-relations' }, []);
  assert.notDeepEqual(alone.state.record.shared, []);
  part.tryBeside(processItself, { kind: 'update-relations' }, [whole]);
  for (const { state } of [whole, part]) assert.deepEqual([isSettled(state), state.record.shared], [true, []]);
  assert.ok(!reported(whole.state).some((piece) => closedPieces(whole.state.record).has(piece)));
});

test('L-02 what was agreed before a report was split is agreed anew: the bundle of the cap and what was struck out so that the rest may open', () => {
  const bench = new Bench(preset('qemu-2026'));
  const { anna, boris } = team(bench.policy);
  bench.do(anna, { kind: 'take-up-case' });
  bench.do(anna, split());
  const title = { ...bench.state.title, writer: null };
  const redaction = 'redaction1' as never;
  bench.do(anna, {
    kind: 'propose-redaction',
    redaction,
    piece: title,
    span: content('span', 'withheld'),
    why: 'tokens',
    destroys: false,
    opens: true,
  });
  const copy = content('title', 'shared');
  bench.do(boris, { kind: 'approve-redaction', redaction, copy, covers: [redaction] });
  assert.ok(!closedPieces(bench.state.record).has(copy.id), 'two persons opened the rest');
  bench.do(anna, { ...split(), stood: [{ case: bench.state.case, pieces: [copy.id] }] });
  assert.ok(closedPieces(bench.state.record).has(copy.id), 'and knew nothing of the third flaw');
});
