// SPDX-License-Identifier: Apache-2.0
// An advisory from an archive as a case: it is private until the process opens it, nobody is called for it, and nobody acts on it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ActionKind, CaseAction } from '../../src/core/model/action.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { guarded } from '../../src/core/policy/access.ts';
import { consequences } from '../../src/core/process/consequences.ts';
import { deadlines } from '../../src/core/process/deadlines.ts';
import { table } from '../../src/core/process/table.ts';
import { Bench, imported, person, preset, processItself } from '../support/core.ts';
import { presetNames } from '../support/policies.ts';
import { actionOf } from './actions.ts';

/** What does not change the case's course: who reads it, what somebody notes, what is struck out. */
const aside: readonly ActionKind[] = [
  'add-note',
  'classify-content',
  'keep-finding',
  'propose-redaction',
  'record-patch-check',
  'remind',
  'retire-branches',
  'update-relations',
];

for (const name of presetNames)
  describe(`${name}: an advisory from an archive`, () => {
    const policy = preset(name);
    const waiting = () => new Bench(policy, imported(policy));
    const opened = () => {
      const bench = waiting();
      bench.do(processItself, { kind: 'complete-import' });
      return bench;
    };

    test('L-38 is private until its import is complete, and nothing but the process completes it', () => {
      const bench = waiting();
      assert.equal(guarded(bench.state, policy).public, false);
      for (const role of Object.keys(policy.roles)) assert.ok(isRefusal(bench.try(person('anna', role), { kind: 'complete-import' })));
      bench.do(processItself, { kind: 'complete-import' });
      assert.equal(guarded(bench.state, policy).public, true);
      assert.equal(bench.state.advisory.published, bench.state.imported?.version);
      assert.ok(isRefusal(bench.try(processItself, { kind: 'complete-import' })), 'once');
    });

    test('opens no record: there is none', () => assert.equal(guarded(opened().state, policy).opening, 'nothing'));

    test('runs no clock and sends nothing, before it is open and after', () => {
      const bench = waiting();
      const before = [deadlines(bench.state, policy), consequences(bench.log, bench.state, policy)];
      const events = bench.do(processItself, { kind: 'complete-import' });
      assert.deepEqual([...before, deadlines(bench.state, policy), consequences(events, bench.state, policy)], [[], [], [], []]);
    });

    test('takes no step of the process', () => {
      const everybody = [processItself, ...Object.keys(policy.roles).map((role) => person('anna', role))];
      const kinds = (Object.keys(table) as ActionKind[]).filter((kind): kind is CaseAction['kind'] => kind !== 'submit-report');
      const taken = kinds.filter((kind) => everybody.some((one) => !isRefusal(opened().try(one, actionOf(kind, one)))));
      assert.deepEqual(
        taken.filter((kind) => !aside.includes(kind)),
        [],
      );
    });
  });
