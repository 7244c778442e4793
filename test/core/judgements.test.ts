// SPDX-License-Identifier: Apache-2.0
// Judgements on a case: severity with its scores, the class and what follows from it, and credit before and after the release is armed.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { scored } from '../../src/app/cvss.ts';
import type { FlawId, Role } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { contradiction } from '../../src/core/model/severity.ts';
import type { Instant } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { consequences } from '../../src/core/process/consequences.ts';
import { decide } from '../../src/core/process/decide.ts';
import { replay } from '../../src/core/process/evolve.ts';
import { publishesAdvisory } from '../../src/core/process/gates.ts';
import type { Bench } from '../support/core.ts';
import { content, flaw, patchFile, preset, processItself, reporter, reporterId } from '../support/core.ts';
import { at, certain, number, team } from './journey.ts';

const libvirt = preset('libvirt-2023');
const openstack = preset('openstack-vmt');
const shared = process.env['DAYLIGHT_SHARED_DATA'] ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data');
const absent = existsSync(join(shared, 'cvss')) ? false : 'the published vectors are not here';

/** `vector overall …`, a line each; the score is the first column that is a number after `skip`. */
function published(file: string, column: number): readonly (readonly [vector: string, score: number])[] {
  return readFileSync(join(shared, 'cvss', file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.trim().split(/\s+/))
    .map((words) => [words[0] ?? '', Number(words[column])] as const);
}

for (const [file, column, least] of [
  ['metaeffekt-2.0.txt', 1, 900],
  ['metaeffekt-3.1.txt', 1, 900],
  ['metaeffekt-4.0.txt', 2, 300],
] as const)
  test(`VMT-34 every published vector of ${file} comes to its published score`, { skip: absent }, () => {
    const vectors = published(file, column);
    assert.ok(vectors.length >= least, `${vectors.length} vectors`);
    const wrong = vectors.filter(([vector, score]) => scored(vector)?.score !== score);
    assert.deepEqual(wrong.slice(0, 5), []);
  });

const base = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
for (const [vector, scheme, score, rating] of [
  [base, 'cvss_3.1', 9.8, 'critical'],
  [`${base}/E:X`, 'cvss_3.1', 9.8, 'critical'],
  ['CVSS:3.1/AV:P/AC:L/PR:L/UI:R/S:U/C:N/I:N/A:N', 'cvss_3.1', 0, 'none'],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 'cvss_4.0', 9.3, 'critical'],
  ['AV:N/AC:L/Au:N/C:C/I:C/A:C', 'cvss_2.0', 10, 'high'],
  [' (AV:N/AC:L/Au:N/C:C/I:C/A:C) ', 'cvss_2.0', 10, 'high'],
] as const)
  test(`VMT-34 ${vector.trim()} is ${scheme}, ${score}, ${rating}`, () => {
    const { scheme: found, score: is, rating: means } = certain(scored(vector));
    assert.deepEqual([found, is, means], [scheme, score, rating]);
  });

for (const vector of [
  '',
  'high',
  'CVSS:3.1/AV:N/AC:L',
  `${base}/AV:N`,
  `${base}/XX:N`,
  base.replace('AV:N', 'AV:Z'),
  base.replace('AV:N', 'AV:'),
  base.replace('AV:N', 'AV:NN'),
  base.replace('CVSS:3.1', 'CVSS:9.9'),
  `${base}/`,
  'CVSS:4.0/AV:N',
  'AV:N/AC:L/Au:N/C:C/I:C/A:X',
  'AV:N/AC:L/Au:N/C:C/I:C/A:C/E:POCH',
])
  test(`VMT-34 “${vector}” is no vector`, () => {
    assert.equal(scored(vector), undefined);
  });

test('VMT-34 a level that contradicts its score is told, not refused, and only where the scale has the word', () => {
  const score = certain(scored(base));
  assert.match(
    String(contradiction('low', score, ['low', 'moderate', 'high', 'critical'])),
    /9\.8, which is critical; the level on record is low/,
  );
  assert.equal(contradiction('critical', score, ['low', 'critical']), null);
  assert.equal(contradiction('minor', score, ['minor', 'major']), null, 'a scale of other words says nothing of it');
  const medium = certain(scored('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N'));
  assert.equal(contradiction('moderate', medium, ['low', 'moderate']), null, 'moderate is medium');
  const bench = at('eligible', libvirt);
  bench.do(team(libvirt).anna, { kind: 'assess-severity', level: 'low', vector: base, score });
  assert.deepEqual([bench.state.severity?.level, bench.state.severity?.score?.score, bench.state.severity?.by], ['low', 9.8, 'anna']);
});

test('VMT-34 a project that records no scores takes none, and one that names its schemes takes those', () => {
  const score = certain(scored(base));
  const tried = (scores: Policy['severity']['scores'], beside: object) => {
    const policy = { ...libvirt, severity: { ...libvirt.severity, scores } };
    const bench = at('eligible', policy);
    const decided = bench.try(team(policy).anna, { kind: 'assess-severity', level: 'low', vector: null, ...beside });
    return isRefusal(decided) && decided.refusal.kind === 'invalid' ? decided.refusal.field : 'taken';
  };
  assert.equal(tried([], { vector: base, score }), 'vector');
  assert.equal(tried([], {}), 'taken', 'a level needs no score');
  assert.equal(tried(['cvss_4.0'], { vector: base, score }), 'vector');
  assert.equal(tried(['cvss_3.1'], { vector: base, score }), 'taken');
  assert.equal(tried(['cvss_3.1'], { ssvc: 'immediate' }), 'ssvc');
  assert.equal(tried(['ssvc'], { ssvc: 'immediate', cwes: ['CWE-787'] }), 'taken');
});

test('LIBVIRT-22 LIBVIRT-23 the verdict and its severity are one step, and without a severity there is no confirmation', () => {
  const bench = at('eligible', libvirt);
  const confirm = (severity: object | null) =>
    bench.try(team(libvirt).anna, {
      kind: 'confirm-flaw',
      flaws: ['flaw1'],
      class: null,
      severity,
      reason: content(),
      summary: null,
      branches: [],
    } as never);
  const without = confirm(null);
  assert.ok(isRefusal(without) && without.refusal.kind === 'gates' && without.refusal.unmet[0]?.gate === 'severity_recorded');
  const unknown = confirm({ level: 'terrible', vector: null });
  assert.ok(isRefusal(unknown) && unknown.refusal.kind === 'invalid' && unknown.refusal.field === 'level');
  assert.ok(!isRefusal(confirm({ level: 'high', vector: null })));
});

/** OpenStack's taxonomy: what each class publishes, whether it opens the case, and which groups of branches must be fixed. */
/** A day and hour on which the project discloses, within its first length. */
const thursday = '2026-11-12T15:00:00.000Z' as Instant;

const taxonomy = [
  ['A', 'private', true, ['development', 'stable']],
  ['B1', 'public', true, ['development']],
  ['B2', 'public', true, []],
  ['B3', 'public', true, ['development', 'stable']],
  ['C1', 'public', false, ['development', 'stable']],
  ['C2', 'public', false, ['development', 'stable']],
  ['D', 'public', false, ['development', 'stable']],
  ['E', 'public', false, ['development', 'stable']],
  ['Y', 'public', false, ['development', 'stable']],
  ['Z', 'public', false, ['development', 'stable']],
] as const;

for (const [className, visibility, publishes, groups] of taxonomy)
  test(`VMT-31 VMT-32 VMT-33 class ${className} is ${visibility}, ${publishes ? 'publishes' : 'publishes nothing by itself'}, and is fixed on ${groups.join(' and ') || 'no branch'}`, () => {
    const bench = at('eligible', openstack);
    const [set] = bench.do(team(openstack).anna, { kind: 'set-class', class: className });
    assert.equal(bench.state.visibility, visibility);
    assert.equal(publishesAdvisory(bench.state, openstack), publishes);
    assert.deepEqual(set?.kind === 'class-set' ? set.requires : undefined, groups);
    const date = bench.try(team(openstack).anna, {
      kind: 'propose-embargo',
      until: thursday,
      zone: 'UTC',
      reason: content(),
      restart: null,
      circumstances: null,
      evidence: null,
      purposes: [],
    });
    assert.equal(
      isRefusal(date) && date.refusal.kind,
      visibility === 'public' ? 'wrong_state' : false,
      'no embargo for what is handled in the open, a date for the rest',
    );
    assert.deepEqual(bench.do(team(openstack).anna, { kind: 'set-class', class: className }), [], 'twice is once');
  });

test('VMT-31 a note that is published where it is useful is waited for once somebody has written one', () => {
  const bench = at('eligible', openstack);
  bench.do(team(openstack).anna, { kind: 'set-class', class: 'C1' });
  assert.equal(publishesAdvisory(bench.state, openstack), false);
  assert.equal(publishesAdvisory({ ...bench.state, advisory: { ...bench.state.advisory, state: 'draft' } }, openstack), true);
});

test('VMT-31 VMT-33 a class that changes opens a confirmed case and lets go of the branches that it does not need, and never hides one', () => {
  const bench = at('confirmed', openstack);
  assert.ok(bench.state.branches.some((fix) => fix.required));
  bench.do(team(openstack).anna, { kind: 'set-class', class: 'B2' });
  assert.deepEqual([bench.state.visibility, bench.state.embargo.state], ['public', 'exited']);
  assert.ok(bench.state.branches.every((fix) => !fix.required));
  bench.do(team(openstack).anna, { kind: 'set-class', class: 'A' });
  assert.equal(bench.state.visibility, 'public', 'I1 what is public stays public');
  assert.ok(bench.state.branches.some((fix) => fix.required));
  const unknown = bench.try(team(openstack).anna, { kind: 'set-class', class: 'Q' });
  assert.ok(isRefusal(unknown) && unknown.refusal.kind === 'gates');
});

test('VMT-31 VMT-11 T9 a class that gets an advisory wants a number for each flaw that nobody decided on, and for no other', () => {
  const bench = at('eligible', openstack);
  const { anna } = team(openstack);
  bench.do(anna, {
    kind: 'confirm-flaw',
    ...{
      flaws: [flaw, 'second' as FlawId, 'third' as FlawId],
      class: 'C1',
      severity: null,
      reason: content(),
      summary: null,
      branches: [],
    },
  });
  bench.do(anna, { kind: 'waive-cve', flaw, reason: content() });
  bench.do(anna, { kind: 'record-cve', flaw: 'second' as FlawId, number });
  const cve = () => bench.state.flaws.map((one) => one.cve);
  assert.deepEqual(cve(), ['not_needed', 'assigned', 'undecided'], 'no advisory, no number by itself');
  bench.do(anna, { kind: 'set-class', class: 'E' });
  assert.deepEqual(cve(), ['not_needed', 'assigned', 'undecided'], 'this class gets none either');
  bench.do(anna, { kind: 'set-class', class: 'A' });
  assert.deepEqual(cve(), ['not_needed', 'assigned', 'required']);
});

test('VMT-31 VMT-11 a class that gets no advisory any more asks for no number that was not asked for yet, and nobody enters one for it', () => {
  const bench = at('confirmed', openstack);
  const { anna } = team(openstack);
  bench.do(anna, { kind: 'add-flaw', flaw: 'second' as FlawId, title: content('title', 'shared') });
  bench.do(anna, { kind: 'record-cve', flaw: 'second' as FlawId, number });
  const cve = () => bench.state.flaws.map((one) => one.cve);
  assert.deepEqual(cve(), ['required', 'assigned']);
  bench.do(anna, { kind: 'set-class', class: 'C1' });
  assert.deepEqual(cve(), ['undecided', 'assigned'], 'what was given stays');
  bench.do(anna, { kind: 'set-class', class: 'A' });
  assert.deepEqual(cve(), ['required', 'assigned'], 'and asks again with the class that gets one');
  assert.deepEqual(replay(bench.log), bench.state, 'I13');
});

test('VMT-31 VMT-21 what people said go to under one class goes out under no other, and an advisory under none that publishes nothing', () => {
  const quiet = {
    means: 'a flaw that is told to nobody',
    handled: 'in_confidence',
    publishes: 'nothing',
    branches: ['development'],
  } as const;
  const policy: Policy = {
    ...openstack,
    eligibility: { ...openstack.eligibility, classes: { ...openstack.eligibility.classes, X: quiet } },
  };
  const bench = at('prepared', policy);
  const { anna, boris } = team(policy);
  assert.deepEqual([bench.state.disclosure.armed, bench.state.advisory.state], [true, 'approved']);
  bench.do(anna, { kind: 'set-class', class: 'X' });
  assert.deepEqual(
    [bench.state.disclosure.armed, bench.state.disclosure.prepared, bench.state.advisory.state],
    [false, null, 'draft'],
    'nobody has said go to this',
  );
  const refused = bench.try(anna, { kind: 'submit-advisory' });
  assert.ok(isRefusal(refused) && refused.refusal.kind === 'gates');
  assert.deepEqual(
    refused.refusal.unmet.map(({ gate }) => gate),
    ['advisory_wanted'],
    'and nobody is asked to read what never comes out',
  );
  bench.do(anna, { kind: 'approve-release' });
  bench.do(boris, { kind: 'approve-release' });
  bench.now = certain(bench.state.embargo.until);
  bench.do(processItself, { kind: 'publish-case' });
  assert.deepEqual([bench.state.visibility, bench.state.advisory.state, bench.state.advisory.published], ['public', 'draft', 0]);
  assert.deepEqual(replay(bench.log), bench.state, 'I13');
});

test('VMT-31 what is no flaw gets its class with the verdict', () => {
  const bench = at('eligible', openstack);
  bench.do(team(openstack).anna, { kind: 'dismiss-flaw', reason: content('reason', 'shared'), class: 'D' });
  assert.deepEqual([bench.state.class, bench.state.visibility], ['D', 'public']);
});

const named = (bench: Bench) => {
  const name = content('credit_name', 'withheld');
  return { name, events: bench.do(reporter, { kind: 'decide-credit', participant: reporterId, decision: 'named', name }) };
};

test('VMT-42 a reporter’s change of name after arming is kept as a request, the owner is told, and the release stays as people said it', () => {
  const bench = at('prepared', libvirt);
  const before = bench.state.disclosure;
  const { events, name } = named(bench);
  assert.deepEqual(
    events.map((event) => event.kind),
    ['credit-requested'],
  );
  assert.deepEqual(bench.state.disclosure, before, 'armed, with the documents that people said go to');
  assert.deepEqual(bench.state.reporters[0]?.creditRequest, { decision: 'named', name });
  assert.equal(bench.state.reporters[0]?.credit, 'declined');
  assert.deepEqual(
    consequences(events, bench.state, libvirt).map((one) => (one.kind === 'send-notice' ? [one.notice, one.to] : one.kind)),
    [['credit-requested', { kind: 'person', person: bench.state.owner }]],
  );
});

test('VMT-42 what was asked acts when the release is stopped and people say go anew', () => {
  const bench = at('prepared', libvirt);
  const { name } = named(bench);
  const { anna, boris } = team(libvirt);
  bench.do(boris, { kind: 'stop-release', reason: null });
  assert.equal(bench.state.reporters[0]?.credit, 'declined', 'not yet');
  const why = libvirt.branches.should.length === 0 ? {} : { deviation: content() };
  bench.do(anna, { kind: 'approve-release', ...why });
  assert.deepEqual([bench.state.reporters[0]?.credit, bench.state.reporters[0]?.creditName], ['named', name]);
  assert.equal(bench.state.reporters[0]?.creditRequest, null);
  assert.deepEqual(bench.state.disclosure.approvedBy, ['anna'], 'the word was said to what goes out');
  bench.do(boris, { kind: 'approve-release' });
  assert.ok(bench.state.disclosure.armed);
});

test('VMT-42 taking one’s name out always acts: the documents are made anew without it, and nobody has to say go again', () => {
  const bench = at('credited', libvirt);
  named(bench);
  const { anna, boris } = team(libvirt);
  bench.do(anna, { kind: 'approve-release' });
  bench.do(boris, { kind: 'approve-release' });
  bench.do(processItself, { kind: 'record-preparation', documents: [{ format: 'text', file: 'n.txt', sha256: 'f'.repeat(64) }] });
  const out = bench.do(reporter, { kind: 'decide-credit', participant: reporterId, decision: 'declined', name: null });
  assert.equal(bench.state.reporters[0]?.credit, 'declined');
  assert.deepEqual(
    [bench.state.disclosure.armed, bench.state.disclosure.approvedBy.length, bench.state.disclosure.prepared],
    [true, 2, null],
  );
  assert.deepEqual(
    consequences(out, bench.state, libvirt).map((one) => one.kind),
    ['prepare-publication'],
  );
  const early = decide({ kind: 'publish-case' }, {
    state: bench.state,
    policy: libvirt,
    actor: processItself,
    now: certain(bench.state.embargo.until),
    nextNumber: '',
    others: [],
  } as never);
  assert.ok(isRefusal(early) && early.refusal.kind === 'gates', 'the old documents do not go out');
  bench.do(processItself, { kind: 'record-preparation', documents: [{ format: 'text', file: 'n.txt', sha256: 'e'.repeat(64) }] });
  bench.now = certain(bench.state.embargo.until);
  bench.do(processItself, { kind: 'publish-case' });
  assert.equal(bench.state.visibility, 'public');
});

test('VMT-31 T15 a class that asks for fewer branches completes a fix that lacked the others alone, and one that asks for none completes nothing', () => {
  const named = (branch: string, group: string) => ({ branch, component: null, group });
  const classed = (className: string) => {
    const bench = at('eligible', openstack);
    const { anna, boris } = team(openstack);
    const said = { class: 'A', severity: null, reason: content(), summary: null };
    const branches = [named('master', 'development'), named('stable/2026.1', 'stable')];
    bench.do(anna, { kind: 'confirm-flaw', flaws: [flaw], ...said, branches });
    bench.do(anna, { kind: 'add-patch', branch: 'master', component: null, patch: patchFile(), signedOff: true });
    bench.do(boris, { kind: 'approve-patch', branch: 'master', component: null });
    assert.equal(bench.state.handling, 'fixing');
    bench.do(anna, { kind: 'set-class', class: className });
    return bench.state.handling;
  };
  assert.deepEqual([classed('B1'), classed('B2'), classed('B3')], ['fix_ready', 'fixing', 'fixing']);
});

test('VMT-31 T15 a class that asks for more branches takes back a fix that is not on them yet; one more patch completes it again', () => {
  const bench = at('fixed', openstack);
  const { anna, boris } = team(openstack);
  bench.do(anna, { kind: 'set-class', class: 'B1' });
  const named = { branch: 'stable/2026.1', component: null, group: 'stable', affected: true };
  bench.do(anna, { kind: 'judge-branch', ...named });
  assert.deepEqual(
    [bench.state.handling, bench.state.branches.at(-1)?.required],
    ['fix_ready', false],
    'this class wants the development branch alone',
  );
  const { until } = bench.state.embargo;
  const again = bench.do(anna, { kind: 'set-class', class: 'A' });
  assert.deepEqual(
    again.map(({ kind }) => kind),
    ['class-set', 'fix-reopened'],
  );
  assert.deepEqual([bench.state.handling, bench.state.marks.fix_ready], ['fixing', undefined]);
  assert.equal(bench.state.embargo.until, until, 'the agreed hour stands');
  bench.do(anna, { kind: 'add-patch', ...named, patch: patchFile(), signedOff: true });
  bench.do(boris, { kind: 'approve-patch', ...named });
  assert.deepEqual([bench.state.handling, bench.state.marks.fix_ready], ['fix_ready', bench.now]);
  bench.do(anna, { kind: 'judge-branch', branch: 'stable/2025.2', component: null, group: 'stable', affected: true });
  assert.equal(bench.state.handling, 'fixing', 'and so does a branch that is found to be affected');
});

test('LIBVIRT-26 R-17 nobody alone opens by a class a confirmed flaw that others disclose at the same hour', () => {
  const together: Policy = { ...openstack, disclosure: { ...openstack.disclosure, togetherWith: ['core_reviewer' as Role] } };
  const bench = at('confirmed', together);
  const { anna } = team(together);
  assert.equal(bench.state.embargo.state, 'active');
  const refused = bench.try(anna, { kind: 'set-class', class: 'C1' });
  assert.ok(isRefusal(refused) && refused.refusal.kind === 'gates');
  assert.deepEqual(
    refused.refusal.unmet.map(({ gate }) => gate),
    ['nobody_prepares'],
  );
  const young = at('eligible', together);
  young.do(anna, { kind: 'set-class', class: 'C1' });
  assert.equal(young.state.visibility, 'public', 'before the verdict nobody prepares');
});

test('VMT-42 members whom the policy credits decide on their own part, and on no other', () => {
  const bench = at('approved', libvirt);
  const { anna, boris } = team(libvirt);
  const own = (actor: typeof anna, as: string, changes: object = {}) =>
    bench.try(actor, { kind: 'decide-own-credit', as, decision: 'declined', name: null, ...changes } as never);
  const field = (tried: ReturnType<typeof own>) => (isRefusal(tried) && tried.refusal.kind === 'invalid' ? tried.refusal.field : 'taken');
  assert.equal(field(own(boris, 'patcher')), 'as', 'anna wrote the patch');
  const reviewer = own(boris, 'reviewer');
  assert.ok(isRefusal(reviewer) && reviewer.refusal.kind === 'gates', 'this policy credits reporters and patchers');
  assert.equal(field(own(anna, 'patcher', { decision: 'named' })), 'name');
  const name = content('credit_name', 'withheld');
  assert.equal(field(own(anna, 'patcher', { decision: 'named', name })), 'taken');
  assert.deepEqual(bench.state.contributors, [{ person: 'anna', as: 'patcher', credit: 'named', creditName: name }]);
  assert.equal(field(own(anna, 'patcher')), 'taken');
  assert.deepEqual(bench.state.contributors, [{ person: 'anna', as: 'patcher', credit: 'declined', creditName: null }]);
});
