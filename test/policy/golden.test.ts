// SPDX-License-Identifier: Apache-2.0
// Golden files of the linter: test/golden/policy/NN-name/policy.yaml and, line by line, what is said about it.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { formatProblem, isFatal } from '../../src/policy/problem.ts';
import { examinePolicy, readPolicy } from '../../src/policy/read-policy.ts';
import { projectFolder } from '../support/policies.ts';

const golden = join(projectFolder, 'test', 'golden', 'policy');

for (const name of readdirSync(golden).toSorted()) {
  const text = readFileSync(join(golden, name, 'policy.yaml'), 'utf8');
  const said = examinePolicy('policy.yaml', text)
    .problems.map((problem) => `${formatProblem(problem)}\n`)
    .join('');
  if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(join(golden, name, 'expected.txt'), said);
  const expected = readFileSync(join(golden, name, 'expected.txt'), 'utf8');

  test(`QEMU-3 a policy file is checked: ${name}`, () => {
    assert.equal(said, expected);
  });

  test(`an unusable policy is refused, a usable one is read: ${name}`, () => {
    const fatal = examinePolicy('policy.yaml', text).problems.some(isFatal);
    assert.equal('problems' in readPolicy('policy.yaml', text), fatal);
  });
}

test('there are golden files for at least 50 mistakes', () => assert.ok(readdirSync(golden).length >= 50));
