// SPDX-License-Identifier: Apache-2.0
// The table of paths in docs/flows.md: every story and script that it names is there, and no script is left out.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectFolder } from '../support/policies.ts';

test('every path has its story, and every script its place in the table of paths', () => {
  const page = readFileSync(join(projectFolder, 'docs', 'flows.md'), 'utf8');
  const rows = (page.split(/\n## \d+\. The named paths/)[1] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| path '));
  assert.ok(rows.length >= 12);
  const scripts = new Set<string>();
  for (const row of rows) {
    const names = [...row.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    const stories = names.filter((name) => name.endsWith('.test.ts'));
    assert.ok(stories.length > 0, row);
    for (const story of stories) assert.ok(existsSync(join(projectFolder, 'test', 'flows', story)), story);
    for (const script of names.filter((name) => !stories.includes(name))) scripts.add(script);
  }
  assert.deepEqual([...scripts].sort(), readdirSync(join(projectFolder, 'test', 'golden', 'simulate')).sort());
});
