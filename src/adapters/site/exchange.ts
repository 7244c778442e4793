// SPDX-License-Identifier: Apache-2.0
// A folder that takes the place of another in one step, so that whoever carries it never sees half of it.

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { OutsideFailure } from '../../ports/failure.ts';
import type { SiteFile } from '../../ports/site.ts';
import { fillFolder } from './folder.ts';

const run = promisify(execFile);

/** By this file a folder is known as one that was written here and may be replaced. */
const own = 'index.json';

/**
 * Makes `folder` hold these files and no others, built beside it.
 * @returns how many files there are. @throws OutsideFailure permanent when there is a folder that is not a site.
 */
export async function replaceFolder(given: string, files: AsyncIterable<SiteFile> | Iterable<SiteFile>): Promise<number> {
  const folder = resolve(given);
  await mayBeReplaced(folder);
  await mkdir(dirname(folder), { recursive: true });
  await sweep(folder);
  const beside = join(dirname(folder), `.${basename(folder)}.${randomBytes(8).toString('hex')}`);
  try {
    const count = await fillFolder(beside, files);
    if (existsSync(folder)) await exchange(beside, folder);
    else await rename(beside, folder);
    return count;
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

async function mayBeReplaced(folder: string): Promise<void> {
  const there = await lstat(folder).catch(() => undefined);
  if (there === undefined) return;
  if (!there.isDirectory()) throw new OutsideFailure('permanent', `${folder}: expected a folder, or nothing`);
  const names = await readdir(folder);
  if (names.length > 0 && !names.includes(own))
    throw new OutsideFailure('permanent', `${folder}: there is something in it that is no site; expected an empty folder, or a site`);
}

/** What a build left beside the folder when it was ended in the middle. */
async function sweep(folder: string): Promise<void> {
  const left = new RegExp(`^\\.${basename(folder).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\.[0-9a-f]{16}$`);
  for (const name of await readdir(dirname(folder)))
    if (left.test(name)) await rm(join(dirname(folder), name), { recursive: true, force: true });
}

// renameat2 of Linux with RENAME_EXCHANGE, by its number on the two architectures that are built for: Node has no name for it.
const swap =
  'my %n = (x86_64 => 316, aarch64 => 276); my $n = $n{(POSIX::uname())[4]} or exit 2; exit(syscall($n, -100, $ARGV[0], -100, $ARGV[1], 2) == 0 ? 0 : 1)';

/** By the first way that this machine has. Without any the folder is away for the moment between two renames, and there is no mixture then either. */
async function exchange(one: string, other: string): Promise<void> {
  const ways: readonly (() => Promise<unknown>)[] = [
    () => run('mv', ['--exchange', '--no-target-directory', one, other]),
    () => run('perl', ['-MPOSIX', '-e', swap, one, other]),
  ];
  for (const way of ways) {
    const done = await way().then(
      () => true,
      () => false,
    );
    if (done) return;
  }
  const old = `${one}.old`;
  await rename(other, old);
  await rename(one, other);
  await rename(old, one);
}
