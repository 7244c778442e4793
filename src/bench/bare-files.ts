// SPDX-License-Identifier: Apache-2.0
// The anchors of a site as files and no more: a copy of it, the same on the disk, and bare files with the bytes that one advisory more writes.

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { SiteFile } from '../ports/site.ts';

const run = promisify(execFile);

export interface Copied {
  /** `cp -r`, in milliseconds. */
  readonly copied: number;
  /** The same until `sync -f` says that the disk has it: a site that is built has asked the disk too. */
  readonly onDisk: number;
}

export async function copyTimes(folder: string, copy: string): Promise<Copied> {
  await run('sync', ['-f', folder]);
  const began = performance.now();
  await run('cp', ['-r', `${folder}/.`, copy]);
  const copied = performance.now() - began;
  await run('sync', ['-f', copy]);
  return { copied, onDisk: performance.now() - began };
}

/** These bytes at each of these paths, in the place of the one that is there: what no list and no format can be faster than. */
export function writeBareFiles(folder: string, files: readonly SiteFile[]): void {
  const waiting: (readonly [from: string, to: string])[] = [];
  for (const [at, { path, bytes }] of files.entries()) {
    const place = join(folder, path);
    const beside = join(folder, `${at}.next`);
    mkdirSync(dirname(place), { recursive: true });
    if (existsSync(place)) waiting.push([beside, place]);
    writeFileSync(existsSync(place) ? beside : place, bytes);
  }
  for (const [from, to] of waiting) renameSync(from, to);
}
