// SPDX-License-Identifier: Apache-2.0
// The drawings of docs/process.md and of the process page are true: a case goes only where an arrow is drawn, and none is drawn from where the action moves nothing.

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { ActionKind } from '../../src/core/model/action.ts';
import type { RegionStates } from '../../src/core/model/regions.ts';
import { leadsTo } from '../../src/core/process/table/row.ts';
import { rowOf, table } from '../../src/core/process/table.ts';
import { Bench, preset, processItself } from '../support/core.ts';
import { presetNames } from '../support/policies.ts';
import { at, on } from './journey.ts';
import { walk } from './walk.ts';

const kinds = Object.keys(table) as ActionKind[];

test('a way that a row names begins where the action is possible and ends where the row says that it leads', () => {
  for (const kind of kinds) {
    const { ways = {}, from, to } = rowOf(kind);
    for (const [region, named] of Object.entries(ways) as [keyof RegionStates, Readonly<Record<string, readonly string[]>>][])
      for (const [state, targets] of Object.entries(named)) {
        assert.ok((from[region] as readonly string[] | undefined)?.includes(state), `${kind} is possible while ${state}`);
        for (const target of targets)
          assert.ok((to[region] as readonly string[] | undefined)?.includes(target), `${kind} leads to ${target}`);
      }
  }
});

test('a case goes only where an arrow is drawn, over forty random walks under each policy', () => {
  const walked: string[] = [];
  const undrawn = new Set<string>();
  const original = Bench.prototype.tryBeside;
  const watched = mock.method(
    Bench.prototype,
    'tryBeside',
    function (this: Bench, ...[actor, action, others]: Parameters<typeof original>) {
      const { handling } = this.state;
      const done = original.call(this, actor, action, others);
      const now = this.state.handling;
      if (now === handling) return done;
      walked.push(action.kind);
      if (!leadsTo(rowOf(action.kind), 'handling', handling).includes(now)) undrawn.add(`${handling} ${action.kind} ${now}`);
      return done;
    },
  );
  for (const name of presetNames) for (let seed = 0; seed < 40; seed++) walk(preset(name), 5_000 + seed, 20, () => {});
  watched.mock.restore();
  assert.deepEqual([...undrawn], []);
  assert.ok(new Set(walked).size > 10, 'walks get somewhere');
});

test('T20 a channel that is confirmed later moves a case that is being disclosed, and no other', () => {
  const bench = at('disclosed', preset('libvirt-2023'));
  on(bench, 'disclosed', 'merged');
  const [first] = bench.state.disclosure.channels;
  assert.ok(first);
  const due = (handling: 'closed' | 'public_bug' | 'hardening' | 'imported' | 'fixing' | 'disclosing') => {
    const standing = bench.twin();
    const { disclosure } = bench.state;
    standing.state = { ...bench.state, handling, disclosure: { ...disclosure, channels: [{ ...first, state: 'due', at: null }] } };
    standing.do(processItself, { kind: 'confirm-channel', channel: first.channel, evidence: null });
    return standing.state.handling;
  };
  for (const handling of ['closed', 'public_bug', 'hardening', 'imported', 'fixing'] as const) assert.equal(due(handling), handling);
  assert.equal(due('disclosing'), 'disclosed');
  assert.deepEqual(leadsTo(rowOf('confirm-channel'), 'handling', 'imported'), []);
  assert.deepEqual(leadsTo(rowOf('confirm-channel'), 'handling', 'disclosing'), ['disclosed']);
});
