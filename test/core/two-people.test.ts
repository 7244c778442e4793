// SPDX-License-Identifier: Apache-2.0
// Two people are two people, whatever happens between their words: what changes the documents takes back what was said to them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ActionKind } from '../../src/core/model/action.ts';
import type { Role } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import type { GateName } from '../../src/core/process/gates.ts';
import { rowOf, table } from '../../src/core/process/table.ts';
import { content, person, preset, processItself, reporter, reporterId } from '../support/core.ts';
import { presetNames } from '../support/policies.ts';
import { at, team } from './journey.ts';

const seconding: readonly GateName[] = [
  'second_person',
  'not_the_author',
  'not_the_patcher',
  'impact_not_twice',
  'redaction_second_person',
  'widening_second_person',
];

test('R-17 every action that waits for the word of another person says in the table that it seconds, and no other does', () => {
  const kinds = Object.keys(table) as ActionKind[];
  const marked = kinds.filter((kind) => rowOf(kind).seconds === true);
  assert.deepEqual(
    marked,
    kinds.filter((kind) => rowOf(kind).gates.some((gate) => seconding.includes(gate))),
  );
  for (const kind of [
    'approve-release',
    'approve-advisory',
    'approve-patch',
    'approve-impact',
    'agree-bundle',
    'approve-redaction',
  ] as const)
    assert.ok(marked.includes(kind), kind);
});

for (const name of presetNames.filter((one) => preset(one).reviews.publication !== null))
  test(`R-17 VMT-42 a name that was asked for while the release was armed waits for two people again, under ${name}`, () => {
    const bench = at('prepared', preset(name));
    const { anna } = team(bench.policy);
    const carl = person('carl', ...Object.keys(bench.policy.roles));
    bench.do(reporter, { kind: 'decide-credit', participant: reporterId, decision: 'named', name: content('credit_name', 'withheld') });
    assert.equal(bench.state.disclosure.armed, true, 'what people said go to stays as it is');
    bench.do(carl, { kind: 'approve-release' });
    const { armed, approvedBy, prepared } = bench.state.disclosure;
    assert.deepEqual([armed, approvedBy, prepared], [false, ['carl'], null], 'one word does not release what nobody else has read');
    bench.do(anna, { kind: 'approve-release' });
    bench.do(processItself, { kind: 'record-preparation', documents: [] });
    assert.deepEqual([bench.state.disclosure.armed, bench.state.disclosure.approvedBy], [true, ['carl', 'anna']]);
  });

test('VMT-12 VMT-21 whoever the policy names for it approves the advisory and says the second word, and nobody else who has the right', () => {
  const policy = preset('libvirt-2023');
  const named = { kind: 'approvals', approvals: 1, by: ['core' as Role] } as const;
  const bench = at('reviewed', { ...policy, reviews: { ...policy.reviews, advisory: named, publication: named } });
  const [vendor, another, core] = [person('viktor', 'vendor'), person('vera', 'vendor'), person('carl', 'core')];
  assert.ok(policy.roles['vendor']?.may.includes('approve_advisory') && policy.roles['vendor'].may.includes('disclose'));
  assert.ok(isRefusal(bench.try(vendor, { kind: 'approve-advisory' })));
  bench.do(core, { kind: 'approve-advisory' });
  bench.do(reporter, { kind: 'decide-credit', participant: reporterId, decision: 'declined', name: null });
  bench.do(vendor, { kind: 'approve-release' });
  assert.ok(isRefusal(bench.try(another, { kind: 'approve-release' })));
  assert.equal(bench.state.disclosure.armed, false);
  bench.do(core, { kind: 'approve-release' });
  assert.equal(bench.state.disclosure.armed, true);
});
