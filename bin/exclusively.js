// SPDX-License-Identifier: Apache-2.0
// One command at a time changes a checkout; the others wait. A lock whose holder died is taken over.

import { closeSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** After this time a holder that still runs is taken for a stranger with the same process number. */
const longestHold = 15 * 60_000;

/** Does `work` while no other process does work for the same `root`. */
export async function exclusively(root, work) {
  mkdirSync(join(root, 'build'), { recursive: true });
  const lock = join(root, 'build', 'bootstrap.lock');
  let told = false;
  while (!taken(lock)) {
    if (!told) process.stderr.write('daylight: another Daylight command prepares this checkout; waiting for it.\n');
    told = true;
    await pause(100);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function taken(lock) {
  const holder = read(lock);
  if (holder !== undefined) {
    if (!isStale(lock, holder)) return false;
    removeStale(lock, holder);
  }
  try {
    const file = openSync(lock, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function read(lock) {
  try {
    return readFileSync(lock, 'utf8');
  } catch {
    return undefined;
  }
}

function isStale(lock, holder) {
  try {
    const age = Date.now() - statSync(lock).mtimeMs;
    return age > longestHold || (holder === '' ? age > 5_000 : !runs(Number(holder)));
  } catch {
    return false;
  }
}

function runs(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Moves the lock away and looks at what was moved: when another process was faster and it is a new lock, it is put back. */
function removeStale(lock, holder) {
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
    if (readFileSync(aside, 'utf8') !== holder) linkSync(aside, lock);
    rmSync(aside);
  } catch {
    // Somebody else removed it first.
  }
}
