// SPDX-License-Identifier: Apache-2.0
// docs/asvs.yaml is whole and honest: every requirement once, at its level; what is met is shown by a test that exists; and docs/asvs.md says the same.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chapters, coveredOf, type Evidence, type Requirement, readAsvs, requirementsOf } from './support/asvs.ts';
import { asvsPage } from './support/asvs-page.ts';
import { projectFolder } from './support/policies.ts';

const read = (path: string) => (existsSync(join(projectFolder, path)) ? readFileSync(join(projectFolder, path), 'utf8') : undefined);
const all = readAsvs(read('docs/asvs.yaml') ?? '');

test('the standard has as many requirements of each level in each chapter as are counted in it', () => {
  const counted = chapters.map((one) =>
    [1, 2, 3].map((level) => requirementsOf(one).filter((requirement) => requirement.level === level).length),
  );
  assert.deepEqual(counted, [
    [8, 19, 3],
    [4, 7, 2],
    [8, 11, 12],
    [2, 8, 6],
    [4, 5, 4],
    [13, 22, 12],
    [6, 12, 1],
    [4, 3, 6],
    [4, 3, 0],
    [5, 24, 7],
    [3, 11, 10],
    [3, 6, 3],
    [1, 12, 8],
    [2, 7, 4],
    [3, 10, 8],
    [0, 16, 1],
    [0, 7, 5],
  ]);
  assert.equal(chapters.flatMap(requirementsOf).length, 345);
});

test('every requirement of V6, V7, V8, V14 and V16, and of level 1 in the others, is there once, in order, at its level', () => {
  assert.deepEqual(
    chapters.filter(({ covered }) => covered === 'all').map((one) => [one.number, coveredOf(one).length]),
    [
      [6, 47],
      [7, 19],
      [8, 13],
      [14, 13],
      [16, 17],
    ],
  );
  assert.deepEqual(
    all.map(({ id, level }) => `${id} at level ${level}`),
    chapters.flatMap(coveredOf).map(({ id, level }) => `${id} at level ${level}`),
  );
});

test('a requirement that stands twice, one without a sentence, and an unknown word are refused', () => {
  const one = '  6.1.1:\n    level: 1\n    subject: Something to say\n    status: met\n';
  assert.equal(readAsvs(`requirements:\n${one}`).length, 1);
  assert.throws(() => readAsvs(`requirements:\n${one}${one}`), /unique/);
  assert.throws(() => readAsvs(`requirements:\n${one}    reason: no\n`), /expected a sentence/);
  assert.throws(() => readAsvs(`requirements:\n${one.replace('status: met', 'status: fine')}`), /status/);
  assert.throws(() => readAsvs(`requirements:\n${one}    proof: none\n`), /proof/);
});

/** What is met is shown; what is not met, or not wholly, says why in a sentence. */
function unfounded(some: readonly Requirement[]): readonly string[] {
  return some.flatMap(({ id, status, reason, tests, facts }) => {
    if (status === 'met') return tests.length + facts.length > 0 ? [] : [`${id} is met and nothing shows it`];
    return reason === null ? [`${id} is ${status} without a reason`] : [];
  });
}

test('whatever is met is shown, and whatever is not says why', () => {
  assert.deepEqual(unfounded(all), []);
  const planted: Requirement = { id: '6.1.1', chapter: 6, level: 1, subject: '', status: 'met', reason: 'So it is.', tests: [], facts: [] };
  assert.deepEqual(unfounded([planted, { ...planted, status: 'partly', reason: null }]), [
    '6.1.1 is met and nothing shows it',
    '6.1.1 is partly without a reason',
  ]);
});

/** How the two tests are called that `rule` makes of one name. */
const madeByRule = [' (… files)', ': a planted violation is found'];

/** A test of this name in this text, as it is called when it runs; … stands for whatever varies. */
function namesTest(text: string, name: string): boolean {
  const code = text.replace(/^\s*\/\/.*$/gm, '');
  const calls = (called: string, words: string) => {
    const exact = words.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
    return new RegExp(`\\b${called}\\(\\s*(['"\`])${exact.join('[^\\n]*')}\\1,`).test(code);
  };
  const ofRule = madeByRule.some((end) => name.endsWith(end) && calls('rule', name.slice(0, -end.length)));
  return ofRule || calls('(?:test|describe)', name);
}

function astray(some: readonly Requirement[], textOf: (path: string) => string | undefined): readonly string[] {
  const lost = (id: string, { file, words }: Evidence, stands: (text: string, words: string) => boolean) => {
    const text = textOf(file);
    return text === undefined ? [`${id}: ${file} is not there`] : stands(text, words) ? [] : [`${id}: ${file} does not have “${words}”`];
  };
  return some.flatMap(({ id, tests, facts }) => [
    ...tests.flatMap((one) => (one.file.endsWith('.test.ts') ? lost(id, one, namesTest) : [`${id}: ${one.file} is no file of tests`])),
    ...facts.flatMap((one) => lost(id, one, (text, words) => text.includes(words))),
  ]);
}

test('the tests that are named exist under their names, and the words that are quoted stand where they are said to', () => {
  assert.deepEqual(astray(all, read), []);
});

test('a test that was renamed, a file that is gone and words that were changed are found', () => {
  const [one] = all;
  assert.ok(one);
  const text = [
    "test('L-1 a thing holds, under one', () => {});",
    `test(\`a thing under $\{preset}\`, async (t) => {});`,
    "// test('told, not tested', () => {});",
    "rule('a rule', holds, sources, {}, []);",
  ].join('\n');
  const shown = (...words: readonly string[]): Requirement => ({
    ...one,
    id: 'x',
    tests: words.map((name) => ({ file: 'a.test.ts', words: name })),
    facts: [],
  });
  const textOf = (path: string) => (path === 'a.test.ts' ? text : undefined);
  assert.deepEqual(astray([shown('L-1 a thing holds, under one', 'L-1 … holds, under one', 'a thing under …')], textOf), []);
  assert.equal(astray([shown('L-1 a thing holds', 'a thing', 'thing under …', 'told, not tested')], textOf).length, 4);
  assert.deepEqual(astray([shown('a rule (… files)', 'a rule: a planted violation is found')], textOf), []);
  assert.equal(astray([shown('a rule', 'a thing under … (… files)')], textOf).length, 2, 'no test has the bare name of a rule');
  const elsewhere = { ...shown(), tests: [{ file: 'gone.test.ts', words: 'x' }], facts: [{ file: 'a.test.ts', words: 'not there' }] };
  assert.deepEqual(astray([elsewhere], textOf), ['x: gone.test.ts is not there', 'x: a.test.ts does not have “not there”']);
});

test('docs/asvs.md is what its generator writes', () => {
  const text = asvsPage(all);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(join(projectFolder, 'docs/asvs.md'), text);
  assert.equal(text, read('docs/asvs.md'), 'UPDATE_GOLDEN=1 writes it anew');
});
