// SPDX-License-Identifier: Apache-2.0
// What is told ahead: nothing to a party that is public already, a publication without a fix to every party, and confidence first of all to a reporter.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor } from '../../src/core/model/actor.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { shifted } from '../../src/core/model/time.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { consequences } from '../../src/core/process/consequences.ts';
import { toReporter } from '../../src/notices/to-reporter.ts';
import { content, person, preset, reporter } from '../support/core.ts';
import { packager, partyName, withPackagers } from '../support/parties.ts';
import { at, certain, team } from './journey.ts';

const packaging: Policy = (() => {
  const policy = withPackagers(preset('openstack-vmt'));
  return { ...policy, downstream: { ...policy.downstream, must: [], leadTime: null, screening: 'none', proposal: 'none' } };
})();

test('F2 once a fix or the flaw is in public no party is told ahead any more: the refusal names the public list, and a list told by mistake is a deviation', () => {
  const bench = at('numbered', packaging);
  const { anna } = team(bench.policy);
  const posted = bench.state.branches.map((fix) => ({ ...fix, state: 'posted' as const }));
  bench.state = { ...bench.state, branches: posted };
  const refused = bench.try(anna, { kind: 'notify-party', party: partyName, text: null });
  assert.ok(isRefusal(refused) && refused.refusal.kind === 'gates');
  assert.deepEqual(
    refused.refusal.unmet.map(({ gate }) => gate),
    ['not_out_yet'],
  );
  assert.match(refused.refusal.unmet[0]?.sentence ?? '', /public list instead/);
  const notice = { kind: 'record-notice', party: 'linux-distros', since: bench.now, evidence: content('evidence') } as const;
  const late = bench.try(anna, notice);
  assert.ok(isRefusal(late) && late.refusal.kind === 'gates' && late.refusal.unmet.some(({ gate }) => gate === 'not_out_yet'));
  bench.do(anna, { ...notice, deviation: content() });
  assert.ok(bench.state.deviations.includes('not_out_yet'), 'what happened stands on record, with its reason');
});

test('T23 a publication without a fix is told to every party ahead, and so is its calling off; not to one that left', () => {
  const bench = at('numbered', packaging);
  const { anna } = team(bench.policy);
  bench.do(anna, { kind: 'notify-party', party: partyName, text: null });
  bench.do(person('pat', packager), { kind: 'accept-terms' });
  const on = certain(bench.state.embargo.until);
  const by = { kind: 'person', person: 'anna' } as const;
  const events = [
    { kind: 'unfixed-announced', reason: content('reason', 'shared'), on, v: 1, seq: 900, at: bench.now, by },
    { kind: 'unfixed-called-off', reason: content('reason', 'shared'), v: 1, seq: 901, at: bench.now, by },
  ] as never[];
  const toParties = () =>
    consequences(events, bench.state, bench.policy).filter(
      (one) => one.kind === 'send-notice' && one.to.kind === 'role' && one.to.role === packager,
    );
  assert.equal(toParties().length, 2);
  bench.do(anna, { kind: 'remove-party', party: partyName, reason: content() });
  assert.equal(toParties().length, 0);
});

test('VMT-13 where an embargo is the rule its reminder is the first block of the acknowledgement, and of no other project or public report', () => {
  const letter = (name: string, fields: Record<string, string | null>) =>
    toReporter('acknowledgement', {
      policy: preset(name),
      codename: 'tidal-heron',
      link: 'https://x.example',
      linkDays: 3,
      body: null,
      page: null,
      fields,
    }).text;
  const first = (text: string) => text.split('\n\n')[0] ?? '';
  assert.match(
    first(letter('openstack-vmt', { confidential: 'yes', end: null })).replaceAll('\n', ' '),
    /kept in confidence until a date .* disclose no detail/,
  );
  assert.match(first(letter('openstack-vmt', { confidential: 'yes', end: '2026-12-01T15:00:00.000Z' })), /embargo/i);
  assert.ok(!/kept in confidence/.test(letter('openstack-vmt', { confidential: null, end: null })), 'a report that began in public');
  assert.ok(
    !/kept in confidence/.test(letter('qemu-2026', { confidential: 'yes', end: null })),
    'QEMU-2 no wording of it where there is none by default',
  );
});

test('P5 F1 a party that accepts no embargo as long as the agreed one is not told: the cap binds before any mail leaves', () => {
  const limit = { amount: 1, unit: 'days' } as const;
  const parties = packaging.downstream.parties.map((party) => (party.name === partyName ? { ...party, limit } : party));
  const bench = at('numbered', { ...packaging, downstream: { ...packaging.downstream, parties } });
  const refused = bench.try(team(bench.policy).anna, { kind: 'notify-party', party: partyName, text: null });
  assert.ok(isRefusal(refused) && refused.refusal.kind === 'gates');
  assert.deepEqual(
    refused.refusal.unmet.map(({ gate }) => gate),
    ['limit_kept'],
  );
  assert.equal(bench.state.parties.length, 0, 'and nothing of it is on record');
});

test('P22 once a party plans by the date its reporter and the party itself move it no later, but earlier; those whom the policy names still do', () => {
  const bench = at('numbered', packaging);
  const { anna } = team(bench.policy);
  bench.do(anna, { kind: 'notify-party', party: partyName, text: null });
  const pat = person('pat', packager);
  bench.do(pat, { kind: 'accept-terms' });
  const until = certain(bench.state.embargo.until);
  const ask = (days: number) => ({
    kind: 'propose-embargo' as const,
    until: shifted(until, { hours: days * 24 }),
    zone: 'UTC',
    reason: content(),
    restart: null,
    circumstances: null,
    evidence: null,
    purposes: [],
  });
  const isLate = (actor: Actor, days: number) => {
    const tried = bench.try(actor, ask(days));
    return isRefusal(tried) && tried.refusal.kind === 'gates' && tried.refusal.unmet.some(({ gate }) => gate === 'late_change');
  };
  assert.deepEqual([isLate(reporter, 7), isLate(pat, 7), isLate(anna, 7)], [true, true, false]);
  assert.deepEqual([isLate(reporter, -7), isLate(pat, -7)], [false, false], 'shorter is safer');
});

test('P15 a second finder is no leak: the fact is another, the embargo goes on until somebody decides, and the decision stands on record', () => {
  const bench = at('confirmed', preset('libvirt-2023'));
  const { anna } = team(bench.policy);
  const asks = () => bench.state.askedSince !== null;
  bench.do(anna, { kind: 'record-fact', fact: 'rediscovered', since: bench.now, evidence: content('evidence') });
  assert.equal(bench.state.embargo.state, 'active');
  assert.ok(!bench.state.facts.some(({ fact }) => fact === 'leaked'));
  assert.ok(asks(), 'somebody is asked');
  bench.do(anna, { kind: 'answer-rediscovery', publish: false, reason: content() });
  assert.ok(!asks() && bench.state.embargo.state === 'active');
  assert.equal(bench.log.at(-1)?.kind, 'rediscovery-answered');
  bench.do(anna, { kind: 'record-fact', fact: 'leaked', since: bench.now, evidence: content('evidence') });
  assert.deepEqual([bench.state.embargo.state, bench.state.embargo.exit], ['exited', 'leak'], 'a leak is a leak');
});
