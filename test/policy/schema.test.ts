// SPDX-License-Identifier: Apache-2.0
// The published JSON Schema is the one that the reader's schema makes, and takes what the reader takes.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import { policyJsonSchema } from '../../src/policy/json-schema.ts';
import { policyFolder, presetNames, presetText, projectFolder } from '../support/policies.ts';

const published = readFileSync(join(policyFolder, 'policy.schema.json'), 'utf8');
const schema = z.fromJSONSchema(JSON.parse(published) as Parameters<typeof z.fromJSONSchema>[0]);

test('policies/policy.schema.json is current; `daylight policy schema` prints it anew', () => {
  assert.equal(published, `${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
});

for (const name of presetNames) {
  test(`the published schema takes the preset ${name}`, () => assert.deepEqual(schema.safeParse(parse(presetText(name))).error, undefined));
}

const structural = [
  '14-unknown-word',
  '15-misspelt-key',
  '16-bare-date',
  '18-missing-contact',
  '22-wrong-types',
  '24-durations',
  '33-conditions',
];

for (const name of structural) {
  test(`the published schema refuses ${name}`, () => {
    const text = readFileSync(join(projectFolder, 'test', 'golden', 'policy', name, 'policy.yaml'), 'utf8');
    assert.equal(schema.safeParse(parse(text)).success, false);
  });
}

test('the published schema takes what is unspecified wherever it is not required', () => {
  const folder = readdirSync(join(projectFolder, 'test', 'golden', 'policy')).find((name) => name.endsWith('-undecided')) ?? '';
  const text = readFileSync(join(projectFolder, 'test', 'golden', 'policy', folder, 'policy.yaml'), 'utf8');
  assert.equal(schema.safeParse(parse(text)).success, true);
  assert.equal(schema.safeParse(parse(presetText('minimal').replace('security@example.org', 'unspecified'))).success, false);
});
