// SPDX-License-Identifier: Apache-2.0
// A site that is killed while it is written: readers have the old or the new, never a mixture, and what was begun is finished by whoever comes next.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { replaceFolder } from '../../src/adapters/site/exchange.ts';
import { changeFolder, completeChange } from '../../src/adapters/site/journal.ts';

const count = 400;
const utf8 = new TextEncoder();

/** A site of which every file says the same word. */
function* saying(word: string) {
  for (let at = 0; at < count; at++) yield { path: `${at % 7}/${at}.txt`, bytes: utf8.encode(word) };
  yield { path: 'index.json', bytes: utf8.encode(word) };
}

function words(folder: string): ReadonlySet<string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  assert.equal(files.length, count + 1);
  return new Set(files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8')));
}

/** Runs `script` with the adapters at hand, in a process that is killed so many milliseconds after it has said so many times that a round is done. */
async function killed(script: string, rounds: number, after: number): Promise<void> {
  const adapters = new URL('../../src/adapters/site/', import.meta.url);
  const text = `
    const { replaceFolder } = await import('${adapters.href}exchange.js');
    const { changeFolder } = await import('${adapters.href}journal.js');
    const bytes = (word) => new TextEncoder().encode(word);
    const saying = (word) => [...Array.from({ length: ${count} }, (_, at) => ({ path: at % 7 + '/' + at + '.txt', bytes: bytes(word) })), { path: 'index.json', bytes: bytes(word) }];
    const done = () => new Promise((resolve) => process.stdout.write('.', resolve));
    await done();
    ${script}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', text], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  for (let said = 0; said <= rounds; ) {
    const [bytes] = await once(child.stdout, 'data');
    said += bytes.length;
  }
  await setTimeout(after);
  child.kill('SIGKILL');
  await ended;
}

function folderFor(t: { after(done: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'daylight-site-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('R-12 a build that is killed leaves the site as it was, or as it shall be, and nothing beside it in the end', async (t) => {
  const home = folderFor(t);
  const out = join(home, 'public');
  await replaceFolder(out, saying('old'));
  const seen = new Set<string>();
  const script = `for (;;) for (const word of ['new', 'old']) { await replaceFolder(${JSON.stringify(out)}, saying(word)); await done(); }`;
  for (const [rounds, after] of [
    [0, 5],
    [1, 0],
    [1, 20],
    [2, 3],
    [1, 60],
  ] as const) {
    await killed(script, rounds, after);
    const said = words(out);
    assert.equal(said.size, 1, `after ${rounds} rounds and ${after} ms: a mixture of ${[...said].join(' and ')}`);
    for (const word of said) seen.add(word);
  }
  assert.deepEqual([...seen].sort(), ['new', 'old']);
  await replaceFolder(out, saying('last'));
  assert.deepEqual([...words(out)], ['last']);
  assert.deepEqual(readdirSync(home), ['public']);
});

test('R-12 a change that is killed is finished by the next who looks, or has not begun', async (t) => {
  const home = folderFor(t);
  const [out, journal] = [join(home, 'site'), join(home, 'change.json')];
  await replaceFolder(out, saying('old'));
  const script = `for (;;) for (const word of ['new', 'old']) { await changeFolder(${JSON.stringify(out)}, ${JSON.stringify(journal)}, saying(word)); await done(); }`;
  for (const [rounds, after] of [
    [0, 5],
    [1, 0],
    [1, 15],
    [2, 30],
    [1, 90],
  ] as const) {
    await killed(script, rounds, after);
    await completeChange(out, journal);
    const fresh = readdirSync(out, { recursive: true }).filter((path) => String(path).endsWith('.fresh'));
    for (const path of fresh) rmSync(join(out, String(path)));
    assert.equal(words(out).size, 1, `after ${rounds} rounds and ${after} ms`);
  }
});

test('files of a change take their places in the order in which they are given', async (t) => {
  const home = folderFor(t);
  const out = join(home, 'site');
  await replaceFolder(out, saying('old'));
  await changeFolder(out, join(home, 'change.json'), [
    { path: 'new/page.txt', bytes: utf8.encode('page') },
    { path: 'index.json', bytes: utf8.encode('list') },
  ]);
  assert.equal(readFileSync(join(out, 'new/page.txt'), 'utf8'), 'page');
  assert.equal(readFileSync(join(out, 'index.json'), 'utf8'), 'list');
  assert.deepEqual(readdirSync(home), ['site']);
});

test('a folder that holds something else is left as it is, and no path leads out of the site', async (t) => {
  const home = folderFor(t);
  const out = join(home, 'photographs');
  mkdirSync(out);
  writeFileSync(join(out, 'holiday.jpg'), 'x');
  await assert.rejects(replaceFolder(out, saying('new')), /there is something in it that is no site/);
  assert.deepEqual(readdirSync(out), ['holiday.jpg']);
  const outside = [{ path: '../escaped.txt', bytes: utf8.encode('x') }];
  await assert.rejects(replaceFolder(join(home, 'site'), outside), RangeError);
  assert.deepEqual(readdirSync(home), ['photographs']);
});
