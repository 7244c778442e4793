// SPDX-License-Identifier: Apache-2.0
// Where a policy asks several roles for a word each, two people of one role are one word, whatever they approve; and who is still needed is said.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseAction } from '../../src/core/model/action.ts';
import type { CaseState } from '../../src/core/model/case.ts';
import type { CveId, PersonId, Role } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import type { Review } from '../../src/core/policy/embargo-rules.ts';
import { bindingCap } from '../../src/core/process/caps.ts';
import { impactApproved } from '../../src/core/process/conditions.ts';
import { due } from '../../src/core/process/deadlines.ts';
import { replay } from '../../src/core/process/evolve.ts';
import { possibility } from '../../src/core/process/possibilities.ts';
import { backportAccepted, preApproved } from '../../src/core/process/pre-approval.ts';
import { asks, asksToPublish, enough, isWanted, stillNeeded } from '../../src/core/process/review.ts';
import { wordsWanted } from '../../src/core/process/words-wanted.ts';
import { type Bench, content, flaw, patchFile, person, piece, preset, processItself, reporter } from '../support/core.ts';
import { severally } from '../support/severally.ts';
import { at, certain } from './journey.ts';

const policy = severally();
const [carl, cora] = [person('carl', 'core'), person('cora', 'core')];
const [vera, viktor] = [person('vera', 'vendor'), person('viktor', 'vendor')];
const both = person('bo', 'core', 'vendor');

function sentences(bench: Bench, actor: typeof carl, action: CaseAction): string {
  const answer = bench.try(actor, action);
  assert.ok(isRefusal(answer) && answer.refusal.kind === 'gates', `${action.kind} is refused`);
  return answer.refusal.unmet.map(({ sentence }) => sentence).join(' ');
}

/** What the second person of a role is told, and sees before they press. */
function addsNothing(bench: Bench, actor: typeof carl, action: CaseAction, needed: string): void {
  assert.match(sentences(bench, actor, action), new RegExp(`Still needed: ${needed}\\.$`), action.kind);
  assert.deepEqual(
    wordsWanted(bench.state, bench.policy)
      .filter((one) => one.action === action.kind)
      .map(({ of }) => of),
    [needed],
    action.kind,
  );
  if (action.kind === 'end-embargo') return;
  const { state, now } = bench;
  const seen = possibility(action.kind, { state, policy: bench.policy, actor, now, nextNumber: '' });
  assert.ok(
    seen?.unmet.some(({ sentence }) => sentence.endsWith(`Still needed: ${needed}.`)),
    `${action.kind} shows it`,
  );
}

const master = { branch: 'master', component: null };

test('R-17 QEMU-40 two people of one role do not approve a patch where each of two roles is asked', () => {
  const bench = at('patched', policy);
  bench.do(carl, { kind: 'approve-patch', ...master });
  addsNothing(bench, cora, { kind: 'approve-patch', ...master }, 'somebody with the role vendor');
  assert.equal(bench.state.branches[0]?.state, 'patch_private');
  assert.equal(preApproved(certain(bench.state.branches[0]), policy), false);
  bench.do(vera, { kind: 'approve-patch', ...master });
  assert.equal(bench.state.branches[0]?.state, 'patch_approved');
  assert.deepEqual(
    bench.log.flatMap((event) => (event.kind === 'patch-approved' ? [event.as] : [])),
    [['core'], ['vendor']],
  );
});

test('R-17 another patch asks for both words anew, whoever gave one before', () => {
  const bench = at('patched', policy);
  bench.do(carl, { kind: 'approve-patch', ...master });
  bench.do(person('anna', 'core', 'vendor'), { kind: 'add-patch', ...master, patch: patchFile(), signedOff: true });
  bench.do(vera, { kind: 'approve-patch', ...master });
  assert.equal(bench.state.branches[0]?.state, 'patch_private');
  addsNothing(bench, viktor, { kind: 'approve-patch', ...master }, 'somebody with the role core');
});

test('R-17 VMT-12 two people of one role do not approve an advisory where each of two roles is asked', () => {
  const bench = at('reviewed', policy);
  bench.do(vera, { kind: 'approve-advisory' });
  addsNothing(bench, viktor, { kind: 'approve-advisory' }, 'somebody with the role core');
  assert.equal(bench.state.advisory.state, 'in_review');
  bench.do(cora, { kind: 'approve-advisory' });
  assert.equal(bench.state.advisory.state, 'approved');
});

test('R-17 VMT-21 a release is armed by a word of each role beside another, in whatever order they come', () => {
  for (const [one, two, three] of [
    [carl, vera, viktor],
    [vera, viktor, carl],
    [both, carl, vera],
    [both, carl, cora],
  ] as const) {
    const bench = at('credited', policy);
    bench.do(one, { kind: 'approve-release' });
    bench.do(two, { kind: 'approve-release' });
    assert.equal(bench.state.disclosure.armed, false);
    bench.do(three, { kind: 'approve-release' });
    assert.equal(bench.state.disclosure.armed, true);
  }
  const bench = at('credited', policy);
  bench.do(carl, { kind: 'approve-release' });
  bench.do(cora, { kind: 'approve-release' });
  addsNothing(bench, person('cleo', 'core'), { kind: 'approve-release' }, 'somebody with the role vendor');
  assert.equal(bench.state.disclosure.armed, false, 'two people of one role said go');
  bench.do(viktor, { kind: 'approve-release' });
  assert.equal(bench.state.disclosure.armed, true);
});

test('R-17 QEMU-51 a day without a fix is announced by a word of each role beside another', () => {
  const open = {
    ...policy,
    disclosure: { ...policy.disclosure, unfixed: { allowed: 'by_choice', warned: null, must: [], should: [] } },
  } as typeof policy;
  const bench = at('confirmed', open);
  bench.do(carl, { kind: 'propose-bundle', summary: content('summary') });
  bench.do(vera, { kind: 'agree-bundle' });
  bench.do(viktor, { kind: 'agree-bundle' });
  bench.later(400 * 24);
  const announce = { kind: 'announce-unfixed', reason: content() } as const;
  bench.do(carl, announce);
  bench.do(cora, announce);
  addsNothing(bench, person('cleo', 'core'), announce, 'somebody with the role vendor');
  assert.equal(bench.state.unfixed?.on, null);
  bench.do(vera, announce);
  assert.notEqual(bench.state.unfixed?.on, null);
});

test('R-17 VMT-21 what opens at the cap by itself takes a word of each role beside another, also where it is proposed with the confirmation', () => {
  for (const propose of [true, false]) {
    const bench = at('eligible', policy);
    const severity = { level: certain(policy.severity.scale[0]), vector: null };
    const summary = content('summary');
    const named = { class: null, severity, reason: content(), branches: [] };
    bench.do(carl, { kind: 'confirm-flaw', flaws: [flaw], summary: propose ? null : summary, ...named });
    if (propose) bench.do(carl, { kind: 'propose-bundle', summary });
    bench.do(cora, { kind: 'agree-bundle' });
    addsNothing(bench, person('cleo', 'core'), { kind: 'agree-bundle' }, 'somebody with the role vendor');
    assert.equal(bench.state.bundle?.agreed, false);
    bench.now = certain(bindingCap(bench.state, policy)).at;
    assert.ok(isRefusal(bench.try(processItself, { kind: 'publish-bundle' })), 'two people of one role open nothing');
    assert.equal(certain(due(bench.state, policy, bench.now)).action.kind, 'remind', 'and nothing waits in silence');
    bench.do(vera, { kind: 'agree-bundle' });
    assert.equal(bench.state.bundle?.agreed, true);
    bench.do(processItself, { kind: 'publish-bundle' });
    assert.equal(bench.state.visibility, 'public');
  }
});

test('R-17 another summary for the cap asks for every word anew', () => {
  const bench = at('confirmed', policy);
  bench.do(carl, { kind: 'propose-bundle', summary: content('summary') });
  bench.do(cora, { kind: 'agree-bundle' });
  bench.do(vera, { kind: 'propose-bundle', summary: content('summary') });
  assert.equal(bench.state.bundle?.heldAs?.['cora' as PersonId], undefined);
  bench.do(viktor, { kind: 'agree-bundle' });
  addsNothing(bench, person('vic', 'vendor'), { kind: 'agree-bundle' }, 'somebody with the role core');
  bench.do(cora, { kind: 'agree-bundle' });
  assert.equal(bench.state.bundle?.agreed, true);
});

test('R-17 LIBVIRT-31 an embargo ends early by a word of each role beside another', () => {
  const bench = at('confirmed', policy);
  const lifted = { kind: 'end-embargo', exit: 'early_agreed', reason: content() } as const;
  assert.notEqual(bench.state.embargo.until, null);
  bench.do(carl, lifted);
  bench.do(cora, lifted);
  addsNothing(bench, person('cleo', 'core'), lifted, 'somebody with the role vendor');
  assert.equal(bench.state.embargo.state, 'active');
  bench.do(vera, lifted);
  assert.equal(bench.state.embargo.exit, 'early_agreed');
});

test('R-17 a role without the right is not asked to end an embargo early, and no fewer people are', () => {
  const roles = { ...policy.roles, vendor: { ...certain(policy.roles['vendor']), may: ['handle', 'disclose'] as const } };
  const bench = at('confirmed', { ...policy, roles } as typeof policy);
  const lifted = { kind: 'end-embargo', exit: 'early_agreed', reason: content() } as const;
  for (const one of [carl, cora]) bench.do(one, lifted);
  assert.equal(bench.state.embargo.state, 'active');
  bench.do(person('cleo', 'core'), lifted);
  assert.equal(bench.state.embargo.state, 'exited');
});

test('R-17 VMT-36 something is struck out by a word of each role, and never by who proposed it', () => {
  const open = { ...policy, publication: { ...policy.publication, withheld: ['personal_data'] } } as typeof policy;
  const bench = at('confirmed', open);
  const redaction = 'redaction1' as never;
  bench.do(both, { kind: 'propose-redaction', redaction, piece: piece(), span: null, why: 'personal_data', destroys: false, opens: false });
  const approve = { kind: 'approve-redaction', redaction, copy: null, covers: [] } as const;
  bench.do(vera, approve);
  addsNothing(bench, viktor, approve, 'somebody with the role core');
  assert.ok(isRefusal(bench.try(both, approve)));
  assert.equal(bench.state.record.redactions[0]?.state, 'proposed');
  bench.do(carl, approve);
  assert.equal(bench.state.record.redactions[0]?.state, 'approved');
});

test('R-17 VMT-10 a backport and a description wait for each role, and whoever holds two speaks for the one that is missing', () => {
  const bench = at('patched', policy);
  const stable = { branch: 'v11.9-maint', component: null };
  const vote = { kind: 'judge-backport', ...stable, verdict: 'acceptable', reason: null } as const;
  bench.do(both, {
    kind: 'judge-branch',
    ...stable,
    group: certain(Object.keys(policy.branches.groups).find((one) => one !== 'development')),
    affected: true,
  });
  bench.do(person('anna', 'core', 'vendor'), { kind: 'add-patch', ...stable, patch: patchFile(), signedOff: true });
  const fix = () => certain(bench.state.branches.find(({ branch }) => branch === stable.branch));
  bench.do(carl, vote);
  bench.do(cora, vote);
  assert.equal(backportAccepted(fix(), policy), false);
  bench.do(both, vote);
  assert.equal(backportAccepted(fix(), policy), true, 'core is said, so they speak as vendor');
  bench.do(person('anna', 'core', 'vendor'), { kind: 'add-patch', ...stable, patch: patchFile(), signedOff: true });
  bench.do(both, vote);
  bench.do(carl, vote);
  assert.equal(backportAccepted(fix(), policy), true, 'who spoke first for core speaks as vendor once somebody else is core');
  bench.do(carl, { kind: 'describe-impact', impact: content('impact'), frame: [] });
  bench.do(reporter, { kind: 'approve-impact' });
  assert.equal(impactApproved(bench.state, policy), false);
  const told = bench.try(cora, { kind: 'approve-impact' });
  assert.ok(
    isRefusal(told) &&
      told.refusal.kind === 'not_permitted' &&
      told.refusal.sentence === 'The description waits for: somebody with the role vendor.',
  );
  bench.do(vera, { kind: 'approve-impact' });
  assert.equal(impactApproved(bench.state, policy), true);
});

test('R-17 T24 P9 a number that came late goes out by who recorded it and a word of each role, not by one role alone', () => {
  const bench = at('disclosed', policy);
  bench.state = {
    ...bench.state,
    flaws: bench.state.flaws.map((flaw) => ({ ...flaw, number: 'CVE-1900-10002' as CveId, numberedBy: 'nina' as PersonId })),
  };
  bench.do(carl, { kind: 'add-late-number', reason: content() });
  assert.equal(bench.state.disclosure.armed, false);
  bench.do(vera, { kind: 'approve-release' });
  bench.do(cora, { kind: 'approve-release' });
  assert.equal(bench.state.disclosure.armed, true);
});

test('I13 a log from before words named roles replays, and its words count as they did', () => {
  const bench = at('credited', policy);
  for (const one of [carl, vera, viktor]) bench.do(one, { kind: 'approve-release' });
  const old = bench.log.map((event) => ('as' in event && event.kind !== 'impact-approved' ? without(event) : event)) as typeof bench.log;
  const state: CaseState = replay(old);
  assert.deepEqual(state.disclosure.approvedBy, bench.state.disclosure.approvedBy);
  assert.equal(state.disclosure.armed, true);
  assert.equal(state.disclosure.heldAs, undefined);
  assert.equal(state.branches[0]?.state, 'patch_approved');
});

function without<Kept extends object>(event: Kept): Kept {
  const { as: _, ...rest } = event as Kept & { readonly as?: unknown };
  return rest as Kept;
}

const eachOf = (...roles: string[]): Review => ({ kind: 'each_of', eachOf: roles as Role[] });

test('R-17 words are matched to roles as well as people can be, and who is still needed is said', () => {
  const asked = asks(eachOf('core', 'editor', 'liaison'));
  const words = [{ as: ['core', 'editor'] }, { as: ['core'] }];
  assert.equal(enough(asked, words), false);
  assert.equal(stillNeeded(asked, words), 'somebody with the role liaison', 'the first speaks as editor, so that the second is core');
  assert.equal(isWanted(asked, words, ['editor']), false);
  assert.equal(enough(asked, [...words, { as: ['liaison', 'core'] }]), true);
  assert.equal(stillNeeded(asked, [{ as: ['core', 'editor'] }]), 'people with 2 of the roles core, editor, liaison');
  assert.equal(stillNeeded(asked, []), 'somebody with the role core and somebody with the role editor and somebody with the role liaison');
  const publishing = asksToPublish({ ...policy.reviews, publication: eachOf('core', 'editor') });
  assert.equal(stillNeeded(publishing, [{ as: ['core'] }]), 'somebody with the role editor and another person');
  assert.equal(stillNeeded(publishing, [{ as: ['core'] }, { as: ['core'] }]), 'somebody with the role editor');
  assert.equal(stillNeeded(asksToPublish(preset('libvirt-2023').reviews), [{}]), 'somebody with the role core or vendor');
  const two = asks({ kind: 'approvals', approvals: 2, by: ['core', 'lead'] as unknown as Role[] });
  assert.equal(stillNeeded(two, []), '2 people with the role core or lead');
  assert.equal(stillNeeded(two, [{}]), 'somebody with the role core or lead');
  assert.equal(enough(asks(eachOf('core', 'core')), [{ as: ['core'] }, { as: ['core'] }]), true);
  assert.equal(enough(asks(eachOf('core', 'core')), [{ as: ['core'] }]), false);
});
