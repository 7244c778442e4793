// SPDX-License-Identifier: Apache-2.0
// Finds a Node that is new enough: this one, one that was fetched before, or an exact version from the npm registry, its integrity checked.

import { createHash } from 'node:crypto';
import { accessSync, constants, createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { run } from './spawn.js';

const oldest = 24;

/** The version that is fetched, and the sha512 of each platform's archive as the registry states it (`npm view PACKAGE dist.integrity`). */
export const pinned = {
  version: '24.21.0',
  'linux-x64': 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  'linux-arm64': 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
};

export function isNewEnough(version) {
  return Number.parseInt(version, 10) >= oldest;
}

/** Path of a Node that is new enough, fetched when it must be. Throws one line for the person who called. */
export async function findNode(root) {
  const platform = `${process.platform}-${process.arch}`;
  const integrity = pinned[platform];
  const mine = `Daylight needs Node ${oldest} or newer, and this is Node ${process.versions.node}.`;
  // The archive's program is linked against glibc; elsewhere (Alpine) it does not start.
  if (integrity === undefined || process.report?.getReport().header.glibcVersionRuntime === undefined) {
    throw new Error(`${mine} Install Node ${oldest} with your package manager or from https://nodejs.org/.`);
  }
  const folders = [join(root, 'build', 'node'), join(userCache(), 'daylight', 'node')];
  const name = `${pinned.version}-${platform}`;
  const found = folders.map((folder) => join(folder, name, 'bin', 'node')).find((path) => existsSync(path));
  if (found !== undefined) return found;
  process.stderr.write(`daylight: ${mine} Node ${pinned.version} is fetched once (50 MB).\n`);
  return fetchNode(folders.find(writable) ?? folders[1], name, `node-${platform}@${pinned.version}`, integrity);
}

function userCache() {
  return process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
}

function writable(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Fetches the npm package `spec` into `folder/name`, which appears complete or not at all. @returns path of its program */
export async function fetchNode(folder, name, spec, integrity) {
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(folder, 'fetching-'));
  try {
    const { code } = await run('npm', ['pack', spec, '--loglevel=error', '--update-notifier=false', '--pack-destination', work], {
      cwd: work,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const archive = readdirSync(work).find((file) => file.endsWith('.tgz'));
    if (code !== 0 || archive === undefined)
      throw new Error(`npm could not fetch ${spec}; its words are above. Otherwise install Node ${oldest} or newer yourself.`);
    mkdirSync(join(work, name, 'bin'), { recursive: true });
    await unpackNode(join(work, archive), integrity, join(work, name, 'bin', 'node'));
    moveIntoPlace(join(work, name), join(folder, name));
    return join(folder, name, 'bin', 'node');
  } catch (error) {
    throw error.code === 'ENOENT' && error.syscall?.startsWith('spawn')
      ? new Error('npm is not installed, and Daylight needs it once.')
      : error;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** When two commands fetch at once, the first one's copy stands. */
function moveIntoPlace(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

async function unpackNode(archive, integrity, program) {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(archive)) hash.update(chunk);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== integrity) throw new Error(`The fetched Node is not the expected one: its integrity is ${found}, not ${integrity}.`);
  const file = await open(program, 'wx', 0o755);
  let written = 0;
  for await (const part of entry(createReadStream(archive).pipe(createGunzip()), 'package/bin/node')) {
    await file.writeFile(part);
    written += part.length;
  }
  await file.sync();
  await file.close();
  if (written === 0) throw new Error('The fetched archive holds no program bin/node.');
}

/** The contents of one file in a tar stream (POSIX ustar: a header of 512 bytes, then the file, filled up to 512). */
async function* entry(stream, wanted) {
  let waiting = Buffer.alloc(0);
  let inside = false;
  let size = 0;
  let left = 0;
  for await (const chunk of stream) {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    while (left > 0 ? waiting.length > 0 : waiting.length >= 512) {
      if (left > 0) {
        const part = waiting.subarray(0, Math.min(left, waiting.length));
        if (inside && size > 0) yield part.subarray(0, size);
        size = Math.max(0, size - part.length);
        left -= part.length;
        waiting = waiting.subarray(part.length);
      } else {
        inside = waiting.subarray(0, 100).toString('latin1').split('\0', 1)[0] === wanted;
        size = Number.parseInt(waiting.subarray(124, 136).toString('latin1'), 8) || 0;
        left = Math.ceil(size / 512) * 512;
        waiting = waiting.subarray(512);
      }
    }
  }
}
