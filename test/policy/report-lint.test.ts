// SPDX-License-Identifier: Apache-2.0
// `daylight report lint`: what the form would say to a report, from a file and without an account.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { draftOf } from '../../src/app/preflight.ts';
import { report } from '../../src/cli/report.ts';
import { preset } from '../support/core.ts';
import { projectFolder } from '../support/policies.ts';

const example = join(projectFolder, 'test', 'golden', 'reports', '01-emulation', 'report.md');

async function run(args: readonly string[], text?: string) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await report(args, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    readPath: (path) => (path === '-' && text !== undefined ? Promise.resolve(text) : readFile(path, 'utf8')),
    sizeOf: (path) => (path.endsWith('.absent') ? Promise.reject(new Error(path)) : Promise.resolve(10)),
    policyFolder: join(projectFolder, 'policies'),
  });
  return { code, out, err };
}

test('QEMU-10 QEMU-21 QEMU-28 QEMU-48 the preflight names what is missing, what the scope table says, and what looks like a secret', async () => {
  const { code, out } = await run(['lint', example, '--policy', 'qemu-2026', '--file', 'crash.zip']);
  assert.equal(code, 1);
  const has = (line: RegExp) =>
    assert.ok(
      out.some((one) => line.test(one)),
      `${line} in\n${out.join('\n')}`,
    );
  has(/^\[ok\] {6}title: Queue handler writes past its ring$/);
  has(/^\[ok\] {6}accelerator: given$/);
  has(/^\[missing\] command_line: /);
  has(/^\[missing\] findings_checked: /);
  has(/^\[warn\] {4}scope: out of scope by rule emulation: /);
  has(/^\[warn\] {4}attachments: Rather than \.zip/);
  has(/^\[warn\] {4}version: Please show it with the latest release\.$/);
  has(/^\[warn\] {4}found_with: line 1: This looks like a password\.$/);
});

test('LIBVIRT-3 two sentences under a title are a report that libvirt takes', async () => {
  const { code, out } = await run(
    ['lint', '-', '--policy', 'libvirt-2023'],
    '# It may leak\n\nA descriptor stays open. I have not tried more.\n',
  );
  assert.equal(code, 0, out.join('\n'));
  assert.ok(out.every((line) => !line.startsWith('[missing]')));
});

test('an answer that is not offered is named, and without a title or a word nothing is a report', async () => {
  const { code, out } = await run(['lint', '-', '--policy', 'qemu-2026', '--json'], 'accelerator: warp\n');
  assert.equal(code, 1);
  const lines: { mark: string; about: string }[] = JSON.parse(out.join('\n'));
  const missing = lines.filter(({ mark }) => mark === 'missing').map(({ about }) => about);
  for (const field of ['title', 'description', 'accelerator']) assert.ok(missing.includes(field), field);
});

test('a heading that is no field of the policy belongs to the text in which it stands', () => {
  const { title, answers } = draftOf('# T\n\nFirst.\n\n## Background\n\nSecond.\n\n## Steps\n\n1. x\n', preset('qemu-2026'));
  assert.deepEqual([title, answers], ['T', { description: 'First.\n\n## Background\n\nSecond.', steps: '1. x' }]);
});

test('wrong words get a usage, and what is not there exit code 3', async () => {
  assert.equal((await run([])).code, 2);
  assert.equal((await run(['send', example, '--policy', 'qemu-2026'])).code, 2);
  assert.equal((await run(['lint', example])).code, 2);
  assert.equal((await run(['lint', example, '--policy'])).code, 2);
  assert.equal((await run(['lint', example, '--policy', 'qemu-2026', '--loud'])).code, 2);
  assert.equal((await run(['lint', example, '--policy', 'moon-1969'])).code, 3);
  assert.equal((await run(['lint', 'nothing.md', '--policy', 'qemu-2026'])).code, 3);
  assert.equal((await run(['lint', example, '--policy', 'qemu-2026', '--file', 'x.absent'])).code, 3);
  assert.equal((await run(['--help'])).code, 0);
});
