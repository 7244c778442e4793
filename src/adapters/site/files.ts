// SPDX-License-Identifier: Apache-2.0
// The public site as files: the next site is built in a folder of its own and a symbolic link is swapped, so that no reader sees a mixture.

import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { OutsideFailure } from '../../ports/failure.ts';
import type { Site, SiteFile } from '../../ports/site.ts';

/** `root/<project>/current` is what a web server carries. Folders of sites before the last one are removed. */
export function fileSite(root: string): Site {
  return {
    async replace(project, files) {
      const home = join(root, project);
      const name = `site-${randomBytes(8).toString('hex')}`;
      try {
        for (const file of files) await write(join(home, name), file);
        await swap(home, name);
      } catch (cause) {
        await rm(join(home, name), { recursive: true, force: true });
        throw new OutsideFailure('temporary', 'the site could not be written', { cause });
      }
    },
    seen,
  };
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

async function write(folder: string, { path, bytes }: SiteFile): Promise<void> {
  if (posix.isAbsolute(path) || path.split('/').some((part) => part === '' || part === '.' || part === '..'))
    throw new RangeError(`not a path within a site: ${path}`);
  const place = join(folder, path);
  await mkdir(dirname(place), { recursive: true });
  const file = await open(place, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function swap(home: string, name: string): Promise<void> {
  const link = join(home, 'current');
  const before = await readlink(link).catch(() => undefined);
  const next = join(home, `${name}.link`);
  await symlink(name, next);
  await rename(next, link);
  for (const folder of await readdir(home)) {
    if (folder.startsWith('site-') && folder !== name && folder !== before) await rm(join(home, folder), { recursive: true, force: true });
  }
}
