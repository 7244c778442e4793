// SPDX-License-Identifier: Apache-2.0
// The public site as files: the next site is built in a folder of its own and a symbolic link is swapped; single changes are carried through with a journal.

import { randomBytes } from 'node:crypto';
import { readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { OutsideFailure } from '../../ports/failure.ts';
import type { Site } from '../../ports/site.ts';
import { fillFolder, placeOf } from './folder.ts';
import { changeFolder, completeChange } from './journal.ts';

/** `root/<project>/current` is what a web server carries. Folders of sites before the last one are removed. */
export function fileSite(root: string): Site {
  const current = (project: string) => join(root, project, 'current');
  return {
    async replace(project, files) {
      const home = join(root, project);
      const name = `site-${randomBytes(8).toString('hex')}`;
      try {
        await fillFolder(join(home, name), files);
        await swap(home, name);
      } catch (cause) {
        await rm(join(home, name), { recursive: true, force: true });
        throw new OutsideFailure('temporary', 'the site could not be written', { cause });
      }
    },
    async change(project, files) {
      try {
        await changeFolder(current(project), journalOf(root, project), files);
      } catch (cause) {
        throw new OutsideFailure('temporary', 'the site could not be written', { cause });
      }
    },
    async read(project, path) {
      await completeChange(current(project), journalOf(root, project));
      return readFile(placeOf(current(project), path)).catch(unlessMissing);
    },
    seen,
  };
}

/** Beside the site and not in it. */
function journalOf(root: string, project: string): string {
  return join(root, project, 'change.json');
}

/** Asks as any visitor would: no cookies, no redirects to somewhere else. */
async function seen(url: string, bytes: Uint8Array): Promise<boolean> {
  try {
    const answer = await fetch(url, { redirect: 'error', credentials: 'omit', signal: AbortSignal.timeout(10_000) });
    return answer.status === 200 && Buffer.from(await answer.arrayBuffer()).equals(bytes);
  } catch (cause) {
    throw new OutsideFailure('temporary', 'the public site does not answer', { cause });
  }
}

async function swap(home: string, name: string): Promise<void> {
  const link = join(home, 'current');
  const before = await readlink(link).catch(() => undefined);
  const next = join(home, `${name}.link`);
  await symlink(name, next);
  await rename(next, link);
  // A change that was under way is part of what was built anew.
  await rm(join(home, 'change.json'), { force: true });
  for (const folder of await readdir(home)) {
    if (folder.startsWith('site-') && folder !== name && folder !== before) await rm(join(home, folder), { recursive: true, force: true });
  }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
}
