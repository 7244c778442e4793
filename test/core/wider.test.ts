// SPDX-License-Identifier: Apache-2.0
// Which actions open more of a case to everybody: no walk finds another one than those that the table and the leak tests know.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Guarded } from '../../src/core/policy/access.ts';
import { guarded } from '../../src/core/policy/access.ts';
import { rowOf } from '../../src/core/process/table.ts';
import { opensMore } from '../leaks/ways-of-opening.ts';
import { Bench, preset } from '../support/core.ts';
import { presetNames } from '../support/policies.ts';
import { walk } from './walk.ts';

const openings = ['nothing', 'issue', 'full_record'] as const;

function isWider(before: Guarded, after: Guarded): boolean {
  const opened = openings.indexOf(after.opening) > openings.indexOf(before.opening);
  return opened || (after.public && !before.public) || after.proofs.some((one) => after.public && !before.proofs.includes(one));
}

test('VMT-36 whatever opens more of a case is an action whose row says so, or one of the few that open what is public further', (t) => {
  const seen = new Set<string>();
  const plain = Bench.prototype.tryBeside;
  t.mock.method(Bench.prototype, 'tryBeside', function (this: Bench, ...[actor, action, others]: Parameters<Bench['tryBeside']>) {
    const before = guarded(this.state, this.policy);
    const answer = plain.call(this, actor, action, others);
    if (!isWider(before, guarded(this.state, this.policy))) return answer;
    seen.add(action.kind);
    const known = (opensMore as readonly string[]).includes(action.kind) || rowOf(action.kind).to.visibility?.includes('public');
    assert.ok(known, `${this.policy.name}: ${action.kind} opens more, and no row says so`);
    return answer;
  });
  for (const name of presetNames) for (let seed = 1; seed <= 25; seed++) walk(preset(name), seed, 60, () => undefined);
  assert.ok(seen.size >= 5, [...seen].join());
});
