// SPDX-License-Identifier: Apache-2.0
// The benchmark of reading, small: it measures what it says, leaves nothing behind, and refuses words that are off.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { projectRoot } from '../support/embedded.ts';

const embedded = (process.env['DATABASE_URL'] ?? '') === '' ? false : 'makes a database of its own, and DATABASE_URL names another';

async function bench(words: readonly string[], folder: string) {
  const environment = { ...process.env, TMPDIR: folder, DATABASE_URL: undefined };
  const run = promisify(execFile)(process.execPath, [join(projectRoot, 'bin', 'daylight'), 'bench', ...words], { env: environment });
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (failed: { code: number; stdout: string; stderr: string }) => failed,
  );
}

test('the queue and a case are read beside their anchors, each in every round, and the data is gone afterwards', {
  skip: embedded,
  timeout: 120_000,
}, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'daylight-bench-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const { code, stdout, stderr } = await bench(['B6', '--cases', '12', '--rounds', '5', '--json'], folder);
  assert.equal(code, 0, stderr);
  const measured = JSON.parse(stdout);
  assert.equal(measured.cases, 12);
  for (const { page, sql, ratio } of [measured.queue, measured.case]) {
    assert.deepEqual([page.rounds, sql.rounds], [5, 5]);
    assert.ok(page.p99 >= page.p50 && page.p50 > 0 && sql.p50 > 0 && Math.abs(ratio - page.p99 / sql.p99) < 0.01);
  }
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith('daylight-bench')),
    [],
  );
});

test('B7 a site of 200 advisories is built beside its copy, and one more is put on it, beside bare files and a page by xsltproc', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'daylight-bench-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const { code, stdout, stderr } = await bench(['B7', '--advisories', '200', '--rounds', '3', '--json'], folder);
  assert.equal(code, 0, stderr);
  const { advisories, files, built, copied, onDisk, ratio, oneMore } = JSON.parse(stdout);
  assert.equal(advisories, 200);
  assert.ok(files > 200 * 40, 'every format, with its signature and its hashes');
  assert.ok(built > 0 && copied > 0 && onDisk >= copied && ratio > 0);
  assert.ok(oneMore.bytes > 100_000, 'the lists are part of it');
  const { published, bareFiles, formats, stylesheet } = oneMore;
  for (const timed of [published, bareFiles, formats, ...(stylesheet === null ? [] : [stylesheet])])
    assert.ok(timed.rounds === 3 && timed.p50 > 0, JSON.stringify(timed));
  assert.ok(published.p50 > formats.p50, 'publishing makes the formats, and more');
  assert.deepEqual(await readdir(folder), []);
});

test('a benchmark that does not exist, or a count that is none, is refused with what is expected', async () => {
  for (const words of [[], ['B99'], ['B6', '--cases', 'many'], ['B6', '--rounds', '0'], ['B6', '--cases', '1.5'], ['B6', '--fast']]) {
    const { code, stderr } = await bench(words, tmpdir());
    assert.equal(code, 2);
    assert.match(stderr, /^daylight bench: expected B6 or B7/);
  }
});
