// SPDX-License-Identifier: Apache-2.0
// An advisory from an archive as a case: it is private until the process opens it, nobody is called for it, and all that it can become is corrected.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ActionKind, CaseAction } from '../../src/core/model/action.ts';
import type { CveId, FlawId } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { guarded } from '../../src/core/policy/access.ts';
import { consequences } from '../../src/core/process/consequences.ts';
import { deadlines } from '../../src/core/process/deadlines.ts';
import { table } from '../../src/core/process/table.ts';
import { Bench, content, imported, person, preset, processItself } from '../support/core.ts';
import { presetNames } from '../support/policies.ts';
import { actionOf } from './actions.ts';

/** An advisory that is out can be corrected, wherever it was published first; and of several flaws one may have waited for its number. */
const corrected: readonly ActionKind[] = ['correct-advisory'];
const numbered: readonly ActionKind[] = ['add-flaw'];

/** What does not change the case's course: who reads it, what somebody notes, what becomes known of the world, what is struck out, a release called off that nobody had armed. */
const aside: readonly ActionKind[] = [
  'add-note',
  'classify-content',
  'keep-finding',
  'propose-redaction',
  'record-fact',
  'record-patch-check',
  'remind',
  'retire-branches',
  'update-relations',
];

for (const name of presetNames)
  describe(`${name}: an advisory from an archive`, () => {
    const policy = preset(name);
    const waiting = () => new Bench(policy, imported(policy));
    const opened = () => {
      const bench = waiting();
      bench.do(processItself, { kind: 'complete-import' });
      return bench;
    };

    test('L-38 is private until its import is complete, and nothing but the process completes it', () => {
      const bench = waiting();
      assert.equal(guarded(bench.state, policy).public, false);
      for (const role of Object.keys(policy.roles)) assert.ok(isRefusal(bench.try(person('anna', role), { kind: 'complete-import' })));
      bench.do(processItself, { kind: 'complete-import' });
      assert.equal(guarded(bench.state, policy).public, true);
      assert.equal(bench.state.advisory.published, bench.state.imported?.version);
      assert.ok(isRefusal(bench.try(processItself, { kind: 'complete-import' })), 'once');
    });

    test('opens no record: there is none', () => assert.equal(guarded(opened().state, policy).opening, 'nothing'));

    test('runs no clock and sends nothing, before it is open and after', () => {
      const bench = waiting();
      const before = [deadlines(bench.state, policy), consequences(bench.log, bench.state, policy)];
      const events = bench.do(processItself, { kind: 'complete-import' });
      assert.deepEqual([...before, deadlines(bench.state, policy), consequences(events, bench.state, policy)], [[], [], [], []]);
    });

    test('takes no step of the process but that it can be corrected', () => {
      const everybody = [processItself, ...Object.keys(policy.roles).map((role) => person('anna', role))];
      const kinds = (Object.keys(table) as ActionKind[]).filter((kind): kind is CaseAction['kind'] => kind !== 'submit-report');
      const taken = kinds.filter((kind) => everybody.some((one) => !isRefusal(opened().try(one, actionOf(kind, one)))));
      assert.deepEqual(
        taken.filter((kind) => !aside.includes(kind)),
        policy.advisory.kind === 'none' ? numbered : [...corrected, ...numbered],
      );
    });

    test('I1 is not corrected while it is private', () => {
      const everybody = [processItself, ...Object.keys(policy.roles).map((role) => person('anna', role))];
      for (const kind of ['correct-advisory', 'add-flaw', 'drop-flaw', 'add-late-number', 'approve-release', 'record-preparation'] as const)
        for (const one of everybody) assert.ok(isRefusal(waiting().try(one, actionOf(kind, one) as CaseAction)), kind);
    });
  });

describe('the next version of an advisory from an archive', () => {
  const policy = preset('libvirt-2023');
  const [anna, viktor, vera] = [person('anna', 'core'), person('viktor', 'core'), person('vera', 'vendor')];
  const opened = (numbers: readonly CveId[]) => {
    const bench = new Bench(policy, { ...imported(policy), numbers });
    bench.do(processItself, { kind: 'complete-import' });
    return bench;
  };
  const goesOut = (bench: Bench) => {
    for (const one of [anna, viktor]) if (!bench.state.disclosure.armed) bench.do(one, { kind: 'approve-release' });
    const documents = [{ format: 'text', file: 'notice.txt', sha256: 'e'.repeat(64) }];
    return bench.do(processItself, { kind: 'record-preparation', documents });
  };

  test('I9 T24 is written by one, approved by another, counts on from the archive, and leaves the case where it is', () => {
    const bench = opened(['CVE-2019-10132' as CveId]);
    bench.do(anna, { kind: 'correct-advisory', reason: content('reason', 'shared') });
    bench.do(anna, { kind: 'write-advisory', advisory: content('advisory'), parts: policy.advisory.mustContain });
    bench.do(anna, { kind: 'submit-advisory' });
    assert.ok(isRefusal(bench.try(anna, { kind: 'approve-advisory' })), 'whoever wrote it does not approve it');
    assert.ok(isRefusal(bench.try(anna, { kind: 'approve-release' })), 'nothing goes out that nobody approved');
    bench.do(viktor, { kind: 'approve-advisory' });
    const [out] = goesOut(bench).filter(({ kind }) => kind === 'version-published');
    assert.equal(out?.kind === 'version-published' && out.version, 3, 'the archive had version 2');
    for (const { channel } of bench.state.disclosure.channels)
      bench.do(processItself, { kind: 'confirm-channel', channel, evidence: null });
    const { handling, advisory } = bench.state;
    assert.deepEqual([handling, advisory.state, advisory.published, advisory.numbers], ['imported', 'errata', 3, ['CVE-2019-10132']]);
    assert.deepEqual(deadlines(bench.state, policy), []);
  });

  test('T24 a number that came late joins it by the word of another person than whoever recorded it', () => {
    const bench = opened([]);
    const [flaw] = bench.state.flaws;
    assert.ok(flaw);
    bench.do(vera, { kind: 'record-cve', flaw: flaw.flaw, number: 'CVE-2019-99999' as CveId });
    const late = { kind: 'add-late-number', reason: content('reason', 'shared') } as const;
    assert.ok(isRefusal(bench.try(person('vera', 'core'), late)), 'the same person');
    bench.do(viktor, late);
    goesOut(bench);
    const { handling, advisory } = bench.state;
    assert.deepEqual([handling, advisory.published, advisory.numbers], ['imported', 3, ['CVE-2019-99999']]);
  });

  test('VMT-11 P9 T24 one that has a number gets the number of another of its flaws, and keeps the first', () => {
    const [first, second] = ['CVE-2019-10132', 'CVE-2019-99998'] as CveId[];
    assert.ok(first !== undefined && second !== undefined);
    const bench = opened([first]);
    const [archived] = bench.state.flaws;
    const [own, added] = ['flaw2', 'flaw3'] as FlawId[];
    assert.ok(archived !== undefined && own !== undefined && added !== undefined);
    const drop = (one: FlawId) => bench.try(anna, { kind: 'drop-flaw', flaw: one, reason: content() });
    const record = (number: CveId) => bench.try(vera, { kind: 'record-cve', flaw: own, number });
    assert.ok(isRefusal(drop(archived.flaw)), 'what the archive tells of stays');
    bench.do(anna, { kind: 'add-flaw', flaw: own, title: content('title') });
    bench.do(anna, { kind: 'add-flaw', flaw: added, title: null });
    bench.do(anna, { kind: 'drop-flaw', flaw: added, reason: content() });
    assert.ok(isRefusal(drop(archived.flaw)), 'a number that is public is not dropped with its flaw');
    assert.deepEqual(deadlines(bench.state, policy), [], 'an archive is no list of things to do');
    assert.ok(isRefusal(record(first)), 'each number belongs to one flaw');
    bench.do(vera, { kind: 'record-cve', flaw: own, number: second });
    bench.do(viktor, { kind: 'add-late-number', reason: content('reason', 'shared') });
    goesOut(bench);
    const { handling, advisory, flaws } = bench.state;
    assert.deepEqual([handling, advisory.published, advisory.numbers], ['imported', 3, [first, second]]);
    assert.deepEqual(flaws[0], archived, 'the first flaw is as it was');
  });

  test('P9 T24 a wrong number of the archive gives way to the right one', () => {
    const [wrong, right] = ['CVE-2020-10703', 'CVE-2020-14339'] as CveId[];
    assert.ok(wrong !== undefined && right !== undefined);
    const bench = opened([wrong]);
    const [archived] = bench.state.flaws;
    assert.ok(archived);
    bench.do(vera, { kind: 'reject-cve', flaw: archived.flaw, reason: content() });
    bench.do(vera, { kind: 'record-cve', flaw: archived.flaw, number: right });
    bench.do(viktor, { kind: 'add-late-number', reason: content('reason', 'shared') });
    goesOut(bench);
    assert.deepEqual(bench.state.advisory.numbers, [right]);
  });
});
