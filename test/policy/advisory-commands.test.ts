// SPDX-License-Identifier: Apache-2.0
// `daylight advisory` and `daylight score`: what they ask of the server and say; and the calculator against the grammar of vectors.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scored } from '../../src/app/cvss.ts';
import { chosenIn, metricGroups, vectorOf } from '../../src/app/cvss-metrics.ts';
import { scoreOfMetrics, scoreOfVector } from '../../src/app/score.ts';
import { weaknessIds } from '../../src/app/weaknesses.ts';
import { advisory, score } from '../../src/cli/advisory.ts';

describe('the calculator', () => {
  const schemes = ['cvss_4.0', 'cvss_3.1', 'cvss_2.0'] as const;

  test('VMT-34 every metric and value that it offers makes a vector that is scored, and the vector chooses them again', () => {
    for (const scheme of schemes) {
      const all = metricGroups[scheme].flatMap((group) => group.metrics);
      const base = Object.fromEntries(
        metricGroups[scheme]
          .filter(({ mandatory }) => mandatory)
          .flatMap(({ metrics }) => metrics.map(({ key, values }) => [key, values[0]?.[0] ?? ''])),
      );
      for (const { key, values } of all)
        for (const [letters] of values) {
          const made = scoreOfMetrics(scheme, { ...base, [key]: letters });
          assert.ok(made.scored !== null && scored(made.vector)?.scheme === scheme, `${scheme} ${key}:${letters}: ${made.vector}`);
          const read = chosenIn(made.vector);
          assert.equal(read?.scheme, scheme);
          assert.equal(vectorOf(scheme, read?.chosen ?? {}), made.vector);
        }
    }
  });

  test('what is missing is named, and nothing is scored', () => {
    const half = scoreOfMetrics('cvss_3.1', { AV: 'N', AC: 'Z' });
    assert.equal(half.scored, null);
    assert.match(half.problem ?? '', /^Still to choose: Attack complexity, Privileges required,/);
    assert.match(scoreOfVector('CVSS:3.1/AV:N', 'cvss_3.1').problem ?? '', /no whole vector/);
  });

  test('scores are those of the standard', () => {
    assert.equal(scoreOfVector('CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 'cvss_3.1').scored?.score, 9.3);
    assert.equal(scoreOfVector('(AV:N/AC:L/Au:N/C:P/I:P/A:P)', 'cvss_3.1').scored?.score, 7.5);
    assert.equal(scoreOfVector('CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H', 'cvss_4.0').scored?.score, 6.5);
  });
});

test('a weakness is chosen by number or by name, and nothing else is taken for one', () => {
  assert.deepEqual(weaknessIds('CWE-787'), ['CWE-787']);
  assert.deepEqual(weaknessIds('out-of-bounds WRITE'), ['CWE-787']);
  assert.deepEqual(weaknessIds('CWE-787 Out-of-bounds Write'), ['CWE-787']);
  assert.deepEqual(weaknessIds('cwe-787 cwe-125'), ['CWE-787', 'CWE-125']);
  assert.equal(weaknessIds('CWE-125 Out-of-bounds Write'), undefined, 'a number with the name of another');
  assert.equal(weaknessIds('Out of bounds'), undefined);
});

function asking(status: number, body: unknown) {
  const said: string[] = [];
  const asked: unknown[] = [];
  const io = {
    out: (line: string) => void said.push(line),
    err: (line: string) => void said.push(`! ${line}`),
    readPath: async () => '{"title":"A title","products":[]}',
    ask: async (path: string, sent: object | null) => {
      asked.push([path, sent]);
      return { status, body };
    },
  };
  return { said, asked, io };
}

describe('daylight advisory', () => {
  test('preview sends the draft, says what is found and where, and prints one document when asked', async () => {
    const found = { level: 'error', field: 'title', formats: ['CVE record'], message: 'too\nlong\u001b[2J' };
    const body = { documents: [{ format: 'text', file: 'x.txt', text: 'A title\n', sha256: null }], findings: [found], open: ['Later.'] };
    const { said, asked, io } = asking(200, body);
    assert.equal(await advisory(['preview', 'abc', 'draft.json', '--project', 'kettle'], io), 0);
    assert.deepEqual(asked, [['/api/v1/kettle/cases/abc/advisory/preview', { advisory: { title: 'A title', products: [] } }]]);
    assert.deepEqual(said, ['text: x.txt', 'error: title: CVE record: too long[U+001B][2J', 'Later.']);
    said.length = 0;
    await advisory(['preview', 'abc', '--project', 'kettle', '--format', 'text'], io);
    assert.deepEqual(said, ['A title']);
  });

  test('what is hidden and what is not there are one answer, and a refusal says why', async () => {
    assert.equal(await advisory(['show', 'abc', '--project', 'kettle'], asking(404, {}).io), 3);
    const refused = asking(422, { errors: [{ detail: 'Nothing is written yet.' }] });
    assert.equal(await advisory(['preview', 'abc', '--project', 'kettle'], refused.io), 5);
    assert.deepEqual(refused.said, ['! refused: Nothing is written yet.']);
    assert.equal(await advisory(['publish', 'abc', '--project', 'kettle'], asking(200, {}).io), 2);
  });

  test('show asks for the version to compare with', async () => {
    const { said, asked, io } = asking(200, { changes: [{ field: 'title', was: 'A', is: 'B' }] });
    assert.equal(await advisory(['show', 'abc', '--project', 'kettle', '--since', '2'], io), 0);
    assert.deepEqual([asked, said], [[['/api/v1/kettle/cases/abc/advisory?since=2', null]], ['changed title: A -> B']]);
  });
});

test('daylight score says score, rating and vector, and refuses what is none', () => {
  const { said, io } = asking(200, {});
  assert.deepEqual([score(['CVSS:3.1/AV:N'], io), score([], io), score(['(AV:N/AC:L/Au:N/C:P/I:P/A:P)'], io)], [1, 2, 0]);
  assert.equal(said.at(-1), '7.5 high  AV:N/AC:L/Au:N/C:P/I:P/A:P');
});
