// SPDX-License-Identifier: Apache-2.0
// How a policy stands to the OpenSSF baseline, and what of it is advice of the field.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conformance } from '../../src/policy/conformance.ts';
import { examinePolicy } from '../../src/policy/read-policy.ts';
import { minimalAnd, presetText } from '../support/policies.ts';

function controls(text: string): Readonly<Record<string, string>> {
  const { policy } = examinePolicy('p.yaml', text);
  assert.ok(policy !== null);
  return Object.fromEntries(conformance(policy).map(({ id, state }) => [id.slice('OSPS-VM-'.length), state]));
}

const adviceOn = (text: string) =>
  examinePolicy('p.yaml', text)
    .problems.filter(({ kind }) => kind === 'advice')
    .map(({ key }) => key);

test('VMT-45 F21 F22 F23 F24 F25 the conformance report has every control of OSPS-VM, and says of each what it is', () => {
  const report = controls(presetText('qemu-2026'));
  assert.deepEqual(report, {
    '01.01': 'not_met',
    '02.01': 'met',
    '03.01': 'met',
    '04.01': 'met',
    '04.02': 'not_met',
    '05.01': 'outside',
    '05.02': 'outside',
    '05.03': 'outside',
    '06.01': 'outside',
    '06.02': 'outside',
  });
});

test('F21 a time of response decided makes OSPS-VM-01.01 met, none and unspecified do not', () => {
  assert.equal(controls(minimalAnd('clocks: { acknowledge: 2 days }'))['01.01'], 'met');
  assert.equal(controls(minimalAnd('clocks: { acknowledge: none }'))['01.01'], 'not_met');
  assert.equal(controls(minimalAnd('clocks: { acknowledge: unspecified }'))['01.01'], 'not_met');
});

test('F23 a way to report that starts in public is no private one', () => {
  assert.equal(controls(minimalAnd('intake: { channels: [{ tracker: Bugs, starts: public }] }'))['03.01'], 'not_met');
  assert.equal(controls(minimalAnd('intake: { channels: [{ tracker: Bugs, starts: private }] }'))['03.01'], 'met');
});

test('F24 what is published tells affected versions, and with openvex what does not apply', () => {
  assert.equal(controls(minimalAnd('advisory: { must_contain: [summary] }'))['04.01'], 'not_met');
  assert.equal(
    controls(minimalAnd('publication: { scope: fix_only }\nadvisory: { kind: none }\ncve: { required_for: nothing }'))['04.01'],
    'not_met',
  );
  assert.equal(controls(minimalAnd('advisory: { formats: [openvex] }'))['04.02'], 'met');
});

test('VMT-45 the linter says of every preset exactly the controls that its report calls not met', () => {
  for (const name of ['minimal', 'libvirt-2023', 'openstack-vmt', 'qemu-2026']) {
    const { policy, problems } = examinePolicy('p.yaml', presetText(name));
    assert.ok(policy !== null);
    const missing = conformance(policy).flatMap(({ state, sentence }) => (state === 'not_met' ? [sentence] : []));
    assert.deepEqual(
      problems
        .filter(({ kind }) => kind === 'baseline')
        .map(({ message }) => message)
        .toSorted(),
      missing.toSorted(),
    );
  }
});

test('F26 F27 a first answer after two weeks, or after a week, is met with the figure and its source', () => {
  const message = (text: string) => examinePolicy('p.yaml', text).problems.find(({ key }) => key === 'clocks.acknowledge')?.message;
  assert.match(message(minimalAnd('clocks: { acknowledge: 15 days }')) ?? '', /Best Practices badge asks for 14 days/);
  assert.match(message(minimalAnd('clocks: { acknowledge: 7 days }')) ?? '', /OpenSSF guide says 1 to 2 days, its template 3 working days/);
  assert.equal(message(minimalAnd('clocks: { acknowledge: 3 business days }')), undefined);
});

test('F28 F29 F30 F31 how long, and what when it is exploited: advice with the source, and none where the policy is as the field', () => {
  const long = minimalAnd('embargo: { length: [{ up_to: 100 days }], ends_early_on: { exploited: ask } }');
  assert.deepEqual(adviceOn(long), ['embargo.length[0].up_to', 'embargo.length[0]', 'embargo.ends_early_on.exploited']);
  const usual = minimalAnd(
    'embargo: { length: [{ up_to: 14 days }, { up_to: 90 days, must: [reason_recorded] }], ends_early_on: { exploited: publish } }',
  );
  assert.deepEqual(adviceOn(usual), []);
});

test('P21 agents get nothing under an embargo unless the policy says so, and then the linter names the risk', () => {
  const { policy } = examinePolicy('p.yaml', minimalAnd('agents: { allowed: by_grant }'));
  assert.equal(policy?.agents.underEmbargo, 'nothing');
  assert.deepEqual(adviceOn(minimalAnd('agents: { allowed: by_grant, under_embargo: as_granted }')), ['agents.under_embargo']);
});

test('P20 an advisory that goes to no site is met with advice', () => {
  assert.deepEqual(adviceOn(minimalAnd('disclosure: { channels: [{ mail: [a@example.org] }] }')), ['disclosure.channels']);
});
