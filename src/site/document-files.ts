// SPDX-License-Identifier: Apache-2.0
// A kept document as files that anybody can carry and check: its bytes, its signature, and its hashes beside it. And lists of the hashes of all files.

import { createHash } from 'node:crypto';
import type { SiteDocument, SiteFile } from './model.ts';
import { remembered } from './remembered.ts';

const utf8 = new TextEncoder();

/** Beside the file itself: `.asc` where the signature stands apart; `.sha256` and `.sha512`, which sha256sum and sha512sum read. */
export function filesOf({ bytes, signature }: Pick<SiteDocument, 'bytes' | 'signature'>, path: string): readonly SiteFile[] {
  const sum = (algorithm: 'sha256' | 'sha512'): SiteFile => ({
    path: `${path}.${algorithm}`,
    bytes: utf8.encode(hashed(bytes, path, algorithm)),
  });
  const apart = signature === null ? [] : [{ path: `${path}.asc`, bytes: utf8.encode(signature) }];
  return [{ path, bytes }, ...apart, sum('sha256'), sum('sha512')];
}

/** The text of a file that holds one hash: `HASH  NAME`. */
export function hashed(bytes: Uint8Array, path: string, algorithm: 'sha256' | 'sha512'): string {
  const hash = algorithm === 'sha512' ? createHash('sha512') : createHash('sha256');
  return `${hash.update(bytes).digest('hex')}  ${path.slice(path.lastIndexOf('/') + 1)}\n`;
}

export const manifestName = 'SHA256SUMS';

/** The hashes of these files, in order of their paths, as `sha256sum --check` reads them in the folder of the list. */
export function manifestOf(files: Iterable<SiteFile>, folder = ''): SiteFile {
  return manifestWith('', files, folder);
}

/**
 * The list after these files were written: theirs are the hashes that count.
 * @param before a list as it is written here, in order of its paths: one file more in a long list is put in its place, and nothing is sorted anew.
 * @param folder where it lies, with `/` at its end.
 */
export function manifestWith(before: string, files: Iterable<SiteFile>, folder = ''): SiteFile {
  const hashes = new Map<string, string>();
  for (const file of files) hashes.set(above(folder) + file.path, hashOf(file));
  const more = sortedLines(hashes);
  const lines: string[] = [];
  let at = 0;
  for (const line of before.split('\n')) {
    const path = pathOn(line);
    if (path === '') continue;
    for (let next = more[at]; next !== undefined && pathOn(next) < path; next = more[++at]) lines.push(next);
    if (!hashes.has(path)) lines.push(line);
  }
  return listOf([...lines, ...more.slice(at)], folder);
}

/** Whether the list in the folder of the site says already that these are its bytes. */
export function isListed(before: string, file: SiteFile): boolean {
  return before.includes(`${hashOf(file)}  ${file.path}\n`);
}

const hashOf = remembered(({ bytes }: SiteFile) => createHash('sha256').update(bytes).digest('hex'));

export function manifestFile(hashes: Iterable<readonly [path: string, hash: string]>, folder: string): SiteFile {
  return listOf(sortedLines(hashes), folder);
}

function sortedLines(hashes: Iterable<readonly [path: string, hash: string]>): readonly string[] {
  return [...hashes].sort(([one], [other]) => (one < other ? -1 : 1)).map(([path, hash]) => `${hash}  ${path}`);
}

/** What follows 64 digits and two blanks. */
function pathOn(line: string): string {
  return line.slice(66);
}

function listOf(lines: readonly string[], folder: string): SiteFile {
  return { path: folder + manifestName, bytes: utf8.encode(lines.map((line) => `${line}\n`).join('')) };
}

/** `../` for each folder on the way to this one. */
function above(folder: string): string {
  return '../'.repeat(folder.split('/').length - 1);
}
