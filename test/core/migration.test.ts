// SPDX-License-Identifier: Apache-2.0
// A case moves to another version of the policy by an explicit event only, and never where that would hide, overrun or drop what was promised.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FlawId, PersonId, Role } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { shifted } from '../../src/core/model/time.ts';
import type { PartyRules } from '../../src/core/policy/embargo-rules.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { consequences } from '../../src/core/process/consequences.ts';
import { replay } from '../../src/core/process/evolve.ts';
import type { Bench } from '../support/core.ts';
import { content, patchFile, person, preset } from '../support/core.ts';
import { partyName, withPackagers } from '../support/parties.ts';
import { at, number, team } from './journey.ts';

const old = preset('libvirt-2012');
const current = preset('libvirt-2023');
const anna = person('anna', 'core');
const migrate = { kind: 'migrate-policy', to: 'e'.repeat(64), reason: content('reason', 'shared') } as const;

function aimedAt(bench: Bench, policy: Policy): Bench {
  bench.target = { policy, sha256: 'e'.repeat(64), changed: ['branches.should'] };
  return bench;
}

function refusalOf(bench: Bench): string {
  const tried = bench.try(anna, migrate);
  return isRefusal(tried) ? JSON.stringify(tried.refusal) : '';
}

test('I11 an open case keeps its policy until it is moved, and the event says by whom, why and what acts differently', () => {
  const bench = aimedAt(at('confirmed', old), current);
  assert.equal(bench.state.policy.name, 'libvirt-2012');
  const [event] = bench.do(anna, migrate);
  assert.ok(event?.kind === 'policy-migrated');
  assert.deepEqual(
    [event.by, event.reason.kind, event.changed],
    [{ kind: 'person', person: 'anna', proof: 'demo_link' }, 'reason', ['branches.should']],
  );
  assert.deepEqual([bench.state.policy.name, bench.state.policy.version], ['libvirt-2023', 1]);
  assert.deepEqual(replay(bench.log), bench.state, 'I13');
});

test('I11 nobody without the right change_policy moves a case, and nobody where it is under that policy already', () => {
  const bench = aimedAt(at('confirmed', old), current);
  const stranger = bench.try(person('viktor', 'vendor'), migrate);
  assert.ok(isRefusal(stranger) && stranger.refusal.kind === 'not_permitted');
  bench.do(anna, migrate);
  assert.match(refusalOf(bench), /under the policy that holds now/);
  assert.match(refusalOf(at('confirmed', old)), /under the policy that holds now/, 'no other version holds');
});

test('I11 LIBVIRT-40 a version that asks for fewer branches completes a fix that lacked the others alone', () => {
  const { anna: both, boris } = team(old);
  const wider = { ...old, branches: { ...old.branches, must: ['development', 'stable'] } };
  const moving = (waiting: 'v9.0-maint' | 'master') => {
    const bench = at('confirmed', wider);
    bench.do(both, { kind: 'judge-branch', branch: 'v9.0-maint', component: null, group: 'stable', affected: true });
    const [branch] = ['master', 'v9.0-maint'].filter((one) => one !== waiting);
    const named = { branch: branch ?? '', component: null };
    bench.do(both, { kind: 'add-patch', ...named, patch: patchFile(), signedOff: true });
    bench.do(boris, { kind: 'approve-patch', ...named });
    assert.equal(bench.state.handling, 'fixing');
    aimedAt(bench, current).do(anna, migrate);
    return bench.state;
  };
  assert.deepEqual([moving('v9.0-maint').handling, moving('master').handling], ['fix_ready', 'fixing']);
});

test('I11 LIBVIRT-39 branches count after the move as the new version says', () => {
  const { anna: both } = team(old);
  const bench = aimedAt(at('confirmed', old), { ...current, branches: { ...current.branches, must: ['development', 'stable'] } });
  bench.do(both, { kind: 'judge-branch', branch: 'v9.0-maint', component: null, group: 'stable', affected: true });
  assert.equal(bench.state.branches.find((fix) => fix.group === 'stable')?.required, false);
  bench.do(anna, migrate);
  assert.equal(bench.state.branches.find((fix) => fix.group === 'stable')?.required, true);
});

test('I6 a move that the running embargo would overrun is refused with the date of the new cap', () => {
  const [first] = current.embargo.length;
  assert.ok(first);
  const short = { ...current, embargo: { ...current.embargo, length: [{ ...first, upTo: { amount: 3, unit: 'days' } }] } } as Policy;
  const bench = aimedAt(at('confirmed', old), short);
  assert.match(refusalOf(bench), /The embargo ends after the cap of the new policy/);
  assert.equal(bench.state.policy.name, 'libvirt-2012');
});

test('LIBVIRT-34 a move that would drop an agreement is refused', () => {
  const bench = at('confirmed', old);
  bench.do(anna, {
    kind: 'propose-embargo',
    until: '2026-11-14T09:00:00.000Z' as never,
    zone: 'UTC',
    reason: content(),
    restart: null,
    circumstances: null,
    evidence: null,
    purposes: [],
  });
  bench.do(person('viktor', 'vendor'), { kind: 'agree-embargo' });
  const { vendor: _, ...roles } = current.roles;
  assert.match(refusalOf(aimedAt(bench, { ...current, roles })), /vendor has agreed to a date/);
});

test('I1 VMT-36 a move that would show less of a public case is refused', () => {
  const open = preset('openstack-vmt');
  const bench = at('public', open);
  const less = { ...open, publication: { ...open.publication, scope: 'notice' } } as Policy;
  const tried = aimedAt(bench, less).try(team(open).anna, migrate);
  assert.ok(isRefusal(tried) && JSON.stringify(tried.refusal).includes('show less of it'));
});

test('I1 VMT-36 a move that would close what is open of a public case is refused, whatever its scope is called', () => {
  const open = preset('openstack-vmt');
  const publishing = (changes: Partial<Policy['publication']>): Policy => ({ ...open, publication: { ...open.publication, ...changes } });
  const withProofs = at('public', publishing({ proofOfConcept: { kind: 'with_record' } }));
  const proofs = aimedAt(withProofs, publishing({ proofOfConcept: { kind: 'withheld' } })).try(team(open).anna, migrate);
  assert.ok(isRefusal(proofs) && JSON.stringify(proofs.refusal).includes('show less of it'), 'proofs of concept');
  const dismissed = at('eligible', publishing({ reports: 'every_report' }));
  const [name] = Object.keys(open.eligibility.classes);
  dismissed.do(team(open).anna, { kind: 'dismiss-flaw', reason: content(), ...(name === undefined ? {} : { class: name }) });
  assert.equal(dismissed.state.visibility, 'public');
  const reports = aimedAt(dismissed, publishing({ reports: 'confirmed_flaws' })).try(team(open).anna, migrate);
  assert.ok(isRefusal(reports) && JSON.stringify(reports.refusal).includes('show less of it'), 'reports');
});

test('I1 VMT-36 a move by one person opens no more of a public case: not its record, not its proofs of concept, now or later', () => {
  const open = preset('openstack-vmt');
  const publishing = (changes: Partial<Policy['publication']>): Policy => ({ ...open, publication: { ...open.publication, ...changes } });
  const narrow = publishing({ scope: 'issue', proofOfConcept: { kind: 'withheld' } });
  const wider: readonly Partial<Policy['publication']>[] = [
    { scope: 'full_record', proofOfConcept: { kind: 'withheld' } },
    { scope: 'issue', proofOfConcept: { kind: 'with_record' } },
    { scope: 'issue', proofOfConcept: { kind: 'after_disclosure', delay: { amount: 7, unit: 'days' } } },
    { scope: 'issue', proofOfConcept: { kind: 'reporter_decides' } },
  ];
  for (const changes of wider) {
    const tried = aimedAt(at('public', narrow), publishing(changes)).try(team(open).anna, migrate);
    assert.ok(isRefusal(tried) && JSON.stringify(tried.refusal).includes('open more of it'), JSON.stringify(changes));
  }
  assert.ok(!isRefusal(aimedAt(at('public', narrow), { ...narrow, version: 2 }).try(team(open).anna, migrate)), 'the same may move');
  assert.ok(
    !isRefusal(aimedAt(at('confirmed', narrow), publishing({ scope: 'full_record' })).try(team(open).anna, migrate)),
    'in private it may',
  );
});

test('LIBVIRT-25 VMT-27 F1 no party that was told is dropped by a move, reached in another way, or held to a longer silence', () => {
  const policy = withPackagers(preset('openstack-vmt'), { limit: { amount: 14, unit: 'days' }, duties: ['public_post'] });
  const told = () => {
    const bench = at('numbered', policy);
    const { anna: both } = team(policy);
    bench.do(both, { kind: 'screen-party', party: partyName, cleared: true, reason: content() });
    bench.do(both, { kind: 'notify-party', party: partyName, text: content('party_notice') });
    return bench;
  };
  const parties = (change: (one: PartyRules) => readonly PartyRules[]): Policy => ({
    ...policy,
    version: 2,
    downstream: {
      ...policy.downstream,
      parties: policy.downstream.parties.flatMap((one) => (one.name === partyName ? change(one) : [one])),
    },
  });
  const why = (target: Policy) => {
    const tried = aimedAt(told(), target).try(team(policy).anna, migrate);
    return isRefusal(tried) ? JSON.stringify(tried.refusal) : 'moved';
  };
  assert.match(why(parties(() => [])), /was told, and the new policy has no such party/);
  assert.match(why(parties((one) => [{ ...one, to: { kind: 'list', address: 'x@lists.example' } }])), /in another way/);
  assert.match(why(parties((one) => [{ ...one, limit: null }])), /ask for longer/);
  assert.match(why(parties((one) => [{ ...one, limit: { amount: 20, unit: 'days' } }])), /ask for longer/);
  assert.match(why(parties((one) => [{ ...one, duties: [] }])), /would drop it/);
  assert.equal(why(parties((one) => [{ ...one, prefix: 'other' }])), 'moved');
  const untold = aimedAt(
    at('numbered', policy),
    parties(() => []),
  ).try(team(policy).anna, migrate);
  assert.ok(!isRefusal(untold), 'who was not told may go');
});

test('I11 VMT-21 no word to a publication is carried into another policy: it is taken back first, and then given under the new one', () => {
  const open = preset('openstack-vmt');
  const both = team(open);
  const strict: Policy = {
    ...open,
    version: 2,
    publication: { ...open.publication, scope: 'full_record' },
    reviews: { ...open.reviews, publication: { kind: 'approvals', approvals: 2, by: ['coordinator' as Role] } },
  };
  const why = (bench: Bench) => {
    const tried = aimedAt(bench.twin(), strict).try(both.anna, migrate);
    return isRefusal(tried) ? JSON.stringify(tried.refusal) : 'moved';
  };
  const armed = at('prepared', open);
  assert.match(why(armed), /Stop the release first/);
  armed.do(both.boris, { kind: 'stop-release', reason: null });
  assert.equal(why(armed), 'moved');
  const half = at('credited', open);
  for (const role of ['core_reviewer', 'stable_maintainer'] as Role[]) half.do(both.anna, { kind: 'go-on-call', role });
  half.do(both.anna, { kind: 'approve-release' });
  assert.equal(half.state.disclosure.armed, false);
  assert.match(why(half), /Stop the release first/, 'half a word');
  const bundled = at('confirmed', open);
  assert.equal(why(bundled), 'moved', 'what is only proposed is agreed to under the new policy');
  bundled.do(both.boris, { kind: 'agree-bundle' });
  assert.match(why(bundled), /Propose it anew first/);
  bundled.do(both.anna, { kind: 'propose-bundle', summary: content('summary') });
  assert.equal(why(bundled), 'moved');
  const announced = at('confirmed', open);
  announced.state = { ...announced.state, unfixed: { approvedBy: ['anna' as PersonId], on: shifted(announced.now, { hours: 240 }) } };
  assert.match(why(announced), /Call it off first/);
  announced.do(both.anna, { kind: 'call-off-unfixed', reason: content() });
  assert.equal(why(announced), 'moved');
  assert.equal(why(at('disclosed', open)), 'moved', 'what was said is done');
});

test('VMT-20 T17 what is out is not stopped, and neither is a release that nobody has said go to', () => {
  const open = preset('openstack-vmt');
  for (const stage of ['approved', 'disclosed', 'merged'] as const) {
    const tried = at(stage, open).try(team(open).anna, { kind: 'stop-release', reason: null });
    assert.ok(isRefusal(tried) && JSON.stringify(tried.refusal).includes('release_under_way'), stage);
  }
});

test('I11 a move names the version that was looked at; where another holds by now, it is refused', () => {
  const bench = aimedAt(at('confirmed', old), current);
  const tried = bench.try(anna, { ...migrate, to: 'd'.repeat(64) });
  assert.ok(isRefusal(tried) && JSON.stringify(tried.refusal).includes('Another version holds by now'));
});

test('I11 a class, a severity or a branch group that the new version does not know keeps the case where it is', () => {
  const open = preset('openstack-vmt');
  const { A: _, ...classes } = open.eligibility.classes;
  const unclassed = aimedAt(at('confirmed', open), { ...open, eligibility: { ...open.eligibility, classes } }).try(
    team(open).anna,
    migrate,
  );
  assert.ok(isRefusal(unclassed) && JSON.stringify(unclassed.refusal).includes('the class A'));
  assert.match(refusalOf(aimedAt(at('confirmed', old), { ...current, severity: { ...current.severity, scale: ['bad'] } })), /no level/);
  const groups = { main: ['master'] };
  assert.match(
    refusalOf(aimedAt(at('confirmed', old), { ...current, branches: { ...current.branches, groups } })),
    /the group development/,
  );
});

test('I11 the reporter is told when the latest date becomes another, and not otherwise', () => {
  const told = (policy: Policy) => {
    const bench = aimedAt(at('confirmed', old), policy);
    return consequences(bench.do(anna, migrate), bench.state, policy).map((one) => (one.kind === 'send-notice' ? one.notice : one.kind));
  };
  const [first] = old.embargo.length;
  assert.ok(first);
  const other = { ...current, embargo: { ...current.embargo, length: [{ ...first, upTo: { amount: 60, unit: 'days' } }] } } as Policy;
  assert.deepEqual(told(other), ['policy-changed']);
  assert.deepEqual(told(current), []);
});

test('I11 VMT-11 VMT-31 a version that asks for a number for more flaws asks for those that nobody decided on; one that asks for fewer lets go', () => {
  const asking = (requiredFor: Policy['cve']['requiredFor']): Policy => ({ ...old, cve: { ...old.cve, requiredFor } });
  const flaws = ['flaw1', 'second', 'third', 'fourth'] as FlawId[];
  const bench = at('confirmed', asking('on_request'));
  const { anna: both } = team(old);
  for (const flaw of flaws.slice(1)) bench.do(both, { kind: 'add-flaw', flaw, title: content('title', 'shared') });
  bench.do(both, { kind: 'waive-cve', flaw: 'second' as FlawId, reason: content() });
  bench.do(both, { kind: 'request-cve', flaw: 'third' as FlawId });
  bench.do(both, { kind: 'record-cve', flaw: 'fourth' as FlawId, number });
  const cve = (of: Bench) => of.state.flaws.map((one) => one.cve);
  assert.deepEqual(cve(bench), ['undecided', 'not_needed', 'requested', 'assigned']);
  aimedAt(bench, asking('every_flaw')).do(both, migrate);
  assert.deepEqual(cve(bench), ['required', 'not_needed', 'requested', 'assigned'], 'a person’s word stands');
  const fewer = aimedAt(at('confirmed', asking('every_flaw')), asking('nothing'));
  assert.deepEqual(cve(fewer), ['required']);
  fewer.do(both, migrate);
  assert.deepEqual(cve(fewer), ['undecided']);
  assert.deepEqual(replay(fewer.log), fewer.state, 'I13');
});
