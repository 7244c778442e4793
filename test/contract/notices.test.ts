// SPDX-License-Identifier: Apache-2.0
// The repository of notices over file://: what a remote refuses is lost nowhere, and asking again pushes it once.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gitNotices } from '../../src/adapters/git/notices.ts';
import type { ProjectId } from '../../src/core/model/identifiers.ts';
import { instant } from '../../src/core/model/time.ts';
import { OutsideFailure } from '../../src/ports/failure.ts';

test('a push that the remote refuses is a temporary failure that changes nothing there; asked again, it is pushed once', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'daylight-test-notices-'));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  const remote = join(home, 'remote.git');
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', remote]);
  const git = (...words: string[]) => execFileSync('git', ['-C', remote, ...words], { encoding: 'utf8' }).trim();
  const place = { repository: pathToFileURL(remote).href, branch: 'main', folder: 'notices/{year}' };
  const notices = gitNotices(join(home, 'own'), () => place);
  const change = (number: string) => ({
    files: [{ path: `${number}.txt`, bytes: new TextEncoder().encode(`${number}\n`) }],
    message: number,
    author: { name: 'Kettle security', address: 'security@kettle.example' },
    at: instant('2026-11-02T09:00:00Z'),
    sign: null,
  });
  const publish = (number: string) => notices.publish('kettle' as ProjectId, change(number));

  const hook = join(remote, 'hooks', 'pre-receive');
  writeFileSync(hook, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  await assert.rejects(publish('K-1'), (error) => error instanceof OutsideFailure && error.lasting === 'temporary');
  assert.equal(git('for-each-ref'), '');

  rmSync(hook);
  const first = await publish('K-1');
  assert.equal(await publish('K-1'), first);
  await publish('K-2');
  assert.equal(git('rev-list', '--count', 'main'), '2');
  assert.deepEqual(git('ls-tree', '-r', '--name-only', 'main').split('\n'), ['notices/2026/K-1.txt', 'notices/2026/K-2.txt']);
});
