// SPDX-License-Identifier: Apache-2.0
// A few files of a large site changed as one: what replaces others is written in a folder beside the site, then a journal says which, then each takes its place. Who finds a journal finishes it.

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { SiteFile } from '../../ports/site.ts';
import { makeFolder, placeOf, settle } from './folder.ts';

/** How long after the last change the disk is asked, in milliseconds: changes that follow one another ask once. */
const quietFor = 500;

interface Journal {
  /** The start of the machine in which it was written: what was not on the disk before another start may be gone. */
  readonly boot: string;
  /** Where the files wait, each by its number. */
  readonly stage: string;
  readonly paths: readonly string[];
}

/** Changes of this process that are in their places and on their way to the disk, by journal. */
const settling = new Map<string, number>();

/** Returns when every file is in its place; the disk has them a moment later, and the journal stays until then. @param journal a file beside the site. */
export async function changeFolder(folder: string, journal: string, files: readonly SiteFile[]): Promise<void> {
  if ((await completeChange(folder, journal)) === 'doubtful') throw new Error('a site in doubt is written whole');
  const stage = `${journal}.${randomBytes(8).toString('hex')}`;
  sweep(journal);
  mkdirSync(stage, { recursive: true });
  const paths = writeAll(folder, stage, files);
  writeFileSync(join(stage, 'journal'), JSON.stringify({ boot: bootId(), stage, paths } satisfies Journal));
  renameSync(join(stage, 'journal'), journal);
  takePlaces(folder, stage, paths);
  settleLater(folder, journal);
}

/** What is new stands at once where nothing points to it yet. @returns the paths of what waits to replace others. */
function writeAll(folder: string, stage: string, files: readonly SiteFile[]): readonly string[] {
  const made = new Set<string>();
  const waiting: string[] = [];
  for (const { path, bytes } of files) {
    const place = placeOf(folder, path);
    makeFolder(dirname(place), made);
    if (existsSync(place)) writeFileSync(join(stage, String(waiting.push(path) - 1)), bytes);
    else writeFileSync(place, bytes);
  }
  return waiting;
}

/** What was written for a change that never got as far as its journal. */
function sweep(journal: string): void {
  for (const name of readdirSync(dirname(journal)))
    if (name.startsWith(`${basename(journal)}.`)) rmSync(join(dirname(journal), name), { recursive: true, force: true });
}

/**
 * Carries a change that was begun to its end, where the process alone ended in it. `doubtful`: the machine was started anew since, and nobody knows
 * what of the last change had reached the disk.
 */
export async function completeChange(folder: string, journal: string): Promise<'whole' | 'doubtful'> {
  if (!existsSync(journal) || settling.has(journal)) return 'whole';
  const read = readJournal(journal);
  if (read === undefined || read.boot !== bootId()) return 'doubtful';
  takePlaces(folder, read.stage, read.paths);
  await settle(folder);
  rmSync(journal, { force: true });
  return 'whole';
}

/** A file that waits no more has taken its place. */
function takePlaces(folder: string, stage: string, paths: readonly string[]): void {
  for (const [index, path] of paths.entries()) {
    const waiting = join(stage, String(index));
    if (existsSync(waiting)) renameSync(waiting, placeOf(folder, path));
  }
  rmSync(stage, { recursive: true, force: true });
}

/** The journal goes when the last change that was made meanwhile is on the disk too. */
function settleLater(folder: string, journal: string): void {
  const mine = (settling.get(journal) ?? 0) + 1;
  settling.set(journal, mine);
  const settled = async () => {
    if (settling.get(journal) !== mine) return;
    await settle(folder);
    if (settling.get(journal) !== mine) return;
    settling.delete(journal);
    rmSync(journal, { force: true });
  };
  // Where it fails, the site is gone or the disk is: whoever asks next finds the journal.
  setTimeout(() => void settled().catch(() => settling.delete(journal)), quietFor).unref();
}

function readJournal(journal: string): Journal | undefined {
  try {
    return JSON.parse(readFileSync(journal, 'utf8')) as Journal;
  } catch {
    return undefined;
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
