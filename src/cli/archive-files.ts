// SPDX-License-Identifier: Apache-2.0
// The files of an archive on this machine: one file, or those below a folder whose names end as the format's do, in order.

import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArchiveFile } from '../app/archive.ts';

/** Undefined where there is nothing of that name. */
export async function archiveFiles(source: string, endings: readonly string[]): Promise<readonly ArchiveFile[] | undefined> {
  const there = await stat(source).catch(() => undefined);
  if (there === undefined) return undefined;
  if (there.isFile()) return [{ name: source, bytes: await readFile(source) }];
  const names = (await readdir(source, { recursive: true })).filter((name) => endings.some((ending) => name.endsWith(ending))).sort();
  return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(source, name)) })));
}
