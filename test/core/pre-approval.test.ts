// SPDX-License-Identifier: Apache-2.0
// What is on record before a fix is public: the frame of the impact description, the votes on backports, and the fast track that needs both approvals and votes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { creditIn, described, fieldsAt, framed, frameOf } from '../../src/app/impact-frame.ts';
import { type ImpactField, impactFields } from '../../src/core/model/impact.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { frameFields } from '../../src/core/process/impact-frame.ts';
import { type Bench, content, patchFile, person, preset, reporter } from '../support/core.ts';
import { at, team } from './journey.ts';

const openstack = preset('openstack-vmt');
const mei = person('mei', 'coordinator');
const rea = person('rea', 'stable_maintainer');
const kai = person('kai', 'core_reviewer');
const stable = { branch: 'stable/2026.1', component: null };
const commit = 'a'.repeat(40);

const values: Readonly<Record<ImpactField, string>> = {
  feature: 'the volume driver',
  action: 'detaching a volume twice',
  actor: 'member of another project',
  impact: 'read it',
  consequence: 'a leak of data (and no trace)',
  deployments: 'setups with the LVM driver',
};

function refusedBy(bench: Bench, ...[actor, action]: Parameters<Bench['try']>): readonly string[] {
  const answer = bench.try(actor, action);
  if (!isRefusal(answer)) return [];
  return answer.refusal.kind === 'gates' ? answer.refusal.unmet.map(({ gate }) => gate) : [answer.refusal.kind];
}

test('VMT-2 VMT-15 the fields of the sentence are required before the description is reviewed, in private as in public', () => {
  assert.deepEqual(frameFields(openstack), impactFields);
  const bench = at('confirmed', openstack);
  assert.equal(bench.state.visibility, 'private');
  for (const missing of impactFields) {
    const frame = impactFields.filter((field) => field !== missing);
    bench.do(mei, { kind: 'describe-impact', impact: content('impact', 'shared'), frame });
    assert.deepEqual(refusedBy(bench, reporter, { kind: 'approve-impact' }), ['impact_framed'], missing);
  }
  bench.do(mei, { kind: 'describe-impact', impact: content('impact', 'shared'), frame: impactFields });
  bench.do(reporter, { kind: 'approve-impact' });
  bench.do(mei, { kind: 'describe-impact', impact: content('impact', 'shared'), frame: [] });
  assert.deepEqual(refusedBy(bench, reporter, { kind: 'approve-impact' }), ['impact_framed'], 'another description is looked at anew');
});

test('VMT-2 a policy without a sentence of its own asks for no fields', () => {
  const libvirt = preset('libvirt-2023');
  assert.deepEqual(frameFields(libvirt), []);
  const bench = at('confirmed', libvirt);
  bench.do(team(libvirt).anna, { kind: 'describe-impact', impact: content('impact', 'shared'), frame: [] });
  assert.deepEqual(refusedBy(bench, reporter, { kind: 'approve-impact' }), []);
});

test('VMT-2 the sentence is written from its fields, credits the reporter, and is read back field by field', () => {
  const text = framed(openstack, values, 'Ada');
  assert.equal(
    text.replace(/\s+/g, ' '),
    'Ada reported a vulnerability in the volume driver. By doing detaching a volume twice a member of another project may read it, ' +
      'resulting in a leak of data (and no trace). Only setups with the LVM driver are affected.',
  );
  assert.deepEqual(frameOf(openstack, text), values);
  const { consequence: _, ...gaps } = values;
  assert.deepEqual(frameOf(openstack, framed(openstack, gaps, 'Ada')), gaps, 'a gap stays a gap');
  assert.deepEqual(frameOf(openstack, 'Something else altogether.'), {});
  assert.equal(described(openstack, values, 'Ada').places, null, 'the sentence alone tells');
  assert.equal(creditIn(at('confirmed', openstack).state, new Map()), 'A reporter');
});

test('VMT-2 a field in which a word of the sentence stands is read back whole, whatever it says', () => {
  const words = fc.stringMatching(/^[a-z](?:[a-z]| a | may |, resulting in |\. Only ){0,8}[a-z]$/).map((said) => said.replace(/ +/g, ' '));
  fc.assert(
    fc.property(fc.tuple(words, words, words, words, words, words), (said) => {
      const given = Object.fromEntries(impactFields.map((field, index) => [field, said[index]]));
      const { text, frame, places } = described(openstack, given, 'Ada');
      assert.equal(text, framed(openstack, given, 'Ada'));
      assert.deepEqual([...frame].sort(), [...impactFields].sort());
      assert.deepEqual(places === null ? frameOf(openstack, text) : fieldsAt(text, places), given);
    }),
    { numRuns: 200 },
  );
  const twice = { ...values, action: 'sending a request twice', actor: 'user with a token' };
  const { text, places } = described(openstack, twice, 'Ada');
  assert.notDeepEqual(frameOf(openstack, text), twice, 'the sentence alone does not tell');
  assert.deepEqual(fieldsAt(text, places ?? '{}'), twice);
});

/** A case with a private patch on a stable branch, sent by a core reviewer and approved by another. */
function patched(): Bench {
  const bench = at('confirmed', openstack);
  bench.do(kai, { kind: 'judge-branch', ...stable, group: 'stable', affected: true });
  bench.do(kai, { kind: 'add-patch', ...stable, patch: patchFile(), signedOff: true });
  return bench;
}

test('VMT-10 VMT-16 in private, who looks after stable branches votes on the attached patch: acceptable, needs a change, or not', () => {
  const bench = patched();
  assert.equal(bench.state.visibility, 'private');
  const vote = { kind: 'judge-backport', ...stable } as const;
  const both = person('kai', 'core_reviewer', 'stable_maintainer');
  assert.deepEqual(refusedBy(bench, both, { ...vote, verdict: 'acceptable', reason: null }), ['not_the_patcher']);
  assert.deepEqual(refusedBy(bench, person('lou', 'liaison'), { ...vote, verdict: 'acceptable', reason: null }), ['backport_reviewer']);
  assert.deepEqual(refusedBy(bench, rea, { ...vote, verdict: 'needs_change', reason: null }), ['invalid'], 'what has to change is said');
  bench.do(rea, { ...vote, verdict: 'needs_change', reason: content() });
  bench.do(rea, { ...vote, verdict: 'acceptable', reason: null });
  const votes = () => bench.state.branches.find(({ branch }) => branch === stable.branch)?.backport.map(({ by, verdict }) => [by, verdict]);
  assert.deepEqual(votes(), [['rea', 'acceptable']], 'one vote of each person stands');
  bench.do(kai, { kind: 'add-patch', ...stable, patch: patchFile(), signedOff: true });
  assert.deepEqual(votes(), [], 'another patch begins anew');
});

test('VMT-16 a fast track is refused until approval and vote are on record for the newest patch', () => {
  const bench = patched();
  const fast = { kind: 'record-merge', ...stable, commit, fastTrack: true } as const;
  const other = person('tom', 'core_reviewer');
  bench.do(other, { kind: 'approve-patch', ...stable });
  assert.deepEqual(refusedBy(bench, kai, fast), ['pre_approved'], 'approved, and no vote');
  bench.do(rea, { kind: 'judge-backport', ...stable, verdict: 'not_acceptable', reason: content() });
  assert.deepEqual(refusedBy(bench, kai, fast), ['pre_approved'], 'a vote against it');
  bench.do(rea, { kind: 'judge-backport', ...stable, verdict: 'acceptable', reason: null });
  bench.do(kai, { kind: 'add-patch', ...stable, patch: patchFile(), signedOff: true });
  bench.do(other, { kind: 'approve-patch', ...stable });
  assert.deepEqual(refusedBy(bench, kai, fast), ['pre_approved'], 'the vote was on another patch');
  bench.do(rea, { kind: 'judge-backport', ...stable, verdict: 'acceptable', reason: null });
  bench.do(kai, fast);
  const merged = bench.state.branches.find(({ branch }) => branch === stable.branch);
  assert.deepEqual([merged?.state, merged?.fastTrack], ['merged', true]);
});

test('VMT-16 without a fast track a merge waits for no vote, and where the policy asks for no review a fast track is free', () => {
  const bench = patched();
  bench.do(person('tom', 'core_reviewer'), { kind: 'approve-patch', ...stable });
  assert.deepEqual(refusedBy(bench, kai, { kind: 'record-merge', ...stable, commit }), []);
  const { reviews } = openstack;
  const unasked = { ...openstack, reviews: { ...reviews, patch: null, backport: null } };
  const free = at('confirmed', unasked);
  free.do(kai, { kind: 'judge-branch', ...stable, group: 'stable', affected: true });
  free.do(mei, { kind: 'record-fact', fact: 'already_public', since: free.now, evidence: content('evidence') });
  const answer = refusedBy(free, kai, { kind: 'record-merge', ...stable, commit, fastTrack: true });
  assert.ok(!answer.includes('pre_approved'), answer.join());
});
