// SPDX-License-Identifier: Apache-2.0
// What is sent and given ahead: parties that somebody proposed, rules that were read, requests that say what is private, agents, and how many looked at a fix.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseAction } from '../../src/core/model/action.ts';
import type { Actor } from '../../src/core/model/actor.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { shifted } from '../../src/core/model/time.ts';
import { closedToAgents } from '../../src/core/policy/agents.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { reviewHints } from '../../src/core/process/review-hints.ts';
import type { Bench } from '../support/core.ts';
import { content, flaw, patchFile, preset } from '../support/core.ts';
import { partyName, withPackagers } from '../support/parties.ts';
import { at, certain, on, team } from './journey.ts';

const libvirt = preset('libvirt-2023');
const master = { branch: 'master', component: null };

function packaging(changes: Parameters<typeof withPackagers>[1] = {}): Policy {
  const policy = withPackagers(preset('openstack-vmt'), changes);
  return { ...policy, downstream: { ...policy.downstream, must: [], leadTime: null, screening: 'none' } };
}

function gatesOf(bench: Bench, actor: Actor, action: CaseAction): readonly string[] {
  const done = bench.twin().try(actor, action);
  return isRefusal(done) && done.refusal.kind === 'gates' ? done.refusal.unmet.map(({ gate }) => gate) : [];
}

test('P24 no party is told because it is on a list: without a reason on record the notice is refused, and a list told all the same is a deviation', () => {
  const bench = at('numbered', packaging());
  const { anna, boris } = team(bench.policy);
  const tell = { kind: 'notify-party', party: partyName, text: null } as const;
  assert.deepEqual(gatesOf(bench, anna, tell), ['party_proposed']);
  const dated = certain(bench.state.embargo.until);
  const recorded = { kind: 'record-notice', party: 'linux-distros', since: bench.now, evidence: content('evidence'), dated } as const;
  assert.deepEqual(gatesOf(bench, anna, recorded), ['party_proposed']);
  bench.do(boris, { kind: 'propose-party', party: partyName, reason: content() });
  const proposed = bench.state.parties.find(({ name }) => name === partyName)?.proposed;
  assert.deepEqual([proposed?.by, proposed?.at], ['boris', bench.now], 'who proposed it stands beside it');
  bench.do(anna, tell);
  assert.deepEqual(gatesOf(bench, anna, recorded), ['party_proposed'], 'each party for itself');
  const cleared = at('numbered', { ...packaging(), downstream: { ...packaging().downstream, screening: 'recorded' } });
  cleared.do(anna, { kind: 'screen-party', party: partyName, cleared: true, reason: content() });
  assert.deepEqual(gatesOf(cleared, anna, tell), [], 'a recorded clearance has its reason');
});

test('P17 a party with rules is told by nobody who has not said that they read them; another party’s rules, or another person’s word, are not enough', () => {
  const bench = at('numbered', packaging({ readFirst: 'At most fourteen days.' }));
  const { anna, boris } = team(bench.policy);
  bench.do(anna, { kind: 'propose-party', party: partyName, reason: content() });
  const tell = { kind: 'notify-party', party: partyName, text: null } as const;
  const read = { kind: 'acknowledge-rules', rules: `party:${partyName}`, text: 'a'.repeat(64) } as const;
  assert.deepEqual(gatesOf(bench, anna, tell), ['party_rules_read']);
  bench.do(boris, read);
  assert.deepEqual(gatesOf(bench, anna, tell), ['party_rules_read'], 'who sends reads');
  bench.do(anna, read);
  assert.deepEqual(
    bench.state.rulesRead.at(-1),
    { of: read.rules, text: read.text, person: 'anna', at: bench.now },
    'who, when, which text',
  );
  bench.do(anna, tell);
  const none = bench.try(anna, { ...read, rules: 'party:linux-distros' });
  assert.ok(isRefusal(none), 'a party without rules has none to read');
});

test('P17 the rules of a list are read by each who says go; where a channel declares none, nobody is asked', () => {
  const { disclosure } = libvirt;
  const channels = disclosure.channels.map((channel) =>
    channel.kind === 'mail' ? { ...channel, readFirst: 'All in the message.' } : channel,
  );
  const bench = at('credited', { ...libvirt, disclosure: { ...disclosure, channels } });
  const { anna, boris } = team(bench.policy);
  const go = { kind: 'approve-release' } as const;
  assert.deepEqual(gatesOf(bench, anna, go), ['rules_read']);
  const key = `${channels.findIndex(({ kind }) => kind === 'mail')}:mail`;
  bench.do(anna, { kind: 'acknowledge-rules', rules: key, text: 'b'.repeat(64) });
  bench.do(anna, go);
  assert.deepEqual(gatesOf(bench, boris, go), ['rules_read'], 'the second person, too');
  assert.deepEqual(gatesOf(at('credited', libvirt), anna, go), []);
});

test('P21 under an embargo no agent gets anything until a person opens the case; a person’s no holds outside one; and what the policy forbids nobody opens', () => {
  const granted = (underEmbargo: 'nothing' | 'as_granted'): Policy => ({
    ...libvirt,
    agents: { ...libvirt.agents, allowed: 'by_grant', underEmbargo },
  });
  const bench = at('received', granted('as_granted'));
  const { anna } = team(bench.policy);
  const closed = (one: Bench) => closedToAgents(one.state, one.policy);
  const agent = {
    kind: 'agent',
    project: bench.state.project,
    case: bench.state.case,
    agent: 'triage',
    proof: { by: 'nothing' },
  } as unknown as Actor;
  const note = { kind: 'add-note', body: content('note') } as const;
  const refusal = (one: Bench) => {
    const done = one.try(agent, note);
    return isRefusal(done) && 'sentence' in done.refusal ? done.refusal.sentence : undefined;
  };
  assert.equal(closed(bench), undefined, 'before an embargo the policy’s grant holds');
  const said = bench.twin();
  said.do(anna, { kind: 'decide-agents', allowed: false, reason: content() });
  assert.match(refusal(said) ?? '', /closed this case to agents/);
  on(bench, 'received', 'confirmed');
  assert.equal(bench.state.embargo.state, 'active');
  assert.match(refusal(bench) ?? '', /^No AI: the case is under embargo/, 'on by default');
  bench.do(anna, { kind: 'decide-agents', allowed: true, reason: content() });
  assert.equal(closed(bench), undefined);
  const strict = at('confirmed', granted('nothing'));
  assert.deepEqual(gatesOf(strict, anna, { kind: 'decide-agents', allowed: true, reason: content() }), ['agents_admitted']);
  assert.match(closed(strict) ?? '', /while an embargo holds/);
  assert.match(closed(at('confirmed', libvirt)) ?? '', /policy gives agents nothing/);
});

test('P21 what was opened to agents before an embargo is closed by its beginning', () => {
  const policy: Policy = { ...libvirt, agents: { ...libvirt.agents, allowed: 'by_grant', underEmbargo: 'as_granted' } };
  const bench = at('taken', policy);
  bench.do(team(policy).anna, { kind: 'decide-agents', allowed: true, reason: content() });
  on(bench, 'taken', 'confirmed');
  assert.equal(bench.state.agents, null);
  assert.match(closedToAgents(bench.state, policy) ?? '', /under embargo/);
});

test('VMT-17 a request for a number is marked as under embargo, with the date once one is agreed, and not at all where the flaw is public', () => {
  const asked = (bench: Bench) => {
    bench.do(team(bench.policy).anna, { kind: 'request-cve', flaw });
    return bench.state.flaws[0]?.askedUntil;
  };
  const dated = at('confirmed', libvirt);
  assert.equal(asked(dated), dated.state.embargo.until);
  const undated = at('confirmed', preset('qemu-2026'));
  assert.equal(undated.state.embargo.until, null);
  assert.equal(asked(undated), 'undated');
  const open = at('confirmed', libvirt);
  open.state = { ...open.state, visibility: 'public' };
  assert.equal(asked(open), null);
});

test('VMT-24 the case counts who looked at a private fix; too few suggest the second tier by name, a complex fix suggests going public, and nothing is done by it', () => {
  const openstack = preset('openstack-vmt');
  const bench = at('patched', openstack);
  const { boris } = team(openstack);
  const hints = () => certain(reviewHints(bench.state, bench.policy));
  assert.deepEqual([hints().reviewers, hints().complex], [[], null]);
  assert.ok(hints().add.includes('core_reviewer' as never), 'who reviews and reads only when added');
  bench.do(boris, { kind: 'record-test', ...master, passed: true, reproducer: true, statement: content('evidence') });
  assert.deepEqual(hints().reviewers, ['boris'], 'once, whatever else they do');
  const enough = { ...bench.policy, reviews: { ...bench.policy.reviews, enough: 1 } };
  assert.deepEqual(reviewHints(bench.state, enough)?.add, []);
  const patch = patchFile();
  const commit = { signedOff: true, numbers: [], issue: 'none' as const, trailers: [] };
  const branches = bench.state.branches.map((fix) => ({ ...fix, patches: [patch] }));
  const check = { patch: patch.id, branch: null, applies: 'yes' as const, commits: Array.from({ length: 12 }, () => commit) };
  const complex = { ...bench.state, branches, patchChecks: [check] };
  assert.equal(reviewHints(complex, bench.policy)?.complex, 12);
  assert.equal(complex.visibility, 'private', 'a hint, never an act');
  assert.equal(reviewHints({ ...complex, visibility: 'public', publicSince: shifted(bench.now, { hours: 0 }) }, bench.policy), undefined);
});
