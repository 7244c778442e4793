// SPDX-License-Identifier: Apache-2.0
// The project's repository as a folder on this machine: git tries a patch on an index of its own and writes nothing to the repository.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProjectId } from '../../core/model/identifiers.ts';
import type { Repository } from '../../ports/repository.ts';
import { historyOf } from './contains.ts';
import { gitEnvironment, patience } from './environment.ts';

/** `folderOf`: a clone, bare or not; null where the project has none. */
export function gitRepository(folderOf: (project: ProjectId) => string | null): Repository {
  return {
    async applies(project, branch, patch) {
      const folder = folderOf(project);
      if (folder === null) return 'not_checked';
      const place = await mkdtemp(join(tmpdir(), 'daylight-patch-'));
      const git = (words: readonly string[], input?: Uint8Array) => run(folder, join(place, 'index'), words, input);
      try {
        const ref = branch === null ? 'HEAD' : `refs/heads/${branch}`;
        if ((await git(['read-tree', `${ref}^{tree}`])) !== 0) return 'not_checked';
        const ended = await git(['apply', '--cached', '--check', '--whitespace=nowarn', '-'], patch);
        return ended === null ? 'not_checked' : ended === 0 ? 'yes' : 'no';
      } finally {
        await rm(place, { recursive: true, force: true });
      }
    },
    async history(project, asked) {
      const folder = folderOf(project);
      return folder === null ? { kind: 'no_repository' } : historyOf(folder, asked);
    },
  };
}

/** Exit code of git; null when it is not there or did not end in time. Nobody's configuration counts, and git asks nobody anything. */
function run(folder: string, index: string, words: readonly string[], input: Uint8Array = new Uint8Array()): Promise<number | null> {
  return new Promise((resolve) => {
    const env = { GIT_INDEX_FILE: index, ...gitEnvironment };
    const child = spawn('git', ['-C', folder, ...words], { env, stdio: ['pipe', 'ignore', 'ignore'], timeout: patience });
    child.on('error', () => resolve(null));
    child.on('close', (code) => resolve(code));
    // Git may end before it has read everything.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
