// SPDX-License-Identifier: Apache-2.0
// Files into a folder, fast and then for good: each is written at once, and the disk is asked a single time at the end.

import { execFile } from 'node:child_process';
import { closeSync, fsyncSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { SiteFile } from '../../ports/site.ts';

/** Files between two moments in which others may do something. */
const atOnce = 100;

/** @returns how many files there are. @throws RangeError for a path that leads elsewhere, Error for one that comes twice. */
export async function fillFolder(folder: string, files: AsyncIterable<SiteFile> | Iterable<SiteFile>): Promise<number> {
  const made = new Set<string>();
  let count = 0;
  for await (const file of files) {
    writeNew(folder, file, made);
    if (++count % atOnce === 0) await setImmediate();
  }
  await settle(folder);
  return count;
}

function writeNew(folder: string, file: SiteFile, made: Set<string>): void {
  const place = placeOf(folder, file.path);
  makeFolder(dirname(place), made);
  writeFileSync(place, file.bytes, { flag: 'wx' });
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
