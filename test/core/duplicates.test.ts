// SPDX-License-Identifier: Apache-2.0
// Duplicates, the process alone: what may be marked, what the target gets, what each reporter learns, and how it ends.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseId, PersonId } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { guarded } from '../../src/core/policy/access.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { ownerOr } from '../../src/core/process/consequences/to-whom.ts';
import { consequences } from '../../src/core/process/consequences.ts';
import { replay } from '../../src/core/process/evolve.ts';
import { content, flaw, preset, processItself } from '../support/core.ts';
import { presetNames } from '../support/policies.ts';
import { at, certain, on, team } from './journey.ts';
import { doIn, mark, type Pair, pairOf, pairWalk, reporterOf, second, secondReporter, tickPair, tryIn } from './pair.ts';

const qemu = preset('qemu-2026');
const openstack = preset('openstack-vmt');
const libvirt = preset('libvirt-2023');

/** The first case at a stage, the second one new. */
function pairAt(stage: Parameters<typeof at>[0], policy: Policy, again: Parameters<typeof pairOf>[2] = {}): Pair {
  const { other } = pairOf(policy, undefined, again);
  const one = at(stage, policy);
  while (other.now < one.now) other.now = one.now;
  return { one, other };
}

const withRules = (policy: Policy, duplicates: Partial<Policy['duplicates']>): Policy => ({
  ...policy,
  duplicates: { ...policy.duplicates, ...duplicates },
});

function refusalOf(answer: ReturnType<typeof tryIn>): string {
  assert.ok(isRefusal(answer), 'it is refused');
  return 'sentence' in answer.refusal ? answer.refusal.sentence : JSON.stringify(answer.refusal);
}

test('QEMU-49 a second independent report is attached, counted, and raises the question whether to publish now', () => {
  const pair = pairAt('confirmed', qemu);
  const { anna } = team(qemu);
  doIn(pair, pair.other, anna, mark(pair.one.state.case));
  assert.equal(pair.other.state.handling, 'duplicate');
  assert.deepEqual(
    pair.one.state.reporters.map(({ participant, from }) => [participant, from]),
    [
      ['reporter1', null],
      [secondReporter, second],
    ],
  );
  assert.deepEqual(
    pair.one.state.facts.map(({ fact }) => fact),
    ['rediscovered'],
  );
  assert.notEqual(pair.one.state.askedSince, null);
  const told = consequences(pair.one.log.slice(-3), pair.one.state, qemu);
  assert.ok(told.some((one) => one.kind === 'send-notice' && one.notice === 'found-again' && one.to.kind === 'person'));
  pair.one.do(anna, { kind: 'answer-rediscovery', publish: false, reason: content() });
  assert.equal(pair.one.state.askedSince, null);
});

test('QEMU-49 the same people reporting twice is no rediscovery', () => {
  const pair = pairAt('confirmed', qemu);
  doIn(pair, pair.other, team(qemu).anna, mark(pair.one.state.case, { independent: false }));
  assert.deepEqual(pair.one.state.facts, []);
  assert.equal(pair.one.state.askedSince, null);
  assert.equal(pair.one.state.reporters.length, 2);
});

for (const [rediscovery, endsEarly, want] of [
  ['note', 'ask', ['active', false]],
  ['ask', 'ask', ['active', true]],
  ['publish', 'ask', ['exited', false]],
  ['note', 'publish', ['exited', false]],
] as const)
  test(`QEMU-49 duplicates.rediscovery: ${rediscovery} with embargo.ends_early_on.rediscovered: ${endsEarly}`, () => {
    const rules = withRules(libvirt, { rediscovery });
    const policy: Policy = {
      ...rules,
      embargo: { ...rules.embargo, endsEarlyOn: { ...rules.embargo.endsEarlyOn, rediscovered: endsEarly } },
    };
    const pair = pairAt('confirmed', policy);
    if (pair.other.state.handling === 'held') pair.other.do(team(policy).anna, { kind: 'release-report' });
    doIn(pair, pair.other, team(policy).anna, mark(pair.one.state.case));
    assert.deepEqual([pair.one.state.embargo.state, pair.one.state.askedSince !== null], want);
  });

test('T4 a case is no duplicate of itself, of a duplicate, of a held one, of what ended in private, or of nothing', () => {
  const { anna } = team(qemu);
  const pair = pairOf(qemu);
  assert.match(refusalOf(tryIn(pair, pair.one, anna, mark('case1' as CaseId))), /of itself/);
  assert.match(refusalOf(tryIn(pair, pair.one, anna, mark('case9' as CaseId))), /no such case/);
  doIn(pair, pair.other, anna, mark('case1' as CaseId));
  assert.match(refusalOf(tryIn(pair, pair.one, anna, mark(second))), /marked as a duplicate of this one/);
  assert.match(refusalOf(tryIn(pair, pair.other, anna, mark('case1' as CaseId))), /not possible while handling is duplicate/);
  const elsewhere = pairAt('taken', qemu);
  elsewhere.one.do(anna, {
    kind: 'decide-eligibility',
    verdict: 'elsewhere',
    rule: null,
    reason: content(),
    target: content('reason', 'shared'),
  });
  assert.match(refusalOf(tryIn(elsewhere, elsewhere.other, anna, mark('case1' as CaseId))), /ended in private/);
  const held = pairOf(libvirt);
  const libvirtTeam = team(libvirt);
  held.other.do(libvirtTeam.anna, { kind: 'release-report' });
  assert.match(refusalOf(tryIn(held, held.other, libvirtTeam.anna, mark('case1' as CaseId))), /held/);
  const { other } = pairOf(qemu);
  const third = { one: { ...pair.one.state, duplicateOf: null }, other };
  assert.equal(third.one.reporters.length, 2);
});

test('T4 a case to which others belong joins no third one: there are no chains', () => {
  const { anna } = team(qemu);
  const pair = pairOf(qemu);
  doIn(pair, pair.other, anna, mark('case1' as CaseId));
  const third = pairOf(qemu).other;
  const answer = pair.one.tryBeside(anna, mark('case3' as CaseId), [
    Object.assign(third, { state: { ...third.state, case: 'case3' as CaseId } }),
  ]);
  assert.match(refusalOf(answer), /Other reports belong to this case/);
});

test('T4 undone, the report stands where it stood, its reader list too, and the target has nothing of it', () => {
  const { anna } = team(openstack);
  const pair = pairAt('confirmed', openstack);
  pair.one.do(anna, { kind: 'add-person', person: 'expert' as PersonId });
  pair.other.do(anna, { kind: 'take-up-case' });
  const before = pair.other.state;
  doIn(pair, pair.other, anna, mark(pair.one.state.case));
  assert.deepEqual(pair.other.state.added, ['expert'], 'who reads the target reads the report');
  pair.one.do(anna, { kind: 'remove-person', person: 'expert' as PersonId });
  tickPair(pair);
  assert.deepEqual(pair.other.state.added, [], 'and no longer than that');
  doIn(pair, pair.other, anna, { kind: 'undo-duplicate', reason: content() });
  const { version: _, ...after } = pair.other.state;
  const { version: __, ...want } = before;
  assert.deepEqual(after, want);
  assert.equal(pair.one.state.reporters.length, 1);
});

test('I2 VMT-36 a duplicate becomes public with its target, as far as that one opens, and its reporter is told', () => {
  for (const policy of [qemu, openstack, libvirt]) {
    const { anna } = team(policy);
    const pair = pairAt('confirmed', policy);
    if (pair.other.state.handling === 'held') pair.other.do(anna, { kind: 'release-report' });
    doIn(pair, pair.other, anna, mark(pair.one.state.case, { independent: false }));
    pair.other.do(reporterOf(pair.other), { kind: 'decide-credit', participant: secondReporter, decision: 'declined', name: null });
    tickPair(pair);
    on(pair.one, 'confirmed', 'disclosed');
    pair.other.now = pair.one.now;
    const from = pair.other.log.length;
    tickPair(pair);
    assert.equal(pair.other.state.visibility, 'public', policy.name);
    assert.equal(guarded(pair.other.state, policy).opening, guarded(pair.one.state, policy).opening);
    const told = consequences(pair.other.log.slice(from), pair.other.state, policy);
    assert.ok(told.some((one) => one.kind === 'send-notice' && one.notice === 'disclosed'));
    assert.match(refusalOf(tryIn(pair, pair.other, anna, { kind: 'undo-duplicate', reason: content() })), /is public/);
  }
});

test('T4 a target that ends in private takes nobody with it: the report stands by itself again', () => {
  const pair = pairAt('taken', qemu);
  const { anna } = team(qemu);
  doIn(pair, pair.other, anna, mark(pair.one.state.case));
  pair.one.do(anna, {
    kind: 'decide-eligibility',
    verdict: 'elsewhere',
    rule: null,
    reason: content(),
    target: content('reason', 'shared'),
  });
  tickPair(pair, 1);
  assert.equal(pair.other.state.handling, 'received');
  assert.equal(pair.one.state.reporters.length, 1);
});

test('T4 what is marked as a duplicate of a public case becomes public at once, and only when somebody says that it may', () => {
  const pair = pairAt('disclosed', qemu);
  const { anna } = team(qemu);
  assert.match(refusalOf(tryIn(pair, pair.other, anna, mark(pair.one.state.case, { opens: false }))), /becomes public with it/);
  doIn(pair, pair.other, anna, mark(pair.one.state.case));
  assert.equal(pair.other.state.visibility, 'public');
});

test('VMT-42 P8 the publication waits for every reporter’s credit, and what one says in their own case counts', () => {
  const pair = pairAt('approved', openstack);
  const { anna } = team(openstack);
  doIn(pair, pair.other, anna, mark(pair.one.state.case, { independent: false }));
  on(pair.one, 'approved', 'credited');
  const waits = () => {
    const answer = pair.one.try(anna, { kind: 'approve-release' });
    return isRefusal(answer) && answer.refusal.kind === 'gates' ? answer.refusal.unmet.map(({ gate }) => gate) : [];
  };
  assert.ok(waits().includes('credit_decided'));
  const elsewhere = { kind: 'decide-credit', participant: secondReporter, decision: 'declined', name: null } as const;
  assert.match(refusalOf(pair.one.try(anna, elsewhere)), /own report/);
  const name = content('credit_name');
  pair.other.do(reporterOf(pair.other), { ...elsewhere, decision: 'named', name });
  tickPair(pair);
  assert.deepEqual(pair.one.state.reporters[1]?.creditName, name);
  assert.ok(!waits().includes('credit_decided'));
});

test('VMT-42 duplicates.credit: first_reporter asks nobody but the first', () => {
  const policy = withRules(openstack, { credit: 'first_reporter' });
  const pair = pairAt('approved', policy);
  doIn(pair, pair.other, team(policy).anna, mark(pair.one.state.case, { independent: false }));
  const late = pair.one.state.reporters.find((one) => !one.credited);
  assert.ok(late !== undefined && pair.one.state.reporters.filter((one) => one.credited).length === 1);
  assert.equal(pair.other.state.reporters[0]?.credited, late.participant !== secondReporter);
});

test('duplicates.reporter_learns decides what a duplicate’s own log knows of the target', () => {
  for (const [reporterLearns, want] of [
    ['that_it_is_known', null],
    ['the_outcome', { verdict: 'exploitable', numbers: ['CVE-1900-10001'], handling: null, until: null }],
    ['the_case', { verdict: 'exploitable', numbers: ['CVE-1900-10001'], handling: 'fix_ready', until: 'set' }],
  ] as const) {
    const policy = withRules(libvirt, { reporterLearns });
    const pair = pairAt('fixed', policy);
    const { anna } = team(policy);
    if (pair.other.state.handling === 'held') pair.other.do(anna, { kind: 'release-report' });
    doIn(pair, pair.other, anna, mark(pair.one.state.case, { independent: false }));
    const from = pair.other.log.length;
    on(pair.one, 'fixed', 'numbered');
    tickPair(pair, 1);
    const told = pair.other.state.duplicateOf?.told ?? null;
    assert.deepEqual(told === null ? null : { ...told, until: told.until === null ? null : 'set' }, want, reporterLearns);
    const news = consequences(pair.other.log.slice(from), pair.other.state, policy).filter((one) => one.kind === 'send-notice');
    assert.equal(news.length, want === null ? 0 : 1, 'told when something new may be known, and not otherwise');
  }
});

test('a duplicate’s deadline caps the target, and its own clocks are still', () => {
  const deadline = '2026-11-09T09:00:00.000Z' as never;
  const pair = pairAt('confirmed', libvirt, { deadline });
  const { anna } = team(libvirt);
  if (pair.other.state.handling === 'held') pair.other.do(anna, { kind: 'release-report' });
  doIn(pair, pair.other, anna, mark(pair.one.state.case, { independent: false }));
  assert.equal(pair.one.state.reporters[1]?.deadline, deadline);
  const { until } = pair.one.state.embargo;
  assert.ok(until !== null && until <= (deadline as string) && until > pair.one.now, `the agreed end moves with it, to ${until}`);
  assert.ok(
    pair.one.log.some(({ kind }) => kind === 'embargo-moved'),
    'and everybody who plans by it is told',
  );
  pair.other.later(400 * 24);
  assert.equal(tickPair({ one: pair.other, other: pair.other }), 0);
});

test('a deadline that has passed when its report is joined to another case opens nothing there', () => {
  const pair = pairAt('confirmed', libvirt, { deadline: '2026-11-02T10:00:00.000Z' as never });
  const { anna } = team(libvirt);
  if (pair.other.state.handling === 'held') pair.other.do(anna, { kind: 'release-report' });
  const { until } = pair.one.state.embargo;
  for (const bench of [pair.one, pair.other]) bench.later(48);
  doIn(pair, pair.other, anna, mark(pair.one.state.case, { independent: false }));
  assert.equal(pair.one.state.embargo.until, until);
  tickPair(pair);
  assert.equal(pair.one.state.visibility, 'private');
});

test('VMT-11 a flaw is added with a number of its own and dropped with a reason; a number that was given stays (F13)', () => {
  const { anna } = team(openstack);
  const bench = at('numbered', openstack);
  bench.do(anna, { kind: 'add-flaw', flaw: 'flaw2' as never, title: content('title') });
  assert.deepEqual(
    bench.state.flaws.map(({ cve }) => cve),
    ['assigned', 'required'],
  );
  const kept = bench.try(anna, { kind: 'drop-flaw', flaw, reason: content() });
  assert.ok(isRefusal(kept) && kept.refusal.kind === 'wrong_state');
  bench.do(anna, { kind: 'drop-flaw', flaw: 'flaw2' as never, reason: content() });
  assert.equal(bench.state.flaws.length, 1);
  const other = at('confirmed', openstack);
  assert.match(refusalOf(other.try(anna, { kind: 'drop-flaw', flaw, reason: content() })), /at least one flaw/);
});

test('VMT-23 the publication waits for all components, and a new patch opens a finished one again', () => {
  const { anna, boris } = team(openstack);
  const bench = at('fixed', openstack);
  bench.do(anna, {
    kind: 'add-component',
    component: 'cinder',
    person: 'boris' as PersonId,
    branches: [{ group: 'development', branch: 'master' }],
  });
  const fix = { branch: 'master', component: 'cinder' };
  const early = bench.try(boris, { kind: 'finish-component', component: 'cinder' });
  assert.ok(isRefusal(early) && early.refusal.kind === 'gates');
  bench.do(anna, { kind: 'add-patch', ...fix, patch: { ...content(), purpose: 'patch', bytes: 1 } as never, signedOff: true });
  bench.do(boris, { kind: 'approve-patch', ...fix });
  bench.do(boris, { kind: 'finish-component', component: 'cinder' });
  assert.ok(bench.state.components.every((one) => one.finished));
  bench.do(anna, { kind: 'add-patch', ...fix, patch: { ...content(), purpose: 'patch', bytes: 1 } as never, signedOff: true });
  assert.ok(bench.state.components.every((one) => !one.finished));
  bench.do(anna, { kind: 'drop-component', component: 'cinder', reason: content() });
  assert.deepEqual(bench.state.components, []);
  assert.ok(bench.state.branches.every((one) => one.component !== 'cinder' || !one.required));
});

test('VMT-23 a component that was dropped and is concerned after all is waited for like the first time, with the fix that it has', () => {
  const { anna, boris } = team(openstack);
  const bench = at('fixed', openstack);
  const cinder = { component: 'cinder', person: 'boris' as PersonId, branches: [{ group: 'development', branch: 'master' }] };
  const again = () => {
    bench.do(anna, { kind: 'drop-component', component: 'cinder', reason: content() });
    bench.do(anna, { kind: 'add-component', ...cinder });
    return bench.state.branches.filter((fix) => fix.component === 'cinder').map(({ required, state }) => [required, state]);
  };
  bench.do(anna, { kind: 'add-component', ...cinder });
  assert.deepEqual(again(), [[true, 'affected']]);
  assert.equal(bench.state.handling, 'fixing', 'its fix is missing');
  const early = bench.try(boris, { kind: 'finish-component', component: 'cinder' });
  assert.ok(isRefusal(early) && early.refusal.kind === 'gates', 'and is waited for');
  const fix = { branch: 'master', component: 'cinder' };
  bench.do(anna, { kind: 'add-patch', ...fix, patch: { ...content(), purpose: 'patch', bytes: 1 } as never, signedOff: true });
  bench.do(boris, { kind: 'approve-patch', ...fix });
  assert.deepEqual(again(), [[true, 'patch_approved']]);
  bench.do(boris, { kind: 'finish-component', component: 'cinder' });
  assert.deepEqual(replay(bench.log), bench.state, 'I13');
});

test('VMT-42 P8 the reporter of a duplicate takes back nobody’s word to go: a name waits until people say go anew, and none is left out at once', () => {
  const { anna, boris } = team(openstack);
  const pair = pairAt('taken', openstack);
  doIn(pair, pair.other, anna, mark(pair.one.state.case, { independent: false }));
  const say = (decision: 'named' | 'declined') => {
    const name = decision === 'named' ? content('credit_name') : null;
    doIn(pair, pair.other, reporterOf(pair.other), { kind: 'decide-credit', participant: secondReporter, decision, name });
    tickPair(pair);
    return name;
  };
  const there = () => certain(pair.one.state.reporters.find(({ participant }) => participant === secondReporter));
  say('declined');
  on(pair.one, 'taken', 'prepared');
  const name = say('named');
  assert.equal(pair.one.state.disclosure.armed, true, 'the release stays armed');
  assert.deepEqual([there().credit, there().creditRequest], ['declined', { decision: 'named', name }]);
  say('declined');
  assert.deepEqual([there().credit, there().creditRequest, pair.one.state.disclosure.armed], ['declined', null, true]);
  say('named');
  pair.one.do(anna, { kind: 'stop-release', reason: null });
  for (const actor of [anna, boris]) pair.one.do(actor, { kind: 'approve-release' });
  assert.deepEqual([there().credit, there().creditRequest, pair.one.state.disclosure.armed], ['named', null, true]);
  assert.equal(tickPair(pair), 0, 'and nothing is left to be told');
  assert.deepEqual(replay(pair.one.log), pair.one.state, 'I13');
});

const walks = Number(process.env['DAYLIGHT_PAIR_WALKS'] ?? 60);

for (const name of presetNames)
  test(`I1 I2 I8 I13 T4 two cases, one a duplicate of the other, over random walks under ${name}`, (t) => {
    const policy = preset(name);
    let linked = 0;
    for (let seed = 1; seed <= walks; seed++) {
      const pair = pairWalk(policy, seed, 50, (now) => holdsTogether(now, seed));
      for (const bench of [pair.one, pair.other]) assert.deepEqual(replay(bench.log), bench.state, `I13 (seed ${seed})`);
      linked +=
        pair.one.log.some(({ kind }) => kind === 'report-attached') || pair.other.log.some(({ kind }) => kind === 'report-attached')
          ? 1
          : 0;
      endsTogether(pair, seed);
    }
    t.diagnostic(`${linked} of ${walks} walks had a duplicate`);
    assert.ok(linked > walks / 4);
  });

function holdsTogether({ one, other }: Pair, seed: number): void {
  for (const [duplicate, target] of [
    [one, other],
    [other, one],
  ] as const) {
    const linked = duplicate.state.duplicateOf?.case === target.state.case;
    const has = target.state.reporters.some(({ from }) => from === duplicate.state.case);
    assert.equal(linked, has, `both sides say the same (seed ${seed})`);
    assert.equal(duplicate.state.handling === 'duplicate', linked, `a duplicate has a target (seed ${seed})`);
    assert.ok(!(linked && target.state.duplicateOf !== null), `no chain and no cycle (seed ${seed})`);
    const marked = duplicate.log.findLastIndex(({ kind }) => kind === 'duplicate-marked');
    const opened = duplicate.log.slice(marked + 1).some(({ kind }) => kind === 'case-opened');
    if (linked && opened) assert.equal(target.state.visibility, 'public', `a duplicate never opens before its target (seed ${seed})`);
    if (target.state.marks.disclosure !== undefined)
      for (const { credited, credit, from } of target.state.reporters)
        assert.ok(
          !credited || credit !== 'undecided' || from !== null || target.policy.publication.credit.length === 0,
          `I10 (seed ${seed})`,
        );
  }
}

/** Left to the clock, no duplicate of a public case stays private. */
function endsTogether(pair: Pair, seed: number): void {
  for (const bench of [pair.one, pair.other]) bench.later(400 * 24);
  tickPair(pair);
  tickPair(pair);
  for (const [duplicate, target] of [
    [pair.one, pair.other],
    [pair.other, pair.one],
  ] as const) {
    if (duplicate.state.duplicateOf === null) continue;
    assert.equal(
      duplicate.state.visibility === 'public',
      target.state.visibility === 'public' || wasPublicBefore(duplicate),
      `I2 (seed ${seed})`,
    );
    assert.ok(!['spam', 'not_ours', 'withdrawn'].includes(target.state.handling), `I2 no target that ended in private (seed ${seed})`);
  }
}

/** Public from the start, or opened by its own class before it was found to be a duplicate. */
function wasPublicBefore({ log }: Pair['one']): boolean {
  const marked = log.findLastIndex(({ kind }) => kind === 'duplicate-marked');
  return log.slice(0, marked).some((event) => event.kind === 'case-opened' || (event.kind === 'report-submitted' && event.public));
}

test('L-18 T4 a guest who is shut out of a narrowed case does not come in through a report that belongs to it, and reads it again once it is widened', () => {
  const { anna, boris } = team(openstack);
  const expert = 'expert' as PersonId;
  const pair = pairAt('confirmed', openstack);
  const narrow = { kind: 'narrow-access', people: ['anna' as PersonId, 'boris' as PersonId], reason: content() } as const;
  const guests = () => guarded(pair.other.state, openstack).guests;
  pair.one.do(anna, { kind: 'add-person', person: expert });
  pair.other.do(anna, { kind: 'take-up-case' });
  pair.one.do(anna, narrow);
  doIn(pair, pair.other, anna, mark(pair.one.state.case));
  assert.deepEqual(guests(), [], 'shut out before they were joined');
  pair.one.do(anna, { kind: 'propose-widening', reason: content() });
  pair.one.do(boris, { kind: 'widen-access' });
  tickPair(pair);
  assert.deepEqual(guests(), [expert]);
  pair.one.do(anna, narrow);
  tickPair(pair);
  assert.deepEqual(guests(), [], 'and after');
});

test('L-18 T4 what a report needs calls the owner of the case that it belongs to, unless they are shut out of the report: then its own', () => {
  const { anna } = team(openstack);
  const pair = pairAt('confirmed', openstack);
  const [bea, carl] = ['bea', 'carl'] as PersonId[];
  pair.other.do(anna, { kind: 'take-up-case' });
  pair.other.do(anna, { kind: 'assign-owner', person: certain(bea) });
  doIn(pair, pair.other, anna, mark(pair.one.state.case));
  const called = (narrowed: readonly PersonId[] | null, owner = pair.other.state.owner) => {
    const few = narrowed && { people: narrowed, by: certain(bea), at: pair.other.now, wideningBy: null };
    const state = { ...pair.other.state, narrowed: few, owner };
    return ownerOr(state, 'handle');
  };
  assert.deepEqual(called(null), { kind: 'person', person: 'anna' });
  assert.deepEqual(called(['anna' as PersonId, certain(bea)]), { kind: 'person', person: 'anna' });
  assert.deepEqual(called([certain(bea), certain(carl)]), { kind: 'person', person: bea });
  assert.deepEqual(called([certain(carl)]), { kind: 'right', right: 'handle' }, 'nobody who cannot read it');
});

test('T4 the reporter of a duplicate hears of its target when there is something new to hear, and of nothing else', () => {
  const policy = withRules(libvirt, { reporterLearns: 'the_case' });
  const { anna } = team(policy);
  const pair = pairAt('confirmed', policy);
  if (pair.other.state.handling === 'held') pair.other.do(anna, { kind: 'release-report' });
  doIn(pair, pair.other, anna, mark(pair.one.state.case, { independent: false }));
  tickPair(pair);
  const followed = () => {
    const from = pair.other.log.length;
    doIn(pair, pair.one, processItself, { kind: 'update-relations' });
    return pair.other.log.slice(from);
  };
  pair.one.do(anna, { kind: 'add-note', body: content('note') });
  assert.deepEqual(followed(), [], 'a note is no news');
  pair.one.do(anna, { kind: 'add-person', person: 'expert' as PersonId });
  assert.deepEqual(
    followed().map((event) => event.kind === 'target-followed' && [event.people, event.news]),
    [[['expert'], false]],
    'who else reads it is no news to the reporter',
  );
});
