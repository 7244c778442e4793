// SPDX-License-Identifier: Apache-2.0
// The advisory as it is written: what changed between two texts, who wrote which field, and what a history proposes; all by values alone.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { askedOf, type History, proposalsOf, withProposals } from '../../src/core/advisory/affected.ts';
import { type Drafted, fieldsOf } from '../../src/core/advisory/drafted.ts';
import { lineChanges, type TextChange, withContext, wordChanges } from '../../src/core/advisory/text-changes.ts';
import { changesBetween, type SavedVersion, versionBefore, writersOf } from '../../src/core/advisory/versions.ts';
import type { ActorMark } from '../../src/core/model/actor.ts';
import type { Branch, Product } from '../../src/core/model/advisory.ts';
import type { BranchFix } from '../../src/core/model/case.ts';
import { instant } from '../../src/core/model/time.ts';

const drafted = (value: object) => ({ title: 'A client stops the daemon', products: [], ...value }) as unknown as Drafted;
const by = (person: string) => ({ kind: 'person', person, proof: 'passkey' }) as ActorMark;
const version = (number: number, person: string, value: object) => ({
  version: number,
  at: instant(`2026-11-0${number}T09:00Z`),
  by: by(person),
  drafted: drafted(value),
});
const keep = (changes: readonly TextChange[], dropped: TextChange['kind']) =>
  changes.filter(({ kind }) => kind !== dropped).map(({ text }) => text);

describe('what changed between two texts', () => {
  const few = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });

  test('without what came it is the first text, without what went the second, line by line', () => {
    fc.assert(
      fc.property(few, few, (one, other) => {
        const changes = lineChanges(one.join('\n'), other.join('\n'));
        assert.deepEqual(keep(changes, 'new'), one);
        assert.deepEqual(keep(changes, 'gone'), other);
      }),
    );
  });

  test('and word by word, with every space', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', 'ü'), maxLength: 30 });
    fc.assert(
      fc.property(words, words, (one, other) => {
        const changes = wordChanges(one, other);
        assert.equal(keep(changes, 'new').join(''), one);
        assert.equal(keep(changes, 'gone').join(''), other);
        assert.ok(
          changes.every(({ kind }, at) => kind !== changes[at - 1]?.kind),
          'neighbours of one kind are one piece',
        );
      }),
    );
  });

  test('a line that moved past others costs one line, not all of them', () => {
    const changes = lineChanges('a\nb\nc\nd', 'b\nc\nd\na');
    assert.deepEqual(
      changes.filter(({ kind }) => kind !== 'same').map(({ kind, text }) => kind + text),
      ['gonea', 'newa'],
    );
  });

  test('texts of thousands of other lines are told at once as replaced', () => {
    const long = (letter: string) => Array.from({ length: 5000 }, (_, at) => letter + at).join('\n');
    assert.equal(lineChanges(long('a'), long('b')).length, 10_000);
  });

  test('around a change stand as many lines as asked for, and one gap for the others', () => {
    const shown = withContext(lineChanges('1\n2\n3\n4\n5\n6', '1\n2\n3\nnew\n4\n5\n6'), 1);
    assert.deepEqual(
      shown.map((one) => one?.text ?? '…'),
      ['…', '3', 'new', '4', '…'],
    );
  });
});

const libvirt = { name: 'libvirt', branches: [{ name: 'master', status: 'fixed', fixedBy: ['b'.repeat(40)] }] };

describe('who wrote which field', () => {
  test('VMT-12 the one who gave a field the text that it has now, and the version in which they did', () => {
    const writers = writersOf([
      version(1, 'anna', { summary: 'It stops.', impact: 'None.' }),
      version(2, 'viktor', { summary: 'It stops.', impact: 'Guests are lost.' }),
      version(3, 'mo', { summary: 'It halts.', impact: 'Guests are lost.' }),
    ]);
    const of = (name: string) => {
      const writing = writers.get(JSON.stringify([name]));
      return writing?.by.kind === 'person' ? [writing.by.person, writing.version] : undefined;
    };
    assert.deepEqual(
      [of('title'), of('impact'), of('summary')],
      [
        ['anna', 1],
        ['viktor', 2],
        ['mo', 3],
      ],
    );
  });

  test('a field that was emptied and written again is written anew, and one that is empty has no writer', () => {
    const empty = [version(1, 'anna', { impact: 'None.' }), version(2, 'mo', {})];
    assert.equal(writersOf(empty).has(JSON.stringify(['impact'])), false);
    const again = writersOf([...empty, version(3, 'viktor', { impact: 'None.' })]).get(JSON.stringify(['impact']));
    assert.equal(again?.version, 3);
  });

  test('a row keeps its writer when another is put before it', () => {
    const first = { ...libvirt, branches: [{ name: 'v9', status: 'affected' }, ...libvirt.branches] };
    const writers = writersOf([version(1, 'anna', { products: [libvirt] }), version(2, 'mo', { products: [first] })]);
    const field = fieldsOf(drafted({ products: [first] })).find(({ place }) => place === 'products[0].branches[1].fixedBy');
    assert.equal(writers.get(field?.key ?? '')?.version, 1);
  });

  test('two rows of one name are two', () => {
    const twice = { name: 'libvirt', branches: [...libvirt.branches, ...libvirt.branches] };
    const keys = fieldsOf(
      drafted({
        products: [twice, twice],
        references: [
          { kind: 'patch', url: 'u' },
          { kind: 'bug', url: 'u' },
        ],
      }),
    ).map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length);
  });

  test('changes name the field with what was and what is; what is gone comes last', () => {
    const was = drafted({ summary: 'It stops.', notes: ['A note.'], products: [libvirt] });
    const is = drafted({ summary: 'It halts.', workarounds: 'none-known', products: [libvirt] });
    assert.deepEqual(
      changesBetween(was, is).map(({ place, was: old, is: now }) => [place, old, now]),
      [
        ['summary', 'It stops.', 'It halts.'],
        ['workarounds', null, 'none known'],
        ['notes', 'A note.', null],
      ],
    );
    assert.deepEqual(changesBetween(is, is), []);
  });
});

test('VMT-12 compared is by itself with what the world reads, else with what was sent for review, else with the one before', () => {
  const saved = (number: number, more: Partial<SavedVersion> = {}) =>
    ({ ...version(number, 'anna', {}), submitted: false, approved: false, published: null, ...more }) as unknown as SavedVersion;
  const plain = [saved(1), saved(2), saved(3)];
  assert.equal(versionBefore(plain, 3)?.version, 2);
  assert.equal(versionBefore(plain, 1), undefined);
  const reviewed = [saved(1, { submitted: true }), saved(2), saved(3)];
  assert.equal(versionBefore(reviewed, 3)?.version, 1);
  const corrected = [saved(1, { published: 1 }), saved(2, { submitted: true }), saved(3)];
  assert.equal(versionBefore(corrected, 3)?.version, 1);
});

describe('what a history proposes', () => {
  const fix = 'b'.repeat(40);
  const flaw = 'a'.repeat(40);
  const found = (branch: string, more: object = {}) => ({
    branch,
    introducedBy: [flaw],
    fixedBy: [fix],
    tagsWithFlaw: ['v1', 'v2'],
    tagsWithFix: ['v3', 'v4'],
    ...more,
  });
  const history = (...branches: ReturnType<typeof found>[]): History => ({ kind: 'found', branches, unknown: [], named: [] });
  const product = libvirt as unknown as Product;

  test('asked is for the commits of the rows, and for those of the case that are merged', () => {
    const merged = [{ commit: 'C'.repeat(40) }, { commit: null }] as unknown as readonly BranchFix[];
    const [first] = [product];
    assert.deepEqual(askedOf([first], 0, merged), { introduced: [], fixed: [fix, 'c'.repeat(40)] });
    const words = { ...product, branches: [{ name: 'm', fixedBy: ['see the list', 'abc', '--all'] }] } as unknown as Product;
    assert.deepEqual(askedOf([words], 0, []), { introduced: [], fixed: [] }, 'what is no hash is asked of nobody');
  });

  test('LIBVIRT-41 a row says commits, tags with the flaw, and the first release without it', () => {
    const [proposal] = proposalsOf(product, 0, history(found('master')));
    assert.deepEqual(proposal?.branch, {
      name: 'master',
      status: 'fixed',
      introducedBy: [flaw],
      fixedBy: [fix],
      vulnerableTags: ['v1', 'v2'],
      fixedTags: ['v3'],
    });
    assert.equal(proposal?.typed?.name, 'master');
  });

  test('nothing is proposed that stands there already, nor a branch that the flaw never reached', () => {
    const [proposal] = proposalsOf(product, 0, history(found('master')));
    const taken = withProposals([product], proposal === undefined ? [] : [proposal]);
    assert.deepEqual(proposalsOf(taken[0] ?? product, 0, history(found('master'))), []);
    const clean = { introducedBy: [], fixedBy: [], tagsWithFlaw: [], tagsWithFix: [] };
    assert.deepEqual(proposalsOf(product, 0, history(found('v0', clean))), []);
    assert.equal(proposalsOf(product, 0, history(found('master', clean)))[0]?.branch.status, 'not-affected');
  });

  test('a word that no history knows stays, and so does every row that nobody chose', () => {
    const rows = [{ name: 'old', status: 'wont-fix', note: 'End of life.' }, ...libvirt.branches] as unknown as readonly Branch[];
    const typed = { ...product, branches: rows };
    const all = proposalsOf(typed, 0, history(found('old', { fixedBy: [], tagsWithFix: [] }), found('master'), found('v9')));
    assert.deepEqual(
      all.map(({ branch }) => [branch.name, branch.status, branch.note]),
      [
        ['old', 'wont-fix', 'End of life.'],
        ['master', 'fixed', undefined],
        ['v9', 'fixed', undefined],
      ],
    );
    const taken = withProposals(
      [typed],
      all.filter(({ branch }) => branch.name === 'v9'),
    );
    assert.deepEqual(taken[0]?.branches?.slice(0, 2), rows);
    assert.equal(taken[0]?.branches?.[2]?.name, 'v9');
  });
});
