// SPDX-License-Identifier: Apache-2.0
// The labels of a case: what a forge would show of it, at each point of its life, under the maps of the presets and under odd ones.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseState } from '../../src/core/model/case.ts';
import type { CveState } from '../../src/core/model/regions.ts';
import type { Labels } from '../../src/core/policy/disclosure-rules.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { labelsOf } from '../../src/core/process/labels.ts';
import type { Bench } from '../support/core.ts';
import { content, flaw, person, preset } from '../support/core.ts';
import { at, number, on, team } from './journey.ts';

const draft = preset('qemu-2026-draft');
const merged = preset('qemu-2026');

function worn({ state, policy }: Bench): readonly string[] {
  return labelsOf(state, policy.labels);
}

function cveLabels(bench: Bench): readonly string[] {
  return worn(bench).filter((label) => label.toLowerCase().startsWith('cve::'));
}

test('QEMU-31 confirming the flaw sets the label that asks for a number, whoever confirms', () => {
  for (const role of Object.keys(draft.roles).filter((name) => draft.roles[name]?.may.includes('handle'))) {
    const bench = at('eligible', draft);
    assert.deepEqual(cveLabels(bench), []);
    bench.do(person('mia', role), {
      kind: 'confirm-flaw',
      flaws: [flaw],
      class: null,
      severity: null,
      reason: content(),
      summary: null,
      branches: [],
    });
    assert.deepEqual(cveLabels(bench), ['cve::required'], role);
  }
});

test('QEMU-37 required to requested to assigned, and required to assigned directly, both end with exactly one cve label', () => {
  const long = at('confirmed', draft);
  const { anna } = team(draft);
  assert.deepEqual(cveLabels(long), ['cve::required']);
  long.do(anna, { kind: 'request-cve', flaw });
  assert.deepEqual(cveLabels(long), ['cve::requested']);
  long.do(anna, { kind: 'record-cve', flaw, number });
  assert.deepEqual(cveLabels(long), ['cve::assigned']);
  const direct = at('confirmed', draft);
  direct.do(anna, { kind: 'record-cve', flaw, number });
  assert.deepEqual(cveLabels(direct), ['cve::assigned']);
});

test('QEMU-37 the state requested may go by any name, or by none: then the label before it stays', () => {
  const bench = at('confirmed', draft);
  bench.do(team(draft).anna, { kind: 'request-cve', flaw });
  const { requested: _, ...twoNames } = draft.labels.cve;
  assert.deepEqual(labelsOf(bench.state, { ...draft.labels, cve: twoNames }), ['cve::required']);
  assert.deepEqual(labelsOf(bench.state, { ...draft.labels, cve: { ...twoNames, requested: [] } }), ['cve::required']);
  assert.deepEqual(labelsOf(bench.state, { ...draft.labels, cve: { ...twoNames, requested: ['asked'] } }), ['asked']);
});

test('QEMU-37 with several numbers in question a case wears the label of the one that is furthest behind', () => {
  const { state } = at('confirmed', draft);
  const [first] = state.flaws;
  assert.ok(first);
  const withFlaws = (...states: readonly CveState[]): CaseState => ({ ...state, flaws: states.map((cve) => ({ ...first, cve })) });
  const labels = (...states: readonly CveState[]) => labelsOf(withFlaws(...states), draft.labels);
  assert.deepEqual(labels('assigned', 'required', 'requested'), ['cve::required']);
  assert.deepEqual(labels('assigned', 'requested'), ['cve::requested']);
  assert.deepEqual(labels('assigned', 'not_needed', 'record_published'), ['cve::assigned']);
  assert.deepEqual(labels('disputed'), ['cve::assigned']);
  assert.deepEqual(labels('refused', 'rejected', 'not_needed', 'undecided'), []);
});

test('QEMU-M4 several labels at one step, each replacing the one of its scope, from confirmation to the close', () => {
  const bench = at('eligible', merged);
  const seen = (last: Parameters<typeof on>[2], after: Parameters<typeof on>[1]) => worn(on(bench, after, last));
  assert.deepEqual(worn(bench), []);
  assert.deepEqual(seen('confirmed', 'eligible'), ['Kind::Security', 'Workflow::Confirmed', 'CVE::Required']);
  assert.deepEqual(seen('patched', 'confirmed'), ['Kind::Security', 'Workflow::In Progress', 'CVE::Required']);
  assert.deepEqual(seen('numbered', 'patched'), ['Kind::Security', 'Workflow::In Progress', 'CVE::Assigned']);
  assert.deepEqual(seen('public', 'numbered'), ['Kind::Security', 'Workflow::Patch Available', 'CVE::Assigned']);
  seen('merged', 'public');
  if (bench.state.handling !== 'closed') bench.do(team(merged).anna, { kind: 'close-case' });
  assert.deepEqual(worn(bench), ['Kind::Security', 'Workflow::Patch Available', 'Closed::Fixed', 'CVE::Assigned']);
});

test('QEMU-M5 QEMU-22 QEMU-30 a report that is no security matter becomes a public bug with the labels of its kind', () => {
  const { anna } = team(merged);
  const outside = at('taken', merged);
  outside.do(anna, { kind: 'decide-eligibility', verdict: 'out', rule: null, reason: content() });
  const harmless = at('eligible', merged);
  harmless.do(anna, { kind: 'dismiss-flaw', reason: content() });
  for (const bench of [outside, harmless]) {
    assert.equal(bench.state.visibility, 'public');
    assert.deepEqual(worn(bench), ['Kind::Bug', 'Workflow::Triaged']);
  }
});

test('a case that goes on after its end wears the label of that end no more', () => {
  const bench = at('merged', merged);
  const { anna } = team(merged);
  if (bench.state.handling !== 'closed') bench.do(anna, { kind: 'close-case' });
  bench.do(anna, { kind: 'reopen-case', cause: 'regression', newFlaw: null, reason: content() });
  assert.equal(bench.state.handling, 'fixing');
  assert.ok(!worn(bench).some((label) => label.startsWith('Closed::')));
});

test('a fix wears a label when every branch that needs it is so far, and a held report wears none', () => {
  const policy: Policy = { ...merged, labels: { ...none, handling: { received: ['new'] }, fix: { merged: ['in'], released: ['out'] } } };
  const { state } = at('merged', policy);
  const [first] = state.branches;
  assert.ok(first);
  const labels = (...branches: CaseState['branches']) => labelsOf({ ...state, branches }, policy.labels);
  const other = { ...first, branch: 'stable' };
  assert.deepEqual(labels({ ...first, state: 'merged' }, { ...other, state: 'posted' }), ['new']);
  assert.deepEqual(labels({ ...first, state: 'released' }, { ...other, state: 'merged' }), ['new', 'in']);
  assert.deepEqual(labels({ ...first, state: 'released' }, { ...other, state: 'not_affected' }), ['new', 'in', 'out']);
  assert.deepEqual(labels({ ...first, state: 'released' }, { ...other, required: false, state: 'affected' }), ['new', 'in', 'out']);
  assert.deepEqual(labelsOf({ ...state, handling: 'held' }, policy.labels), []);
});

const none: Labels = { handling: {}, cve: {}, fix: {}, publicTitle: '{title}' };
