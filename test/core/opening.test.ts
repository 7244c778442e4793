// SPDX-License-Identifier: Apache-2.0
// Cases that become public by another way than the planned one: the embargo ends with them, the fix goes on in the open, and they can be closed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '../../src/core/model/refusal.ts';
import type { Instant } from '../../src/core/model/time.ts';
import { bundleOf, guarded } from '../../src/core/policy/access.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { due } from '../../src/core/process/deadlines.ts';
import type { Bench } from '../support/core.ts';
import { content, flaw, person, preset, processItself, report, reporter } from '../support/core.ts';
import { splitOff } from './golden-parts.ts';
import { at, certain, number, on, team } from './journey.ts';

const ola = person('ola', 'coordinator');
const mei = person('mei', 'maintainer');
const master = { branch: 'master', component: null };

function quiet(bench: Bench, hours: number): void {
  bench.later(hours);
  assert.equal(due(bench.state, bench.policy, bench.now), undefined, JSON.stringify(due(bench.state, bench.policy, bench.now)));
}

test('VMT-29 what proves no flaw is opened, its embargo ends with it, and no clock runs on', () => {
  const bench = at('eligible', preset('openstack-vmt'));
  assert.equal(bench.state.embargo.state, 'active', 'by default it counts from acceptance');
  bench.do(ola, { kind: 'dismiss-flaw', reason: content(), class: 'D' });
  assert.deepEqual([bench.state.handling, bench.state.visibility], ['public_bug', 'public']);
  assert.deepEqual([bench.state.embargo.state, bench.state.embargo.exit], ['exited', 'process_public']);
  quiet(bench, 200 * 24);
  bench.do(ola, { kind: 'close-case' });
  assert.equal(bench.state.handling, 'closed', 'nothing was to be announced');
});

test('VMT-31 VMT-32 a class that is handled in the open has no embargo from then on', () => {
  const bench = at('eligible', preset('openstack-vmt'));
  bench.do(ola, { kind: 'confirm-flaw', flaws: [flaw], class: 'D', severity: null, reason: content(), summary: null, branches: [] });
  assert.deepEqual([bench.state.visibility, bench.state.embargo.state], ['public', 'exited']);
});

test('I5 a proposal that is still discussed ends with the fact that everybody knows', () => {
  const bench = at('confirmed', preset('qemu-2026'));
  bench.do(reporter, {
    kind: 'propose-embargo',
    until: '2026-11-20T15:00:00.000Z' as Instant,
    zone: 'UTC',
    reason: content(),
    restart: null,
    circumstances: null,
    evidence: null,
    purposes: [],
  });
  assert.equal(bench.state.embargo.state, 'proposed');
  bench.do(mei, { kind: 'record-fact', fact: 'already_public', since: bench.now, evidence: content('evidence') });
  assert.equal(bench.state.embargo.state, 'exited');
});

test('VMT-9 VMT-10 VMT-11 VMT-12 VMT-22 the public path is the embargoed one without its extras, up to the advisory', () => {
  const open = at('confirmed', preset('openstack-vmt'), report({ channel: 'tracker', sensitive: 'no' }));
  assert.deepEqual([open.state.visibility, open.state.embargo.state], ['public', 'none']);
  on(open, 'confirmed', 'prepared');
  const deadline = certain(due(open.state, open.policy, open.now));
  assert.equal(deadline.action.kind, 'publish-case', 'it goes out as soon as it is ready, without a date');
  open.do(processItself, deadline.action);
  on(open, 'public', 'merged');
  open.do(ola, { kind: 'close-case' });
  assert.deepEqual([open.state.handling, open.state.advisory.state], ['closed', 'published']);
  const closed = on(at('prepared', preset('openstack-vmt')), 'prepared', 'merged');
  closed.do(ola, { kind: 'close-case' });
  const kinds = (bench: Bench) => new Set(bench.log.map((event) => event.kind));
  const extras = [...kinds(closed)].filter((kind) => !kinds(open).has(kind));
  assert.deepEqual(extras.toSorted(), ['case-opened', 'embargo-activated', 'embargo-exited']);
  assert.deepEqual(
    [...kinds(open)].filter((kind) => !kinds(closed).has(kind)),
    [],
  );
});

test('VMT-12 on the public path the advisory waits for its gates as on the other', () => {
  const open = at('fixed', preset('openstack-vmt'), report({ channel: 'tracker', sensitive: 'no' }));
  quiet(open, 24);
  on(open, 'fixed', 'armed');
  quiet(open, 24);
  on(open, 'armed', 'prepared');
  assert.equal(due(open.state, open.policy, open.now)?.action.kind, 'publish-case');
});

test('QEMU-43 QEMU-44 what is public already is opened, and the fix that follows in the open closes it', () => {
  const bench = at('confirmed', preset('qemu-2026'));
  on(bench, 'approved', 'credited');
  bench.do(mei, { kind: 'record-fact', fact: 'already_public', since: bench.now, evidence: content('evidence') });
  const deadline = certain(due(bench.state, bench.policy, bench.now));
  bench.do(processItself, deadline.action);
  assert.equal(bench.state.visibility, 'public');
  bench.do(person('rh', 'cna'), { kind: 'record-cve', flaw, number });
  bench.do(mei, { kind: 'record-posting', ...master, messageId: '<1@lists.example>' });
  bench.do(mei, { kind: 'record-merge', ...master, commit: 'a'.repeat(40) });
  bench.do(mei, { kind: 'close-case' });
  assert.equal(bench.state.handling, 'closed');
});

test('QEMU-11 a part of a case that is public opens no more than that case does: its reporter was not asked', () => {
  const openstack = preset('openstack-vmt');
  const policy: Policy = { ...openstack, publication: { ...openstack.publication, scope: 'fix_only' } };
  const bench = at('eligible', policy);
  bench.do(ola, { kind: 'confirm-flaw', flaws: [flaw], class: 'D', severity: null, reason: content(), summary: null, branches: [] });
  assert.deepEqual([bench.state.visibility, guarded(bench.state, policy).opening], ['public', 'nothing']);
  const part = splitOff(bench).state;
  assert.deepEqual([part.visibility, guarded(part, policy).opening], ['public', 'nothing']);
});

test('T10 what is out at the cap is what two people agreed on: one person puts no other text in its place', () => {
  const bench = at('confirmed', preset('qemu-2026'));
  const { anna, boris } = team(bench.policy);
  const summary = content('summary', 'shared');
  bench.do(anna, { kind: 'propose-bundle', summary });
  bench.do(boris, { kind: 'agree-bundle' });
  bench.later(400 * 24);
  bench.do(processItself, { kind: 'publish-bundle' });
  const out = bundleOf(bench.state);
  assert.ok(out.includes(summary.id));
  assert.ok(isRefusal(bench.try(anna, { kind: 'propose-bundle', summary: content('summary', 'shared') })));
  assert.deepEqual(bundleOf(bench.state), out);
});

test('QEMU-51 T23 a day for a publication without a fix is none any more once the fix is there', () => {
  const policy = preset('qemu-2026');
  const bench = at('confirmed', policy);
  const { anna } = team(policy);
  bench.later(400 * 24);
  bench.state = { ...bench.state, unfixed: { approvedBy: [], on: bench.now } };
  on(bench, 'confirmed', 'fixed');
  assert.deepEqual([bench.state.handling, bench.state.unfixed], ['fix_ready', null]);
  assert.ok(isRefusal(bench.try(anna, { kind: 'call-off-unfixed', reason: content() })), 'there is nothing to call off');
});
