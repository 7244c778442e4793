// SPDX-License-Identifier: Apache-2.0
// The golden schema: what all migrations together make, so that a change of it is seen in review.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { testDatabase } from '../support/database.ts';
import { projectRoot } from '../support/embedded.ts';
import { schemaText } from './store-schema.ts';

const golden = join(projectRoot, 'test', 'schema.sql');

test('the migrations make the schema of test/schema.sql, on every version of PostgreSQL', async () => {
  const { ask } = await testDatabase();
  const text = await schemaText(ask);
  if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(golden, text);
  assert.equal(text, await readFile(golden, 'utf8'));
});
