// SPDX-License-Identifier: Apache-2.0
// A few files of a large site changed as one: all are written beside their places first, then a journal says which, then each takes its place. Who finds a journal finishes it.

import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SiteFile } from '../../ports/site.ts';
import { makeFolder, placeOf, settle } from './folder.ts';

const fresh = '.fresh';

/** @param folder the site; @param journal a file beside it. */
export async function changeFolder(folder: string, journal: string, files: readonly SiteFile[]): Promise<void> {
  await completeChange(folder, journal);
  const made = new Set<string>();
  for (const { path, bytes } of files) {
    const place = placeOf(folder, path);
    makeFolder(dirname(place), made);
    writeFileSync(place + fresh, bytes);
  }
  await settle(folder);
  writeJournal(journal, files);
  await completeChange(folder, journal);
}

/** Whole or not there at all: it is named only when it is on the disk. */
function writeJournal(journal: string, files: readonly SiteFile[]): void {
  const opened = openSync(journal + fresh, 'w');
  writeFileSync(opened, JSON.stringify(files.map(({ path }) => path)));
  fsyncSync(opened);
  closeSync(opened);
  renameSync(journal + fresh, journal);
}

/** Carries a change that was begun to its end. A file that is not beside its place any more has taken it. */
export async function completeChange(folder: string, journal: string): Promise<void> {
  if (!existsSync(journal)) return;
  for (const path of JSON.parse(readFileSync(journal, 'utf8')) as readonly string[]) {
    const place = placeOf(folder, path);
    if (existsSync(place + fresh)) renameSync(place + fresh, place);
  }
  rmSync(journal);
}
