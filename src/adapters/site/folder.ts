// SPDX-License-Identifier: Apache-2.0
// Files into a folder, fast and then for good: each is written at once, and the disk is asked a single time at the end.

import { execFile } from 'node:child_process';
import { closeSync, fsyncSync, mkdirSync, openSync, writeFile } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { promisify } from 'node:util';
import type { SiteFile } from '../../ports/site.ts';

/** Files that are being written at one time: the next ones are made meanwhile. */
const atOnce = 32;

/** @returns how many files there are. @throws RangeError for a path that leads elsewhere, Error for one that comes twice. */
export async function fillFolder(folder: string, files: AsyncIterable<SiteFile> | Iterable<SiteFile>): Promise<number> {
  const made = new Set<string>();
  const lane = lanes(atOnce);
  let count = 0;
  try {
    for await (const file of files) {
      const place = placeOf(folder, file.path);
      makeFolder(dirname(place), made);
      await lane.free();
      writeFile(place, file.bytes, { flag: 'wx' }, lane.taken());
      count += 1;
    }
  } finally {
    // Whoever takes the folder away after a failure finds nobody writing in it.
    await lane.allFree();
  }
  await settle(folder);
  return count;
}

/** So many things at one time. What goes wrong in one of them is thrown by whoever waits next. */
function lanes(most: number) {
  let busy = 0;
  let failed: Error | undefined;
  let waiting: (() => void) | undefined;
  const until = async (left: number) => {
    while (busy > left) await new Promise<void>((resolve) => (waiting = resolve));
    if (failed !== undefined) throw failed;
  };
  return {
    free: () => (busy < most && failed === undefined ? undefined : until(most - 1)),
    allFree: () => until(0),
    taken() {
      busy += 1;
      return (error: Error | null) => {
        busy -= 1;
        failed ??= error ?? undefined;
        waiting?.();
      };
    },
  };
}

export function makeFolder(folder: string, made: Set<string>): void {
  if (made.has(folder)) return;
  mkdirSync(folder, { recursive: true });
  made.add(folder);
}

export function placeOf(folder: string, path: string): string {
  if (posix.isAbsolute(path) || path.split('/').some((part) => part === '' || part === '.' || part === '..'))
    throw new RangeError(`not a path within a site: ${path}`);
  return join(folder, path);
}

/** Everything of the file system that holds `folder` is on the disk when this returns; without the program for it, at least the folder is. */
export async function settle(folder: string): Promise<void> {
  try {
    await promisify(execFile)('sync', ['-f', folder]);
  } catch {
    const opened = openSync(folder, 'r');
    fsyncSync(opened);
    closeSync(opened);
  }
}
