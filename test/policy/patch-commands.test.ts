// SPDX-License-Identifier: Apache-2.0
// `daylight lint commits` and `daylight patch check`, on a repository of their own: what each prints, and its exit code.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { commitsSince } from '../../src/adapters/git/history.ts';
import { lint } from '../../src/cli/lint.ts';
import { patch } from '../../src/cli/patch.ts';
import { machine } from '../../src/installation.ts';
import { presetText } from '../support/policies.ts';

const folder = mkdtempSync(join(tmpdir(), 'daylight-series-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const author = 'Mei Sato <mei@hypervisor.example>';
const issue = 'https://gitlab.com/qemu-project/qemu/-/issues/1234';

function git(...words: readonly string[]): string {
  const names = { GIT_AUTHOR_NAME: 'Mei Sato', GIT_AUTHOR_EMAIL: 'mei@hypervisor.example' };
  const committer = { GIT_COMMITTER_NAME: 'Mei Sato', GIT_COMMITTER_EMAIL: 'mei@hypervisor.example' };
  const env = { ...process.env, ...names, ...committer, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', ['-C', folder, ...words], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

function commit(text: string, message: string): void {
  writeFileSync(join(folder, 'ring.c'), text);
  git('add', '.');
  git('commit', '-q', '-m', message);
}

git('init', '-q', '-b', 'master');
commit('old\n', `Begin\n\nSigned-off-by: ${author}`);
git('branch', 'ancient');
commit('a\n', `Go on\n\nSigned-off-by: ${author}`);
git('branch', 'fix');
git('checkout', '-q', 'fix');
commit('b\n', `hw/virtio: bound the index\n\nSigned-off-by: ${author}`);
commit('c\n', 'hw/virtio: stop the attacker\n\nThis is CVE-2026-4321, a vulnerability.');
const series = git('format-patch', '--stdout', '--cover-letter', 'master..fix');

interface Ran {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

async function linted(...args: readonly string[]): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const readPath = async (path: string) => presetText(path.replace('policies/', '').replace('.yaml', ''));
  const io = { out: (line: string) => out.push(line), err: (line: string) => err.push(line), readPath, policyFolder: 'policies' };
  return { code: await lint(['commits', ...args, '--repo', folder], { ...io, commits: commitsSince }), out, err };
}

async function checked(file: Uint8Array, ...args: readonly string[]): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const io = { out: (line: string) => out.push(line), err: (line: string) => err.push(line), readBytes: async () => file };
  return { code: await patch(['check', '-', '--repo', folder, ...args], { ...io, applies: machine.git.applies }), out, err };
}

const bytes = new TextEncoder().encode(series);

test('QEMU-38 QEMU-39 QEMU-45 lint commits names the exact line that each commit lacks, and ends with 5', async () => {
  const { code, out } = await linted('master..fix', '--policy', 'qemu-2026', '--issue', issue, '--cve', 'CVE-2026-1234');
  assert.equal(code, 5);
  assert.deepEqual(
    out.map((line) => line.replace(/^[0-9a-f]{12}/, '<id>')),
    [
      '<id> hw/virtio: bound the index',
      '  [ok]',
      '<id> hw/virtio: stop the attacker',
      `  [missing] This line is missing: Signed-off-by: ${author}`,
      '  [missing] CVE-2026-1234 is missing.',
      `  [missing] The address of the issue is missing: ${issue}`,
      '  [missing] This line is missing: Fixes: CVE-2026-1234',
      `  [missing] This line is missing: Resolves: ${issue}`,
    ],
  );
});

test('QEMU-35 lint commits of a draft asks every commit for the address; another policy asks for the sign-off alone', async () => {
  const draft = await linted('master..fix', '--policy', 'qemu-2026-draft', '--issue', issue);
  assert.equal(draft.out.filter((line) => line.includes(`The address of the issue is missing: ${issue}`)).length, 2);
  const libvirt = await linted('master..fix~1', '--policy', 'libvirt-2023', '--issue', issue, '--cve', 'CVE-2026-1234');
  assert.deepEqual([libvirt.code, libvirt.out[1]], [0, '  [ok]']);
});

test('lint commits --json says the same to programs; a name alone stands for what came since', async () => {
  const { code, out } = await linted('master', '--policy', 'libvirt-2023', '--issue', issue, '--json');
  const said: { passes: boolean; commits: { subject: string; findings: unknown[] }[] } = JSON.parse(out.join('\n'));
  assert.deepEqual([code, said.passes, said.commits.map((one) => one.findings.length)], [5, false, [0, 1]]);
});

test('lint commits: usage ends with 2, and a repository, range or policy that is not there with 3', async () => {
  assert.equal((await linted('master..fix', '--policy', 'qemu-2026')).code, 2);
  assert.equal((await linted('--policy', 'qemu-2026', '--issue', issue)).code, 2);
  assert.equal((await linted('master..fix', '--policy', 'qemu-2026', '--issue', issue, '--cve', 'CVE-26-1')).code, 2);
  const range = await linted('master..nowhere', '--policy', 'qemu-2026', '--issue', issue);
  assert.deepEqual([range.code, range.err.length], [3, 1]);
  assert.equal((await linted('fix..master', '--policy', 'qemu-2026', '--issue', issue)).code, 3);
  assert.equal((await linted('master..fix', '--policy', 'no-such', '--issue', issue)).code, 3);
  assert.equal((await linted('master..fix', '--policy', 'qemu-2026', '--issue', issue, '--odd')).code, 2);
});

test('P11 VMT-10 patch check is a matrix: the branches on which the series applies, and the mails with sign-off and words that tell', async () => {
  const { code, out } = await checked(bytes, '--branch', 'master', '--branch', 'ancient');
  assert.equal(code, 1);
  assert.deepEqual(out, [
    'branch   applies',
    'master   yes',
    'ancient  no',
    '',
    'mail  signed off  tells                                   subject',
    '1     -           attacker                                *** SUBJECT HERE ***',
    '2     yes         -                                       hw/virtio: bound the index',
    '3     no          CVE-2026-4321, vulnerability, attacker  hw/virtio: stop the attacker',
  ]);
});

test('patch check ends with 0 where the series applies and is signed off, and with 3 where a branch is not there', async () => {
  const first = new TextEncoder().encode(git('format-patch', '--stdout', 'master..fix~1'));
  const { code, out } = await checked(first, '--branch', 'master', '--json');
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(out.join('\n')), {
    branches: [{ branch: 'master', applies: 'yes' }],
    mails: [{ subject: 'hw/virtio: bound the index', signedOff: true, words: [] }],
  });
  const nowhere = await checked(first, '--branch', 'nowhere');
  assert.deepEqual([nowhere.code, nowhere.out[1]], [3, 'nowhere  no such branch in this repository']);
  assert.equal((await checked(first)).code, 2);
  assert.equal((await checked(new TextEncoder().encode('nothing'), '--branch', 'master')).code, 1);
});
