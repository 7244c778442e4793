// SPDX-License-Identifier: Apache-2.0
// The port to a project's repository, as git keeps it: which branches and tags hold a commit, or a copy of it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gitRepository } from '../../src/adapters/git/repository.ts';
import type { ProjectId } from '../../src/core/model/identifiers.ts';

const project = 'qemu' as ProjectId;

/** v1 without the flaw, v2 with it, v3 mended; a stable branch from v2 with a copy of the fix, another from v2 without, one from v1. */
function history(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'daylight-history-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  let hour = 0;
  const git = (...words: string[]) => {
    const at = `2026-11-02T${String(hour++).padStart(2, '0')}:00:00Z`;
    const env = { ...process.env, GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at, GIT_CONFIG_GLOBAL: '/dev/null' };
    const who = ['-c', 'user.name=Rita', '-c', 'user.email=rita@reporters.example'];
    return execFileSync('git', ['-C', folder, ...who, ...words], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  };
  const commit = (ring: string, message: string) => {
    writeFileSync(join(folder, 'ring.c'), ring);
    git('add', 'ring.c');
    git('commit', `--message=${message}`);
    return git('rev-parse', 'HEAD');
  };
  git('init', '--initial-branch=master');
  commit('one\ntwo\nthree\n', 'Begin');
  git('tag', 'v1');
  git('branch', 'stable-1');
  const flaw = commit('one\n2\nthree\n', 'Be quick');
  git('tag', 'v2');
  git('branch', 'stable-2');
  git('branch', 'stable-2-old');
  const fix = commit('one\ntwo, with care\nthree\n', `Bound the index\n\nFixes: ${flaw.slice(0, 12)} ("Be quick")`);
  git('tag', 'v3');
  git('checkout', '--quiet', 'stable-2');
  git('cherry-pick', fix);
  const copy = git('rev-parse', 'HEAD');
  git('tag', 'v2.1');
  git('checkout', '--quiet', 'stable-2-old');
  git('commit', '--allow-empty', '--message=Nothing');
  git('tag', 'v2.0.1');
  git('checkout', '--quiet', 'master');
  return { folder, flaw, fix, copy };
}

test('LIBVIRT-41 the branches that hold the flaw or a copy of its fix, each with its own tags', async (t) => {
  const { folder, flaw, fix, copy } = history(t);
  const said = await gitRepository(() => folder).history(project, { introduced: [], fixed: [fix.slice(0, 10), '1234567'] });
  assert.ok(said.kind === 'found');
  assert.deepEqual(
    [said.unknown, said.named],
    [['1234567'], [flaw]],
    'what a trailer names is told, and what the repository does not know',
  );
  const [first, ...others] = said.branches;
  const master = { branch: 'master', introducedBy: [flaw], fixedBy: [fix], tagsWithFlaw: ['v2'], tagsWithFix: ['v3'] };
  assert.deepEqual(first, master);
  assert.deepEqual(
    others.toSorted((one, other) => one.branch.localeCompare(other.branch)),
    [
      { branch: 'stable-1', introducedBy: [], fixedBy: [], tagsWithFlaw: [], tagsWithFix: [] },
      { branch: 'stable-2', introducedBy: [flaw], fixedBy: [copy], tagsWithFlaw: [], tagsWithFix: ['v2.1'] },
      { branch: 'stable-2-old', introducedBy: [flaw], fixedBy: [], tagsWithFlaw: ['v2.0.1'], tagsWithFix: [] },
    ],
  );
});

test('what is not there is said, and never thrown', async (t) => {
  const nothing = { introduced: [], fixed: [] };
  const asked = { introduced: ['1234567'], fixed: [] };
  assert.deepEqual(await gitRepository(() => null).history(project, asked), { kind: 'no_repository' });
  const empty = mkdtempSync(join(tmpdir(), 'daylight-no-history-'));
  t.after(() => rmSync(empty, { recursive: true, force: true }));
  assert.deepEqual(await gitRepository(() => empty).history(project, nothing), { kind: 'nothing_asked' });
  assert.deepEqual(await gitRepository(() => empty).history(project, asked), { kind: 'no_answer' }, 'a folder that is no repository');
});
