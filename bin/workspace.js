// SPDX-License-Identifier: Apache-2.0
// Brings a checkout up to date with its own files: the packages of the lock, the build of the sources. An installed package has neither.

import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { exclusively } from './exclusively.js';
import { run } from './spawn.js';

/** Installs the packages of `package-lock.json` when some are missing or of another version. The lock itself stays as it is. */
export async function ensurePackages(root) {
  if (installed(root)) return;
  await exclusively(root, async () => {
    if (installed(root)) return;
    process.stderr.write('daylight: installing packages, once for this version of package-lock.json.\n');
    const lock = readFileSync(join(root, 'package-lock.json'));
    // Not `npm ci`, which refuses a lock without other platforms' optional packages. No package needs its install script.
    const words = ['install', '--no-save', '--include=dev', '--include=optional', '--ignore-scripts', '--loglevel=error'];
    const { code } = await npm(root, words);
    if (!readFileSync(join(root, 'package-lock.json')).equals(lock)) writeFileSync(join(root, 'package-lock.json'), lock);
    if (code !== 0) throw new Error('npm install failed; its words are above.');
    if (!installed(root)) throw new Error('npm install ended well, but packages of package-lock.json are still missing.');
  });
}

function installed(root) {
  const lock = packagesOf(join(root, 'package-lock.json'));
  if (lock === undefined) return true;
  return isComplete(lock, packagesOf(join(root, 'node_modules', '.package-lock.json')) ?? {});
}

function packagesOf(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined;
}

/** Whether npm's record of what it installed has every package of the lock; optional ones (other platforms') may be absent. */
export function isComplete(lock, present) {
  return Object.entries(lock).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true;
    const found = present[path];
    return found === undefined ? optional === true : found.version === version && found.integrity === integrity;
  });
}

function npm(root, words) {
  const output = { cwd: root, stdio: ['ignore', 2, 2] };
  const script = npmScript();
  return script === undefined ? run('npm', words, output) : run(process.execPath, [script, ...words], output);
}

/** npm's own program, so that this very Node runs it; nothing when `npm` is some other kind of command. */
function npmScript() {
  const candidates = [process.env.npm_execpath ?? '', ...(process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'npm'))];
  const first = candidates.find((path) => /npm(-cli\.js)?$/.test(path) && existsSync(path));
  const script = first === undefined ? '' : realpathSync(first);
  return script.endsWith('npm-cli.js') ? script : undefined;
}

/** Compiles the sources when they changed since the last build. `dist/.built` holds their fingerprint. */
export async function ensureBuilt(root) {
  if (isBuilt(root)) return;
  await exclusively(root, async () => {
    if (isBuilt(root)) return;
    process.stderr.write('daylight: building.\n');
    const before = fingerprint(root);
    const { code } = await run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', root], {
      stdio: ['ignore', 2, 2],
    });
    if (code !== 0) throw new Error('the build failed; the compiler says where above.');
    removeOrphans(root);
    mkdirSync(join(root, 'dist'), { recursive: true });
    writeFileSync(join(root, 'dist', '.built'), before);
  });
}

function isBuilt(root) {
  if (!existsSync(join(root, 'tsconfig.json')) || !existsSync(join(root, 'src'))) return true;
  const stamp = join(root, 'dist', '.built');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(root);
}

/** Names, sizes and times of everything that the build reads. */
function fingerprint(root) {
  const hash = createHash('sha256');
  const sources = ['src', 'test'].flatMap((folder) => filesBelow(root, folder).filter((path) => /\.tsx?$/.test(path)));
  for (const path of ['tsconfig.json', 'package-lock.json', ...sources.sort()]) {
    const { size, mtimeMs } = lstatSync(join(root, path));
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Removes what was compiled from sources that are no more: a deleted test must not go on passing. */
function removeOrphans(root) {
  for (const path of ['dist/src', 'dist/test'].flatMap((folder) => filesBelow(root, folder))) {
    const source = path.slice('dist/'.length).replace(/\.js(\.map)?$/, '');
    const known = [`${source}.ts`, `${source}.tsx`].some((name) => existsSync(join(root, name)));
    if (!known && /\.js(\.map)?$/.test(path)) rmSync(join(root, path));
  }
}

/** Paths of all files below `folder`, relative to `root`. */
export function filesBelow(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((item) => {
    const path = `${folder}/${item.name}`;
    return item.isDirectory() ? filesBelow(root, path) : [path];
  });
}
