// SPDX-License-Identifier: Apache-2.0
// Two people are two people, whatever happens between their words: what changes the documents takes back what was said to them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ActionKind, CaseAction } from '../../src/core/model/action.ts';
import type { Actor } from '../../src/core/model/actor.ts';
import type { CveId, FlawId, PersonId, Role } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { type Instant, shifted } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { onDisclosureDay } from '../../src/core/process/caps.ts';
import { consequences } from '../../src/core/process/consequences.ts';
import { wordsBeside } from '../../src/core/process/first-word.ts';
import type { GateName } from '../../src/core/process/gates.ts';
import { rowOf, table } from '../../src/core/process/table.ts';
import { wordsWanted } from '../../src/core/process/words-wanted.ts';
import { type Bench, content, flaw, person, preset, processItself, reporter, reporterId } from '../support/core.ts';
import { presetNames } from '../support/policies.ts';
import { at, certain, everyPart, number, team } from './journey.ts';

const seconding: readonly GateName[] = [
  'second_person',
  'not_the_author',
  'not_the_patcher',
  'impact_not_twice',
  'redaction_second_person',
  'widening_second_person',
  'naming_second_person',
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

test('VMT-21 what opens at the cap by itself takes as many people as a publication, of whom the policy names; and two where it names nobody', () => {
  const policy = preset('libvirt-2023');
  const [vendor, another, core] = [person('viktor', 'vendor'), person('vera', 'vendor'), person('carl', 'core')];
  const under = (publication: typeof policy.reviews.publication) =>
    at('confirmed', { ...policy, reviews: { ...policy.reviews, publication } });
  const named = under({ kind: 'approvals', approvals: 2, by: ['core' as Role] });
  named.do(vendor, { kind: 'propose-bundle', summary: content('summary') });
  assert.ok(isRefusal(named.try(another, { kind: 'agree-bundle' })));
  named.do(core, { kind: 'agree-bundle' });
  assert.equal(named.state.bundle?.agreed, false, 'two were asked for beside the first');
  assert.ok(isRefusal(named.try(core, { kind: 'agree-bundle' })));
  named.do(person('cora', 'core'), { kind: 'agree-bundle' });
  assert.equal(named.state.bundle?.agreed, true);
  const free = under(null);
  free.do(vendor, { kind: 'propose-bundle', summary: content('summary') });
  assert.ok(isRefusal(free.try(vendor, { kind: 'agree-bundle' })));
  assert.equal(free.state.bundle?.agreed, false);
  free.do(another, { kind: 'agree-bundle' });
  assert.equal(free.state.bundle?.agreed, true);
});

test('VMT-21 R-17 whom the policy names for a publication says the second word before an embargo is lifted early, and before a late number goes out', () => {
  const policy = preset('libvirt-2023');
  const [vendor, another, core] = [person('viktor', 'vendor'), person('vera', 'vendor'), person('carl', 'core')];
  const lifted = { kind: 'end-embargo', exit: 'early_agreed', reason: content() } as const;
  const late = { kind: 'add-late-number', reason: content() } as const;
  for (const publication of [
    { kind: 'approvals', approvals: 1, by: ['core' as Role] },
    { kind: 'each_of', eachOf: ['core' as Role] },
  ] as const) {
    const named = { ...policy, reviews: { ...policy.reviews, publication } };
    const bench = at('confirmed', named);
    bench.do(vendor, lifted);
    assert.ok(isRefusal(bench.try(another, lifted)), `${publication.kind}: two vendors lift nothing`);
    bench.do(core, lifted);
    assert.equal(bench.state.embargo.exit, 'early_agreed');
    const out = at('disclosed', named);
    const flaws = out.state.flaws.map((flaw) => ({ ...flaw, numberedBy: 'viktor' as PersonId }));
    out.state = { ...out.state, flaws, advisory: { ...out.state.advisory, numbers: [] } };
    assert.ok(isRefusal(out.try(another, late)), `${publication.kind}: nor send out a number`);
    out.do(core, late);
    assert.equal(out.state.disclosure.armed, true);
  }
});

test('R-17 VMT-21 where one reviewer is named, it does not matter who speaks first: whoever they are, nobody is left without a second word', () => {
  const own = preset('libvirt-2023');
  const publication = { kind: 'approvals', approvals: 1, by: ['core' as Role] } as const;
  const unfixed = { allowed: 'by_choice', warned: null, must: [], should: [] } as const;
  const policy = {
    ...own,
    reviews: { ...own.reviews, publication },
    disclosure: { ...own.disclosure, unfixed },
    clocks: { ...own.clocks, fix: null },
  };
  const [vendor, another, core] = [person('viktor', 'vendor'), person('vera', 'vendor'), person('carl', 'core')];
  const ways: readonly CaseAction[] = [
    { kind: 'end-embargo', exit: 'early_agreed', reason: content() },
    { kind: 'announce-unfixed', reason: content() },
  ];
  for (const way of ways) {
    const said = ({ state }: Bench) => (way.kind === 'end-embargo' ? state.embargo.exit !== null : state.unfixed?.on != null);
    for (const [first, second] of [
      [core, vendor],
      [vendor, core],
    ] as const) {
      const bench = at('confirmed', policy);
      bench.do(first, { kind: 'propose-bundle', summary: content('summary') });
      bench.do(second, { kind: 'agree-bundle' });
      assert.equal(bench.state.bundle?.agreed, true);
      bench.do(first, way);
      assert.equal(said(bench), false);
      assert.ok(isRefusal(bench.try(first, way)), `${way.kind}: one person is not two`);
      if (first === vendor) assert.ok(isRefusal(bench.try(another, way)), `${way.kind}: the reviewer is still asked`);
      assert.deepEqual(
        wordsWanted(bench.state, policy).flatMap((one) => (one.action === way.kind ? [one.of] : [])),
        [first === core ? 'another person' : 'somebody with the role core'],
      );
      bench.do(second, way);
      assert.equal(said(bench), true, `${way.kind} after ${first.kind === 'person' ? first.person : ''}`);
    }
  }
});

function embargoed(name: string, policy = preset(name)): Bench {
  const bench = at('confirmed', policy);
  bench.later(1);
  const { embargo } = bench.state;
  if (embargo.until !== null) return bench;
  const agreed = { from: bench.now, until: shifted(bench.now, { hours: 14 * 24 }), zone: 'UTC' };
  bench.state = { ...bench.state, embargo: { ...embargo, ...agreed, state: 'active' } };
  return bench;
}

const proposal = (until: Instant): CaseAction => ({
  kind: 'propose-embargo',
  ...{ until, zone: 'UTC', reason: content(), restart: null, circumstances: null, evidence: null, purposes: [] },
});

const lifted = { kind: 'end-embargo', exit: 'early_agreed' } as const;
/** Holds every role of the policy: whoever is both maintainer and owner is one person still. */
const everything = (name: string, who: string) => person(who, ...Object.keys(preset(name).roles), 'security', 'owner');

for (const name of presetNames.filter((one) => preset(one).embargo.mode !== 'never')) {
  const two = wordsBeside(preset(name).reviews) > 0;

  test(`R-17 LIBVIRT-31 under ${name} ${two ? 'two people lift an embargo early, and one person is never two' : 'whoever sets the embargo lifts it'}`, () => {
    const bench = embargoed(name);
    const [anna, boris] = [everything(name, 'anna'), everything(name, 'boris')];
    bench.do(anna, { kind: 'assign-owner', person: 'anna' as PersonId });
    bench.do(anna, { ...lifted, reason: content() });
    assert.deepEqual([bench.state.embargo.state, bench.state.visibility], [two ? 'active' : 'exited', 'private']);
    if (!two) return;
    const asked = consequences(bench.log.slice(-1), bench.state, bench.policy);
    assert.deepEqual(
      asked.map((one) => one.kind === 'send-notice' && [one.notice, one.to]),
      [['date-asked', { kind: 'right', right: 'set_embargo' }]],
      'nobody who plans by the date is told anything yet',
    );
    const again = bench.try({ ...anna, proof: { by: 'passkey', credential: 'another' } } as Actor, { ...lifted, reason: content() });
    assert.ok(
      isRefusal(again) && again.refusal.kind === 'gates' && again.refusal.unmet.some(({ gate }) => gate === 'second_person'),
      'another session of theirs is the same person',
    );
    bench.do(boris, { ...lifted, reason: content() });
    assert.deepEqual([bench.state.embargo.state, bench.state.embargo.exit], ['exited', 'early_agreed']);
  });

  test(`R-17 T12 LIBVIRT-31 under ${name} a fact on record ends it at one person's word, and a word without one does not`, () => {
    for (const [exit, fact] of [
      ['leak', 'leaked'],
      ['exploited', 'exploited'],
    ] as const) {
      const bench = embargoed(name);
      const anna = everything(name, 'anna');
      const end = { kind: 'end-embargo', exit, reason: content() } as const;
      const evidence = content('evidence');
      const alone = bench.try(anna, end);
      assert.ok(isRefusal(alone) && alone.refusal.kind === 'gates' && alone.refusal.unmet.some((gate) => gate.gate === 'cause_on_record'));
      assert.ok(isRefusal(bench.try(anna, { ...end, exit: 'early_agreed', evidence })), 'an agreement is no fact');
      assert.ok(isRefusal(bench.try(anna, { ...end, evidence, since: shifted(bench.now, { hours: 1 }) })), 'not in the future');
      const since = shifted(bench.now, { hours: -2 });
      const said = bench.do(anna, { ...end, evidence, since });
      assert.deepEqual(
        said.map((event) => event.kind),
        ['fact-recorded', 'embargo-exited'],
      );
      const recorded = bench.state.facts.at(-1);
      assert.deepEqual([recorded?.fact, recorded?.since, recorded?.evidence], [fact, since, evidence]);
      assert.deepEqual([bench.state.embargo.state, bench.state.embargo.exit], ['exited', exit]);
    }
  });

  test(`R-17 T12 under ${name} what was known when somebody kept the embargo ends it no more: something new does, or an agreement`, () => {
    const { embargo, ...others } = preset(name);
    const bench = embargoed(name, { ...others, embargo: { ...embargo, endsEarlyOn: { ...embargo.endsEarlyOn, exploited: 'ask' } } });
    const [anna, boris] = [everything(name, 'anna'), everything(name, 'boris')];
    const end = { kind: 'end-embargo', exit: 'exploited', reason: content() } as const;
    const fact = { kind: 'record-fact', fact: 'exploited', since: bench.now, evidence: content('evidence') } as const;
    bench.do(anna, fact);
    assert.equal(bench.state.embargo.state, 'active', 'the policy asks');
    bench.later(1);
    bench.do(boris, { kind: 'keep-embargo', fact: 'exploited', reason: content() });
    bench.later(1);
    assert.ok(isRefusal(bench.try(anna, end)));
    bench.do(anna, fact);
    bench.do(anna, end);
    assert.equal(bench.state.embargo.state, 'exited', 'the fact is on record: no evidence is asked for twice');
  });

  test(`QEMU-49 P15 R-17 under ${name} ${two ? 'two people' : 'one person'} say that it is published now because somebody else found it`, () => {
    const { duplicates, embargo, ...others } = preset(name);
    const asks = {
      duplicates: { ...duplicates, rediscovery: 'ask' },
      embargo: { ...embargo, endsEarlyOn: { ...embargo.endsEarlyOn, rediscovered: 'ask' } },
    } as const;
    const bench = embargoed(name, { ...others, ...asks });
    const [anna, boris] = [everything(name, 'anna'), everything(name, 'boris')];
    const yes = { kind: 'answer-rediscovery', publish: true, reason: content() } as const;
    assert.ok(isRefusal(bench.try(anna, yes)), 'nobody has found it');
    bench.do(anna, { kind: 'record-fact', fact: 'rediscovered', since: bench.now, evidence: content('evidence') });
    bench.do(anna, yes);
    if (two) {
      assert.deepEqual([bench.state.embargo.state, bench.state.askedSince], ['active', bench.now], 'the question stays');
      const again = bench.try(anna, yes);
      assert.ok(isRefusal(again) && again.refusal.kind === 'gates' && again.refusal.unmet.some(({ gate }) => gate === 'second_person'));
      bench.do(boris, yes);
    }
    assert.deepEqual([bench.state.embargo.exit, bench.state.askedSince], ['early_agreed', null]);
  });

  if (!two) continue;

  test(`R-17 under ${name} an earlier date is granted by somebody else than who proposed it`, () => {
    const bench = embargoed(name);
    const [anna, boris] = [everything(name, 'anna'), everything(name, 'boris')];
    const until = onDisclosureDay(shifted(certain(bench.state.embargo.until), { hours: -24 }), bench.policy);
    assert.ok(until > bench.now && until < certain(bench.state.embargo.until));
    const before = bench.state.embargo.until;
    bench.do(anna, proposal(until));
    if (bench.state.embargo.proposal?.awaits.includes('reporter') === true) bench.do(reporter, { kind: 'agree-embargo' });
    assert.deepEqual([bench.state.embargo.state, bench.state.embargo.until], ['revising', before]);
    assert.ok(isRefusal(bench.try(anna, { kind: 'agree-embargo' })), 'who proposed it does not grant it as well');
    bench.do(boris, { kind: 'agree-embargo' });
    assert.deepEqual([bench.state.embargo.state, bench.state.embargo.until], ['active', until]);
  });

  test(`R-17 under ${name} a word to lift that another date overtook counts no more`, () => {
    const bench = embargoed(name);
    const [anna, boris] = [everything(name, 'anna'), everything(name, 'boris')];
    bench.do(anna, { ...lifted, reason: content() });
    const until = onDisclosureDay(shifted(certain(bench.state.embargo.until), { hours: -24 }), bench.policy);
    bench.do(anna, proposal(until));
    if (bench.state.embargo.proposal?.awaits.includes('reporter') === true) bench.do(reporter, { kind: 'agree-embargo' });
    bench.do(boris, { kind: 'agree-embargo' });
    bench.do(boris, { ...lifted, reason: content() });
    assert.deepEqual([bench.state.embargo.state, bench.state.embargo.ending], ['active', ['boris']]);
  });
}

test('R-17 T24 P9 a reviewer who records a number after the publication is the first of the two behind it, and anybody who may publish sends it out', () => {
  const policy = { ...preset('libvirt-2023'), reviews: { ...preset('libvirt-2023').reviews, publication: coreReviews } };
  const [vendor, core] = [person('viktor', 'vendor'), person('carl', 'core', 'vendor')];
  const late = { kind: 'add-late-number', reason: content() } as const;
  const bench = twoLate(policy);
  bench.do(core, { kind: 'record-cve', flaw, number });
  assert.deepEqual(
    bench.log.findLast(({ kind }) => kind === 'cve-assigned'),
    { ...bench.log.at(-1), as: ['core'] },
  );
  const own = bench.try(core, late);
  assert.ok(isRefusal(own) && JSON.stringify(own).includes('You recorded this number; another person sends it out.'));
  bench.do(vendor, late);
  assert.equal(bench.state.disclosure.armed, true, 'the reviewer’s word was given with the number');
  const before = at('numbered', policy);
  assert.ok(!('as' in certain(before.log.find(({ kind }) => kind === 'cve-assigned'))), 'before the first version nobody seconds a number');
});

test('R-17 T24 P9 where two people recorded one late number each, neither sends both out; a third does, or they correct the advisory', () => {
  const policy = preset('libvirt-2023');
  const { anna, boris } = team(policy);
  const late = { kind: 'add-late-number', reason: content() } as const;
  const recorded = () => {
    const bench = twoLate(policy);
    bench.do(anna, { kind: 'record-cve', flaw, number });
    bench.do(boris, { kind: 'record-cve', flaw: second, number: 'CVE-1900-10002' as CveId });
    return bench;
  };
  const bench = recorded();
  for (const one of [anna, boris]) {
    const told = bench.try(one, late);
    assert.ok(isRefusal(told) && JSON.stringify(told).includes('correct the advisory instead (correct-advisory)'), JSON.stringify(told));
  }
  bench.do(person('carla', ...Object.keys(policy.roles)), late);
  assert.equal(bench.state.disclosure.armed, true);
  const out = recorded();
  out.do(anna, { kind: 'correct-advisory', reason: content() });
  out.do(anna, { kind: 'write-advisory', advisory: content('advisory'), parts: everyPart });
  out.do(anna, { kind: 'submit-advisory' });
  out.do(boris, { kind: 'approve-advisory' });
  out.do(anna, { kind: 'approve-release' });
  assert.equal(out.state.disclosure.armed, false, 'one of them alone sends nothing');
  out.do(boris, { kind: 'approve-release' });
  out.do(processItself, { kind: 'record-preparation', documents: [] });
  assert.deepEqual(out.state.advisory.numbers, [number, 'CVE-1900-10002']);
});

const coreReviews = { kind: 'approvals', approvals: 1, by: ['core' as Role] } as const;
const second = 'flaw2' as FlawId;

/** Disclosed, with two flaws of which neither has a number yet. */
function twoLate(policy: Policy): Bench {
  const bench = at('disclosed', policy);
  const [first] = bench.state.flaws;
  const flaws = [flaw, second].map((one) => ({ ...certain(first), flaw: one, cve: 'requested' as const, number: null, numberedBy: null }));
  bench.state = { ...bench.state, flaws, advisory: { ...bench.state.advisory, numbers: [] } };
  return bench;
}
