// SPDX-License-Identifier: Apache-2.0
// Every gate of every action, one at a time: where only this gate is unmet the action is refused by its name, and without the gate it would pass.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { decide } from '../../src/core/process/decide.ts';
import type { GateName } from '../../src/core/process/gates.ts';
import { gates } from '../../src/core/process/gates.ts';
import type { Row } from '../../src/core/process/table/row.ts';
import { table } from '../../src/core/process/table.ts';
import { content } from '../support/core.ts';
import { endGateCases } from './end-gate-cases.ts';
import type { Attempt, GateCase } from './gate-cases.ts';
import { gateCases as firstGateCases } from './gate-cases.ts';
import { accessGateCases } from './gate-cases-access.ts';
import { openingGateCases } from './gate-cases-openings.ts';
import { partyGateCases } from './gate-cases-parties.ts';
import { recordGateCases } from './gate-cases-record.ts';

type GatedAction = { [Kind in keyof typeof table]: (typeof table)[Kind]['gates'][number] extends never ? never : Kind }[keyof typeof table];

/** Rows that open nothing by themselves, and on which a publication or what a party is told hangs all the same. */
const preparing: readonly GatedAction[] = [
  'approve-release',
  'approve-advisory',
  'approve-patch',
  'record-preparation',
  'add-late-number',
  'close-case',
  'notify-party',
  'announce-unfixed',
  'record-cve-publication',
];

/** SAFETY R-17 asks that each guard of publication and embargo is missed when it is gone: what may open a case or move an embargo, and what prepares it. */
function isGuarding(kind: string): boolean {
  const { to }: Row = table[kind as GatedAction];
  return to.visibility !== undefined || to.embargo !== undefined || preparing.includes(kind as GatedAction);
}

function unmetIn({ action, situation }: Attempt): readonly string[] | 'permitted' {
  const decision = decide(action, situation);
  if (!isRefusal(decision)) return 'permitted';
  assert.equal(decision.refusal.kind, 'gates', JSON.stringify(decision.refusal));
  return decision.refusal.kind === 'gates' ? decision.refusal.unmet.map((gate) => gate.gate) : [];
}

/** The same decision in a program whose table lacks the gate. */
function withoutGate<Result>({ row, gate }: GateCase, look: () => Result): Result {
  const listed = table[row].gates as unknown as GateName[];
  const place = listed.indexOf(gate);
  listed.splice(place, 1);
  try {
    return look();
  } finally {
    listed.splice(place, 0, gate);
  }
}

const gateCases = [...firstGateCases, ...endGateCases, ...recordGateCases, ...partyGateCases, ...accessGateCases, ...openingGateCases];

for (const one of gateCases) {
  const urgent = isGuarding(one.row) ? 'R-17 ' : '';
  test(`${urgent}${one.row} waits for ${one.gate}, and for nothing else here`, () => {
    const { met, unmet } = one.build();
    assert.equal(unmetIn(met), 'permitted', 'with every gate met it passes');
    assert.deepEqual(unmetIn(unmet), [one.gate]);
    assert.ok(gates[one.gate].sentence.endsWith('.'), 'and a person is told in a sentence');
    const refused = decide({ ...unmet.action, deviation: content() }, unmet.situation);
    assert.ok(isRefusal(refused), 'no recorded deviation opens a gate of the table');
    assert.equal(
      withoutGate(one, () => unmetIn(unmet)),
      'permitted',
      'it is this gate that refuses, and no other guard',
    );
  });
}

test('R-17 every gate of every row has its case, and no case names a gate that the row has not', (t) => {
  const listed = Object.entries(table).flatMap(([row, { gates: names }]) => names.map((gate) => `${row}: ${gate}`));
  const proved = gateCases.map(({ row, gate }) => `${row}: ${gate}`);
  assert.deepEqual([...proved].sort(), [...listed].sort());
  const guards = gateCases.filter(({ row }) => isGuarding(row)).length;
  t.diagnostic(
    `${proved.length} gates of ${new Set(gateCases.map(({ row }) => row)).size} actions, ${guards} of them on publication and embargo`,
  );
});

test('R-17 every gate there is guards some action', () => {
  const used = new Set(Object.values(table).flatMap(({ gates: names }) => names as readonly string[]));
  assert.deepEqual(
    Object.keys(gates).filter((name) => !used.has(name)),
    [],
  );
});
