// SPDX-License-Identifier: Apache-2.0
// Reading policy files: what no golden file shows well, and that no text whatever makes the reader throw.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nearest } from '../../src/policy/nearest.ts';
import { formatProblem } from '../../src/policy/problem.ts';
import { examinePolicy, readPolicy } from '../../src/policy/read-policy.ts';
import { minimalAnd, presetNames, presetText, renamed } from '../support/policies.ts';
import { processorTime } from '../support/processor-time.ts';

function messages(text: string): readonly string[] {
  return examinePolicy('p.yaml', text).problems.map(({ message }) => message);
}

test('a problem is one line: place, kind, sentence', () => {
  const problem = {
    file: 'libvirt-2023.yaml',
    line: 162,
    kind: 'gap',
    key: 'clocks.acknowledge',
    message: 'clocks.acknowledge is unspecified.',
  } as const;
  assert.equal(formatProblem(problem), 'libvirt-2023.yaml:162  gap            clocks.acknowledge is unspecified.');
});

test('a file of more than 131072 characters is refused before it is parsed', () => {
  const text = minimalAnd(`texts: { held: "${'x'.repeat(10_000_000)}" }`);
  const spent = processorTime(() =>
    assert.match(messages(text)[0] ?? '', /^the file has 10\d{6} characters; a policy has at most 131072\.$/),
  );
  assert.ok(spent < 1000);
});

for (const [name, text] of [
  ['brackets', '['.repeat(100_000)],
  ['maps', '{a: '.repeat(30_000)],
  ['lists', '- '.repeat(60_000)],
  ['indentation', Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ['keys', Array.from({ length: 20_000 }, (_, number) => `k${number}:`).join('\n')],
] as const) {
  test(`100 000 characters of ${name} are refused within five seconds of processor time`, () => {
    assert.ok(processorTime(() => assert.ok('problems' in readPolicy('p.yaml', text))) < 5000);
  });
}

test('an alias is refused and never expanded', () => {
  const text = `a: &a [x]\n${Array.from({ length: 60 }, (_, n) => `b${n}: &b${n} [*a, *a]`).join('\n')}`;
  assert.match(messages(text)[0] ?? '', /anchor/);
});

test('line ends of Windows and a byte order mark are read', () => {
  const text = `\u{feff}${presetText('minimal').replaceAll('\n', '\r\n')}`;
  assert.deepEqual(readPolicy('p.yaml', text), readPolicy('p.yaml', presetText('minimal')));
});

test('JSON is YAML', () => {
  const json =
    '{"daylight":1,"policy":{"name":"a","version":1,"title":"A","valid_from":"2026-01-01 00:00 UTC","contact":"a@example.org"},"visibility":{"on_receipt":["team"]},"roles":{"team":{"may":["handle"]}}}';
  assert.ok(examinePolicy('p.json', json).policy !== null);
});

test('an absent key, an unspecified key and a default written out act alike', () => {
  const absent = examinePolicy('p.yaml', presetText('minimal')).policy;
  const undecided = examinePolicy('p.yaml', minimalAnd('clocks: { fix: unspecified }')).policy;
  const written = examinePolicy('p.yaml', minimalAnd('clocks: { fix: 30 days }')).policy;
  assert.deepEqual(written, absent);
  assert.deepEqual(undecided, { ...absent, unspecified: ['clocks.fix'] });
});

test('`none` is null or the empty list', () => {
  const { policy } = examinePolicy(
    'p.yaml',
    minimalAnd('clocks: { fix: none, warn_before_end: none }\nreviews: { publication: none }\nadvisory: { formats: none }'),
  );
  assert.deepEqual(
    [policy?.clocks.fix, policy?.clocks.warnBeforeEnd, policy?.reviews.publication, policy?.advisory.formats],
    [null, [], null, []],
  );
});

test('a name is renamed where it stands by itself', () => {
  assert.equal(renamed('team: [ team, a-team, the team ] # team\n', 'team', 'crew'), 'crew: [ crew, a-team, the team ] # team\n');
});

test('the nearest word is found, a far one is not', () => {
  assert.equal(nearest('patch_send', ['patch_posted', 'fix_merged']), 'patch_posted');
  assert.equal(nearest('x', ['patch_posted', 'fix_merged']), undefined);
});

test('whatever is written, the reader answers with problems and never throws', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom('policy:', '  name: x', '- a', '? [a]', '"', '{', '}', '[', '&a', '*a', '!t', '|', '>', '%YAML 1.1', '---', '\t'),
  );
  const yaml = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(yaml, (text) => {
      const result = readPolicy('p.yaml', text);
      assert.ok('problems' in result && result.problems.length > 0);
      for (const problem of result.problems) assert.ok(problem.line >= 1 && problem.message !== '' && !problem.message.includes('\n'));
    }),
    { numRuns: 200 },
  );
});

test('a preset with one line changed is read or refused with a line of that file', () => {
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom('none', 'unspecified', 'true', '7', '[]', '{}', '[a, a]', '{ a: b }', 'at once', '2026-01-01'),
  );
  fc.assert(
    fc.property(fc.constantFrom(...presetNames), fc.nat(), value, (name, position, changed) => {
      const lines = presetText(name).split('\n');
      const at = position % lines.length;
      const text = lines
        .with(
          at,
          (lines[at] ?? '').replace(/(: |- ).*$/, (_, before: string) => `${before}${changed}`),
        )
        .join('\n');
      const { problems } = examinePolicy(name, text);
      for (const { line, message } of problems)
        assert.ok(line >= 1 && line <= text.split('\n').length && !message.includes('undefined'), message);
    }),
    { numRuns: 120 },
  );
});
