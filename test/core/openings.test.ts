// SPDX-License-Identifier: Apache-2.0
// Every way in which a private case opens: what would be opened is looked through before, and what nobody has decided on stays closed (QEMU-28).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ActionKind } from '../../src/core/model/action.ts';
import type { PersonId, RedactionId } from '../../src/core/model/identifiers.ts';
import type { RecordState, Redaction } from '../../src/core/model/record.ts';
import { closedPieces } from '../../src/core/model/record.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import type { Instant } from '../../src/core/model/time.ts';
import { shifted } from '../../src/core/model/time.ts';
import { canRead, guarded } from '../../src/core/policy/access.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { deadlines, due } from '../../src/core/process/deadlines.ts';
import { decide } from '../../src/core/process/decide.ts';
import type { Situation } from '../../src/core/process/situation.ts';
import { after } from '../../src/core/process/situation.ts';
import type { Row } from '../../src/core/process/table/row.ts';
import { table } from '../../src/core/process/table.ts';
import { type Bench, content, piece, preset, processItself, reporter } from '../support/core.ts';
import { openingGateCases } from './gate-cases-openings.ts';
import { at, certain, on, team } from './journey.ts';

const asking = (policy: Policy): Policy => ({ ...policy, publication: { ...policy.publication, findings: 'decided' } });
const note = piece();
const rows = Object.entries(table) as readonly [ActionKind, Row][];

/** Rows that lead to the public and ask nobody to look, with the reason. A row that is not here carries the gate. */
const lookedThroughBefore: Readonly<Partial<Record<ActionKind, string>>> = {
  'publish-case': 'people looked before they said go, and without their word nothing is armed',
  'record-posting': 'the same: the publication that follows from a posting waits for people to have said go',
  'record-merge': 'the same',
  'record-release': 'the same',
  'publish-bundle': 'exactly the agreed bundle, which was looked through when the second person agreed to it',
  'publish-unfixed': 'people looked before they announced it, and what is said since stops it until they say so again',
  'complete-import': 'what comes from an archive was published before, and its record stays closed',
  'update-relations': 'a duplicate opens with its case, whose people looked through both',
};

test('QEMU-28 every row of the table that leads to the public asks for what was found, or is named here with a reason', () => {
  const opening = rows.filter(([, row]) => row.to.visibility?.includes('public')).map(([kind]) => kind);
  assert.ok(opening.length > 12, `${opening.length} rows lead to the public`);
  const silent = opening.filter((kind) => !rowOf(kind).gates.includes('findings_decided'));
  assert.deepEqual(silent.toSorted(), Object.keys(lookedThroughBefore).toSorted());
  const asked = rows.filter(([, row]) => row.gates.includes('findings_decided')).map(([kind]) => kind);
  const preparing: readonly ActionKind[] = ['approve-release', 'agree-bundle', 'announce-unfixed'];
  assert.deepEqual(asked.filter((kind) => !opening.includes(kind)).toSorted(), preparing.toSorted());
});

test('QEMU-28 each of them opens the case, or agrees to what opens it: nothing is asked in vain', () => {
  for (const { row, build } of openingGateCases) {
    const { met } = build();
    const decision = decide(met.action, met.situation);
    assert.ok(!isRefusal(decision), row);
    const kinds = decision.events.map(({ kind }) => kind);
    const opens = kinds.includes('case-opened') || ['bundle-agreed', 'unfixed-announced'].some((kind) => kinds.includes(kind as never));
    assert.ok(opens, `${row}: ${kinds.join()}`);
  }
});

test('QEMU-28 what opens nothing asks nobody to look: another verdict, another class, a withdrawal that is declined or stays private', () => {
  const policy = asking(preset('openstack-vmt'));
  const bench = at('taken', policy);
  bench.openFindings = 1;
  const { anna } = team(policy);
  bench.do(reporter, { kind: 'ask-withdrawal', reason: content() });
  bench.do(anna, { kind: 'decide-withdrawal', accepted: false, reason: content() });
  bench.do(anna, { kind: 'decide-eligibility', verdict: 'in', rule: null, reason: content() });
  bench.do(anna, { kind: 'set-class', class: 'A' });
  assert.equal(bench.state.visibility, 'private');
  const quiet: Policy = { ...policy, publication: { ...policy.publication, reports: 'confirmed_flaws' } };
  const other = at('taken', quiet);
  other.openFindings = 1;
  other.do(reporter, { kind: 'ask-withdrawal', reason: content() });
  other.do(team(quiet).anna, { kind: 'decide-withdrawal', accepted: true, reason: content() });
  assert.deepEqual([other.state.handling, other.state.visibility], ['withdrawn', 'private']);
});

test('QEMU-28 QEMU-43 without an advisory and without a review of the publication, a posting opens the case once somebody has looked and said go', () => {
  const policy = asking(preset('qemu-2026'));
  assert.deepEqual([policy.reviews.publication, policy.advisory.kind], [null, 'none']);
  const { anna } = team(policy);
  const posted = (bench: Bench) =>
    bench.do(anna, { kind: 'record-posting', branch: 'master', component: null, messageId: '<1@lists.example>' });
  const unseen = on(at('confirmed', policy), 'confirmed', 'credited');
  unseen.state = { ...unseen.state, disclosure: { ...unseen.state.disclosure, armed: false, approvedBy: [] } };
  posted(unseen);
  assert.equal(unseen.state.visibility, 'private', 'nobody has looked');
  unseen.later(1);
  const called = deadlines(unseen.state, policy).filter(({ at: then }) => then <= unseen.now);
  assert.ok(
    called.some(({ clock }) => clock === 'clocks.posted_but_private'),
    'and the owner is called',
  );
  assert.ok(called.every(({ action }) => action.kind === 'remind'));
  unseen.openFindings = 1;
  const refused = unseen.try(anna, { kind: 'approve-release' });
  assert.ok(isRefusal(refused) && refused.refusal.kind === 'gates');
  assert.deepEqual(
    refused.refusal.unmet.map(({ gate }) => gate),
    ['findings_decided'],
  );
  unseen.openFindings = 0;
  unseen.do(anna, { kind: 'approve-release' });
  unseen.do(processItself, certain(due(unseen.state, policy, unseen.now)).action);
  assert.equal(unseen.state.visibility, 'public');
  const looked = on(at('confirmed', policy), 'confirmed', 'credited');
  looked.do(anna, { kind: 'approve-release' });
  posted(looked);
  assert.equal(looked.state.visibility, 'public', 'in the same step');
});

test('QEMU-28 QEMU-51 what is said after a publication without a fix was announced stops it until people say so again, and its day stands', () => {
  const policy = asking(preset('qemu-2026'));
  const { anna } = team(policy);
  const bench = at('confirmed', policy);
  bench.later(31 * 24);
  bench.do(anna, { kind: 'announce-unfixed', reason: content(), deviation: content() });
  const day = certain(bench.state.unfixed?.on);
  bench.saysFinding = true;
  bench.do(reporter, { kind: 'answer-team', body: content('message', 'shared'), attachments: [] });
  bench.saysFinding = false;
  assert.deepEqual(bench.state.unfixed, { approvedBy: [], on: day, stopped: true });
  bench.now = day;
  assert.ok(isRefusal(bench.try(processItself, { kind: 'publish-unfixed' })));
  assert.equal(certain(due(bench.state, policy, day)).action.kind, 'remind', 'nothing waits in silence');
  bench.openFindings = 1;
  assert.ok(isRefusal(bench.try(anna, { kind: 'announce-unfixed', reason: content(), deviation: content() })));
  bench.openFindings = 0;
  bench.do(anna, { kind: 'announce-unfixed', reason: content(), deviation: content() });
  assert.equal(bench.state.unfixed?.on, day);
  bench.do(processItself, { kind: 'publish-unfixed' });
  assert.equal(bench.state.visibility, 'public');
});

test('VMT-18 QEMU-51 what is published without a fix is so on a day on which the project discloses, and no sooner than was warned', () => {
  const own = preset('qemu-2026');
  const { unfixed, ...disclosure } = own.disclosure;
  const times = { days: ['Tuesday', 'Wednesday', 'Thursday'], hour: { hour: 15, minute: 0, zone: 'UTC' } } as const;
  const warned = { amount: 7, unit: 'days' } as const;
  const policy: Policy = {
    ...own,
    calendar: { ...own.calendar, zone: 'UTC', holidays: [{ from: '2026-12-08', to: '2026-12-09' }] as never },
    disclosure: { ...disclosure, ...times, unfixed: { ...unfixed, warned } },
  };
  const { anna } = team(policy);
  for (const [now, day] of [
    ['2026-12-10T09:00:00.000Z', '2026-12-17T15:00:00.000Z'],
    ['2026-12-11T09:00:00.000Z', '2026-12-22T15:00:00.000Z'],
    ['2026-12-10T16:00:00.000Z', '2026-12-22T15:00:00.000Z'],
    ['2026-12-01T09:00:00.000Z', '2026-12-10T15:00:00.000Z'],
  ] as const) {
    const bench = at('confirmed', { ...policy, clocks: { ...policy.clocks, fix: null } });
    bench.now = now as Instant;
    bench.do(anna, { kind: 'announce-unfixed', reason: content(), deviation: content() });
    assert.equal(bench.state.unfixed?.on, day, now);
  }
});

test('VMT-30 QEMU-51 a publication without a fix that is announced under an embargo is for its end where that is later than the warning', () => {
  const own = preset('qemu-2026');
  const { embargo } = preset('libvirt-2023');
  const policy: Policy = { ...own, embargo, clocks: { ...own.clocks, fix: null } };
  const { anna } = team(policy);
  const bench = at('confirmed', policy);
  const end = certain(bench.state.embargo.until);
  const announce = { kind: 'announce-unfixed', reason: content(), deviation: content() } as const;
  bench.do(anna, announce);
  assert.equal(bench.state.unfixed?.on, end);
  bench.now = shifted(end, { minutes: -1 });
  assert.ok(isRefusal(bench.try(processItself, { kind: 'publish-unfixed' })), 'not before what was agreed');
  const late = at('confirmed', policy);
  late.now = shifted(certain(late.state.embargo.until), { hours: -1 });
  late.do(anna, announce);
  assert.ok(certain(late.state.unfixed?.on) > certain(late.state.embargo.until), 'whoever is warned has the time of the warning');
});

test('QEMU-28 however a case opens, what is proposed to be struck out and not decided on stays closed', () => {
  const reads = (situation: Situation) => {
    const { state, policy } = situation;
    const closed = closedPieces(state.record).has(note.id);
    const open = guarded(state, policy);
    return canRead({ kind: 'anonymous', project: state.project }, open.opening, { ...note, closed }, open);
  };
  const tried: string[] = [];
  for (const { row, build } of openingGateCases) {
    const { action, situation } = build().met;
    const opened = (record: RecordState) => {
      const before = { ...situation, state: { ...situation.state, record } };
      const decision = decide(action, before);
      assert.ok(!isRefusal(decision), row);
      return reads(after(before, decision.events));
    };
    const { record } = situation.state;
    if (!opened(record)) continue;
    tried.push(row);
    assert.equal(opened({ ...record, redactions: [proposal(situation)] }), false, row);
  }
  assert.ok(tried.length >= 5, tried.join());
});

function proposal({ now }: Situation): Redaction {
  return {
    redaction: 'redaction1' as RedactionId,
    piece: note.id,
    span: null,
    why: 'tokens',
    destroys: false,
    proposedBy: 'anna' as PersonId,
    approvals: [],
    state: 'proposed',
    wasOpen: false,
    opens: false,
    copy: null,
    at: now,
  };
}

function rowOf(kind: ActionKind): Row {
  return table[kind];
}
