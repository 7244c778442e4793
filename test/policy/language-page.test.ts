// SPDX-License-Identifier: Apache-2.0
// docs/policy-language.md says what the code does: keys, closed words, defaults, conditions, examples.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  advisoryFormats,
  formFields,
  plainConditions,
  reservedRoles,
  rights,
  texts,
  valuedConditions,
} from '../../src/core/policy/words.ts';
import { expectedKeys } from '../../src/policy/checks/undecided.ts';
import { checks } from '../../src/policy/lint.ts';
import { formatProblem } from '../../src/policy/problem.ts';
import { examinePolicy } from '../../src/policy/read-policy.ts';
import { chapter, keyRows, page, schemaKeys, standsFor } from '../support/language-page.ts';
import { presetNames, presetText, projectFolder } from '../support/policies.ts';

const rows = keyRows();
const keys = schemaKeys().filter(({ key }) => key !== 'daylight' && key.includes('.'));

/** What the page says in words where the default is longer, or follows from other keys. */
const inWords: Readonly<Record<string, string>> = {
  'Monday to Friday': 'Monday, Tuesday, Wednesday, Thursday, Friday',
  'all, none required': 'cvss_2.0, cvss_3.1, cvss_4.0, ssvc',
  'all of them': 'personal_data, third_party_secrets, tokens',
  'the first administrator': 'none',
  '`YYYY-NNNN`': 'YYYY-NNNN',
  '`{title}`': '{title}',
};

test('every key of the schema stands in a table of the page', () => {
  const missing = keys.filter(
    ({ key }) => !rows.some((row) => standsFor(row.key, key) || standsFor(row.key, key.replace(/\.<>$/, '')) || deeper(row.key, key)),
  );
  assert.deepEqual(
    missing.map(({ key }) => key),
    [],
  );
});

test('every key of the page stands in the schema', () => {
  assert.ok(rows.length > 150, String(rows.length));
  const unknown = rows.filter((row) => !keys.some(({ key }) => standsFor(row.key, key) || standsFor(row.key, `${key}[]`)));
  assert.deepEqual(
    unknown.map(({ key }) => key),
    [],
  );
});

test('the page marks as required what the schema requires', () => {
  for (const row of rows) {
    for (const { key, required } of keys.filter((candidate) => standsFor(row.key, candidate.key))) {
      assert.equal(row.default === 'required', required, key);
    }
  }
});

test('the defaults of the page are those of the schema', () => {
  const compared = rows.flatMap((row) => {
    const [found, another] = keys.filter(({ key }) => standsFor(row.key, key));
    if (found?.default === undefined || another !== undefined || isRows(found.default)) return [];
    const acts = [found.default].flat().join(', ');
    return [{ key: row.key, page: inWords[row.default] ?? row.default, schema: acts }];
  });
  assert.ok(compared.length > 100, String(compared.length));
  assert.deepEqual(
    compared.filter((row) => row.page !== row.schema),
    [],
  );
});

test('the closed words of the page are those of the schema', () => {
  const compared = rows.flatMap((row) => {
    const listed = /^(?:one of|list): ([^;]*)/.exec(row.type)?.[1]?.split(', ');
    const found = keys.find(({ key }) => standsFor(row.key, key));
    return listed === undefined || found === undefined ? [] : [{ key: row.key, page: ownWords(listed), schema: ownWords(found.words) }];
  });
  assert.ok(compared.length > 60, String(compared.length));
  assert.deepEqual(
    compared.filter((row) => row.page.join() !== row.schema.join()),
    [],
  );
});

test('the stars of the page are the keys whose absence of a decision is a gap', () => {
  const starred = rows.filter(({ expected }) => expected).map(({ key }) => key.replace(/\[\]$/, ''));
  assert.deepEqual(starred.toSorted(), expectedKeys.toSorted());
});

test('the page has every condition', () => {
  const table = [...chapter('2. Conditions').matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, word]) => word),
  );
  assert.deepEqual(table.toSorted(), [...plainConditions, ...valuedConditions].toSorted());
});

test('the page has every right, reserved role, text, form field and format', () => {
  for (const word of [...rights, ...reservedRoles, ...texts, ...formFields]) assert.ok(page.includes(`\`${word}\``), word);
  for (const format of advisoryFormats) assert.ok(page.includes(format), format);
});

for (const name of presetNames) {
  test(`the page quotes findings about ${name} as they are`, () => {
    const quoted = [...chapter('6. What the linter says').matchAll(/^[\w-]+\.yaml:.*$/gm)]
      .map(([line]) => line)
      .filter((line) => line.startsWith(`${name}.yaml`));
    const said = examinePolicy(`${name}.yaml`, presetText(name)).problems.map(formatProblem);
    assert.deepEqual(
      quoted.filter((line) => !said.includes(line)),
      [],
    );
  });
}

const sketches = [...chapter('9. Three more processes').matchAll(/```yaml\n# (\w+)([\s\S]*?)```/g)];

for (const [, name = '', sketch = ''] of sketches) {
  test(`the sketch of ${name} is a policy in this language`, () => {
    const head = presetText('minimal').replace(/\nroles:[\s\S]*$/, '\n');
    const roles = sketch.includes('\nroles:') ? '' : 'roles: { team: { may: [handle] } }\n';
    const readers = sketch.includes('\nvisibility:') ? '' : 'visibility: { on_receipt: [team] }\n';
    const { problems } = examinePolicy(name, `${head}${roles}${readers}${sketch.slice(sketch.indexOf('\n') + 1)}`);
    assert.deepEqual(problems.filter(({ kind }) => kind === 'error').map(formatProblem), []);
  });
}

test('three processes are sketched', () => assert.equal(sketches.length, 3));

test('every check of the linter finds something in a golden file', () => {
  const folder = join(projectFolder, 'test', 'golden', 'policy');
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name, 'policy.yaml'), 'utf8'));
  const policies = texts.flatMap((text) => examinePolicy('p.yaml', text).policy ?? []);
  const idle = checks.filter(
    ({ find }) => !policies.some((policy) => find(policy, () => true).length > 0 || find(policy, () => false).length > 0),
  );
  assert.deepEqual(
    idle.map(({ about }) => about),
    [],
  );
});

/** Rows of maps are told in words. */
function isRows(value: unknown): boolean {
  return Array.isArray(value) && value.some((row) => typeof row === 'object');
}

/** `none` and `any` are said beside the list. */
function ownWords(words: readonly string[]): readonly string[] {
  return words.filter((word) => word !== 'none' && word !== 'any').toSorted();
}

/** Whether `key` is only the way to a key of the page: `cve.assigner` to `cve.assigner.kind`. */
function deeper(pageKey: string, key: string): boolean {
  const steps = pageKey.split('.');
  return steps.some((_, length) => length > 0 && standsFor(steps.slice(0, length).join('.').replace(/\[\]$/, ''), key));
}
